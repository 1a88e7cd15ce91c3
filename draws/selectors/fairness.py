"""Which draws the fairness report may count, and their facts, read from the ledger."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from draws.fairness import DrawFacts, Report, StratumFacts, VisitFacts, fairness_report
from draws.models import Draw, Drawing, Item, Opening, PoolLeaf
from draws.policies import all_are_open
from enterprises.models import Enterprise
from inspectors.models import Inspector

Leaves = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Names:
    """What the keys of a report are called."""

    officers: dict[str, str]
    items: dict[str, str]
    enterprises: dict[str, str]


def public_drawings() -> tuple[UUID, ...]:
    """The drawings everybody may see in full: announced ones, and those whose envelopes are all open."""

    rows = Drawing.objects.order_by("drawn_at", "sealed_id")
    open_ones = Q(sealed__mode=Draw.Mode.ANNOUNCED, sealed__draw__mode=Draw.Mode.ANNOUNCED)
    at_once = rows.filter(open_ones).values_list("sealed_id", flat=True)
    opened: dict[UUID, set[str]] = defaultdict(set)
    for pk, code in Opening.objects.order_by("pk").values_list("drawing_id", "credit_code"):
        opened[pk].add(code)
    waiting = rows.filter(pk__in=opened).exclude(open_ones)
    later = [pk for pk, result in waiting.values_list("sealed_id", "result") if all_are_open(result, opened[pk])]
    return (*at_once, *later)


@lru_cache(maxsize=8)
def report_over(drawings: tuple[UUID, ...]) -> Report:
    """The report over these drawings. What is drawn never changes, so neither does it."""
    return fairness_report(_facts(drawings))


def names_in(report: Report) -> Names:
    """Names of the officers, items and enterprises of a report. Three queries."""
    officers = _keys(report.officers.findings) | _keys(report.pairs.findings)
    return Names(
        officers=dict(
            Inspector.objects.filter(certificate_number__in=officers).values_list("certificate_number", "name")
        ),
        items=dict(Item.objects.filter(code__in=_keys(report.items.findings)).values_list("code", "name")),
        enterprises=dict(
            Enterprise.objects.filter(credit_code__in=_keys(report.repeats.findings)).values_list("credit_code", "name")
        ),
    )


def _keys(findings: Iterable) -> set[str]:
    return {part for one in findings for part in one.key}


def _facts(drawings: tuple[UUID, ...]) -> list[DrawFacts]:
    """Two queries; the pools are let go as soon as each draw is read."""
    leaves = _leaves(drawings)
    rows = Drawing.objects.filter(pk__in=drawings).order_by("drawn_at", "sealed_id")
    found = rows.values_list("sealed_id", "sealed__record", "result")
    return [_facts_of(json.loads(record), result, leaves[pk]) for pk, record, result in found.iterator(chunk_size=1)]


def _leaves(drawings: tuple[UUID, ...]) -> dict[UUID, Leaves]:
    """The leaves of the drawn enterprises: whom and what they exclude is in the public record."""
    drawn = Enterprise.objects.filter(drawn__draw__in=drawings).values("credit_code")
    leaves: dict[UUID, Leaves] = defaultdict(dict)
    rows = PoolLeaf.objects.filter(sealed__in=drawings, credit_code__in=drawn).order_by("pk")
    for pk, code, leaf in rows.values_list("sealed_id", "credit_code", "leaf"):
        leaves[pk][code] = leaf
    return leaves


def _facts_of(content: dict[str, Any], result: dict[str, Any], leaves: Leaves) -> DrawFacts:
    people = [] if result["blocked"] else content["inspectors"]["people"]
    items = content["items"]["items"]
    return DrawFacts(
        number=content["draw"],
        strata=_strata(content, result),
        visits=tuple(_visit(one, leaves[one["enterprise"]]) for one in result["drawn"]),
        limits=tuple((one["id"], one["limit"]) for one in people if one["limit"]),
        item_groups=tuple(
            (group["take"], tuple(one["id"] for one in items if one["group"] == group["id"]))
            for group in content["items"]["groups"]
        ),
    )


def _strata(content: dict[str, Any], result: dict[str, Any]) -> tuple[StratumFacts, ...]:
    pools: dict[str, list[str]] = defaultdict(list)
    drawn: dict[str, list[str]] = defaultdict(list)
    for one in content["enterprises"]:
        pools[one["stratum"]].append(one["id"])
    for one in result["drawn"]:
        drawn[one["stratum"]].append(one["enterprise"])
    return tuple(StratumFacts(key, tuple(sorted(codes)), tuple(drawn[key])) for key, codes in pools.items())


def _visit(entry: dict[str, Any], leaf: dict[str, Any]) -> VisitFacts:
    return VisitFacts(
        enterprise=entry["enterprise"],
        officers=tuple(entry["inspectors"]),
        items=tuple(entry["items"]),
        excluded_officers=frozenset(leaf["excluded_inspectors"]),
        excluded_items=frozenset(leaf["excluded_items"]),
    )
