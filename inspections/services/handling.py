"""现场处理措施: what must stop at once, drafted on site, decided by an approver and issued.

行政强制法 §19: carried out at once for its urgency, a measure is reported within 24 hours and approved afterwards;
refused, it is lifted at once. 安全生产法 §65: what cannot be made safe is left, stopped or closed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.documents import HANDLING, handling_context
from inspections.models import HandlingDecision, HandlingDraft, ItemResult, Task
from inspections.policies import is_confidential, names_are_kept
from inspections.policies.site import (
    check_handling_in_time,
    check_may_draft_handling,
    check_may_handle,
    check_may_settle_handling,
)
from inspections.selectors import subject_of
from inspections.services.lifecycle import locked_task
from inspections.services.telling import tell_officers
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.deadlines import keep_deadline, open_deadline
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify, notify_role

APPROVE_URGENT = "handling.approve_urgent"
DRAFT_KIND = "handling_draft"


@transaction.atomic
def decide_handling(
    task: Task,
    *,
    by: User,
    results: Sequence[ItemResult],
    basis: str,
    measures: str,
    now: dt.datetime | None = None,
) -> HandlingDecision:
    """Decide and issue the 现场处理措施决定书 on problems of this check; lines of `measures` are numbered."""
    now = now or timezone.now()
    task = locked_task(task.pk)
    check_may_handle(by, task)
    _check_said(task, results=results, basis=basis, measures=measures)
    return _issue(task, by=by, results=results, basis=basis, measures=measures, now=now)


@transaction.atomic
def draft_handling(
    task: Task,
    *,
    by: User,
    results: Sequence[ItemResult],
    basis: str,
    measures: str,
    urgent_reason: str = "",
    now: dt.datetime | None = None,
) -> HandlingDraft:
    """The officers on site say what must stop. With `urgent_reason` it is carried out at once: the duty to have it
    approved opens, and approvers and head are told.
    """
    now = now or timezone.now()
    task = locked_task(task.pk)
    check_may_draft_handling(by, task)
    _check_said(task, results=results, basis=basis, measures=measures)
    draft = HandlingDraft.objects.create(
        task=task,
        basis=basis.strip(),
        measures=measures.strip(),
        urgent_reason=urgent_reason.strip(),
        drafted_by=by,
        drafted_at=now,
    )
    draft.results.set(results)
    if draft.is_urgent:
        _open_duty(draft, by=by, on=timezone.localtime(now).date())
    _tell_approvers(draft)
    record("handling.drafted", by=by, target=task, confidential=_is_kept(task), is_urgent=draft.is_urgent)
    return draft


@transaction.atomic
def approve_handling(draft: HandlingDraft, *, by: User, now: dt.datetime | None = None) -> HandlingDecision:
    """Approve what the officers drafted: the decision is issued in their words, and says when it was carried out."""
    now = now or timezone.now()
    row = _locked(draft)
    check_may_settle_handling(by, row)
    check_handling_in_time(row)
    results = list(row.results.select_related("drawn_item__item", "record").order_by("drawn_item__item__code"))
    decision = _issue(row.task, by=by, results=results, basis=row.basis, measures=row.measures, now=now, draft=row)
    row.settled_by, row.settled_at, row.decision = by, now, decision
    row.save(update_fields=["settled_by", "settled_at", "decision"])
    _keep_duty(row, by=by, on=timezone.localtime(now).date())
    return decision


@transaction.atomic
def refuse_handling(draft: HandlingDraft, *, by: User, reason: str, now: dt.datetime | None = None) -> HandlingDraft:
    """Not approved: what was carried out is lifted at once, and the officers are told so."""
    now = now or timezone.now()
    row = _locked(draft)
    check_may_settle_handling(by, row)
    if not reason.strip():
        raise Refusal("请写明不批准的理由。", field="reason")
    row.settled_by, row.settled_at, row.refused_reason = by, now, reason.strip()
    row.save(update_fields=["settled_by", "settled_at", "refused_reason"])
    _keep_duty(row, by=by, on=timezone.localtime(now).date())
    _tell_officers(row)
    record("handling.refused", by=by, target=row.task, confidential=_is_kept(row.task))
    return row


def _issue(
    task: Task,
    *,
    by: User,
    results: Sequence[ItemResult],
    basis: str,
    measures: str,
    now: dt.datetime,
    draft: HandlingDraft | None = None,
) -> HandlingDecision:
    document = issue_document(
        HANDLING.code,
        subject=subject_of(task),
        chain=subject_of(task),
        context=handling_context(task, results=results, basis=basis, measures=measures, draft=draft),
        by=by,
        issued_on=timezone.localtime(now).date(),
        confidential=is_confidential(task),
    )
    decision = HandlingDecision.objects.create(
        task=task, basis=basis.strip(), measures=measures.strip(), decided_by=by, decided_at=now, document=document
    )
    decision.results.set(results)
    record("handling.decided", by=by, target=task, confidential=_is_kept(task), document=document.number)
    return decision


def _check_said(task: Task, *, results: Sequence[ItemResult], basis: str, measures: str) -> None:
    if not results:
        raise Refusal("请选择至少一项不合格事项。", field="results")
    if any(one.record.task_id != task.pk or one.result != ItemResult.Result.FAILED for one in results):
        raise Refusal("只能对本次检查的不合格事项采取措施，请刷新页面后重新选择。", field="results")
    if not basis.strip():
        raise Refusal("请写明法律依据。", field="basis")
    if not measures.strip():
        raise Refusal("请写明处理措施，一行一条。", field="measures")


def _locked(draft: HandlingDraft) -> HandlingDraft:
    task = locked_task(draft.task_id)
    row = HandlingDraft.objects.select_for_update(of=("self",)).select_related("drafted_by").get(pk=draft.pk)
    row.task = task
    return row


def _open_duty(draft: HandlingDraft, *, by: User, on: dt.date) -> None:
    open_deadline(
        APPROVE_URGENT,
        subject_kind=DRAFT_KIND,
        subject_key=str(draft.pk),
        label=f"任务 {draft.task.number} 当场实施的处理措施补办批准",
        start_on=on,
        by=by,
        is_confidential=is_confidential(draft.task),
    )


def _keep_duty(draft: HandlingDraft, *, by: User, on: dt.date) -> None:
    if draft.is_urgent:
        keep_deadline(APPROVE_URGENT, subject_kind=DRAFT_KIND, subject_key=str(draft.pk), on=on, by=by)


def _is_kept(task: Task) -> bool:
    return names_are_kept(task.drawn.draw, task)


def _tell_approvers(draft: HandlingDraft) -> None:
    task, draw = draft.task, draft.task.drawn.draw
    urgent = "已当场实施，请在二十四小时内审批" if draft.is_urgent else "待审批"
    message = {
        "key": f"handling.waiting:{draft.pk}",
        "subject": f"任务 {task.number}：现场处理措施{urgent}",
        "body": "执法人员拟定了现场处理措施，请审批；不批准的写明理由，已实施的立即解除。",
        "link": reverse("task_handling", args=[task.pk]),
    }
    if is_confidential(task):
        notify(users=[draw.approved_by] if draw.approved_by else [], **message)
        return
    for role in (Role.APPROVER, Role.HEAD):
        notify_role(role, **message)


def _tell_officers(draft: HandlingDraft) -> None:
    tell_officers(
        draft.task,
        key=f"handling.refused:{draft.pk}",
        subject=f"任务 {draft.task.number}：现场处理措施没有批准",
        body="已经当场实施的，请立即解除，并告知企业。理由见任务的现场处理页面。",
        page="task_handling",
    )
