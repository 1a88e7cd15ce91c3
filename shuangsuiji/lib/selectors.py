"""Reading the reference tables and the deadlines."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, F, Q, QuerySet

from shuangsuiji.lib.calendar import WorkingCalendar
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import (
    CalendarDay,
    CalendarYear,
    Deadline,
    DeadlineRule,
    FieldAlias,
    Township,
    TownshipAlias,
)
from shuangsuiji.lib.places import names_another_county

NOTICE_MONTH = 12
"""The State Council fixes the next year's holidays in November; from December on, a missing year is an alarm."""

_PLACE_SUFFIX = re.compile(r"(?:街道办事处|街道|镇|乡)$")
IS_MISSED = Q(missed_at__isnull=False) | Q(kept_on__gt=F("due_on"))


def load_calendar() -> WorkingCalendar:
    """The calendar as it stands in the database: two queries, some hundred rows."""
    years = list(CalendarYear.objects.values_list("year", "is_confirmed"))
    days = list(CalendarDay.objects.values_list("on", "kind", "name"))
    return WorkingCalendar(
        years=frozenset(year for year, _ in years),
        off={on: name for on, kind, name in days if kind == CalendarDay.Kind.OFF},
        worked={on: name for on, kind, name in days if kind == CalendarDay.Kind.WORKED},
        unconfirmed=frozenset(year for year, confirmed in years if not confirmed),
    )


@dataclass(frozen=True)
class CalendarGap:
    """A year that deadlines need and nobody has entered, or nobody has compared with the State Council's notice."""

    year: int
    is_missing: bool

    @property
    def sentence(self) -> str:
        if self.is_missing:
            return f"{self.year}年的节假日安排还没有录入，涉及该年的期限都无法计算：请到“设置 → 工作日历”录入。"
        return f"{self.year}年的日历只有法定节日、没有调休安排：请按国务院办公厅通知核对并确认，期限会自动重算。"


def calendar_gap(today: datetime.date) -> list[CalendarGap]:
    """The years to be warned about loudly: this year at any time, the next one from December on."""
    return calendar_gaps_of([today.year] + ([today.year + 1] if today.month >= NOTICE_MONTH else []))


def calendar_gaps_of(years: Iterable[int]) -> list[CalendarGap]:
    """Which of these years nobody has entered, or nobody has compared with the State Council's notice. One query."""
    entered = dict(CalendarYear.objects.values_list("year", "is_confirmed"))
    return [CalendarGap(year, year not in entered) for year in years if not entered.get(year)]


def rule_in_force(code: str, *, on: datetime.date) -> DeadlineRule:
    """The version of a deadline rule that holds on this day."""
    versions = DeadlineRule.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), code=code, valid_from__lte=on)
    rule = versions.order_by("-valid_from").first()
    if rule is None:
        raise Refusal(f"期限规则“{code}”在{on:%Y-%m-%d}没有生效的版本：请到“设置 → 期限规则”补充。")
    return rule


def due_deadlines(*, today: datetime.date, within_days: int = 7) -> QuerySet[Deadline]:
    """Open deadlines whose warning day has come or whose last day is near, most urgent first; late ones too."""
    soon = today + datetime.timedelta(days=within_days)
    return open_deadlines().filter(Q(warn_on__lte=today) | Q(due_on__lte=soon)).order_by("due_on", "id")


def late_deadlines(*, today: datetime.date) -> QuerySet[Deadline]:
    """Open deadlines whose last day has passed."""
    return open_deadlines().filter(due_on__lt=today).order_by("due_on", "id")


def open_deadlines() -> QuerySet[Deadline]:
    """Deadlines whose duty is still to be done, late or not."""
    return Deadline.objects.filter(kept_on=None, cancelled_at=None).select_related("rule").order_by("due_on", "id")


@dataclass(frozen=True)
class DeadlineCounts:
    """How duties stand: kept in time, missed (done late, or late and still open), still open, cancelled."""

    kept: int = 0
    missed: int = 0
    open: int = 0
    due_soon: int = 0
    cancelled: int = 0

    @property
    def kept_share(self) -> float | None:
        """Kept ÷ settled, or None while nothing is settled."""
        settled = self.kept + self.missed
        return self.kept / settled if settled else None


def deadline_counts(*, today: datetime.date, year: int | None = None, rule_codes: Iterable[str] = ()) -> DeadlineCounts:
    """Counts over all deadlines, or those due in a year, or those of some rules. One query."""
    rows = Deadline.objects.all()
    rows = rows.filter(due_on__year=year) if year else rows
    codes = list(rule_codes)
    rows = rows.filter(rule__code__in=codes) if codes else rows
    return DeadlineCounts(**rows.aggregate(**_count_expressions(today)))


def deadline_counts_by_rule(*, today: datetime.date, year: int | None = None) -> list[tuple[str, DeadlineCounts]]:
    """The same counts per rule name, for the dashboard's table. One query."""
    rows = Deadline.objects.filter(due_on__year=year) if year else Deadline.objects.all()
    counts = _count_expressions(today)
    grouped = rows.values("rule__code", "rule__name").annotate(**counts).order_by("rule__code", "rule__name")
    found = cast("Iterable[dict[str, Any]]", grouped)
    return [(row["rule__name"], DeadlineCounts(**{name: row[name] for name in counts})) for row in found]


def _count_expressions(today: datetime.date) -> dict[str, Count]:
    live, undone = Q(cancelled_at=None), Q(cancelled_at=None, kept_on=None)
    missed = IS_MISSED | Q(kept_on=None, due_on__lt=today)
    return {
        "kept": Count("id", filter=live & Q(kept_on__isnull=False) & ~IS_MISSED),
        "missed": Count("id", filter=live & missed),
        "open": Count("id", filter=undone & Q(missed_at=None, due_on__gte=today)),
        "due_soon": Count("id", filter=undone & Q(missed_at=None, due_on__gte=today, warn_on__lte=today)),
        "cancelled": Count("id", filter=Q(cancelled_at__isnull=False)),
    }


def township_names() -> dict[str, Township]:
    """Every name and confirmed old name of a township, with the township; the longest first."""
    townships = {township.name: township for township in Township.objects.all()}
    for alias in TownshipAlias.objects.filter(is_confirmed=True).select_related("township"):
        townships.setdefault(alias.name, alias.township)
    return dict(sorted(townships.items(), key=lambda pair: -len(pair[0])))


def township_words(townships: Mapping[str, Township]) -> dict[str, tuple[str, ...]]:
    """What else people write for the townships of `township_names`: an old name, a name without its 镇.

    Several names stand behind a word that fits several: 长乐 where there is 长乐镇 and 长乐街道.
    """
    short: defaultdict[str, set[str]] = defaultdict(set)
    for name, township in townships.items():
        short[_PLACE_SUFFIX.sub("", name)].add(township.name)
    words = {name: (township.name,) for name, township in townships.items()}
    return {word: tuple(sorted(names)) for word, names in short.items() if len(word) > 1} | words


def field_words() -> dict[str, str]:
    """What else people write for the supervised fields: word → name. One query."""
    return dict(FieldAlias.objects.order_by("name").values_list("name", "field__name"))


def find_township(address: str, *, names: dict[str, Township] | None = None) -> Township | None:
    """The one township an address names, by today's or an old name; None when it names none, several, or another's."""
    named = [(name, one) for name, one in (names or township_names()).items() if name in address]
    found = {one.pk: one for name, one in named if not names_another_county(address.partition(name)[0])}
    return next(iter(found.values())) if len(found) == 1 else None
