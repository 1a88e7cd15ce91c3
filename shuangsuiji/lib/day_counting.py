"""Counting days as the Civil Code does; pure arithmetic over a calendar.

民法典 §201: the day on which a period begins is not counted.
民法典 §202: a period of months ends on the day of the same number, or on the month's last day.
民法典 §203: a last day that is a day off gives way to the next working day.

A period *before* an event must lie whole between the act and the event: fifteen
days before a visit on the 20th, the days 5 to 19 lie between, and the act is due
on the 4th. Such a period never rolls towards the event, which would shorten it.

    start 2026-09-25 (Fri, 中秋节) + 7 working days → 2026-10-12: 28, 29, 30, then 8, 9, 10 (a Saturday worked), 12
"""

from __future__ import annotations

import calendar as months
import datetime
from typing import Protocol

from shuangsuiji.lib.calendar import ONE_DAY, WorkingCalendar

NATURAL, WORKING, MONTH = "natural", "working", "month"
AFTER, BEFORE = "after", "before"


class DayRule(Protocol):
    """What counting needs of a rule; a `DeadlineRule` row is one."""

    amount: int
    unit: str
    direction: str
    rolls_forward: bool
    warn_days: int


def last_day(rule: DayRule, *, start_on: datetime.date, calendar: WorkingCalendar) -> datetime.date:
    """The last day on which the act is in time."""
    if rule.direction == BEFORE:
        latest = _shifted(start_on, -rule.amount, unit=rule.unit, calendar=calendar) - ONE_DAY
        return calendar.previous_working_day(latest) if rule.rolls_forward else latest
    last = _shifted(start_on, rule.amount, unit=rule.unit, calendar=calendar)
    return calendar.next_working_day(last) if rule.rolls_forward else last


def first_day_after(rule: DayRule, *, acted_on: datetime.date, calendar: WorkingCalendar) -> datetime.date:
    """The earliest day of the event when the act before it was done on `acted_on`; last_day() turned round."""
    return _shifted(acted_on, rule.amount, unit=rule.unit, calendar=calendar) + ONE_DAY


def warning_day(rule: DayRule, *, start_on: datetime.date, due_on: datetime.date) -> datetime.date:
    """When to begin warning: some days before the last one; for working days, not after as many calendar days.

    A reader who counts "within 7 days" on a wall calendar is thus warned in time too.
    """
    warn_on = due_on - ONE_DAY * rule.warn_days
    if rule.unit == WORKING and rule.direction == AFTER:
        warn_on = min(warn_on, start_on + ONE_DAY * rule.amount)
    return warn_on


def _shifted(start_on: datetime.date, amount: int, *, unit: str, calendar: WorkingCalendar) -> datetime.date:
    if unit == WORKING:
        return calendar.add_working_days(start_on, amount)
    if unit == MONTH:
        return add_months(start_on, amount)
    return start_on + ONE_DAY * amount


def add_months(day: datetime.date, amount: int) -> datetime.date:
    """The day of the same number so many months on, or that month's last: 31 August + 6 → 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return datetime.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
