"""Moving a task along its table, under its lock."""

from __future__ import annotations

import datetime as dt

from enterprises.services import note_check
from inspections.models import Dossier, Order, Revisit, SiteRecord, Task
from inspections.policies import check_step, names_are_kept
from inspections.states import TaskState


def locked_task(pk) -> Task:
    """The task's row, locked until the transaction ends; its draw and people are read with it."""
    return Task.objects.select_for_update(of=("self",)).select_related("drawn__draw", "enterprise").get(pk=pk)


def locked_record(pk) -> SiteRecord:
    """The record's row, locked; its task is read after the lock, as whoever held it left it."""
    row = SiteRecord.objects.select_for_update(of=("self",)).get(pk=pk)
    row.task = Task.objects.select_related("drawn__draw", "enterprise").get(pk=row.task_id)
    return row


def locked_revisit(pk) -> Revisit:
    """The row of a re-inspection, locked; its order and task are read after the lock."""
    row = Revisit.objects.select_for_update(of=("self",)).get(pk=pk)
    row.order = Order.objects.select_related("document").get(pk=row.order_id)
    row.order.task = Task.objects.select_related("drawn__draw", "enterprise").get(pk=row.order.task_id)
    return row


def move_task(task: Task, *, to: TaskState, **values) -> None:
    """Take one step of the table and set `values` with it."""
    check_step(task, to=to)
    task.state = to
    for name, value in values.items():
        setattr(task, name, value)
    task.save(update_fields=["state", *values])


def note_visit(task: Task) -> None:
    """The register remembers the day of a visit as soon as everybody may know of it."""
    if task.visited_on and not names_are_kept(task.drawn.draw, task):
        note_check(task.enterprise_id, on=task.visited_on)


def close_task(task: Task, *, on: dt.date) -> None:
    """The check is done; its volume is there to be assembled."""
    move_task(task, to=TaskState.CLOSED, closed_on=on)
    Dossier.objects.get_or_create(task=task)
