"""Who may do what with a task, a record, a volume, and when. One function a rule; templates ask the same ones."""

from __future__ import annotations

import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone

from draws.policies import is_account_of_seat, may_see_names
from inspections.models import Evidence, Revisit, Scheme, Task
from inspections.policies.keeping import names_are_kept
from inspections.policies.recused import check_nobody_recused
from inspections.states import (
    VALID_STATE_TRANSITIONS,
    TaskState,
)
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else, has_role
from shuangsuiji.lib.errors import Refusal

OFFICE = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR)
READERS = (*OFFICE, Role.INSPECTOR)
BEFORE_VISIT = (TaskState.ASSIGNED, TaskState.NOTICED, TaskState.WITHHELD)
MAY_BE_MOVED = (*BEFORE_VISIT, TaskState.READY)


def seats_of(user: User, task: Task) -> list:
    """The officer's seats of this account at this task; empty for anybody else.

    A task whose name is kept belongs to the account the officer had when the seat was given: linking
    another account to the officer opens nothing.
    """
    seats = list(task.drawn.seats.all())
    prefetch_related_objects(seats, "inspector")
    own = [seat for seat in seats if seat.inspector and seat.inspector.account_id == user.pk]
    if own and names_are_kept(task.drawn.draw, task):
        return [seat for seat in own if is_account_of_seat(user, seat)]
    return own


def is_officer(user: User, task: Task) -> bool:
    """Whether this account belongs to one of the task's own officers."""
    return bool(seats_of(user, task))


def is_lead(user: User, task: Task) -> bool:
    """Whether this account belongs to the officer in seat 1 (主办)."""
    return any(seat.seat == 1 for seat in seats_of(user, task))


def may_see_task(user: User, task: Task) -> bool:
    """Own officers always; the office, as far as it may see the draw's names."""
    if is_officer(user, task):
        return True
    if not has_role(user, *OFFICE):
        return False
    draw = task.drawn.draw
    return not names_are_kept(draw, task) or may_see_names(user, draw)


def check_may_see(user: User, task: Task) -> None:
    """A task that may not be seen does not exist for this person."""
    if not may_see_task(user, task):
        raise Refusal("没有这项任务，或者您不在这项任务的知情范围内。", status=404)


def check_step(task: Task, *, to: TaskState) -> None:
    """A task moves only along its table."""
    if to not in VALID_STATE_TRANSITIONS[task.state]:
        raise Refusal(
            f"任务 {task.number} 现为“{task.get_state_display()}”，不能变为“{to.label}”。请刷新页面，按当前状态办理。"
        )


def check_may_move_visit(user: User, task: Task) -> None:
    """The office changes the day of a visit that has not begun."""
    check_may_see(user, task)
    check_role(user, Role.CLERK)
    if task.state not in MAY_BE_MOVED:
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，检查日期不能再改。")


def check_visit_day(task: Task, *, day: datetime.date) -> None:
    """The day lies within the period that was drawn for; what was announced does not change silently."""
    draw = task.drawn.draw
    if not draw.visits_from <= day <= draw.visits_to:
        raise Refusal(
            f"检查日期须在本次抽取确定的检查时段内（{draw.visits_from:%Y-%m-%d} 至 {draw.visits_to:%Y-%m-%d}）。",
            field="visit_on",
        )
    if task.state in (TaskState.NOTICED, TaskState.READY) and not task.is_covert and day < task.visit_on:
        raise Refusal("公告和通知书已经写明检查日期，只能推后，不能提前。请选择原定日期之后的日期。", field="visit_on")


# 现场检查方案


def check_may_draft_scheme(user: User, task: Task) -> None:
    """The lead officer or the office draws up and edits the scheme until it is approved."""
    check_may_see(user, task)
    if not is_lead(user, task):
        check_role(user, Role.CLERK, Role.INSPECTOR)
        if not has_role(user, Role.CLERK):
            raise Refusal("现场检查方案由主办执法人员或经办人编制。", status=403)
    scheme = getattr(task, "scheme", None)
    if scheme and scheme.approved_at:
        raise Refusal("现场检查方案已经批准，不能再改。")
    if task.state not in BEFORE_VISIT:
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，不需要再编制方案。")


def check_may_approve_scheme(user: User, task: Task) -> None:
    """An approver who neither drew it up nor reviewed it; an announced check must have been announced first."""
    check_may_see(user, task)
    check_role(user, Role.APPROVER)
    scheme = getattr(task, "scheme", None)
    if scheme is None:
        raise Refusal("还没有编制现场检查方案，请主办执法人员或经办人先编制。")
    if scheme.approved_at:
        raise Refusal("现场检查方案已经批准，不用重复办理。")
    check_somebody_else(user, drafted_by=scheme.drafted_by)
    _check_reviewed(user, scheme)
    check_nobody_recused(task)
    _check_day_of_scheme(task, scheme)
    if task.state == TaskState.ASSIGNED:
        raise Refusal("检查公告还没有发布，或者已经撤回，方案暂不能批准。请先发布公告。")
    check_step(task, to=TaskState.READY)


def check_may_return_scheme(user: User, task: Task) -> None:
    """An approver gives back a scheme that is not approved yet, reviewed or not."""
    check_may_see(user, task)
    check_role(user, Role.APPROVER)
    scheme = getattr(task, "scheme", None)
    if scheme is None or scheme.approved_at:
        raise Refusal("没有等待批准的现场检查方案。")
    check_somebody_else(user, drafted_by=scheme.drafted_by)


def _check_day_of_scheme(task: Task, scheme: Scheme) -> None:
    """What is approved tells the day that was planned: the visit may have been moved since."""
    day = timezone.localdate(scheme.starts_at)
    if day != task.visit_on:
        raise Refusal(
            f"方案写的检查日期是 {day:%Y-%m-%d}，计划检查日期现为 {task.visit_on:%Y-%m-%d}。"
            "请退回编制人改好日期，再批准。"
        )


def _check_reviewed(user: User, scheme: Scheme) -> None:
    """编制, 审核 and 批准 are three people."""
    if scheme.reviewed_by_id is None:
        raise Refusal("现场检查方案还没有审核，请另一名执法人员或经办人先审核。")
    if scheme.reviewed_by_id == user.pk:
        raise Refusal("您已经审核了这份方案，须由另一名审批负责人批准。")


# 现场检查


def check_prepared(task: Task) -> None:
    """凡检查必审批、凡检查必通知: no visit without both."""
    if task.state == TaskState.READY:
        return
    if task.state == TaskState.ASSIGNED:
        raise Refusal("检查公告还没有发布，或者已经撤回，不能开始检查。请先发布公告，再办理方案审批。")
    if task.state in (TaskState.NOTICED, TaskState.WITHHELD):
        raise Refusal("现场检查方案还没有批准，不能开始检查。请编制方案并提请审批负责人批准。")
    raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，不能再次开始检查。")


def expired_certificates(task: Task, *, on: datetime.date) -> list[str]:
    """Certificate numbers of the task's officers that are not valid on the day."""
    officers = [seat.inspector for seat in task.drawn.seats.all() if seat.inspector]
    return [one.certificate_number for one in officers if one.certificate_expires_on < on]


def check_certificates(task: Task, *, on: datetime.date) -> None:
    """Every officer's certificate is valid on the day of the visit; for a covert check nobody is named."""
    expired = expired_certificates(task, on=on)
    if not expired:
        return
    whom = "有执法人员的执法证" if task.is_covert else f"执法证 {'、'.join(expired)} "
    raise Refusal(f"{whom}在检查当日已经过期，不能开始检查。请换发证件，或由经办人在抽取变更中更换人员。")


def check_may_record(user: User, task: Task) -> None:
    """Own officers write the record while the visit is under way."""
    check_may_see(user, task)
    if not is_officer(user, task):
        raise Refusal("现场检查记录只能由这项任务的执法人员填写。", status=403)
    if task.state != TaskState.ON_SITE:
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，现场检查记录不能再改。")


def check_may_add_evidence(user: User, task: Task) -> None:
    """Own officers add photos, sound and film on site, and while things are being put right."""
    check_may_see(user, task)
    if not is_officer(user, task):
        raise Refusal("照片、录音和录像只能由这项任务的执法人员上传。", status=403)
    if task.state not in (TaskState.ON_SITE, TaskState.ORDERED):
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，不能再上传照片。")
    if Revisit.objects.filter(order__task=task, submitted_at__isnull=False, approved_at=None).exists():
        raise Refusal("复查记录已经提交，不能再上传照片。")


def may_see_document(user: User, key: str) -> bool:
    """Documents of a check go with the check; asked by the documents room for subjects of kind `task`."""
    task = Task.objects.select_related("drawn__draw").filter(pk=key).first()
    return task is not None and may_see_task(user, task)


def check_may_see_evidence(user: User, evidence: Evidence) -> None:
    """A photo goes with its check."""
    check_may_see(user, evidence.task)
