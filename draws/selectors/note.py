"""The internal note: whom each filter removed, who may not go where, and why. Never published.

Sealed, it is what was sealed; before that it is counted live.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from draws.models import Draw, PoolLeaf, Recusal
from draws.selectors.people import recusals_in_force
from draws.selectors.preparation import Preparation, prepare
from draws.selectors.range import funnel, removed_by_filter
from draws.selectors.rehearsal import scarce_enterprises
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector
from shuangsuiji.lib.errors import Refusal

OFFICERS, EXPERTS = "inspectors", "experts"
MODE_REASONS = {
    Draw.OfficerMode.LOCAL: "区域定向：不在企业所在乡镇",
    Draw.OfficerMode.CROSSED: "所所交叉：在企业所在乡镇",
    Draw.OfficerMode.MATCHED: "专业匹配：专业领域不符",
}
EXPERT_REASON = "专业领域或技术特点不符"
ATTACHED_REASON = "在该企业任职，或以其为主管部门"
AT_ONCE = 2_000
WRITTEN_PARTS = frozenset({"funnel", "officers_left_out", "experts_left_out", "able_officers", "pairs", "scarce"})

Leaf = Mapping[str, Any]


@dataclass(frozen=True)
class Pair:
    """Two who must not meet, and why."""

    code: str
    stage: str
    key: str
    reason: str
    source: str = ""
    term: str = ""


@dataclass(frozen=True)
class FilterLine:
    """A filter with how many it removed and how many it left."""

    position: int
    label: str
    removed_count: int
    left_count: int


@dataclass(frozen=True)
class Note:
    """The note of one draw, but for the lists that are read page by page."""

    draw: Draw
    whole_count: int
    filters: tuple[FilterLine, ...]
    officers_left_out: Sequence[Sequence[str]]
    experts_left_out: Sequence[Sequence[str]]
    pairs: tuple[Pair, ...]
    able_officers: frozenset[str]
    scarce: tuple[tuple[str, int], ...]
    preparation: Preparation | None
    """Only of a draw that is not sealed yet."""


def internal_note(preparation: Preparation) -> dict[str, Any]:
    """What sealing writes down: people left out, pairs kept apart with their reasons, scarce enterprises."""
    draw = preparation.draw
    return {
        "funnel": [[step.label, step.count] for step in funnel(draw)],
        "officers_left_out": [list(row) for row in preparation.officers.left_out],
        "experts_left_out": [list(row) for row in preparation.experts.left_out],
        "able_officers": sorted(preparation.officers.limits),
        "pairs": [[p.code, p.stage, p.key, p.reason, p.source, p.term] for p in _pairs(preparation)],
        "officer_mode": draw.officer_mode,
        "scarce": [[row.candidate.credit_code, row.eligible_count] for row in scarce_enterprises(preparation)],
    }


def _pairs(preparation: Preparation) -> Iterator[Pair]:
    """Recusals within the pool, and experts at an enterprise of the pool they are attached to."""
    pool = {candidate.credit_code for candidate in preparation.candidates}
    for recusal in recusals_in_force(preparation.draw):
        if recusal.enterprise.credit_code in pool:
            yield _recused(recusal)
    for candidate in preparation.candidates:
        for key in sorted(preparation.attached_experts.get(candidate.name, ())):
            yield Pair(candidate.credit_code, EXPERTS, key, ATTACHED_REASON, "专家库")


def _recused(recusal: Recusal) -> Pair:
    stage, key = (
        (OFFICERS, recusal.inspector.certificate_number) if recusal.inspector else (EXPERTS, recusal.expert.number)
    )
    ends = f"{recusal.ends_on:%Y-%m-%d}" if recusal.ends_on else "长期"
    term = f"{recusal.starts_on:%Y-%m-%d} 至 {ends}"
    return Pair(recusal.enterprise.credit_code, stage, key, recusal.reason_words, recusal.source, term)


def note_of(draw: Draw, *, today: datetime.date) -> Note:
    """The note as sealed, or as it would be sealed now."""
    preparation = None if draw.number else prepare(draw, today=today)
    written = internal_note(preparation) if preparation else draw.sealed.internal_note
    if not written.keys() >= WRITTEN_PARTS:
        raise Refusal(f"{draw.number} 的内部说明不完整，与封存时不符。请审计管理员运行审计核对。")
    steps = written["funnel"]
    return Note(
        draw=draw,
        whole_count=steps[0][1],
        filters=tuple(
            FilterLine(position, label, steps[position - 1][1] - count, count)
            for position, (label, count) in enumerate(steps[1:], start=1)
        ),
        officers_left_out=written["officers_left_out"],
        experts_left_out=written["experts_left_out"],
        pairs=tuple(Pair(*row) for row in written["pairs"]),
        able_officers=frozenset(written["able_officers"]),
        scarce=tuple((code, count) for code, count in written["scarce"]),
        preparation=preparation,
    )


def removed_codes(draw: Draw, *, position: int) -> list[str]:
    """The credit codes one filter removed, rising."""
    if draw.number:
        return next(iter(draw.sealed.filter_steps.filter(position=position).values_list("codes", flat=True)), [])
    removed = removed_by_filter(draw)
    return removed[position - 1].codes if 1 <= position <= len(removed) else []


def every_removed(draw: Draw) -> Iterator[tuple[str, str]]:
    """(filter, credit code) of everything removed, filter by filter."""
    steps: Iterable[Any]
    if draw.number:
        steps = draw.sealed.filter_steps.order_by("position").values_list("label", "codes")
    else:
        steps = removed_by_filter(draw)
    for label, codes in steps:
        yield from ((label, code) for code in codes)


def leaves_of_note(note: Note) -> Sequence[Leaf] | Any:
    """Every enterprise of the pool with whom it excludes; sliced by a paginator, never read whole for a page."""
    if note.preparation is None:
        return PoolLeaf.objects.filter(sealed=note.draw.pk).order_by("credit_code").values_list("leaf", flat=True)
    preparation = note.preparation
    return _LiveLeaves(preparation)


class _LiveLeaves(Sequence):
    """The leaves of a pool that is not sealed yet, worked out as they are looked at."""

    def __init__(self, preparation: Preparation) -> None:
        self.preparation = preparation

    def __len__(self) -> int:
        return len(self.preparation.candidates)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self.preparation.leaf(one, salt="") for one in self.preparation.candidates[index]]
        return self.preparation.leaf(self.preparation.candidates[index], salt="")


@dataclass(frozen=True)
class EnterpriseLine:
    """One enterprise of the pool: how many officers could come, and everybody who could not, by reason."""

    code: str
    name: str
    able_count: int
    kept_away: tuple[tuple[str, tuple[str, ...]], ...]
    """(reason, names)."""


def enterprise_lines(note: Note, leaves: Iterable[Leaf]) -> list[EnterpriseLine]:
    """Leaves in words. Three queries, whatever their number."""
    leaves = list(leaves)
    names = enterprise_names(leaf["enterprise"] for leaf in leaves)
    people = people_names()
    reasons: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for pair in note.pairs:
        reasons[pair.code][pair.stage, pair.key] = pair.reason
    return [
        EnterpriseLine(
            leaf["enterprise"],
            names.get(leaf["enterprise"], ""),
            len(note.able_officers.difference(leaf["excluded_inspectors"])),
            _kept_away(note.draw, leaf, reasons=reasons[leaf["enterprise"]], people=people),
        )
        for leaf in leaves
    ]


def _kept_away(draw: Draw, leaf: Leaf, *, reasons: Mapping, people: Mapping) -> tuple[tuple[str, tuple[str, ...]], ...]:
    by_rule = {OFFICERS: MODE_REASONS.get(Draw.OfficerMode(draw.officer_mode), ""), EXPERTS: EXPERT_REASON}
    found: dict[str, list[str]] = defaultdict(list)
    for stage, excluded in ((OFFICERS, leaf["excluded_inspectors"]), (EXPERTS, leaf["excluded_experts"])):
        word = "执法人员" if stage == OFFICERS else "专家"
        for key in excluded:
            found[f"{word} {reasons.get((stage, key), by_rule[stage])}"].append(people.get((stage, key), key))
    return tuple((reason, tuple(names)) for reason, names in sorted(found.items()))


def people_names() -> dict[tuple[str, str], str]:
    """The names of officers and experts by stage and business key. Two queries."""
    officers = Inspector.objects.order_by("pk").values_list("certificate_number", "name")
    experts = Expert.objects.order_by("pk").values_list("number", "name")
    return {(OFFICERS, key): name for key, name in officers} | {(EXPERTS, key): name for key, name in experts}


def enterprise_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of enterprises as they are called now."""
    wanted = list(codes)
    rows = Enterprise.objects.order_by("pk")
    if len(wanted) <= AT_ONCE:
        rows = rows.filter(credit_code__in=wanted)
    return dict(rows.values_list("credit_code", "name"))
