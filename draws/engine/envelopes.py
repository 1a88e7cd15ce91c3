"""Envelopes: what a confidential draw publishes at once, so that nothing can be exchanged later.

The envelope of an enterprise is a fingerprint of its outcome and a salt. Once the outcome is
opened, everybody sees that it is the one that was fixed on the day of the draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .canonical import PROTOCOL, canonical_json, hex_digest
from .difference import check_same
from .errors import ProtocolError
from .shape import check_hex, check_id, check_list, check_object, check_unique

OUTCOME_KEYS = ("enterprise", "experts", "inspectors", "items", "stratum", "ticket")


def envelope(number: str, outcome: Mapping[str, Any]) -> str:
    """`H(LP(P) LP("envelope") LP(N) LP(JCS(outcome)))` in hex. `outcome` has its "salt" in it."""
    return hex_digest(PROTOCOL, "envelope", number, canonical_json(outcome))


def seal_envelopes(
    number: str, drawn: Sequence[Mapping[str, Any]], *, salts: Mapping[str, str]
) -> tuple[list[str], list[dict[str, Any]]]:
    """The envelopes to publish, sorted, and the outcomes with their salts, in the order of `drawn`, to keep.

    `salts` gives each drawn enterprise its own 64 hex digits.
    """
    outcomes = []
    for one in drawn:
        if one["enterprise"] not in salts:
            raise ProtocolError("draw_needs_salt", "salts", enterprise=one["enterprise"])
        outcomes.append({**one, "salt": salts[one["enterprise"]]})
    return sorted(envelope(number, one) for one in outcomes), outcomes


def opens(number: str, outcome: Mapping[str, Any], *, envelopes: Sequence[str]) -> bool:
    """Whether this outcome with its salt is in one of the published envelopes."""
    return envelope(number, outcome) in envelopes


def check_openings(
    number: str, openings: Any, *, drawn: Sequence[Mapping[str, Any]], place: str = "openings"
) -> list[str]:
    """Every drawn enterprise is opened once, to exactly its entry of the result. Returns the sorted envelopes."""
    check_list(openings, place)
    entries = {one["enterprise"]: one for one in drawn}
    for index, one in enumerate(openings):
        _check_opening(one, f"{place}[{index}]", entries=entries)
    opened = [one["enterprise"] for one in openings]
    check_unique(opened, place, field=".enterprise")
    for enterprise in entries:
        if enterprise not in opened:
            raise ProtocolError("opening_missing", place, enterprise=enterprise)
    return sorted(envelope(number, one) for one in openings)


def _check_opening(one: Any, place: str, *, entries: Mapping[str, Mapping[str, Any]]) -> None:
    check_object(one, place, keys=(*OUTCOME_KEYS, "salt"))
    check_id(one["enterprise"], f"{place}.enterprise")
    check_hex(one["salt"], f"{place}.salt")
    if one["enterprise"] not in entries:
        raise ProtocolError("opening_unknown", f"{place}.enterprise", enterprise=one["enterprise"])
    check_same({key: one[key] for key in OUTCOME_KEYS}, dict(entries[one["enterprise"]]), place)


def check_envelopes(envelopes: Any, *, expected: Sequence[str], place: str = "envelopes") -> None:
    """The envelopes published on the day of the draw are the ones these outcomes go into."""
    check_list(envelopes, place)
    for index, one in enumerate(envelopes):
        check_hex(one, f"{place}[{index}]")
    check_same(list(envelopes), list(expected), place)
