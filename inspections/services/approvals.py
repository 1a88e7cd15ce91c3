"""行政检查审批: asked for with the scheme, approved by somebody else before the visit, or afterwards with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.documents import CHECK_APPROVAL, approval_context
from inspections.models import CheckApproval, Task
from inspections.policies import is_confidential, names_are_kept
from inspections.policies.approvals import check_may_apply, check_may_approve_check
from inspections.selectors import subject_of
from inspections.services.lifecycle import locked_task
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.deadlines import keep_deadline, open_deadline
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify, notify_role

APPROVE_AFTERWARDS = "check.approve_afterwards"


@transaction.atomic
def apply_for_check(task: Task, *, by: User, reason: str = "", now: dt.datetime | None = None) -> CheckApproval:
    """Ask for the approval of a check; asked for again, the first stands."""
    task = locked_task(task.pk)
    known = CheckApproval.objects.filter(task=task).first()
    if known:
        return known
    check_may_apply(by, task)
    approval = CheckApproval.objects.create(
        task=task, reason=reason.strip() or _usual_reason(task), applied_by=by, applied_at=now or timezone.now()
    )
    record("check.applied", by=by, target=task, confidential=_is_kept(task))
    return approval


@transaction.atomic
def approve_check(task: Task, *, by: User, opinion: str = "同意", now: dt.datetime | None = None) -> CheckApproval:
    """Approve a check: the 行政检查审批表 takes its number in the check's chain.

    For one begun without approval this also keeps its deadline.
    """
    now = now or timezone.now()
    task = locked_task(task.pk)
    check_may_approve_check(by, task)
    approval = CheckApproval.objects.select_related("applied_by").get(task=task)
    approval.task = task
    approval.opinion, approval.approved_by, approval.approved_at = opinion.strip() or "同意", by, now
    today = timezone.localtime(now).date()
    approval.document = issue_document(
        CHECK_APPROVAL.code,
        subject=subject_of(task),
        chain=subject_of(task),
        context=approval_context(approval),
        by=by,
        issued_on=today,
        confidential=is_confidential(task),
    )
    approval.save(update_fields=["opinion", "approved_by", "approved_at", "document"])
    kind, key = subject_of(task)
    keep_deadline(APPROVE_AFTERWARDS, subject_kind=kind, subject_key=key, on=today, by=by)
    record("check.approved", by=by, target=task, confidential=_is_kept(task), document=approval.document.number)
    return approval


def begin_unapproved(task: Task, *, by: User, reason: str, now: dt.datetime) -> None:
    """A covert or urgent check begins unapproved: the reason is kept, the deadline opens, the approvers are told."""
    approval = CheckApproval.objects.filter(task=task).first()
    if approval and approval.approved_at:
        return
    if not reason.strip():
        raise Refusal("请写明未经审批先行检查的理由。", field="urgent_reason")
    CheckApproval.objects.update_or_create(
        task=task,
        defaults={"is_afterwards": True, "afterwards_reason": reason.strip(), "applied_by": by, "applied_at": now},
        create_defaults={
            "reason": _usual_reason(task),
            "is_afterwards": True,
            "afterwards_reason": reason.strip(),
            "applied_by": by,
            "applied_at": now,
        },
    )
    kind, key = subject_of(task)
    open_deadline(
        APPROVE_AFTERWARDS,
        subject_kind=kind,
        subject_key=key,
        label=f"任务 {task.number} 补办行政检查审批",
        start_on=timezone.localtime(now).date(),
        by=by,
        is_confidential=is_confidential(task),
    )
    _tell_approvers(task)
    record("check.begun_unapproved", by=by, target=task, confidential=_is_kept(task), reason=reason.strip())


def _usual_reason(task: Task) -> str:
    return f"按年度监督检查计划，对随机抽中的生产经营单位开展现场检查（任务 {task.number}）。"


def _is_kept(task: Task) -> bool:
    return names_are_kept(task.drawn.draw, task)


def _tell_approvers(task: Task) -> None:
    message = {
        "key": f"check.afterwards:{task.pk}",
        "subject": f"任务 {task.number} 已先行检查，请补办审批",
        "body": "执法人员写明了先行检查的理由，请核实后补批行政检查审批表。",
        "link": reverse("task_detail", args=[task.pk]),
    }
    draw = task.drawn.draw
    if is_confidential(task):
        notify(users=[draw.approved_by] if draw.approved_by else [], **message)
    else:
        notify_role(Role.APPROVER, **message)
