"""Who does what beside the record: the code, measurements, opinions, decisions on the spot, the enterprise's report."""

from __future__ import annotations

import datetime as dt

from inspections.models import Evidence, HandlingDraft, Order, Task
from inspections.policies.visits import check_may_see, is_officer
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else
from shuangsuiji.lib.errors import Refusal

CODE_STATES = (TaskState.READY, TaskState.ON_SITE, TaskState.RECORDED, TaskState.ORDERED)


def check_may_show_code(user: User, task: Task, *, today: dt.date) -> None:
    """Own officers show the code on the day of the visit, and when they come again."""
    check_may_see(user, task)
    if not is_officer(user, task):
        raise Refusal("入企码只能由这项任务的执法人员出示。", status=403)
    if task.state not in CODE_STATES:
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，还不能或不再需要出示入企码。")
    if task.state == TaskState.READY and today < task.visit_on:
        raise Refusal(f"计划检查日期是 {task.visit_on:%Y-%m-%d}，入企码在当天出示。")


def check_may_caption(user: User, evidence: Evidence) -> None:
    """Own officers word the captions until the record is approved."""
    check_may_see(user, evidence.task)
    if not is_officer(user, evidence.task):
        raise Refusal("说明只能由这项任务的执法人员填写。", status=403)
    sheet = evidence.revisit or getattr(evidence.task, "record", None)
    if sheet is not None and sheet.approved_at:
        raise Refusal("记录已经审核，照片说明不能再改。")


def check_may_set_aside(user: User, evidence: Evidence) -> None:
    """Own officers say what was taken in error, once, before the record is reviewed."""
    check_may_see(user, evidence.task)
    if not is_officer(user, evidence.task):
        raise Refusal("是否作为证据只能由这项任务的执法人员说明。", status=403)
    if hasattr(evidence, "set_aside"):
        raise Refusal("这一件已经说明不作为证据，不用重复办理。")
    sheet = evidence.revisit or getattr(evidence.task, "record", None)
    if sheet is None or sheet.approved_at:
        raise Refusal("记录已经审核，证据不能再增减。")


def check_may_give_opinion(user: User, task: Task) -> None:
    """Own officers or the office register an expert's opinion between the visit and the filing."""
    check_may_see(user, task)
    if not is_officer(user, task):
        check_role(user, Role.CLERK)
    if task.visited_on is None:
        raise Refusal("检查还没有开始，暂不能登记专家意见。")
    if task.state == TaskState.ARCHIVED:
        raise Refusal("案卷已经归档，不能再登记专家意见。")


def check_may_handle(user: User, task: Task) -> None:
    """A decision on the spot follows an approved record, and is signed by an approver."""
    check_may_see(user, task)
    check_role(user, Role.APPROVER)
    record = getattr(task, "record", None)
    if record is None or record.approved_at is None:
        raise Refusal("现场检查记录审核之后，才能作出现场处理措施决定。")
    if task.state in (TaskState.ARCHIVED, TaskState.DROPPED):
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，不能再作出现场处理措施决定。")


def check_may_draft_handling(user: User, task: Task) -> None:
    """Own officers say on site what must stop, as soon as they are there and until the check is done."""
    check_may_see(user, task)
    if not is_officer(user, task):
        raise Refusal("现场处理措施由这项任务的执法人员拟定。", status=403)
    if task.state not in (TaskState.ON_SITE, TaskState.RECORDED, TaskState.ORDERED):
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，不能再拟定现场处理措施。")


def check_may_settle_handling(user: User, draft: HandlingDraft) -> None:
    """An approver or the head answers what others drafted; the gate stands for all that is not urgent."""
    check_may_see(user, draft.task)
    check_role(user, Role.APPROVER, Role.HEAD)
    if draft.settled_at:
        raise Refusal("这份现场处理措施已经审批，不用重复办理。")
    check_somebody_else(user, drafted_by=draft.drafted_by)


def check_handling_in_time(draft: HandlingDraft) -> None:
    """A decision follows an approved record; only what was carried out at once for its urgency does not wait for it."""
    record = getattr(draft.task, "record", None)
    if not draft.is_urgent and (record is None or record.approved_at is None):
        raise Refusal(
            "现场检查记录审核之后，才能签发现场处理措施决定书。危险不能等待的，由执法人员写明当场实施的理由。"
        )


def check_may_report(order: Order) -> None:
    """The enterprise reports on an order until it has been looked at again."""
    if hasattr(order, "reinspection") or (hasattr(order, "revisit") and order.revisit.submitted_at):
        raise Refusal("这份指令书已经复查，不用再填报。")
    if order.task.state != TaskState.ORDERED:
        raise Refusal("现在没有需要填报整改情况的指令书。")
