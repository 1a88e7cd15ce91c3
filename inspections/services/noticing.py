"""凡检查必通知: what the public notice of a draw does to its tasks when it appears, and when it is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from draws.models import Draw
from inspections.models import Task
from inspections.services.lifecycle import locked_task, move_task
from inspections.states import TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.deadlines import NOTICE_BEFORE_VISIT, latest_publication_on, recount_deadline, reopen_deadline

ANNOUNCED = (TaskState.NOTICED, TaskState.READY)
"""Told of and not begun."""


@transaction.atomic
def mark_noticed(tasks: Iterable[Task], *, by: User | None = None) -> int:
    """The notice stands in public: announced tasks go on; covert ones and those already told stay as they are.

    A scheme that was approved before a withdrawn notice still holds. Returns how many were marked.
    """
    marked = 0
    for pk in sorted(task.pk for task in tasks):
        task = locked_task(pk)
        if task.is_covert or task.state != TaskState.ASSIGNED:
            continue
        move_task(task, to=TaskState.NOTICED)
        if getattr(task, "scheme", None) and task.scheme.approved_at:
            move_task(task, to=TaskState.READY)
        record("task.noticed", by=by, target=task)
        marked += 1
    return marked


@transaction.atomic
def take_notice_back(draw: Draw, *, today: dt.date, by: User | None) -> list[Task]:
    """The notice of a draw was withdrawn: what it told of and nobody began is as before it, and the duty is open again.

    Without a new notice none of these visits can begin. Returns the tasks that were put back.
    """
    rows = Task.objects.filter(drawn__draw=draw, is_covert=False, state__in=ANNOUNCED)
    back = [_put_back(pk, by=by) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    if back:
        _reopen_duty(draw, first=min(task.visit_on for task in back), today=today, by=by)
    return back


def recount_notice(task: Task, *, by: User | None) -> None:
    """A visit was moved: a notice that is still to come is due 15 whole days before the first one left."""
    draw = task.drawn.draw
    waiting = Task.objects.filter(drawn__draw=draw, is_covert=False, state=TaskState.ASSIGNED)
    first = waiting.order_by("visit_on").values_list("visit_on", flat=True).first()
    if first is not None:
        recount_deadline(NOTICE_BEFORE_VISIT, subject_kind="draw", subject_key=str(draw.number), start_on=first, by=by)


def _put_back(pk, *, by: User | None) -> Task:
    task = locked_task(pk)
    move_task(task, to=TaskState.ASSIGNED)
    record("task.notice_taken_back", by=by, target=task)
    return task


def _reopen_duty(draw: Draw, *, first: dt.date, today: dt.date, by: User | None) -> None:
    """Counted from the first visit; from the end of the period where that one can no longer be told of in time."""
    start_on = first if latest_publication_on(first) >= today else max(first, draw.visits_to)
    reopen_deadline(NOTICE_BEFORE_VISIT, subject_kind="draw", subject_key=str(draw.number), start_on=start_on, by=by)
