"""现场检查方案: drawn up from the draw, edited, approved by somebody else, issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from inspections.documents import DEFAULT_METHOD, EQUIPMENT_KINDS, SCHEME, scheme_context
from inspections.models import Scheme, Task
from inspections.policies import (
    check_may_approve_scheme,
    check_may_draft_scheme,
    check_may_return_scheme,
    is_confidential,
    names_are_kept,
)
from inspections.policies.approvals import check_may_review_scheme
from inspections.selectors import subject_of
from inspections.selectors.marks import scheme_mark
from inspections.services.approvals import apply_for_check, approve_check
from inspections.services.lifecycle import locked_task, move_task
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.editing import check_as_shown
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify, notify_role

_NOT_REVIEWED = {"review_opinion": "", "reviewed_by": None, "reviewed_at": None}
VISIT_BEGINS, VISIT_ENDS = dt.time(9, 0), dt.time(12, 0)


def proposed_scheme(task: Task) -> dict:
    """What the form shows before anybody has written: the morning of the planned day, the usual way."""
    zone = timezone.get_current_timezone()
    return {
        "starts_at": dt.datetime.combine(task.visit_on, VISIT_BEGINS, tzinfo=zone),
        "ends_at": dt.datetime.combine(task.visit_on, VISIT_ENDS, tzinfo=zone),
        "method": DEFAULT_METHOD,
        "equipment_kinds": list(EQUIPMENT_KINDS),
        "equipment": "",
    }


@transaction.atomic
def draft_scheme(
    task: Task,
    *,
    by: User,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    method: str = "",
    equipment_kinds: Iterable[str] | None = None,
    equipment: str = "",
    remarks: str = "",
) -> Scheme:
    """Write or change the scheme; what is left out comes from the draw.

    The approval of the check is asked for with it, a former review falls away, those who may review are told.
    """
    task = locked_task(task.pk)
    check_may_draft_scheme(by, task)
    values = {
        **proposed_scheme(task),
        **_given(starts_at=starts_at, ends_at=ends_at, method=method, equipment=equipment),
    }
    if equipment_kinds is not None:
        values["equipment_kinds"] = [kind for kind in EQUIPMENT_KINDS if kind in set(equipment_kinds)]
    _check_hours(task, starts_at=values["starts_at"], ends_at=values["ends_at"])
    scheme, is_new = Scheme.objects.update_or_create(
        task=task, defaults={**values, **_NOT_REVIEWED, "remarks": remarks, "opinion": "", "drafted_by": by}
    )
    apply_for_check(task, by=by)
    _tell_reviewers(task, by=by)
    record("scheme.drafted" if is_new else "scheme.changed", by=by, target=task, confidential=_is_kept(task))
    return scheme


@transaction.atomic
def review_scheme(
    task: Task, *, by: User, opinion: str = "同意", now: dt.datetime | None = None, seen: str | None = None
) -> Scheme:
    """审核 before the approval, by the other officer or the office, of what the page showed (`seen`); a changed
    scheme is reviewed anew.

    The approvers are told that it waits for them.
    """
    task = locked_task(task.pk)
    check_may_review_scheme(by, task)
    scheme = task.scheme
    check_as_shown(seen, stands=scheme_mark(scheme))
    scheme.review_opinion = opinion.strip() or "同意"
    scheme.reviewed_by, scheme.reviewed_at = by, now or timezone.now()
    scheme.save(update_fields=["review_opinion", "reviewed_by", "reviewed_at"])
    _tell_approvers(task)
    record("scheme.reviewed", by=by, target=task, confidential=_is_kept(task))
    return scheme


@transaction.atomic
def approve_scheme(task: Task, *, by: User, opinion: str = "同意", seen: str | None = None) -> Scheme:
    """Approve the check and its scheme: 行政检查审批表 and 方案 take their numbers, the task becomes ready.

    Who drew it up, who reviewed it and who approves it are three people. A second approval is refused with a
    sentence, and so is one of another wording than the page showed (`seen`).
    """
    task = locked_task(task.pk)
    check_may_approve_scheme(by, task)
    scheme = task.scheme
    check_as_shown(seen, stands=scheme_mark(scheme))
    now = timezone.now()
    approval = apply_for_check(task, by=scheme.drafted_by)
    if approval.approved_at is None:
        approve_check(task, by=by, opinion=opinion, now=now)
    scheme.opinion, scheme.approved_by, scheme.approved_at = opinion, by, now
    scheme.document = issue_document(
        SCHEME.code,
        subject=subject_of(task),
        chain=subject_of(task),
        context=scheme_context(scheme),
        by=by,
        issued_on=timezone.localtime(now).date(),
        confidential=is_confidential(task),
    )
    scheme.save(update_fields=["opinion", "approved_by", "approved_at", "document"])
    move_task(task, to=TaskState.READY)
    record("scheme.approved", by=by, target=task, confidential=_is_kept(task), document=scheme.document.number)
    return scheme


@transaction.atomic
def return_scheme(task: Task, *, by: User, opinion: str) -> Scheme:
    """Give the scheme back with what is to be changed; whoever drew it up is told."""
    task = locked_task(task.pk)
    check_may_return_scheme(by, task)
    if not opinion.strip():
        raise Refusal("请写明退回的意见，编制人才知道怎么改。", field="opinion")
    scheme = task.scheme
    scheme.opinion = opinion.strip()
    scheme.save(update_fields=["opinion"])
    notify(
        key=f"scheme.returned:{task.pk}:{timezone.now():%Y%m%d%H%M%S}",
        users=[scheme.drafted_by],
        subject=f"任务 {task.number} 的现场检查方案被退回",
        body="请按审批意见修改后再提请批准。",
        link=reverse("task_scheme", args=[task.pk]),
    )
    record("scheme.returned", by=by, target=task, confidential=_is_kept(task))
    return scheme


def _given(**values) -> dict:
    return {name: value for name, value in values.items() if value}


def _check_hours(task: Task, *, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    if ends_at <= starts_at:
        raise Refusal("结束时间须在开始时间之后。", field="ends_at")
    if timezone.localtime(starts_at).date() != task.visit_on:
        raise Refusal(
            f"检查开始时间须在计划检查日期 {task.visit_on:%Y-%m-%d} 当天；要改日期，请经办人先办理改期。",
            field="starts_at",
        )


def _is_kept(task: Task) -> bool:
    return names_are_kept(task.drawn.draw, task)


def _tell_reviewers(task: Task, *, by: User) -> None:
    """The task's officers, and the office where the lead drew it up and names are not kept."""
    message = {
        "key": f"scheme.to_review:{task.pk}:{timezone.now():%Y%m%d%H%M}",
        "subject": f"任务 {task.number} 的现场检查方案待审核",
        "body": "方案已经编好，请另一名执法人员或经办人审核，再由审批负责人批准。",
        "link": reverse("task_scheme", args=[task.pk]),
    }
    accounts = (seat.inspector.account for seat in task.drawn.seats.all() if seat.inspector)
    notify(users=[account for account in accounts if account and account != by], **message)
    if not is_confidential(task):
        notify_role(Role.CLERK, **message)


def _tell_approvers(task: Task) -> None:
    message = {
        "key": f"scheme.waiting:{task.pk}:{timezone.now():%Y%m%d%H%M}",
        "subject": f"任务 {task.number} 的现场检查方案待批",
        "body": "方案已经编好并审核，请审批。",
        "link": reverse("task_detail", args=[task.pk]),
    }
    draw = task.drawn.draw
    if is_confidential(task):
        notify(users=[draw.approved_by] if draw.approved_by else [], **message)
    else:
        notify_role(Role.APPROVER, **message)
