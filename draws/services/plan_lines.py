"""The lines of a yearly plan: what each stratum is to get, and two people who change them at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from draws.models import Plan, PlanLine
from draws.selectors.plans import stratum_sizes
from enterprises.models import RiskClass
from shuangsuiji.audit.editing import last_in_trail, merge_edits
from shuangsuiji.lib.editing import Seen
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.public_words import check_public_words

PLAN_COLUMNS = (
    "officer_count",
    "other_enforcement_days",
    "non_enforcement_days",
    "days_per_check",
    "frequency",
    "yearly_cap",
    "fewest_eligible",
    "note",
)
"""The figures of a plan that its form changes."""


@dataclass(frozen=True)
class Wanted:
    """What a stratum is to get: a count, or a share of its enterprises in per cent; and why."""

    count: int = 0
    share: int | None = None
    why: str = ""

    @property
    def text(self) -> str:
        """As it is typed: `12`, `30%`, or nothing."""
        return f"{self.share}%" if self.share else str(self.count or "")


Lines = Mapping[tuple[SupervisedField, str], int | Wanted]


def cell_name(field: SupervisedField, risk_class: str) -> str:
    """What the cell of a stratum is called in the form."""
    return f"count-{field.pk}-{risk_class}"


def wanted_of(line: PlanLine | None) -> Wanted:
    """What stands of a stratum."""
    if line is None:
        return Wanted()
    return Wanted(count=0 if line.share else line.planned_count, share=line.share, why=line.why)


def standing_lines(plan: Plan) -> dict[tuple[SupervisedField, str], Wanted]:
    """The lines of a plan as they stand."""
    return {(line.field, line.risk_class): wanted_of(line) for line in plan.lines.select_related("field")}


def plan_values(plan: Plan) -> dict[str, Any]:
    """What the form of a plan shows, by the names of its fields; a stratum without a line stands empty."""
    cells = {cell_name(field, risk): "" for field in SupervisedField.objects.all() for risk in RiskClass.values}
    cells |= {cell_name(*key): wanted.text for key, wanted in standing_lines(plan).items()}
    return {name: getattr(plan, name) for name in PLAN_COLUMNS} | cells


def merge_plan(plan: Plan, *, columns: dict[str, Any], lines: Lines, seen: Seen | None) -> tuple[dict[str, Any], Lines]:
    """The columns and lines to write into a locked plan: a person's changes over what others wrote meanwhile."""
    if seen is None:
        return columns, lines
    typed = columns | {cell_name(*key): _as_wanted(wanted).text for key, wanted in lines.items()}
    mine = merge_edits(typed, stored=plan_values(plan), seen=seen, who=lambda name: last_in_trail(plan))
    own = {key: wanted for key, wanted in lines.items() if cell_name(*key) in mine}
    return {name: value for name, value in columns.items() if name in mine}, standing_lines(plan) | own


def set_lines(plan: Plan, lines: Lines) -> None:
    """Replace the lines of a plan; those that ask for nothing are left out."""
    sizes = stratum_sizes(without=plan.units.values_list("enterprise", flat=True))
    plan.lines.all().delete()
    wanted = {key: _as_wanted(one) for key, one in lines.items()}
    check_public_words(why="\n".join(one.why for one in wanted.values()))
    rows = (_line(plan, key, one, size=sizes.get((key[0].pk, key[1]), 0)) for key, one in wanted.items())
    PlanLine.objects.bulk_create(row for row in rows if row.planned_count)


def _as_wanted(wanted: int | Wanted) -> Wanted:
    return wanted if isinstance(wanted, Wanted) else Wanted(count=wanted)


def _line(plan: Plan, key: tuple[SupervisedField, str], wanted: Wanted, *, size: int) -> PlanLine:
    """A share is worked out on the register as it stands, rounded up: 10 % of 8 is 1."""
    return PlanLine(
        plan=plan,
        field=key[0],
        risk_class=key[1],
        planned_count=math.ceil(size * wanted.share / 100) if wanted.share else wanted.count,
        share=wanted.share or None,
        enterprise_count=size,
        why=wanted.why[:300],
    )
