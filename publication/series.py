"""Figures over time from what is public: months folded into quarters and years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from draws.models import Draw, SealedDraw
from draws.states import DrawState
from publication.models import Publication, PublicEntry
from publication.searching import standing_entries
from shuangsuiji.lib.models import Deadline

Kind = Publication.Kind
UNITS = {"month": "按月", "quarter": "按季度", "year": "按年"}
YEARS_SHOWN = 5


@dataclass(frozen=True)
class Span:
    """A period of the axis: its word and its first and last month, as (year, month)."""

    label: str
    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, month: dt.date) -> bool:
        """Whether the month belongs to it."""
        return self.first <= (month.year, month.month) <= self.last


def spans(*, unit: str, year: int) -> list[Span]:
    """The twelve months or four quarters of a year, or the five years up to it."""
    if unit == "month":
        return [Span(f"{month}月", (year, month), (year, month)) for month in range(1, 13)]
    if unit == "quarter":
        return [Span(f"第{'一二三四'[n]}季度", (year, 3 * n + 1), (year, 3 * n + 3)) for n in range(4)]
    return [Span(f"{one}年", (one, 1), (one, 12)) for one in range(year - YEARS_SHOWN + 1, year + 1)]


def years_with_figures(*, today: dt.date) -> list[int]:
    """The years one can choose, the newest first."""
    first = standing_entries().aggregate(first=Min("first_published_at"))["first"]
    return list(range(today.year, (first.year if first else today.year) - 1, -1))[:20]


def figures_over_time(*, unit: str, year: int) -> list[dict]:
    """One row a span: draws sealed and voided, results, items, hazards, exposures, listings, deadlines.

    A span that has not begun has no figures, and is not there: nobody knows that they will be 0.
    """
    today = timezone.localdate()
    axis = [span for span in spans(unit=unit, year=year) if span.first <= (today.year, today.month)]
    if not axis:
        return []
    since, until = dt.date(axis[0].first[0], 1, 1), dt.date(axis[-1].last[0], 12, 31)
    monthly = list(_monthly(since=since, until=until))
    names = sorted({name for _, counts in monthly for name in counts} | set(_NAMES))
    return [{"label": span.label, **{name: _folded(monthly, span, name) for name in names}} for span in axis]


_NAMES = (
    *("sealed", "void", "results", "passed", "failed", "general", "major"),
    *("notices", "exposures", "listings", "kept", "missed"),
)


def _folded(monthly: list[tuple[dt.date, dict]], span: Span, name: str) -> int:
    return sum(counts.get(name) or 0 for month, counts in monthly if span.holds(month))


def _monthly(*, since: dt.date, until: dt.date) -> Iterable[tuple[dt.date, dict]]:
    within = (since, until)
    yield from _by_month(SealedDraw.objects.filter(sealed_at__date__range=within), "sealed_at", sealed=Count("pk"))
    void = Draw.objects.filter(state=DrawState.VOID, number__isnull=False, voided_at__date__range=within)
    yield from _by_month(void, "voided_at", void=Count("pk"))
    entries = standing_entries().filter(first_published_at__date__range=within).order_by()
    yield from _by_month(entries, "first_published_at", **_entry_sums())
    # Confidential subjects would show how many covert checks are under way.
    due = Deadline.objects.filter(
        rule__code="results.after_visit", is_confidential=False, cancelled_at=None, due_on__range=within
    )
    late = Q(missed_at__isnull=False) | Q(kept_on__gt=F("due_on"))
    kept, missed = Count("pk", filter=Q(kept_on__isnull=False) & ~late), Count("pk", filter=late)
    yield from _by_month(due, "due_on", kept=kept, missed=missed)


def _entry_sums() -> dict:
    result = Q(kind=Kind.RESULT)
    return {
        "notices": Count("pk", filter=Q(kind=Kind.NOTICE)),
        "exposures": Count("pk", filter=Q(kind=Kind.EXPOSURE)),
        "listings": Count("pk", filter=Q(kind=Kind.LISTING)),
        "results": Count("pk", filter=result),
        "passed": Sum("passed_count", filter=result),
        "failed": Sum("failed_count", filter=result),
        "general": Sum("general_count", filter=result),
        "major": Sum("major_count", filter=result),
    }


def _by_month(rows: QuerySet, moment: str, **sums) -> Iterable[tuple[dt.date, dict]]:
    grouped = rows.order_by().annotate(month=TruncMonth(moment)).values("month").annotate(**sums).order_by("month")
    for row in grouped:
        month = row.pop("month")
        yield month, row


def by_place(*, year: int, place: str) -> list[dict]:
    """Results of a year by `fields` or `townships`, the busiest first."""
    rows = PublicEntry.objects.filter(kind=Kind.RESULT, state="published", first_published_at__year=year)
    grouped = (
        rows.order_by()
        .values(name=F(f"{place}__0"))
        .annotate(results=Count("pk"), failed=Sum("failed_count"), major=Sum("major_count"))
    )
    return [{**row, "name": row["name"] or "未分"} for row in grouped.order_by("-results", "name")]
