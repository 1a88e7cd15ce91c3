"""The mark of what an approver looks at, of a draw and of a plan: handed in again or changed, it is another."""

from __future__ import annotations

from typing import Any

from draws.models import Draw, Plan
from shuangsuiji.lib.editing import content_mark, row_values

PLAN_WORDS = (
    *("working_days", "officer_count", "other_enforcement_days", "non_enforcement_days", "days_per_check"),
    *("frequency", "yearly_cap", "fewest_eligible", "note", "reason"),
)
LINE_WORDS = ("field", "risk_class", "planned_count", "share", "why")
UNIT_WORDS = ("enterprise", "times", "month", "partners", "why")


def plan_mark(plan: Plan) -> str:
    """Its days, frequency, cap and reason, its lines and its named units. Two queries and one for each unit."""
    lines = [row_values(line, LINE_WORDS) for line in plan.lines.order_by("pk")]
    units = [row_values(unit, UNIT_WORDS) for unit in plan.units.order_by("pk")]
    return content_mark([row_values(plan, PLAN_WORDS), lines, units])


def draw_mark(draw: Draw, scarcity: dict[str, Any]) -> str:
    """A draw that is handed in changes no more: handed in another time, it is another.

    The register and the officers do change: who is scarce now (`rehearsal.scarcity_of`) and how many trials were
    blocked is what the approver answers for.
    """
    return content_mark([draw.submitted_at, scarcity, (draw.rehearsal or {}).get("blocked_count")])
