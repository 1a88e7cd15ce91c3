"""责令限期整改 and 复查: ordered with a last day per item, looked at again, closed or ordered once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from inspections.documents import DEFAULT_MEASURES, ORDER, REINSPECTION, order_context, revisit_context
from inspections.models import (
    ItemResult,
    Order,
    OrderPoint,
    Reinspection,
    ReinspectionPoint,
    Revisit,
    RevisitPoint,
    Task,
)
from inspections.policies import is_confidential, names_are_kept
from inspections.selectors import revisit_points, subject_of
from inspections.services.lifecycle import close_task, move_task
from inspections.services.proposals import propose_undone, withdraw_settled
from inspections.services.signing import standing_signatures
from inspections.states import TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import path_of
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.deadlines import ORDER_RECTIFY, keep_deadline, open_deadline

RESULT_KIND = "item_result"
ORDER_KIND = "order"
REINSPECT_AFTER_LIMIT = "reinspection.after_limit"
REINSPECT_AFTER_REQUEST = "reinspection.after_request"


@transaction.atomic
def issue_order(
    task: Task,
    *,
    results: Iterable[ItemResult],
    by: User,
    measures: str = "",
    follows: Reinspection | None = None,
    now: dt.datetime | None = None,
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
        context=order_context(task, points=drafts, measures=measures, authority={}, follows=follows),
        by=by,
        issued_on=today,
        confidential=is_confidential(task),
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
    _open_reinspection(order, limit=max(point.rectify_by for point in drafts), by=by)
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
def issue_reinspection(revisit: Revisit, *, by: User, now: dt.datetime) -> Reinspection:
    """What was approved becomes a 整改复查意见书 with its signatures; all put right, the check is closed.

    Else a new order follows with the new limits, which names the order before it and this re-inspection.
    """
    order, task, on = revisit.order, revisit.order.task, revisit.reinspected_on
    assert on, "a submitted re-inspection has its day"
    rows = list(revisit_points(revisit))
    reinspection = _write_reinspection(revisit, rows, by=by, now=now)
    move_task(task, to=TaskState.REINSPECTED)
    _settle(reinspection, rows, by=by, on=on, now=now)
    record(
        "order.reinspected",
        by=by,
        target=task,
        confidential=_is_kept(task),
        document=reinspection.document.number,
        undone_count=sum(not row.is_passed for row in rows),
        order=order.document.number,
    )
    return reinspection


def _write_reinspection(revisit: Revisit, rows: list[RevisitPoint], *, by: User, now: dt.datetime) -> Reinspection:
    task, signatures = revisit.task, standing_signatures(revisit)
    assert revisit.reinspected_on, "a submitted re-inspection has its day"
    assert revisit.submitted_by, "and its officer"
    document = issue_document(
        REINSPECTION.code,
        subject=subject_of(task),
        chain=subject_of(task),
        context=revisit_context(revisit, signatures=signatures),
        pictures={one.sha256: path_of(one.file_name) for one in signatures},
        by=by,
        issued_on=timezone.localtime(now).date(),
        confidential=is_confidential(task),
    )
    reinspection = Reinspection.objects.create(
        order=revisit.order,
        reinspected_on=revisit.reinspected_on,
        opinion=revisit.opinion,
        made_by=revisit.submitted_by,
        approved_by=by,
        made_at=now,
        document=document,
    )
    ReinspectionPoint.objects.bulk_create(
        ReinspectionPoint(
            reinspection=reinspection, order_point=row.order_point, is_passed=row.is_passed, seen=row.seen
        )
        for row in rows
    )
    return reinspection


def _settle(reinspection: Reinspection, rows: list[RevisitPoint], *, by: User, on: dt.date, now: dt.datetime) -> None:
    """Put right: the item's deadline is kept. Not: a new order with the new limit. All put right: closed."""
    order, task, undone = reinspection.order, reinspection.order.task, []
    for row in rows:
        result = row.order_point.result
        if row.is_passed:
            result.rectified_on = on
            keep_deadline(ORDER_RECTIFY, subject_kind=RESULT_KIND, subject_key=str(result.pk), on=on, by=by)
        else:
            result.rectify_by = row.rectify_by
            undone.append(row)
        result.save(update_fields=["rectified_on", "rectify_by"])
    withdraw_settled(task, on=on, now=now)
    if not undone:
        close_task(task, on=timezone.localtime(now).date())
        return
    propose_undone(order, [row.order_point for row in undone], on=on, now=now)
    results = [row.order_point.result for row in undone]
    issue_order(task, results=results, by=by, measures=order.measures, follows=reinspection, now=now)


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
            is_confidential=is_confidential(task),
        )


def _open_reinspection(order: Order, *, limit: dt.date, by: User) -> None:
    """复查 is due so many days after the last limit has passed."""
    open_deadline(
        REINSPECT_AFTER_LIMIT,
        subject_kind=ORDER_KIND,
        subject_key=str(order.pk),
        label=f"任务 {order.task.number} 整改到期后复查",
        start_on=limit,
        by=by,
        is_confidential=is_confidential(order.task),
    )


def _is_kept(task: Task) -> bool:
    return names_are_kept(task.drawn.draw, task)
