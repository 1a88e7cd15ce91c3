"""Who may write, read, answer and publish. Each rule raises `Refusal` or returns nothing."""

from __future__ import annotations

from django.conf import settings

from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, has_role
from shuangsuiji.feedback.models import Feedback
from shuangsuiji.feedback.states import VALID_STATE_TRANSITIONS, FeedbackState
from shuangsuiji.lib.errors import Refusal

AN_HOUR = 3600
READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR)
# Whoever is complained about does not sort the complaints.
KEEPERS_OF_COMPLAINTS = (Role.SUPERVISOR, Role.HEAD)
KEEPERS = (Role.CLERK, Role.HEAD)


def check_not_too_many(recent_count: int) -> None:
    """One source does not drown the others."""
    most = settings.MOST_FEEDBACK_AN_HOUR
    if recent_count >= most:
        sentence = f"同一网络一小时内最多提交 {most} 件，请过一小时再写；紧急情况请直接来电。"
        raise Refusal(sentence, status=429, retry_after=AN_HOUR)


def check_not_a_machine(trap: str) -> None:
    """A field that people do not see was filled in."""
    if trap:
        raise Refusal("提交的内容没有接收：页面上有一栏应当留空。请刷新页面后重新填写。", status=400)


def keepers_of(feedback: Feedback) -> tuple[Role, ...]:
    """The roles a letter goes to."""
    return KEEPERS_OF_COMPLAINTS if feedback.kind == Feedback.Kind.COMPLAINT else KEEPERS


def may_read(feedback: Feedback, *, user: User) -> bool:
    """Its keepers and its handler."""
    return feedback.handler_id == user.pk or has_role(user, *keepers_of(feedback))


def check_may_assign(feedback: Feedback, *, by: User, handler: User) -> None:
    """A keeper hands it to somebody who may read such letters."""
    check_role(by, *keepers_of(feedback))
    check_move(feedback, to=FeedbackState.ASSIGNED)
    if not handler.is_active or not has_role(handler, *READERS):
        raise Refusal("请选择在岗的经办人、审批负责人、主要负责人或监督员。", field="handler")
    if feedback.kind == Feedback.Kind.COMPLAINT and not has_role(handler, *KEEPERS_OF_COMPLAINTS):
        raise Refusal("投诉工作人员的来信只能由监督员或主要负责人办理。", field="handler")


def check_may_answer(feedback: Feedback, *, by: User) -> None:
    """The handler answers, once."""
    if feedback.handler_id != by.pk:
        raise Refusal("只有承办人可以答复。请先把这件交给自己或请承办人答复。", status=403)
    check_move(feedback, to=FeedbackState.ANSWERED)


def check_may_see_contact(feedback: Feedback, *, by: User) -> None:
    """Who wrote is known to the handler alone."""
    if feedback.handler_id != by.pk:
        raise Refusal("来信人的姓名和联系方式只有承办人可以查看。", status=403)


def check_may_publish(feedback: Feedback, *, by: User) -> None:
    """Nothing becomes public without somebody else's approval."""
    check_role(by, Role.APPROVER, Role.HEAD)
    if feedback.state != FeedbackState.ANSWERED:
        raise Refusal("答复以后才能选登。")
    if feedback.answered_by_id == by.pk:
        raise Refusal("答复人不能批准选登自己的答复，请另一位负责人办理。")
    if feedback.public_at is not None:
        raise Refusal("这件已经选登。")


def check_move(feedback: Feedback, *, to: str) -> None:
    """The table of states allows the step."""
    if to not in VALID_STATE_TRANSITIONS[feedback.state]:
        raise Refusal(f"这件现在是“{feedback.get_state_display()}”，不能再做这一步。请刷新页面查看最新状态。")
