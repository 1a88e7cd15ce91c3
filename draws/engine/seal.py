"""Sealing: fingerprints that fix the pool before anyone can know the seed.

A leaf says who may not come to one enterprise; its seal is public, the leaf is not.
The salt keeps anybody from guessing leaves until one fits the seal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from .canonical import PROTOCOL, canonical_json, hex_digest, joined, length_prefixed
from .errors import ProtocolError
from .shape import check_count, check_hex, check_id, check_list, check_object, check_sorted_ids, check_unique

LEAF_KEYS = ("enterprise", "excluded_experts", "excluded_inspectors", "excluded_items", "experts_wanted", "salt")
EXCLUSIONS = ("excluded_experts", "excluded_inspectors", "excluded_items")


def build_leaf(
    enterprise: str,
    *,
    salt: str,
    experts_wanted: int = 0,
    excluded_inspectors: Iterable[str] = (),
    excluded_experts: Iterable[str] = (),
    excluded_items: Iterable[str] = (),
) -> dict[str, Any]:
    """A leaf from sets or lists in any order; sorted and without doubles, as the protocol wants it."""
    return {
        "enterprise": enterprise,
        "excluded_experts": sorted(set(excluded_experts)),
        "excluded_inspectors": sorted(set(excluded_inspectors)),
        "excluded_items": sorted(set(excluded_items)),
        "experts_wanted": experts_wanted,
        "salt": salt,
    }


def seal_leaf(number: str, leaf: Mapping[str, Any]) -> str:
    """`H(LP(P) LP("leaf") LP(N) LP(JCS(leaf)))` in hex."""
    return hex_digest(PROTOCOL, "leaf", number, canonical_json(leaf))


def leaf_sealer(number: str) -> Callable[[bytes], str]:
    """Seals leaves that are written already: for 10^5 of one draw what is common is hashed once.

    >>> leaf = build_leaf("91999999MA0000001X", salt="0" * 64)
    >>> leaf_sealer("N-1")(canonical_json(leaf)) == seal_leaf("N-1", leaf)
    True
    """
    begun = sha256(joined(PROTOCOL, "leaf", number))

    def seal(leaf_json: bytes) -> str:
        running = begun.copy()
        running.update(length_prefixed(leaf_json))
        return running.hexdigest()

    return seal


def commit(number: str, secret: str) -> str:
    """`H(LP(P) LP("secret") LP(N) LP(secret))` in hex: what is shown of the secret at the sealing."""
    return hex_digest(PROTOCOL, "secret", number, secret)


def sealed_hash(record: Mapping[str, Any], *, enterprises: Iterable[Mapping[str, str]] | None = None) -> str:
    """`H(JCS(sealed record))` in hex.

    For a very large pool give the record without its enterprises and these apart, as an
    iterable in order: they are hashed as they come and never held in memory together.
    """
    if enterprises is None:
        return sha256(canonical_json(record)).hexdigest()
    before, after = _around_enterprises(record)
    running = sha256(before)
    for index, one in enumerate(enterprises):
        running.update((b"," if index else b"") + canonical_json(one))
    running.update(after)
    return running.hexdigest()


def _around_enterprises(record: Mapping[str, Any]) -> list[bytes]:
    """The canonical record cut in two where the enterprises go (keys are sorted, so exactly one place)."""
    members = sorted(set(record) | {"enterprises"})
    cut = members.index("enterprises")
    before = [_member(key, record[key]) for key in members[:cut]]
    after = [_member(key, record[key]) for key in members[cut + 1 :]]
    return [
        b"{" + b"".join(one + b"," for one in before) + b'"enterprises":[',
        b"]" + b"".join(b"," + one for one in after) + b"}",
    ]


def _member(key: str, value: Any) -> bytes:
    return canonical_json(key) + b":" + canonical_json(value)


def check_leaf(leaf: Any, place: str) -> None:
    """A leaf has exactly its keys, sorted lists of ids, a count and a salt."""
    check_object(leaf, place, keys=LEAF_KEYS)
    check_id(leaf["enterprise"], f"{place}.enterprise")
    for key in EXCLUSIONS:
        check_sorted_ids(leaf[key], f"{place}.{key}")
    check_count(leaf["experts_wanted"], f"{place}.experts_wanted")
    check_hex(leaf["salt"], f"{place}.salt")


def check_seal(number: str, leaf: Mapping[str, Any], *, seals: Mapping[str, str], place: str) -> None:
    """The leaf is of an enterprise in the pool and gives the seal it was sealed with."""
    enterprise = leaf["enterprise"]
    if enterprise not in seals:
        raise ProtocolError("unknown_enterprise", f"{place}.enterprise", found=enterprise)
    if seal_leaf(number, leaf) != seals[enterprise]:
        raise ProtocolError("seal_mismatch", place, enterprise=enterprise)


def check_leaves(number: str, leaves: Any, *, seals: Mapping[str, str], place: str = "leaves") -> None:
    """Every leaf well formed, of an enterprise in the pool, once, and under its seal."""
    check_list(leaves, place)
    for index, leaf in enumerate(leaves):
        check_leaf(leaf, f"{place}[{index}]")
        check_seal(number, leaf, seals=seals, place=f"{place}[{index}]")
    check_unique([leaf["enterprise"] for leaf in leaves], place, field=".enterprise")


def check_secret(number: str, secret: Any, *, commitment: str, place: str = "secret") -> None:
    """The secret is 64 hex digits and is the one committed to."""
    check_hex(secret, place)
    if commit(number, secret) != commitment:
        raise ProtocolError("commitment_mismatch", place)
