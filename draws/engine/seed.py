"""The seed: made of the sealed record, the secret, and what every source contributed.

The secret was committed to before anybody typed a text, and the texts come after the
pool was sealed: no single person could have chosen the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import normalize

from .canonical import PROTOCOL, digest
from .errors import ProtocolError
from .shape import check_characters, check_id, check_list, check_object, check_unique

Contribution = Mapping[str, str]


def contributed_text(text: str) -> str:
    """The text as it counts: NFC, without white space at either end.

    >>> contributed_text("  骰子 3 1 6 2 ")
    '骰子 3 1 6 2'
    """
    return normalize("NFC", text).strip()


def derive_seed(
    number: str, *, sealed_hash: str, secret: str, sources: Sequence[str], contributions: Sequence[Contribution]
) -> bytes:
    """`H(LP(P) LP("seed") LP(N) LP(sealed_hash) LP(secret) LP(source) LP(text) …)`, 32 bytes.

    Contributions may come in any order: the order that counts is that of `sources`.
    """
    texts = {one["source"]: contributed_text(one["text"]) for one in contributions}
    pairs: list[str] = []
    for source in sources:
        pairs += (source, texts[source])
    return digest(PROTOCOL, "seed", number, sealed_hash, secret, *pairs)


def check_contributions(contributions: Any, *, sources: Sequence[str], place: str = "contributions") -> None:
    """Each source contributes exactly one text, and nobody else contributes."""
    check_list(contributions, place)
    for index, one in enumerate(contributions):
        _check_contribution(one, f"{place}[{index}]", sources=sources)
    named = [one["source"] for one in contributions]
    check_unique(named, place, field=".source")
    for source in sources:
        if source not in named:
            raise ProtocolError("source_missing", place, source=source)


def _check_contribution(one: Any, place: str, *, sources: Sequence[str]) -> None:
    check_object(one, place, keys=("source", "text"))
    check_id(one["source"], f"{place}.source")
    check_characters(one["text"], f"{place}.text")
    if one["source"] not in sources:
        raise ProtocolError("source_unknown", f"{place}.source", source=one["source"])


def as_contributions(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """`{"组长": "3 1 6"}` → `[{"source": "组长", "text": "3 1 6"}]`."""
    return [{"source": source, "text": text} for source, text in texts.items()]
