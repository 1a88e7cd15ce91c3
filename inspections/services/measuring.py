"""Measurements on site: value, unit, instrument; sent once however often the phone repeats it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from draws.models import DrawnItem
from inspections.models import Measurement, Task
from inspections.policies import check_may_record, names_are_kept
from inspections.services.lifecycle import locked_task
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

MOST_MEASUREMENTS = 200


@transaction.atomic
def add_measurement(
    task: Task,
    *,
    by: User,
    upload_key: str,
    name: str,
    value: str,
    unit: str,
    instrument: str,
    place: str = "",
    drawn_item: DrawnItem | None = None,
    device_time: dt.datetime | None = None,
    replaces: Measurement | None = None,
    now: dt.datetime | None = None,
) -> Measurement:
    """Keep one value; the same `upload_key` again returns the first. A mistaken one is replaced, never changed."""
    task = locked_task(task.pk)
    check_may_record(by, task)
    known = task.measurements.filter(upload_key=upload_key).first()
    if known:
        return known
    _check_fits(task, drawn_item=drawn_item, replaces=replaces)
    row = Measurement.objects.create(
        task=task,
        upload_key=upload_key,
        name=name,
        value=value,
        unit=unit,
        instrument=instrument,
        place=place,
        drawn_item=drawn_item,
        device_time=device_time,
        replaces=replaces,
        measured_by=by,
        measured_at=now or timezone.now(),
    )
    record("measurement.added", by=by, target=task, confidential=names_are_kept(task.drawn.draw, task), value=str(row))
    return row


def _check_fits(task: Task, *, drawn_item: DrawnItem | None, replaces: Measurement | None) -> None:
    if drawn_item and drawn_item.drawn_id != task.drawn_id:
        raise Refusal("这一事项不属于本次检查，请刷新页面后重新选择。")
    if replaces and replaces.task_id != task.pk:
        raise Refusal("要更正的测量不属于本次检查，请刷新页面后重新选择。")
    if replaces and hasattr(replaces, "replaced_by"):
        raise Refusal("这条测量已经更正过，请在最新一条上更正。")
    if task.measurements.count() >= MOST_MEASUREMENTS:
        raise Refusal(f"一次检查最多登记 {MOST_MEASUREMENTS} 条测量。")
