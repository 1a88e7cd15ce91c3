"""The public record: everything a stranger needs to work the whole draw out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .drawing import Drawing, by_enterprise

KEYS = ("sealed", "sealed_hash", "secret", "contributions", "leaves", "seed", "result", "amendments")
OPTIONAL_KEYS = ("openings", "envelopes")


def public_record(
    given: Mapping[str, Any],
    *,
    drawing: Drawing,
    amendments: Sequence[Mapping[str, Any]] = (),
    openings: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """The public record of a draw.

    `given` is the draw's input; of its leaves only those of drawn enterprises are taken
    over. `openings` are the outcomes with their salts, for a notified or covert draw.
    """
    leaves = by_enterprise(given["leaves"])
    record = {
        "sealed": given["sealed"],
        "sealed_hash": drawing.sealed_hash,
        "secret": given["secret"],
        "contributions": _plain(given["contributions"]),
        "leaves": [dict(leaves[one["enterprise"]]) for one in drawing.result["drawn"]],
        "seed": drawing.seed,
        "result": drawing.result,
        "amendments": _plain(amendments),
    }
    if openings is not None:
        record["openings"] = _plain(openings)
    return record


def _plain(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]
