"""The figures of a period, counted when it is over and then frozen in a publication."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import chain

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from draws.models import Draw, SealedDraw
from draws.states import DrawState
from inspections.models import ItemResult, Order, OrderPoint, Task
from publication.models import Publication
from publication.periods import Period
from publication.states import PublicationState
from shuangsuiji.lib.models import Deadline


def figures_of(period: Period) -> dict:
    """What was drawn, checked, found, published and missed; only checks whose results are public are counted.

    A covert check thus enters the figures of the period in which its result was published.
    """
    tasks = _checked(period)
    results = ItemResult.objects.filter(record__task__in=tasks)
    failed = results.filter(result=ItemResult.Result.FAILED)
    return {
        "period": period.code,
        "period_name": period.name,
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
        "figures": [
            _figure(
                "sealed_draws", "封存的抽取（次）", SealedDraw.objects.filter(sealed_at__range=_span(period)).count()
            ),
            _figure("void_draws", "作废的抽取（次）", _void(period).count()),
            _figure("checked", "已检查并公开结果的企业（家次）", tasks.count()),
            _figure("items", "检查事项（项次）", results.count()),
            _figure("failed_items", "不合格事项（项次）", failed.count()),
            _figure("major_hazards", "其中重大隐患（项）", failed.filter(hazard=ItemResult.Hazard.MAJOR).count()),
            _figure("orders", "责令限期整改（份）", Order.objects.filter(task__in=tasks).count()),
            _figure("rectified", "复查整改到位（项）", _rectified(tasks).count()),
            *_published(period),
        ],
        "by_field": _by_field(tasks),
        "deadlines": _deadlines(period),
    }


def _figure(code: str, label: str, value: int) -> dict:
    return {"code": code, "label": label, "value": value}


def _span(period: Period) -> tuple[dt.datetime, dt.datetime]:
    zone = timezone.get_current_timezone()
    first = dt.datetime.combine(period.first_day, dt.time.min, tzinfo=zone)
    return first, dt.datetime.combine(period.last_day, dt.time.max, tzinfo=zone)


def checks_in_public(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Those whose result stands in public; one that was withdrawn is counted nowhere."""
    standing = Publication.objects.filter(kind=Publication.Kind.RESULT, state=PublicationState.PUBLISHED)
    return tasks.filter(Exists(standing.filter(task=OuterRef("pk"))))


def _checked(period: Period) -> QuerySet[Task]:
    return checks_in_public(Task.objects.filter(results_public_at__range=_span(period)))


def _void(period: Period) -> QuerySet[Draw]:
    return Draw.objects.filter(state=DrawState.VOID, number__isnull=False, voided_at__range=_span(period))


def _rectified(tasks: QuerySet[Task]) -> QuerySet[OrderPoint]:
    return OrderPoint.objects.filter(order__task__in=tasks, outcome__is_passed=True)


def _published(period: Period) -> list[dict]:
    kinds = Publication.Kind
    wanted = {kinds.NOTICE: "检查公告（份）", kinds.EXPOSURE: "曝光（家次）", kinds.LISTING: "列入严重失信名单（家次）"}
    first = Publication.objects.filter(published_at__range=_span(period), version=1)
    counts = Counter(first.values_list("kind", flat=True))
    return [_figure(f"published_{kind}", label, counts[kind]) for kind, label in wanted.items()]


def _by_field(tasks: QuerySet[Task]) -> list[dict]:
    failed = Q(record__results__result=ItemResult.Result.FAILED)
    rows = (
        tasks.values(field=F("enterprise__field__name"), position=F("enterprise__field__position"))
        .annotate(checked=Count("pk", distinct=True), failed=Count("record__results", filter=failed))
        .order_by("position", "field")
    )
    return [{"field": row["field"] or "未分领域", "checked": row["checked"], "failed": row["failed"]} for row in rows]


def _deadlines(period: Period) -> list[dict]:
    """Settled and missed duties whose last day lies in the period, per rule; late is late, however short."""
    due = Deadline.objects.filter(due_on__range=(period.first_day, period.last_day), cancelled_at=None)
    missed = Q(missed_at__isnull=False) | Q(kept_on__gt=F("due_on")) | Q(kept_on=None, due_on__lt=timezone.localdate())
    rows = (
        due.values(name=F("rule__name")).annotate(due=Count("pk"), missed=Count("pk", filter=missed)).order_by("name")
    )
    return [{"name": row["name"], "due": row["due"], "missed": row["missed"]} for row in rows]


def is_empty(content: dict) -> bool:
    """Whether nothing at all happened in the period."""
    counted = chain((one["value"] for one in content["figures"]), (one["due"] for one in content["deadlines"]))
    return not any(counted)
