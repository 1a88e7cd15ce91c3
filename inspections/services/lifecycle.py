"""Moving a task along its table, under its lock."""

from __future__ import annotations

import datetime as dt

from inspections.models import Dossier, SiteRecord, Task
from inspections.policies import check_step
from inspections.states import TaskState


def locked_task(pk) -> Task:
    """The task's row, locked until the transaction ends; its draw and people are read with it."""
    return Task.objects.select_for_update(of=("self",)).select_related("drawn__draw", "enterprise").get(pk=pk)


def locked_record(pk) -> SiteRecord:
    """The record's row, locked; its task is read after the lock, as whoever held it left it."""
    row = SiteRecord.objects.select_for_update(of=("self",)).get(pk=pk)
    row.task = Task.objects.select_related("drawn__draw", "enterprise").get(pk=row.task_id)
    return row


def move_task(task: Task, *, to: TaskState, **values) -> None:
    """Take one step of the table and set `values` with it."""
    check_step(task, to=to)
    task.state = to
    for name, value in values.items():
        setattr(task, name, value)
    task.save(update_fields=["state", *values])


def close_task(task: Task, *, on: dt.date) -> None:
    """The check is done; its volume is there to be assembled."""
    move_task(task, to=TaskState.CLOSED, closed_on=on)
    Dossier.objects.get_or_create(task=task)
