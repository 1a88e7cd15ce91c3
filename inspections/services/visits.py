"""现场检查: beginning the visit, saving its head and its items one by one, photos apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.models import ItemResult, SiteRecord, Task
from inspections.policies import check_may_record, check_may_start, names_are_kept
from inspections.services.lifecycle import locked_record, locked_task, move_task
from inspections.states import TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify

HEAD_FIELDS = (
    "place",
    "started_at",
    "ended_at",
    "representative_name",
    "representative_post",
    "representative_phone",
    "certificates_shown",
    "findings",
)
RESULT_FIELDS = ("result", "seen", "hazard", "rectify_by", "rectified_on")


class StaleSave(Refusal):
    """Somebody else saved in between; `current` is what stands now, nothing was overwritten."""

    def __init__(self, sentence: str, *, current: SiteRecord | ItemResult) -> None:
        super().__init__(sentence)
        self.current = current


@transaction.atomic
def start_visit(task: Task, *, by: User, now: dt.datetime | None = None) -> SiteRecord:
    """Begin: the record opens with the server's time and one empty result per drawn item.

    Begun twice by the officers of the task, the same record is returned.
    """
    now = now or timezone.now()
    task = locked_task(task.pk)
    begun = getattr(task, "record", None)
    if begun and task.state == TaskState.ON_SITE:
        check_may_record(by, task)
        return begun
    today = timezone.localtime(now).date()
    check_may_start(by, task, today=today)
    minute = now.replace(second=0, microsecond=0)
    opened = SiteRecord.objects.create(task=task, opened_by=by, opened_at=now, started_at=minute)
    ItemResult.objects.bulk_create(ItemResult(record=opened, drawn_item=item) for item in task.drawn.items.all())
    move_task(task, to=TaskState.ON_SITE, visited_on=today)
    record("visit.started", by=by, target=task, confidential=names_are_kept(task.drawn.draw, task))
    return opened


def save_head(site_record: SiteRecord, /, *, by: User, revision: int, **values: Any) -> SiteRecord:
    """Save some of the head's fields over the version the person saw; a stale save is refused, both told."""
    with _both_told(by=by, what="表头"), transaction.atomic():
        row = locked_record(site_record.pk)
        check_may_record(by, row.task)
        changes = _changes(row, values, known=HEAD_FIELDS)
        if changes:
            _check_fresh(row, revision=revision, by=by, what="表头")
            _check_hours(row, changes)
            _write(row, changes, by=by)
    return row


def save_result(result: ItemResult, /, *, by: User, revision: int, **values: Any) -> ItemResult:
    """Save one item over the version the person saw; a stale save is refused, both told.

    What is already stored is not a conflict, so a repeated save does nothing. A hazard and
    a limit belong to a failed item and go when it is answered otherwise.
    """
    what = f"事项 {result.drawn_item.item.code}"
    with _both_told(by=by, what=what), transaction.atomic():
        row = _locked_result(result)
        check_may_record(by, row.record.task)
        changes = _changes(row, _consistent(row, values), known=RESULT_FIELDS)
        if changes:
            _check_fresh(row, revision=revision, by=by, what=what)
            _check_limit(row, changes)
            _write(row, changes, by=by)
    return row


@contextmanager
def _both_told(*, by: User, what: str) -> Iterator[None]:
    """The refused one reads the sentence; the other finds a message, written after the refused transaction."""
    try:
        yield
    except StaleSave as stale:
        _tell_other(stale.current, by=by, what=what)
        raise


def _locked_result(result: ItemResult) -> ItemResult:
    """The item's row; its record is locked first, so that no save slips in behind a submission."""
    record_row = locked_record(result.record_id)
    row = ItemResult.objects.select_for_update(of=("self",)).get(pk=result.pk)
    row.record = record_row
    return row


def _consistent(row: ItemResult, values: dict[str, Any]) -> dict[str, Any]:
    answer = values.get("result", row.result)
    if answer == ItemResult.Result.FAILED:
        return values
    return {**values, "hazard": "", "rectify_by": None, "rectified_on": None}


def _changes(row: Any, values: dict[str, Any], *, known: tuple[str, ...]) -> dict[str, Any]:
    unknown = set(values) - set(known)
    if unknown:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _check_limit(row: ItemResult, changes: dict[str, Any]) -> None:
    day = changes.get("rectify_by")
    if day and day < row.record.task.visited_on:
        raise Refusal("整改期限不能早于检查当天。", field="rectify_by")


def _check_hours(row: SiteRecord, changes: dict[str, Any]) -> None:
    begin, end = (changes.get(name, getattr(row, name)) for name in ("started_at", "ended_at"))
    if begin and end and end <= begin:
        raise Refusal("检查结束时间须在开始时间之后。", field="ended_at")


def _check_fresh(row: Any, *, revision: int, by: User, what: str) -> None:
    """Somebody else's words are never overwritten; one's own earlier words are."""
    if row.revision == revision or row.saved_by_id in (by.pk, None):
        return
    at = timezone.localtime(row.saved_at)
    raise StaleSave(
        f"{what}：{row.saved_by.name}在 {at:%H:%M} 已经保存过，您这次的填写没有覆盖它，仍留在页面上。"
        "请两人核对，改好后再保存一次。",
        current=row,
    )


def _tell_other(row: SiteRecord | ItemResult, *, by: User, what: str) -> None:
    task = row.task if isinstance(row, SiteRecord) else row.record.task
    notify(
        key=f"record.conflict:{row._meta.model_name}:{row.pk}:{row.revision}:{by.pk}",
        users=[row.saved_by] if row.saved_by else [],
        subject=f"任务 {task.number}：{what}有两个人同时填写",
        body=f"{by.name}也填了这一处，系统保留了您先保存的内容。请两人当面核对。",
        link=reverse("task_record", args=[task.pk]),
    )


def _write(row: Any, changes: dict[str, Any], *, by: User) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.revision += 1
    row.saved_by = by
    row.save(update_fields=[*changes, "revision", "saved_by", "saved_at"])
