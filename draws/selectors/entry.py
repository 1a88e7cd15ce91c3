"""A ledger entry for the public: rules, funnel, timeline and envelopes, without a private word."""

from __future__ import annotations

import json
from typing import Any

from draws.models import Draw, Drawing, SealedDraw
from draws.selectors.amendment_words import amendment_lines
from draws.selectors.ledger import contributions
from draws.selectors.note import enterprise_names
from draws.selectors.timeline import ledger_timeline


def entry_page(draw: Draw, *, sealed: SealedDraw, drawing: Drawing | None, shows_names: bool) -> dict[str, Any]:
    """What the page needs beyond names. Reasons of amendments show only when the names do."""
    content = json.loads(sealed.record)
    events = ledger_timeline(draw, drawing)
    if not shows_names:
        events = [{**event, "text": ""} if event["title"].startswith("变更") else event for event in events]
    return {
        "events": events,
        "about": content["about"],
        "funnel": [filter_step(line) for line in content["about"]["filters"]],
        "pool_count": len(content["enterprises"]),
        "strata": content["strata"],
        "commitment": content["secret_commitment"],
        "blocked": _blocked(drawing) if drawing and shows_names else None,
        "texts": contributions(draw) if drawing and shows_names else [],
        "envelopes": drawing.envelopes if drawing else [],
        "amendments": amendment_lines(drawing) if drawing and shows_names else [],
    }


def _blocked(drawing: Drawing) -> dict[str, Any] | None:
    """The blocking set of the draw with the enterprises by name: the record that names them is public."""
    blocked = drawing.result["blocked"]
    if not blocked:
        return None
    names = enterprise_names(blocked["enterprises"])
    return {**blocked, "names": [names.get(code, code) for code in blocked["enterprises"]]}


def filter_step(line: str) -> tuple[str, int]:
    """`正常经营：96 家` as (label, count), as it was sealed."""
    label, _, count = line.rpartition("：")
    return label, int(count.removesuffix(" 家"))
