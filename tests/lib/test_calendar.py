from __future__ import annotations

import datetime

import chinese_calendar
import pytest

from shuangsuiji.lib import reference
from shuangsuiji.lib.calendar import WorkingCalendar, YearWithoutCalendar

CALENDAR = reference.starting_calendar()


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_it_agrees_with_the_published_calendar_on_every_day(year):
    first = datetime.date(year, 1, 1)
    days = [first + datetime.timedelta(days=n) for n in range(366) if (first + datetime.timedelta(days=n)).year == year]

    assert [d for d in days if CALENDAR.is_working_day(d) != chinese_calendar.is_workday(d)] == []


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_it_counts_the_working_days_of_a_year(year, count):
    assert CALENDAR.working_day_count(year) == count


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2024-02-09", 1, "2024-02-18"),  # Spring Festival, then a Sunday worked
        ("2024-09-30", 7, "2024-10-15"),  # National Day, then a Saturday worked
        ("2025-01-27", 3, "2025-02-07"),
        ("2025-09-30", 1, "2025-10-09"),  # National Day and Mid-autumn in one
        ("2025-12-31", 2, "2026-01-05"),  # over the year's end: Sunday 4 January is worked
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-24", -2, "2026-02-13"),
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_it_adds_working_days(start, days, due):
    assert CALENDAR.add_working_days(day(start), days) == day(due)


@pytest.mark.parametrize("start", ["2024-02-09", "2025-09-30", "2026-02-28"])
@pytest.mark.parametrize("days", [1, 5, 40])
def test_counting_undoes_adding(start, days):
    assert CALENDAR.working_days_between(day(start), CALENDAR.add_working_days(day(start), days)) == days


def test_it_finds_the_working_day_on_either_side():
    assert CALENDAR.next_working_day(day("2026-10-03")) == day("2026-10-08")
    assert CALENDAR.previous_working_day(day("2026-10-03")) == day("2026-09-30")
    assert CALENDAR.next_working_day(day("2026-10-10")) == day("2026-10-10")


def test_it_names_a_day():
    names = [CALENDAR.name_of(day(text)) for text in ("2026-10-01", "2026-10-10", "2026-10-12")]
    assert names == ["国庆节", "国庆节调休上班", ""]


def test_a_year_nobody_entered_is_refused_with_what_to_do():
    calendar = WorkingCalendar(years=frozenset({2026}))
    with pytest.raises(YearWithoutCalendar, match=r"2027年的节假日安排还没有录入.*设置"):
        calendar.add_working_days(day("2026-12-31"), 1)


def test_a_prefilled_year_is_marked_unconfirmed():
    assert CALENDAR.unconfirmed == frozenset({2027})
