"""The work log of a month, and of a year against the plan's capacity."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from draws.models import Plan
from draws.states import PlanState
from inspections.models import WorkEntry
from inspectors.models import Inspector
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role


@dataclass
class SheetRow:
    """One officer's month: entries by day of the month, sums in days by kind."""

    inspector: Inspector
    by_day: dict[int, list[WorkEntry]] = field(default_factory=dict)
    days: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """All days of the month together."""
        return sum(self.days.values())

    @property
    def check_days(self) -> float:
        """Days spent on checks."""
        return self.days.get(WorkEntry.Kind.CHECK, 0)


def work_people(user: User) -> QuerySet[Inspector]:
    """Whose log this person sees: the office everybody's, an officer the own."""
    rows = Inspector.objects.order_by("certificate_number", "id")
    office = has_role(user, Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.LEADER)
    return rows if office else rows.filter(account=user)


def month_sheet(user: User, *, month: dt.date) -> list[SheetRow]:
    """One row per officer; `month` is its first day."""
    rows = {one.pk: SheetRow(one) for one in work_people(user)}
    entries = WorkEntry.objects.filter(inspector__in=rows, on__year=month.year, on__month=month.month)
    for entry in entries.select_related("task").order_by("on", "id"):
        row = rows[entry.inspector_id]
        row.by_day.setdefault(entry.on.day, []).append(entry)
        row.days[entry.kind] = row.days.get(entry.kind, 0) + entry.half_days / 2
    return list(rows.values())


def year_account(*, year: int) -> dict:
    """Days spent on checks in a year against the plan's capacity; `share` in percent, None without a published plan."""
    half = WorkEntry.objects.filter(on__year=year, kind=WorkEntry.Kind.CHECK).aggregate(sum=Sum("half_days"))["sum"]
    spent = (half or 0) / 2
    plan = Plan.objects.filter(year=year, state=PlanState.PUBLISHED).first()
    capacity = plan.capacity_days if plan else 0
    return {
        "spent": spent,
        "capacity": capacity,
        "share": round(100 * spent / capacity) if capacity else None,
        "left": capacity - spent if capacity else None,
    }
