"""Working days of the State Council's yearly notices, as a value that knows no database.

A year is a plain week (Saturday and Sunday off) plus the days that differ from
it: days off, and weekends that are worked instead. A year nobody has entered is
refused, never guessed: a deadline counted on a plain week would be wrong by days.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from shuangsuiji.lib.errors import Refusal

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5


class YearWithoutCalendar(Refusal):
    """A day of a year whose holidays nobody has entered was asked for."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"{year}年的节假日安排还没有录入，无法推算工作日："
            f"请在“设置 → 工作日历”中按国务院办公厅通知录入{year}年，再试一次。"
        )
        self.year = year


@dataclass(frozen=True)
class WorkingCalendar:
    """The years entered, their days off and the weekends worked, each with its name."""

    years: frozenset[int]
    off: Mapping[datetime.date, str] = field(default_factory=dict)
    worked: Mapping[datetime.date, str] = field(default_factory=dict)
    unconfirmed: frozenset[int] = frozenset()

    def is_working_day(self, day: datetime.date) -> bool:
        """Whether offices work on this day; a weekend worked instead of a holiday counts."""
        if day.year not in self.years:
            raise YearWithoutCalendar(day.year)
        if day in self.worked:
            return True
        return day not in self.off and day.weekday() < SATURDAY

    def name_of(self, day: datetime.date) -> str:
        """The holiday the day belongs to: 国庆节, 国庆节调休上班, or an empty string."""
        if day in self.worked:
            return f"{self.worked[day]}调休上班"
        return self.off.get(day, "")

    def next_working_day(self, day: datetime.date) -> datetime.date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def previous_working_day(self, day: datetime.date) -> datetime.date:
        """The day itself when it is a working day, else the last one before it."""
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def add_working_days(self, start: datetime.date, days: int) -> datetime.date:
        """The n-th working day after the start (before it, when negative); the start day is not counted."""
        step = ONE_DAY if days > 0 else -ONE_DAY
        day = start
        for _ in range(abs(days)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, after: datetime.date, until: datetime.date) -> int:
        """How many working days lie after the first day, up to and including the second."""
        span = range(1, (until - after).days + 1)
        return sum(self.is_working_day(after + ONE_DAY * offset) for offset in span)

    def working_day_count(self, year: int) -> int:
        """The national working days of a year, on which a yearly plan's capacity rests."""
        return self.working_days_between(datetime.date(year - 1, 12, 31), datetime.date(year, 12, 31))
