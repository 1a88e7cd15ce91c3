"""Visits and limits of a month, day by day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from inspections.models import OrderPoint, Task
from inspections.selectors.reading import is_late, tasks_visible_to
from inspections.states import TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.calendar import YearWithoutCalendar
from shuangsuiji.lib.selectors import load_calendar


@dataclass
class Day:
    """One day on the sheet; `is_off` where nobody works, `is_inside` where it belongs to the month."""

    on: dt.date
    is_inside: bool
    is_off: bool
    is_today: bool
    visits: list[Task] = field(default_factory=list)
    limits: list[OrderPoint] = field(default_factory=list)


def month_of_visits(user: User, *, month: dt.date, today: dt.date) -> list[list[Day]]:
    """Whole weeks, Monday first, with the visits planned or made and the limits of open orders."""
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    is_off = _days_off()
    days = {
        on: Day(on, is_inside=on.month == month.month, is_off=is_off(on), is_today=on == today)
        for week in weeks
        for on in week
    }
    first, last = weeks[0][0], weeks[-1][-1]
    tasks = tasks_visible_to(user).exclude(state=TaskState.DROPPED)
    for task in tasks.filter(visit_on__range=(first, last)).select_related("enterprise").order_by("visit_on", "number"):
        task.is_late = is_late(task, today=today)  # type: ignore[attr-defined]  # for the page
        days[task.visit_on].visits.append(task)
    limits = OrderPoint.objects.filter(
        order__task__in=tasks.values("pk"), order__reinspection=None, rectify_by__range=(first, last)
    )
    for point in limits.select_related("order__task__enterprise").order_by("rectify_by", "id"):
        days[point.rectify_by].limits.append(point)
    return [[days[on] for on in week] for week in weeks]


def _days_off() -> Callable[[dt.date], bool]:
    """The working calendar; where it has no such year, its weekends."""
    working = load_calendar()

    def is_off(on: dt.date) -> bool:
        try:
            return not working.is_working_day(on)
        except YearWithoutCalendar:
            return on.weekday() > calendar.FRIDAY

    return is_off
