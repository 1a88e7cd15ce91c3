"""现场检查: beginning the visit, saving its head and its items one by one, photos apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.models import ItemResult, SiteRecord, Task
from inspections.policies import check_may_record, check_may_start, names_are_kept
from inspections.policies.approvals import check_beginning
from inspections.services.approvals import begin_unapproved
from inspections.services.lifecycle import locked_record, locked_task, move_task
from inspections.services.saving import both_told, changed, check_fresh, write
from inspections.states import TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

HEAD_FIELDS = (
    "place",
    "started_at",
    "ended_at",
    "representative_name",
    "representative_post",
    "representative_phone",
    "certificates_shown",
    "findings",
    "time_reason",
)
RESULT_FIELDS = (
    *("result", "sub_answers", "seen", "basis", "hazard", "place", "responsible", "is_concealed"),
    *("rectify_by", "rectified_on"),
)
GRACE = dt.timedelta(minutes=30)
"""So far the times in words may lie from the server's own before they need a reason."""
AHEAD = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Device:
    """What the phone says of itself: noted beside the server's time, believed in nothing."""

    at: dt.datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    accuracy: int | None = None


NO_DEVICE = Device()


@transaction.atomic
def start_visit(
    task: Task, *, by: User, now: dt.datetime | None = None, urgent_reason: str = "", device: Device = NO_DEVICE
) -> SiteRecord:
    """Begin: the record opens with the server's time and one empty result per drawn item.

    With `urgent_reason` a covert or urgent check begins without approval, which is opened as a duty with its
    deadline. Begun twice by the officers of the task, the same record is returned.
    """
    now = now or timezone.now()
    task = locked_task(task.pk)
    begun = getattr(task, "record", None)
    if begun and task.state == TaskState.ON_SITE:
        check_may_record(by, task)
        return begun
    today = timezone.localtime(now).date()
    check_may_start(by, task, today=today, urgent_reason=urgent_reason)
    if task.state != TaskState.READY:
        begin_unapproved(task, by=by, reason=urgent_reason, now=now)
    opened = _opened(task, by=by, now=now, device=device)
    ItemResult.objects.bulk_create(ItemResult(record=opened, drawn_item=item) for item in task.drawn.items.all())
    move_task(task, to=TaskState.ON_SITE, visited_on=today)
    record("visit.started", by=by, target=task, confidential=names_are_kept(task.drawn.draw, task))
    return opened


def _opened(task: Task, *, by: User, now: dt.datetime, device: Device) -> SiteRecord:
    return SiteRecord.objects.create(
        task=task,
        opened_by=by,
        opened_at=now,
        started_at=now.replace(second=0, microsecond=0),
        device_opened_at=device.at,
        latitude=device.latitude,
        longitude=device.longitude,
        accuracy=device.accuracy,
    )


def save_head(site_record: SiteRecord, /, *, by: User, revision: int, **values: Any) -> SiteRecord:
    """Save some of the head's fields over the version the person saw; a stale save is refused, both told."""
    with both_told(by=by, what="表头"), transaction.atomic():
        row = locked_record(site_record.pk)
        check_may_record(by, row.task)
        changes = changed(row, values, known=HEAD_FIELDS)
        if changes:
            check_fresh(row, revision=revision, by=by, what="表头")
            _check_hours(row, changes, now=timezone.now())
            write(row, changes, by=by)
    return row


def save_result(result: ItemResult, /, *, by: User, revision: int, **values: Any) -> ItemResult:
    """Save one item over the version the person saw; a stale save is refused, both told.

    What is already stored is not a conflict, so a repeated save does nothing. A hazard and
    a limit belong to a failed item and go when it is answered otherwise.
    """
    what = f"事项 {result.drawn_item.item.code}"
    with both_told(by=by, what=what), transaction.atomic():
        row = _locked_result(result)
        check_may_record(by, row.record.task)
        changes = changed(row, _consistent(row, values), known=RESULT_FIELDS)
        if changes:
            check_fresh(row, revision=revision, by=by, what=what)
            _check_limit(row, changes)
            _check_sub_answers(row, changes)
            write(row, changes, by=by)
    return row


def _locked_result(result: ItemResult) -> ItemResult:
    """The item's row; its record is locked first, so that no save slips in behind a submission."""
    record_row = locked_record(result.record_id)
    row = ItemResult.objects.select_for_update(of=("self",)).get(pk=result.pk)
    row.record = record_row
    return row


def _consistent(row: ItemResult, values: dict[str, Any]) -> dict[str, Any]:
    """What belongs to a failed item goes with its failure; its basis is suggested from the item list."""
    answer = values.get("result", row.result)
    if answer != ItemResult.Result.FAILED:
        gone = {"hazard": "", "rectify_by": None, "rectified_on": None}
        return {**values, **gone, "basis": "", "place": "", "responsible": "", "is_concealed": False}
    if not values.get("basis", row.basis):
        values = {**values, "basis": suggested_basis(row, sub_answers=values.get("sub_answers", row.sub_answers))}
    if values.get("hazard", row.hazard) != ItemResult.Hazard.MAJOR:
        values = {**values, "is_concealed": False}
    return values


def suggested_basis(row: ItemResult, *, sub_answers: Mapping[str, str]) -> str:
    """The basis that the item list gives: of the sub-items that failed, else of the item itself."""
    item = row.drawn_item.item
    failed = [code for code, answer in sub_answers.items() if answer == ItemResult.Result.FAILED]
    texts = item.sub_items.filter(code__in=failed).order_by("code").values_list("legal_basis", flat=True)
    return "；".join(dict.fromkeys(text for text in texts if text)) or item.legal_basis


def _check_limit(row: ItemResult, changes: dict[str, Any]) -> None:
    day = changes.get("rectify_by")
    if day and day < row.record.task.visited_on:
        raise Refusal("整改期限不能早于检查当天。", field="rectify_by")


def _check_sub_answers(row: ItemResult, changes: dict[str, Any]) -> None:
    given = changes.get("sub_answers") or {}
    known = set(row.drawn_item.item.sub_items.values_list("code", flat=True))
    if set(given) - known or set(given.values()) - set(ItemResult.Result.values):
        raise Refusal("检查要点已有更新，请刷新页面后重新选择。", field="sub_answers")


def _check_hours(row: SiteRecord, changes: dict[str, Any], *, now: dt.datetime) -> None:
    begin, end = (changes.get(name, getattr(row, name)) for name in ("started_at", "ended_at"))
    if begin and end and end <= begin:
        raise Refusal("检查结束时间须在开始时间之后。", field="ended_at")
    if "ended_at" in changes and end and end > now + AHEAD:
        raise Refusal("检查结束时间还没有到，请在检查结束时填写；请核对手机的日期和时间。", field="ended_at")
    if "started_at" in changes and begin:
        if begin > now + AHEAD:
            raise Refusal("检查开始时间还没有到，请核对手机的日期和时间。", field="started_at")
        check_beginning(row.task, begin)


def shifted_hours(row: SiteRecord) -> str:
    """The sentence that the times in words lie apart from the server's; empty when they agree or the reason is there.

    Nothing is dated back in silence: the server's times stay in the record whatever is typed.
    """
    if row.time_reason or not row.started_at or abs(row.started_at - row.opened_at) <= GRACE:
        return ""
    at = timezone.localtime(row.opened_at)
    return f"表头：检查开始时间与系统记录的 {at:%Y-%m-%d %H:%M} 相差半小时以上，请写明时间说明。"
