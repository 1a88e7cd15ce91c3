from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.lib import day_counting, reference
from shuangsuiji.lib.calendar import YearWithoutCalendar

CALENDAR = reference.starting_calendar()
ALL_RULES = {entry["code"]: entry for entry in reference.read("deadline_rules")}


@dataclass(frozen=True)
class Rule:
    amount: int
    unit: str
    direction: str
    rolls_forward: bool
    warn_days: int


def rule(code):
    return Rule(**{name: ALL_RULES[code][name] for name in Rule.__dataclass_fields__})


def day(text):
    return datetime.date.fromisoformat(text)


def last_day(code, start):
    return day_counting.last_day(rule(code), start_on=day(start), calendar=CALENDAR).isoformat()


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        # seven working days, over holidays and weekends worked
        ("results.after_visit", "2026-03-02", "2026-03-11"),
        ("results.after_visit", "2026-09-24", "2026-10-12"),  # 28, 29, 30, 8, 9, Saturday 10, 12
        ("results.after_visit", "2026-02-13", "2026-03-02"),  # Saturdays 14 and 28 February are worked
        ("results.after_visit", "2025-12-29", "2026-01-08"),  # Sunday 4 January is worked
        ("results.after_visit", "2025-09-26", "2025-10-13"),  # Sunday 28 September and Saturday 11 October are worked
        ("results.after_visit", "2024-02-05", "2024-02-20"),
        ("penalty.publish", "2024-09-30", "2024-10-15"),
        ("penalty.withdraw", "2025-01-24", "2025-02-05"),  # Sunday 26 January is worked
        ("hearing.request", "2026-04-30", "2026-05-11"),  # Saturday 9 May is worked
        # calendar days, rolling off a day off
        ("penalty.pay", "2026-09-20", "2026-10-08"),
        ("penalty.pay", "2026-03-02", "2026-03-17"),
        ("penalty.decide", "2026-07-03", "2026-10-08"),
        ("appeal.review", "2025-12-02", "2026-02-02"),  # 31 January is a Saturday
        ("penalty.pay", "2026-04-24", "2026-05-09"),  # a Saturday worked is no day off
        # months: the day of the same number, or the month's last
        ("appeal.court", "2025-08-31", "2026-02-28"),  # a Saturday worked
        ("appeal.court", "2024-03-29", "2024-09-29"),  # a Sunday worked
        ("appeal.court", "2025-10-31", "2026-04-30"),
        ("appeal.court", "2025-07-03", "2026-01-04"),
        ("listing.term", "2024-02-29", "2027-02-28"),
        # before an event, whole days between
        ("notice.before_visit", "2026-04-20", "2026-04-04"),
        ("notice.before_visit", "2027-01-10", "2026-12-25"),
        ("notice.before_visit", "2024-03-10", "2024-02-23"),
        ("hearing.notice", "2026-10-14", "2026-09-28"),  # 29, 30, 8, 9, 10, 12, 13 lie between
    ],
)
def test_the_last_day_in_time(code, start, due):
    assert last_day(code, start) == due


def test_a_last_day_in_a_year_nobody_entered_is_refused():
    with pytest.raises(YearWithoutCalendar, match="2028年"):
        last_day("results.after_visit", "2027-12-30")


def test_a_whole_day_notice_needs_no_calendar():
    assert last_day("notice.before_visit", "2030-01-20") == "2030-01-04"


days = st.dates(day("2024-01-10"), day("2026-11-30"))


@given(days)
def test_fifteen_whole_days_lie_between_notice_and_visit(visit_on):
    published_on = day_counting.last_day(rule("notice.before_visit"), start_on=visit_on, calendar=CALENDAR)

    assert (visit_on - published_on).days - 1 == 15
    assert (
        day_counting.first_day_after(rule("notice.before_visit"), acted_on=published_on, calendar=CALENDAR) == visit_on
    )


@given(days, st.sampled_from(sorted(ALL_RULES)))
def test_a_rolled_last_day_is_never_a_day_off_and_the_warning_never_late(start_on, code):
    terms = rule(code)
    if terms.unit == "month" and terms.amount > 12:
        return
    due = day_counting.last_day(terms, start_on=start_on, calendar=CALENDAR)

    assert not terms.rolls_forward or CALENDAR.is_working_day(due)
    assert day_counting.warning_day(terms, start_on=start_on, due_on=due) <= due


def test_working_days_are_warned_of_by_the_calendar_day_first():
    terms = rule("results.after_visit")
    due = day_counting.last_day(terms, start_on=day("2026-09-24"), calendar=CALENDAR)
    assert day_counting.warning_day(terms, start_on=day("2026-09-24"), due_on=due) == day("2026-10-01")
