"""A month, a quarter or a year of figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shuangsuiji.lib.calendar import ONE_DAY
from shuangsuiji.lib.day_counting import add_months
from shuangsuiji.lib.errors import Refusal

MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """`Period("quarter", 2026, 4)` is October to December 2026; a year's number is 1."""

    unit: str
    year: int
    number: int = 1

    @classmethod
    def read(cls, code: str) -> Period:
        """`2026-11`, `2026-q4` or `2026`; anything else is refused."""
        year, dash, rest = code.partition("-")
        unit = "year" if not dash else "quarter" if rest.startswith("q") else "month"
        number = rest.removeprefix("q") if dash else "1"
        most = 12 // MONTHS[unit]
        if not (year.isdigit() and len(year) == 4 and number.isdigit() and 1 <= int(number) <= most):
            raise Refusal("统计期间写成 2026-11（月）、2026-q4（季度）或 2026（年）。", field="period")
        return cls(unit, int(year), int(number))

    @classmethod
    def ended_before(cls, day: dt.date) -> list[Period]:
        """The last whole month, and the quarter and year that ended with it."""
        last = day.replace(day=1) - ONE_DAY
        month = cls("month", last.year, last.month)
        longer = [cls("quarter", last.year, (last.month + 2) // 3), cls("year", last.year)]
        return [month, *(period for period in longer if period.last_day == last)]

    @property
    def code(self) -> str:
        """As in the address: 2026-11, 2026-q4, 2026."""
        tail = {"month": f"-{self.number:02d}", "quarter": f"-q{self.number}", "year": ""}
        return f"{self.year}{tail[self.unit]}"

    @property
    def name(self) -> str:
        """2026年11月, 2026年第四季度, 2026年度."""
        if self.unit == "year":
            return f"{self.year}年度"
        return f"{self.year}年" + (
            f"{self.number}月" if self.unit == "month" else f"第{'一二三四'[self.number - 1]}季度"
        )

    @property
    def first_day(self) -> dt.date:
        """The first day of it."""
        return dt.date(self.year, (self.number - 1) * MONTHS[self.unit] + 1, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of it."""
        return add_months(self.first_day, MONTHS[self.unit]) - ONE_DAY
