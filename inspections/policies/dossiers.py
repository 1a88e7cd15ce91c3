"""Who may assemble and file a volume, and when."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from inspections.models import Dossier, DossierOpening, Task
from inspections.policies.visits import check_may_see, is_officer
from inspections.states import VALID_DOSSIER_TRANSITIONS, DossierState, TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else, has_role
from shuangsuiji.lib.errors import Refusal


def check_may_queue(user: User, dossier: Dossier) -> None:
    """The office or an own officer has the volume assembled once the check is closed."""
    check_may_see(user, dossier.task)
    if not is_officer(user, dossier.task):
        check_role(user, Role.CLERK)
    if dossier.state == DossierState.LOCKED:
        raise Refusal(f"案卷 {dossier.archive_number} 已经归档，不能重新组卷。")
    if dossier.task.state != TaskState.CLOSED:
        raise Refusal(f"任务 {dossier.task.number} 现为“{dossier.task.get_state_display()}”，办结之后才能组卷。")


def check_may_lock(user: User, dossier: Dossier) -> None:
    """The office or an approver files a volume that somebody else put together; nothing changes afterwards."""
    check_may_see(user, dossier.task)
    check_role(user, Role.CLERK, Role.APPROVER)
    if dossier.state == DossierState.LOCKED:
        raise Refusal(f"案卷已经归档，归档号 {dossier.archive_number}。")
    if DossierState.LOCKED not in VALID_DOSSIER_TRANSITIONS[dossier.state]:
        raise Refusal("案卷还没有生成，请先组卷。")
    if dossier.queued_by_id == user.pk:
        raise Refusal("这一卷是您组的，须由另一人检查后归档：备考表上的立卷人和检查人不能是同一人。", status=403)
    if dossier.task.results_public_at is None:
        raise Refusal("检查结果还没有公开，案卷暂不能归档。请先公开检查结果。")


def check_may_excuse(user: User, dossier: Dossier) -> None:
    """What cannot be found any more does not hold the filing up for ever: the head says why, and it is printed."""
    check_may_see(user, dossier.task)
    check_role(user, Role.HEAD)
    if dossier.state == DossierState.LOCKED:
        raise Refusal(f"案卷 {dossier.archive_number} 已经归档。")


# 调卷


def opening_for(user: User, dossier: Dossier, *, at: dt.datetime) -> DossierOpening | None:
    """The granted opening under which this person may read a locked volume at this moment."""
    rows = dossier.openings.filter(asked_by=user, is_granted=True, closed_at=None, open_until__gt=at)
    return rows.order_by("-open_until", "-id").first()


def check_may_read(user: User, dossier: Dossier, *, at: dt.datetime) -> None:
    """A volume that is not filed is read by whoever may see its check; a filed one needs the head's approval."""
    check_may_see(user, dossier.task)
    if is_shut(user, dossier, at=at):
        raise Refusal(
            f"案卷 {dossier.archive_number} 已经归档，卷内的文书、证据和记录须经负责人批准才能查阅。"
            "请在案卷页面写明理由，申请查阅。",
            status=403,
        )


def is_shut(user: User, dossier: Dossier | None, *, at: dt.datetime) -> bool:
    """Whether a filed volume keeps what is in it from this person; its summary stays."""
    if dossier is None or dossier.state != DossierState.LOCKED or has_role(user, Role.HEAD):
        return False
    return opening_for(user, dossier, at=at) is None


def check_may_open(user: User, task: Task) -> None:
    """What lies in the volume of this check, for somebody who may see the check: shut once it is filed."""
    dossier = Dossier.objects.filter(task=task, state=DossierState.LOCKED).select_related("task__drawn__draw").first()
    if dossier is not None:
        check_may_read(user, dossier, at=timezone.now())


def check_may_ask_opening(user: User, dossier: Dossier, *, at: dt.datetime) -> None:
    """Whoever may see the check asks, once at a time."""
    check_may_see(user, dossier.task)
    if dossier.state != DossierState.LOCKED:
        raise Refusal("案卷还没有归档，可以直接查阅，不需要申请。")
    if dossier.openings.filter(asked_by=user, decided_at=None).exists():
        raise Refusal("您的查阅申请正在等待批准，不用重复提交。")
    if opening_for(user, dossier, at=at) is not None:
        raise Refusal("您的查阅申请已经批准，可以直接查阅。")


def check_may_decide_opening(user: User, opening: DossierOpening) -> None:
    """The head answers what somebody else asked."""
    check_role(user, Role.HEAD)
    check_somebody_else(user, drafted_by=opening.asked_by)
    if opening.decided_at:
        raise Refusal("这份查阅申请已经办理。")


def check_may_close_opening(user: User, opening: DossierOpening) -> None:
    """The reader gives the volume back, or the head ends the reading."""
    if opening.asked_by_id != user.pk:
        check_role(user, Role.HEAD)
    if not opening.is_granted or opening.closed_at:
        raise Refusal("这次查阅没有开放，或者已经合卷。")
