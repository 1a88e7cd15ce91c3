"""复查: written down part by part by the officers, signed, submitted, approved by somebody else or given back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.models import Order, Reinspection, Revisit, RevisitPoint, SiteRecord, Task
from inspections.policies import (
    check_certificates,
    check_may_approve_revisit,
    check_may_reinspect,
    is_confidential,
    names_are_kept,
)
from inspections.policies.revisits import orders_again
from inspections.selectors import revisit_points
from inspections.selectors.marks import submission_mark
from inspections.services.lifecycle import locked_revisit, locked_task
from inspections.services.orders import ORDER_KIND, REINSPECT_AFTER_LIMIT, REINSPECT_AFTER_REQUEST, issue_reinspection
from inspections.services.saving import both_told, changed, check_fresh, write
from inspections.services.signing import outdated_names, standing_signatures
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.deadlines import keep_deadline
from shuangsuiji.lib.editing import check_as_shown
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify, notify_role

HEAD_FIELDS = ("reinspected_on", "opinion", "representative_name", "representative_post", "certificates_shown")
POINT_FIELDS = ("outcome", "seen", "rectify_by")


@transaction.atomic
def open_revisit(order: Order, *, by: User, now: dt.datetime | None = None) -> Revisit:
    """Begin the record of a re-inspection, one empty line per item; begun already, the same is returned."""
    now = now or timezone.now()
    order.task = locked_task(order.task_id)
    check_may_reinspect(by, order)
    known = Revisit.objects.filter(order=order).first()
    if known:
        return known
    today = timezone.localtime(now).date()
    revisit = Revisit.objects.create(order=order, reinspected_on=today, opened_by=by, opened_at=now)
    points = order.points.order_by("id")
    RevisitPoint.objects.bulk_create(RevisitPoint(revisit=revisit, order_point=point) for point in points)
    record("revisit.opened", by=by, target=order.task, confidential=_is_kept(order.task))
    return revisit


def save_revisit(revisit: Revisit, /, *, by: User, revision: int, **values: Any) -> Revisit:
    """Save some of the head's fields over the version the person saw; a stale save is refused, both told."""
    with both_told(by=by, what="复查表头"), transaction.atomic():
        row = locked_revisit(revisit.pk)
        check_may_reinspect(by, row.order)
        changes = changed(row, values, known=HEAD_FIELDS)
        if changes:
            check_fresh(row, revision=revision, by=by, what="复查表头")
            _check_day(row.order, changes.get("reinspected_on"), today=timezone.localdate())
            write(row, changes, by=by)
    return row


def save_revisit_point(point: RevisitPoint, /, *, by: User, revision: int, **values: Any) -> RevisitPoint:
    """Save one item over the version the person saw; a new limit belongs to an item that is not put right."""
    what = f"复查事项 {point.order_point.result.drawn_item.item.code}"
    with both_told(by=by, what=what), transaction.atomic():
        revisit = locked_revisit(point.revisit_id)
        check_may_reinspect(by, revisit.order)
        row = RevisitPoint.objects.select_for_update(of=("self",)).select_related("order_point").get(pk=point.pk)
        row.revisit = revisit
        if values.get("outcome", row.outcome) != RevisitPoint.Outcome.UNDONE:
            values = {**values, "rectify_by": None}
        changes = changed(row, values, known=POINT_FIELDS)
        if changes:
            check_fresh(row, revision=revision, by=by, what=what)
            write(row, changes, by=by)
    return row


def missing_in_revisit(revisit: Revisit) -> list[str]:
    """What still has to be filled in before it can be submitted, one sentence each."""
    sentences = [sentence for point in revisit_points(revisit) if (sentence := _missing_in(point, revisit))]
    if not revisit.reinspected_on:
        sentences.append("表头：请填写复查日期。")
    if not revisit.opinion.strip():
        sentences.append("表头：请填写复查意见。")
    if not revisit.representative_name.strip():
        sentences.append("表头：请填写被复查单位在场人员。")
    if not revisit.certificates_shown:
        sentences.append("表头：请确认已出示执法证件并告知权利。")
    return sentences


def _missing_in(point: RevisitPoint, revisit: Revisit) -> str:
    item = point.order_point.result.drawn_item.item
    if not point.outcome:
        return f"{item.code} {item.name}：请写明是否整改到位。"
    if not point.seen.strip():
        return f"{item.code} {item.name}：请写明复查情况。"
    on = revisit.reinspected_on
    if not point.is_passed and (point.rectify_by is None or on is None or point.rectify_by <= on):
        return f"{item.code} {item.name}：没有整改到位的，须写明复查日之后的新期限。"
    return ""


@transaction.atomic
def submit_revisit(
    revisit: Revisit, *, by: User, signature: str, refusal_reason: str = "", now: dt.datetime | None = None
) -> Revisit:
    """Submit it: every item answered, two officers with valid certificates, signed or the refusal noted.

    The duty to look again is done with it; those who may approve are told.
    """
    now = now or timezone.now()
    task = locked_task(revisit.task.pk)
    row = locked_revisit(revisit.pk)
    check_may_reinspect(by, row.order)
    _check_complete(row, today=timezone.localtime(now).date())
    _check_signed(row, signature, refusal_reason)
    row.signature, row.refusal_reason = signature, refusal_reason.strip()
    row.submitted_by, row.submitted_at, row.returned_reason = by, now, ""
    row.revision += 1
    row.save(
        update_fields=["signature", "refusal_reason", "submitted_by", "submitted_at", "returned_reason", "revision"]
    )
    for rule in (REINSPECT_AFTER_LIMIT, REINSPECT_AFTER_REQUEST):
        keep_deadline(rule, subject_kind=ORDER_KIND, subject_key=str(row.order_id), on=_day_of(row), by=by)
    _tell_reviewers(row, by=by)
    record("revisit.submitted", by=by, target=task, confidential=_is_kept(task), signature=signature)
    return row


@transaction.atomic
def approve_revisit(
    revisit: Revisit, *, by: User, now: dt.datetime | None = None, seen: str | None = None
) -> Reinspection:
    """Approve what others found, as the page showed it (`seen`).

    The 整改复查意见书 is issued, and the second order where something is undone.
    """
    now = now or timezone.now()
    task = locked_task(revisit.task.pk)
    row = locked_revisit(revisit.pk)
    row.order.task = task
    check_may_approve_revisit(by, row)
    check_as_shown(seen, stands=submission_mark(row))
    row.approved_by, row.approved_at = by, now
    row.save(update_fields=["approved_by", "approved_at"])
    return issue_reinspection(row, by=by, now=now)


@transaction.atomic
def return_revisit(revisit: Revisit, *, by: User, reason: str) -> Revisit:
    """Give it back to the officers with what is to be mended."""
    task = locked_task(revisit.task.pk)
    row = locked_revisit(revisit.pk)
    check_may_approve_revisit(by, row)
    if not reason.strip():
        raise Refusal("请写明退回的意见，执法人员才知道怎么改。", field="reason")
    author, row.submitted_by, row.submitted_at = row.submitted_by, None, None
    row.returned_reason = reason.strip()
    row.save(update_fields=["submitted_by", "submitted_at", "returned_reason"])
    notify(
        key=f"revisit.returned:{row.pk}:{row.revision}",
        users=[author] if author else [],
        subject=f"任务 {task.number} 的复查记录被退回",
        body="请按审核意见修改后再提交。",
        link=reverse("task_reinspection", args=[task.pk]),
    )
    record("revisit.returned", by=by, target=task, confidential=_is_kept(task))
    return row


@transaction.atomic
def reinspect(
    order: Order,
    *,
    by: User,
    reinspected_on: dt.date,
    opinion: str,
    outcomes: Mapping[int, Mapping],
    representative_name: str = "",
    now: dt.datetime | None = None,
) -> Revisit:
    """Write and submit a re-inspection at once, signed on paper; it waits for its approval.

    `outcomes` holds per point id is_passed, seen and, where not passed, a new rectify_by. Who was there at the
    visit counts as there again where nobody else is named.
    """
    revisit = open_revisit(order, by=by, now=now)
    for point in revisit_points(revisit):
        _save_outcome(point, outcomes.get(point.order_point_id, {}), by=by)
    Revisit.objects.filter(pk=revisit.pk).update(
        reinspected_on=reinspected_on,
        opinion=opinion,
        representative_name=representative_name or order.task.record.representative_name,
        certificates_shown=True,
    )
    return submit_revisit(revisit, by=by, signature=SiteRecord.Signature.SIGNED, now=now)


def _save_outcome(point: RevisitPoint, given: Mapping, *, by: User) -> None:
    if given.get("is_passed") is None:
        return
    outcome = RevisitPoint.Outcome.PASSED if given["is_passed"] else RevisitPoint.Outcome.UNDONE
    said = {"outcome": outcome, "seen": str(given.get("seen", "")), "rectify_by": given.get("rectify_by")}
    save_revisit_point(point, by=by, revision=point.revision, **said)


def _check_complete(row: Revisit, *, today: dt.date) -> None:
    missing = missing_in_revisit(row)
    if missing:
        raise Refusal(f"还有 {len(missing)} 处没有填完，暂不能提交。{''.join(missing)}")
    _check_day(row.order, row.reinspected_on, today=today)
    check_certificates(row.task, on=_day_of(row))


def _check_day(order: Order, day: dt.date | None, *, today: dt.date) -> None:
    if day and day > today:
        raise Refusal("复查日期不能晚于今天。", field="reinspected_on")
    if day and day < order.document.issued_on:
        raise Refusal("复查日期不能早于指令书的日期。", field="reinspected_on")


def _check_signed(row: Revisit, signature: str, refusal_reason: str) -> None:
    """Signed on the screen, all officers sign; else all sign the printed sheet."""
    if signature not in SiteRecord.Signature.values:
        raise Refusal("请选择被复查单位在场人员是否签名。", field="signature")
    if signature == SiteRecord.Signature.REFUSED and not refusal_reason.strip():
        raise Refusal("拒绝签名的，请写明拒签原因。", field="refusal_reason")
    if outdated_names(row):
        raise Refusal("签名之后复查记录有改动，原签名不再作数。请在场各方核对后重新签名。", field="signature")
    hands = {one.inspector_id for one in standing_signatures(row) if one.inspector_id}
    officers = {seat.inspector_id for seat in row.task.drawn.seats.filter(inspector__isnull=False)}
    if hands and officers - hands:
        raise Refusal("复查须由两名执法人员进行：在屏幕上签名的，两人都要签。", field="signature")


def _day_of(row: Revisit) -> dt.date:
    assert row.reinspected_on, "a complete re-inspection has its day"
    return row.reinspected_on


def _is_kept(task: Task) -> bool:
    return names_are_kept(task.drawn.draw, task)


def _tell_reviewers(row: Revisit, *, by: User) -> None:
    """Where a new order would follow the approvers, else the other officer too."""
    task = row.task
    message = {
        "key": f"revisit.waiting:{row.pk}:{row.revision}",
        "subject": f"任务 {task.number} 的复查记录待审核",
        "body": "复查记录已经提交，请审核签发整改复查意见书。",
        "link": reverse("revisit_review", args=[task.pk]),
    }
    if not orders_again(row):
        accounts = (seat.inspector.account for seat in task.drawn.seats.all() if seat.inspector)
        notify(users=[account for account in accounts if account and account != by], **message)
    if not is_confidential(task):
        notify_role(Role.APPROVER, **message)
    elif task.drawn.draw.approved_by:
        notify(users=[task.drawn.draw.approved_by], **message)
