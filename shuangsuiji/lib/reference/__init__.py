"""Reference tables a fresh database starts with, as JSON beside this file.

They are a beginning, not the truth: once loaded, the rows in the database are
edited by people and never overwritten from here.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from shuangsuiji.lib.calendar import WorkingCalendar


@cache
def read(name: str) -> Any:
    """The content of one file: read("townships")."""
    return json.loads((resources.files(__name__) / f"{name}.json").read_text(encoding="utf-8"))


def calendar_days(year: dict[str, Any], *, kind: str) -> Iterator[tuple[datetime.date, str]]:
    """Each day of a year's entry with its name; "2026-10-01/2026-10-07" stands for seven days."""
    for name, spans in year[kind].items():
        for span in spans:
            first, _, last = span.partition("/")
            day, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
            while day <= end:
                yield day, name
                day += datetime.timedelta(days=1)


def starting_calendar() -> WorkingCalendar:
    """The calendar a fresh database starts with."""
    entries = read("calendar")
    return WorkingCalendar(
        years=frozenset(entry["year"] for entry in entries),
        off={day: name for entry in entries for day, name in calendar_days(entry, kind="off")},
        worked={day: name for entry in entries for day, name in calendar_days(entry, kind="worked")},
        unconfirmed=frozenset(entry["year"] for entry in entries if not entry["is_confirmed"]),
    )
