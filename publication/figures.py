"""The figures of the home page, each with its date."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse

from draws.models import Draw, SealedDraw
from draws.selectors.caps import plan_in_force
from draws.states import DrawState
from inspections.models import Task
from publication.models import Publication, PublicEntry
from publication.searching import standing_entries
from publication.selectors.statistics import checks_in_public
from shuangsuiji.lib.selectors import deadline_counts


def year_figures(*, today: dt.date) -> list[dict]:
    """Sealed, checked, results in time, voided: the four figures of a year so far."""
    year = today.year
    sealed = SealedDraw.objects.filter(sealed_at__year=year).count()
    checked = checks_in_public(Task.objects.filter(results_public_at__year=year)).count()
    in_time = deadline_counts(today=today, year=year, rule_codes=("results.after_visit", "handling.publish"))
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
            "label": "按期公开结果和查处结果",
            "value": f"{in_time.kept} / {in_time.kept + in_time.missed}",
            "note": f"逾期 {in_time.missed}",
            "url": reverse("result_list"),
        },
        {"label": "作废的抽取", "value": void, "note": "作废也留在台账上", "url": ledger},
    ]


def _cn(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _share_of_plan(checked: int, *, year: int) -> str:
    plan = plan_in_force(year)
    planned = sum(line.planned_count for line in plan.lines.all()) if plan else 0
    return f"占计划 {planned} 家的 {round(100 * checked / planned)}%" if planned else "本年尚无已批准的计划"


def open_notices(*, today: dt.date) -> QuerySet[PublicEntry]:
    """Notices whose visits are still to come, the nearest first."""
    notices = standing_entries([Publication.Kind.NOTICE]).filter(visits_to__gte=today)
    return notices.order_by("visits_from", "publication_id")


def latest_public_draw() -> SealedDraw | None:
    """The newest draw whose whole record anybody may recompute."""
    drawn = SealedDraw.objects.filter(draw__state=DrawState.DRAWN, mode=Draw.Mode.ANNOUNCED)
    return drawn.order_by("-sealed_at").first()
