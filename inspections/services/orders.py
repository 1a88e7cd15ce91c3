"""责令限期整改 and 复查: ordered with a last day per item, looked at again, closed or ordered once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from inspections.documents import DEFAULT_MEASURES, ORDER, REINSPECTION, order_context, reinspection_context
from inspections.models import ItemResult, Order, OrderPoint, Reinspection, ReinspectionPoint, Task
from inspections.policies import check_may_reinspect, names_are_kept
from inspections.selectors import subject_of
from inspections.services.lifecycle import close_task, locked_task, move_task
from inspections.states import TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.deadlines import ORDER_RECTIFY, keep_deadline, open_deadline
from shuangsuiji.lib.errors import Refusal

RESULT_KIND = "item_result"


@transaction.atomic
def issue_order(
    task: Task, *, results: Iterable[ItemResult], by: User, measures: str = "", now: dt.datetime | None = None
) -> Order:
    """Issue the order on what failed; one deadline per item, on the day the order names.

    Called when a record is approved and when a re-inspection found things undone.
    """
    now = now or timezone.now()
    today = timezone.localtime(now).date()
    measures = measures.strip() or DEFAULT_MEASURES
    drafts = [OrderPoint(result=result, rectify_by=result.rectify_by) for result in results if result.rectify_by]
    document = issue_document(
        ORDER.code,
        subject=subject_of(task),
        chain=subject_of(task),
        context=order_context(task, points=drafts, measures=measures, authority={}),
        by=by,
        issued_on=today,
        confidential=task.is_covert,
    )
    order = Order.objects.create(
        task=task,
        position=task.orders.count() + 1,
        measures=measures,
        issued_by=by,
        issued_at=now,
        document=document,
    )
    for point in drafts:
        point.order = order
    OrderPoint.objects.bulk_create(drafts)
    move_task(task, to=TaskState.ORDERED)
    _open_deadlines(task, drafts, on=today, by=by)
    record(
        "order.issued",
        by=by,
        target=task,
        confidential=_is_kept(task),
        document=document.number,
        point_count=len(drafts),
    )
    return order


@transaction.atomic
def reinspect(
    order: Order,
    *,
    by: User,
    reinspected_on: dt.date,
    opinion: str,
    outcomes: Mapping[int, Mapping],
    now: dt.datetime | None = None,
) -> Reinspection:
    """Register a re-inspection; `outcomes` holds per point id is_passed, seen and, where not passed, a new rectify_by.

    The 复查意见书 is issued; all put right, the check is closed; else a new order follows with new limits.
    """
    now = now or timezone.now()
    order = Order.objects.select_related("document").get(pk=order.pk)
    task = order.task = locked_task(order.task_id)
    check_may_reinspect(by, order)
    points = list(order.points.select_related("result__drawn_item__item").order_by("result__drawn_item__item__code"))
    rows = [_outcome(point, outcomes.get(point.pk), on=reinspected_on) for point in points]
    _check_day(order, reinspected_on, today=timezone.localtime(now).date())
    reinspection = _write_reinspection(order, rows, by=by, on=reinspected_on, opinion=opinion, now=now)
    move_task(task, to=TaskState.REINSPECTED)
    _settle(task, rows, by=by, on=reinspected_on, now=now, measures=order.measures)
    record(
        "order.reinspected",
        by=by,
        target=task,
        confidential=_is_kept(task),
        document=reinspection.document.number,
        undone_count=sum(not row["is_passed"] for row in rows),
    )
    return reinspection


def _outcome(point: OrderPoint, given: Mapping | None, *, on: dt.date) -> dict:
    """One point's answer, checked: seen in words, and a later limit where it is not put right."""
    item = point.result.drawn_item.item
    if given is None or given.get("is_passed") is None:
        raise Refusal(f"{item.code} {item.name}：请写明是否整改到位。")
    if not str(given.get("seen", "")).strip():
        raise Refusal(f"{item.code} {item.name}：请写明复查情况。")
    limit = given.get("rectify_by")
    if not given["is_passed"] and (not limit or limit <= on):
        raise Refusal(f"{item.code} {item.name}：没有整改到位的，须写明复查日之后的新期限。")
    return {"point": point, "is_passed": given["is_passed"], "seen": given["seen"].strip(), "rectify_by": limit}


def _check_day(order: Order, day: dt.date, *, today: dt.date) -> None:
    if day > today:
        raise Refusal("复查日期不能晚于今天。", field="reinspected_on")
    if day < order.document.issued_on:
        raise Refusal("复查日期不能早于指令书的日期。", field="reinspected_on")


def _write_reinspection(
    order: Order, rows: list[dict], *, by: User, on: dt.date, opinion: str, now: dt.datetime
) -> Reinspection:
    document = issue_document(
        REINSPECTION.code,
        subject=subject_of(order.task),
        chain=subject_of(order.task),
        context=reinspection_context(order, on=on, opinion=opinion, outcomes=rows),
        by=by,
        issued_on=timezone.localtime(now).date(),
        confidential=order.task.is_covert,
    )
    reinspection = Reinspection.objects.create(
        order=order, reinspected_on=on, opinion=opinion, made_by=by, made_at=now, document=document
    )
    ReinspectionPoint.objects.bulk_create(
        ReinspectionPoint(
            reinspection=reinspection, order_point=row["point"], is_passed=row["is_passed"], seen=row["seen"]
        )
        for row in rows
    )
    return reinspection


def _settle(task: Task, rows: list[dict], *, by: User, on: dt.date, now: dt.datetime, measures: str) -> None:
    """Put right: the item's deadline is kept. Not: a new order with the new limit. All put right: closed."""
    undone = []
    for row in rows:
        result = row["point"].result
        if row["is_passed"]:
            result.rectified_on = on
            keep_deadline(ORDER_RECTIFY, subject_kind=RESULT_KIND, subject_key=str(result.pk), on=on, by=by)
        else:
            result.rectify_by = row["rectify_by"]
            undone.append(result)
        result.save(update_fields=["rectified_on", "rectify_by"])
    if undone:
        issue_order(task, results=undone, by=by, measures=measures, now=now)
        return
    close_task(task, on=timezone.localtime(now).date())


def _open_deadlines(task: Task, points: list[OrderPoint], *, on: dt.date, by: User) -> None:
    for point in points:
        open_deadline(
            ORDER_RECTIFY,
            subject_kind=RESULT_KIND,
            subject_key=str(point.result_id),
            label=f"任务 {task.number} 事项 {point.result.drawn_item.item.code} 整改到位",
            start_on=on,
            fixed_on=point.rectify_by,
            by=by,
            is_confidential=task.is_covert,
        )


def _is_kept(task: Task) -> bool:
    return names_are_kept(task.drawn.draw, task)
