"""复查: the officers look again and write it down; somebody else approves, an approver where an order follows."""

from __future__ import annotations

from inspections.models import Order, Revisit, RevisitPoint
from inspections.policies.visits import check_may_see, check_step, is_officer
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else
from shuangsuiji.lib.errors import Refusal


def check_may_reinspect(user: User, order: Order) -> None:
    """A re-inspection follows an order; its officers write the record until it is submitted."""
    check_may_see(user, order.task)
    if not is_officer(user, order.task):
        raise Refusal("复查记录只能由这项任务的执法人员填写。", status=403)
    if hasattr(order, "reinspection"):
        raise Refusal("这份指令书已经复查过，不用重复办理。")
    check_step(order.task, to=TaskState.REINSPECTED)
    revisit = getattr(order, "revisit", None)
    if revisit and revisit.submitted_at:
        raise Refusal(f"复查记录已由{revisit.submitted_by.name}提交，等待审核，不能再改。")


def check_may_approve_revisit(user: User, revisit: Revisit) -> None:
    """Somebody else than who submitted it; where a new order would follow, an approver, as for the first."""
    check_may_see(user, revisit.task)
    if revisit.approved_at:
        raise Refusal("这份复查记录已经审核，不用重复办理。")
    if revisit.submitted_at is None:
        raise Refusal("复查记录还没有提交，暂不能审核。")
    if orders_again(revisit):
        check_role(user, Role.APPROVER)
    elif not is_officer(user, revisit.task):
        check_role(user, Role.APPROVER, Role.CLERK)
    check_somebody_else(user, drafted_by=revisit.submitted_by)


def orders_again(revisit: Revisit) -> bool:
    """Whether a new order follows from it."""
    return revisit.points.filter(outcome=RevisitPoint.Outcome.UNDONE).exists()
