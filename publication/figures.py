"""The figures of the home page, each with its date."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse

from draws.models import Draw, Plan, SealedDraw
from draws.states import DrawState
from inspections.models import Task
from publication.models import Publication
from shuangsuiji.lib.selectors import deadline_counts


def year_figures(*, today: dt.date) -> list[dict]:
    """Sealed, checked, results in time, voided: the four figures of a year so far."""
    year = today.year
    sealed = SealedDraw.objects.filter(sealed_at__year=year).count()
    checked = Task.objects.filter(results_public_at__year=year).count()
    in_time = deadline_counts(today=today, year=year, rule_code="results.after_visit")
    void = Draw.objects.filter(state=DrawState.VOID, number__isnull=False, voided_at__year=year).count()
    ledger = reverse("ledger")
    return [
        {"label": "今年封存的抽取", "value": sealed, "note": f"截至 {_cn(today)}", "url": ledger},
        {
            "label": "已检查并公开的企业",
            "value": checked,
            "note": _share_of_plan(checked, year=year),
            "url": reverse("result_list"),
        },
        {
            "label": "按期公开结果",
            "value": f"{in_time.kept} / {in_time.kept + in_time.missed}",
            "note": f"逾期 {in_time.missed}",
            "url": reverse("result_list"),
        },
        {"label": "作废的抽取", "value": void, "note": "作废也留在台账上", "url": ledger},
    ]


def _cn(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _share_of_plan(checked: int, *, year: int) -> str:
    plan = Plan.objects.filter(year=year, approved_at__isnull=False).prefetch_related("lines").first()
    planned = sum(line.planned_count for line in plan.lines.all()) if plan else 0
    return f"占计划 {planned} 家的 {round(100 * checked / planned)}%" if planned else "本年尚无已批准的计划"


def open_notices(published: QuerySet[Publication], *, today: dt.date) -> list[Publication]:
    """Notices whose visits are still to come, the nearest first."""
    recent = published.filter(kind=Publication.Kind.NOTICE, draw__visits_to__gte=today).select_related("draw")
    return list(recent.order_by("draw__visits_from", "id"))


def latest_public_draw() -> SealedDraw | None:
    """The newest draw whose whole record anybody may recompute."""
    drawn = SealedDraw.objects.filter(draw__state=DrawState.DRAWN, draw__mode=Draw.Mode.ANNOUNCED)
    return drawn.order_by("-sealed_at").first()
