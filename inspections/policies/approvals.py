"""凡检查必审批、凡检查必通知: who asks, who approves, and what may wait until afterwards."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from inspections.models import CheckApproval, SiteRecord, Task
from inspections.policies.caps import check_within_cap
from inspections.policies.recused import check_nobody_recused
from inspections.policies.visits import (
    BEFORE_VISIT,
    check_certificates,
    check_may_see,
    check_prepared,
    is_officer,
)
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal

NOTICE_KIND = "inspection_notice"
URGENT_FROM = (*BEFORE_VISIT, TaskState.READY)


def check_may_apply(user: User, task: Task) -> None:
    """Own officers or the office ask for the approval of a check."""
    check_may_see(user, task)
    if not is_officer(user, task):
        check_role(user, Role.CLERK)


def check_may_approve_check(user: User, task: Task) -> None:
    """An approver who did not ask for it decides, once."""
    check_may_see(user, task)
    check_role(user, Role.APPROVER)
    approval = CheckApproval.objects.filter(task=task).first()
    if approval is None:
        raise Refusal("还没有提请行政检查审批，请执法人员或经办人先编制现场检查方案并提请批准。")
    if approval.approved_at:
        raise Refusal("这次行政检查已经批准，不用重复办理。")
    check_somebody_else(user, drafted_by=approval.applied_by)


def is_noticed(task: Task) -> bool:
    """Whether the 行政检查通知书 of the check has been issued."""
    return notices_of(task).filter(replaced_by=None).exists()


def notices_of(task: Task) -> QuerySet[IssuedDocument]:
    """Every 行政检查通知书 of the check, replaced ones too."""
    return IssuedDocument.objects.filter(subject_kind="task", subject_key=str(task.pk), kind=NOTICE_KIND)


def check_may_start(user: User, task: Task, *, today: dt.date, urgent_reason: str = "") -> None:
    """Own officers begin: approved, after notice, not before the day, with valid certificates.

    With a reason a covert or urgent check begins without them; they follow afterwards.
    """
    check_may_see(user, task)
    if not is_officer(user, task):
        raise Refusal("只有这项任务的执法人员可以开始检查。", status=403)
    check_may_begin(task, today=today, urgent_reason=urgent_reason)
    check_nobody_recused(task)
    check_certificates(task, on=today)
    check_within_cap(task)


def check_may_begin(task: Task, *, today: dt.date, urgent_reason: str) -> None:
    """Approval and notice first; a covert or urgent check may have them afterwards, with its reason."""
    if urgent_reason.strip():
        _check_urgent(task, today=today)
        return
    check_prepared(task)
    if not task.is_covert and not is_noticed(task):
        raise Refusal("行政检查通知书还没有签发送达，不能开始检查。情况紧急的，请写明理由先行检查，事后补办。")
    if today < task.visit_on:
        raise Refusal(
            f"计划检查日期是 {task.visit_on:%Y-%m-%d}，今天还不能开始。检查日期如有变动，请经办人先办理改期。"
        )


def _check_urgent(task: Task, *, today: dt.date) -> None:
    if task.state not in URGENT_FROM:
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，不能再次开始检查。")
    begins = task.drawn.draw.visits_from
    if today < min(begins, task.visit_on):
        raise Refusal(f"本次抽取的检查时段从 {begins:%Y-%m-%d} 开始，紧急检查也不能早于这一天。")


def check_beginning(task: Task, begin: dt.datetime) -> None:
    """A beginning in words lies after all that has to come before a visit; reasons do not move it there.

    Begun at once for its urgency, a visit lies within the period of its draw only.
    """
    first, what = max(_before_the_visit(task))
    if begin < first:
        at = timezone.localtime(first)
        raise Refusal(f"检查开始时间不能早于 {at:%Y-%m-%d %H:%M}（{what}）。请核对日期和时间。", field="started_at")


def _before_the_visit(task: Task) -> list[tuple[dt.datetime, str]]:
    """The moments before which no visit of this task can have begun, to the minute, each with its name."""
    approval, scheme = CheckApproval.objects.filter(task=task).first(), getattr(task, "scheme", None)
    if approval and approval.is_afterwards:
        return [(_morning_of(min(task.drawn.draw.visits_from, task.visit_on)), "本次抽取确定的检查时段")]
    notice = None if task.is_covert else notices_of(task).order_by("issued_at").first()
    moments = [
        (approval and approval.approved_at, "行政检查审批"),
        (scheme and scheme.approved_at, "现场检查方案批准"),
        (notice and notice.issued_at, "行政检查通知书签发"),
    ]
    told = [(moment.replace(second=0, microsecond=0), what) for moment, what in moments if moment]
    return [(_morning_of(task.visit_on), "计划检查日期"), *told]


def _morning_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_current_timezone())


def check_approved_afterwards(task: Task) -> None:
    """What was begun without approval is not concluded without it."""
    approval = CheckApproval.objects.filter(task=task).first()
    if approval and approval.is_afterwards and approval.approved_at is None:
        raise Refusal("这次检查是先行检查，还没有补办行政检查审批。请审批负责人先补批，再审核检查记录。")


def check_may_review_scheme(user: User, task: Task) -> None:
    """The other officer or the office reviews the scheme before it is approved, once; never who drew it up."""
    check_may_see(user, task)
    if not is_officer(user, task):
        check_role(user, Role.CLERK)
    scheme = getattr(task, "scheme", None)
    if scheme is None:
        raise Refusal("还没有编制现场检查方案，请主办执法人员或经办人先编制。")
    if scheme.approved_at:
        raise Refusal("现场检查方案已经批准，不用再审核。")
    if scheme.reviewed_by:
        raise Refusal(f"现场检查方案已由{scheme.reviewed_by.name}审核，等待批准。")
    check_somebody_else(user, drafted_by=scheme.drafted_by)


def check_may_review(user: User, record: SiteRecord) -> None:
    """A submitted record is reviewed by an approver, a clerk or the other officer; never by who submitted it."""
    check_may_see(user, record.task)
    if not is_officer(user, record.task):
        check_role(user, Role.APPROVER, Role.CLERK)
    if record.approved_at:
        raise Refusal("这份现场检查记录已经审核，不用重复办理。")
    if record.task.state != TaskState.RECORDED:
        raise Refusal("现场检查记录还没有提交，暂不能审核。")
    check_somebody_else(user, drafted_by=record.submitted_by)
    check_approved_afterwards(record.task)
