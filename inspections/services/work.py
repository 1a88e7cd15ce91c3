"""工作日志: half days of officers, at most one day a day; checks fill themselves in from the visits."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from inspections.models import Task, WorkEntry
from inspections.policies.work import check_may_enter
from inspectors.models import Inspector
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

WHOLE_DAY = 2


@transaction.atomic
def enter_work(
    inspector: Inspector,
    *,
    by: User,
    on: dt.date,
    kind: str,
    half_days: int,
    task: Task | None = None,
    note: str = "",
    now: dt.datetime | None = None,
) -> WorkEntry:
    """Enter what an officer did on a day; a task entered again is changed, all of a day make one day at most."""
    now = now or timezone.now()
    person = Inspector.objects.select_for_update(of=("self",)).get(pk=inspector.pk)
    check_may_enter(by, person)
    _check_day(person, on=on, task=task, half_days=half_days, today=timezone.localtime(now).date())
    values = {"half_days": half_days, "note": note.strip(), "entered_by": by, "entered_at": now}
    if task is None:
        entry = WorkEntry.objects.create(inspector=person, on=on, kind=kind, **values)
    else:
        entry, _ = WorkEntry.objects.update_or_create(
            inspector=person, on=on, task=task, defaults={"kind": WorkEntry.Kind.CHECK, **values}
        )
    _record("work.entered", entry, by=by)
    return entry


@transaction.atomic
def remove_work(entry: WorkEntry, *, by: User) -> None:
    """Take an entry back; the trail keeps that it was there."""
    check_may_enter(by, entry.inspector)
    _record("work.removed", entry, by=by)
    entry.delete()


def log_visit(task: Task, *, by: User, now: dt.datetime) -> None:
    """The visit stands in the logs of its officers: half a day each, as far as the day has room."""
    on = timezone.localtime(now).date()
    seats = task.drawn.seats.filter(inspector__isnull=False).select_related("inspector").order_by("inspector_id")
    for seat in seats:
        assert seat.inspector_id
        person = Inspector.objects.select_for_update(of=("self",)).get(pk=seat.inspector_id)
        if _spent(person, on=on, besides=task) < WHOLE_DAY:
            WorkEntry.objects.get_or_create(
                inspector=person,
                on=on,
                task=task,
                defaults={"kind": WorkEntry.Kind.CHECK, "half_days": 1, "entered_by": by, "entered_at": now},
            )


def _check_day(person: Inspector, *, on: dt.date, task: Task | None, half_days: int, today: dt.date) -> None:
    if on > today:
        raise Refusal("工作日志只登记已经过去的日子和今天。", field="on")
    if task and not task.drawn.seats.filter(inspector=person).exists():
        raise Refusal("这位执法人员没有参加这项检查。", field="task")
    if _spent(person, on=on, besides=task) + half_days > WHOLE_DAY:
        raise Refusal(f"{person.name} {on:%Y-%m-%d} 已登记的加上这一条超过一天，请先核对当天的其他登记。", field="on")


def _spent(person: Inspector, *, on: dt.date, besides: Task | None) -> int:
    rows = WorkEntry.objects.filter(inspector=person, on=on)
    if besides:
        rows = rows.exclude(task=besides)
    return rows.aggregate(total=Sum("half_days"))["total"] or 0


def _record(action: str, entry: WorkEntry, *, by: User) -> None:
    kind = ("inspections.workentry", str(entry.pk), f"{entry.on:%Y-%m-%d}")
    record(action, by=by, target=kind, work=entry.kind, half_days=entry.half_days)
