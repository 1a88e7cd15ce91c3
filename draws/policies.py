"""Who may do what with a draw, and when. One function a rule; templates ask the same ones."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any

from draws.models import AmendmentRequest, Draw, DrawSource, Plan, Recusal
from draws.states import VALID_PLAN_TRANSITIONS, VALID_STATE_TRANSITIONS, DrawState, PlanState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else, has_role
from shuangsuiji.lib.deadlines import earliest_visit_on, latest_publication_on
from shuangsuiji.lib.errors import Refusal

SEALED_STATES = (DrawState.SEALED, DrawState.BLOCKED, DrawState.DRAWN)
DESK_READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.LEADER, Role.SUPERVISOR)


def allows(check: Callable, *args, **kwargs) -> bool:
    """Whether a check would let this pass: what templates ask before they show a button."""
    try:
        check(*args, **kwargs)
    except Refusal:
        return False
    return True


def refusal_of(check: Callable, *args, **kwargs) -> str:
    """The sentence with which a check refuses; empty when it lets pass."""
    try:
        check(*args, **kwargs)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def check_step(draw: Draw, *, to: DrawState) -> None:
    """A draw moves only along its table."""
    if to not in VALID_STATE_TRANSITIONS[draw.state]:
        raise Refusal(_wrong_state(draw, to))


def _wrong_state(draw: Draw, to: DrawState) -> str:
    if draw.number:
        state = f"台账号 {draw.number}，现为“{draw.get_state_display()}”"
        return f"这次抽取已经封存（{state}），不能再改。请在抽取详情或公开台账查看。"
    return f"这次抽取现为“{draw.get_state_display()}”，不能变为“{to.label}”。请刷新页面，按当前状态办理。"


def check_may_create(user: User) -> None:
    """Draws are drafted by the inspection office."""
    check_role(user, Role.CLERK)


def check_may_edit(user: User, draw: Draw) -> None:
    """A draft is changed by the one who drafts it, until it is submitted."""
    check_role(user, Role.CLERK)
    if draw.number:
        raise Refusal(_wrong_state(draw, DrawState.DRAFT))
    if draw.state != DrawState.DRAFT:
        raise Refusal(f"这次抽取现为“{draw.get_state_display()}”，不能修改。需要改动时请审批负责人退回。")
    if draw.drafted_by_id != user.pk:
        raise Refusal("只有起草人本人可以修改草稿。", status=403)


def check_may_submit(user: User, draw: Draw) -> None:
    """The drafter hands the draft in."""
    check_may_edit(user, draw)
    check_step(draw, to=DrawState.SUBMITTED)


def check_may_approve(user: User, draw: Draw) -> None:
    """An approver who did not draft it."""
    check_role(user, Role.APPROVER)
    check_somebody_else(user, drafted_by=draw.drafted_by)
    check_step(draw, to=DrawState.APPROVED)


def check_may_return(user: User, draw: Draw) -> None:
    """The approver gives a submitted or approved draft back."""
    check_role(user, Role.APPROVER)
    check_step(draw, to=DrawState.DRAFT)


def check_notice_fits(draw: Draw, *, today: datetime.date) -> None:
    """公告后检查: the notice needs its whole days before the first visit."""
    if draw.mode != Draw.Mode.ANNOUNCED:
        return
    earliest = earliest_visit_on(today)
    if draw.visits_from < earliest:
        latest = latest_publication_on(draw.visits_from)
        raise Refusal(
            f"来不及公告：检查从 {draw.visits_from:%Y-%m-%d} 开始，公告最迟须在 {latest:%Y-%m-%d} 发布，"
            f"今天公告则最早 {earliest:%Y-%m-%d} 才能检查。请退回起草人改检查时间。",
            field="visits_from",
        )


def check_in_time(draw: Draw, *, today: datetime.date) -> None:
    """A draw is carried out by its day, and before its visits."""
    if today > draw.carry_out_by:
        raise Refusal(
            f"已过约定的抽取期限 {draw.carry_out_by:%Y-%m-%d}。请审批负责人退回，由起草人改期后重新提交。",
            field="carry_out_by",
        )
    check_notice_fits(draw, today=today)


def check_may_seal(user: User, draw: Draw, *, today: datetime.date) -> None:
    """The inspection office seals an approved draw while there is time."""
    check_role(user, Role.CLERK)
    check_step(draw, to=DrawState.SEALED)
    check_in_time(draw, today=today)


def check_may_void(user: User, draw: Draw) -> None:
    """Voiding is approved by somebody who did not draft the draw; a drawn one stands."""
    check_role(user, Role.APPROVER)
    check_somebody_else(user, drafted_by=draw.drafted_by)
    if draw.state == DrawState.DRAWN:
        raise Refusal("已经抽取的结果不能作废，也不能重抽。确需变动时请办理变更，变更会公开留痕。")
    check_step(draw, to=DrawState.VOID)


def check_may_contribute(user: User | None, source: DrawSource) -> None:
    """Each source contributes by its own way: its account, its link, or the clerk for a public event."""
    if source.kind == DrawSource.Kind.ACCOUNT and (user is None or user.pk != source.user_id):
        raise Refusal(f"“{source.name}”须由见证人用自己的账号投入。", status=403)
    if source.kind == DrawSource.Kind.LINK and user is not None:
        raise Refusal(f"“{source.name}”须由见证人打开自己的一次性链接投入，工作人员不能代办。", status=403)
    if source.kind == DrawSource.Kind.EVENT:
        check_role(user, Role.CLERK)


def check_collecting(draw: Draw) -> None:
    """Texts are taken between the sealing and the draw."""
    if draw.state == DrawState.DRAWN or draw.state == DrawState.BLOCKED:
        raise Refusal("所有来源都已到齐，抽取已经完成，不能再投入。请看抽取结果。")
    if draw.state == DrawState.VOID:
        raise Refusal("这次抽取已经作废，不能再投入。原因见公开台账。")
    if draw.state != DrawState.SEALED:
        raise Refusal("这次抽取还没有封存，暂时不能投入。请等经办人封存后再来。")


def check_may_amend(user: User, draw: Draw) -> None:
    """Changes after the draw are proposed by the inspection office."""
    check_role(user, Role.CLERK)
    if draw.state not in (DrawState.DRAWN, DrawState.BLOCKED):
        raise Refusal("抽取完成之后才有变更可办。")
    if not may_see_names(user, draw):
        raise Refusal("这次暗查的名单只有知情人员可以看，变更由他们提出。", status=403)


def check_may_decide_amendment(user: User, request: AmendmentRequest) -> None:
    """Somebody else decides; appointing and inviting somebody is left to the head."""
    appoints = request.kind == AmendmentRequest.Kind.EXPERT or bool(request.wanted.get("appoint"))
    check_role(user, *((Role.HEAD,) if appoints else (Role.APPROVER, Role.HEAD)))
    check_somebody_else(user, drafted_by=request.asked_by)
    if request.state != AmendmentRequest.State.ASKED:
        raise Refusal(f"这项变更已经决定：{request.get_state_display()}。")
    if not may_see_names(user, request.draw):
        raise Refusal("这次暗查的名单只有知情人员可以看，变更由知情的负责人决定。", status=403)


def is_cleared(user, draw: Draw) -> bool:
    """Whether the person is one of those named for a covert draw: drafter, approver, cleared people."""
    if not getattr(user, "is_authenticated", False):
        return False
    if user.pk in (draw.drafted_by_id, draw.approved_by_id):
        return True
    return any(person.pk == user.pk for person in draw.cleared_people.all())


def may_see_names(user, draw: Draw) -> bool:
    """Whether the drawn enterprises of this draw may be shown to this person.

    Announced: everybody. Notified: the desk, and everybody once all envelopes are open.
    Covert: the people named for it, and everybody once all envelopes are open.
    """
    if draw.mode == Draw.Mode.ANNOUNCED or names_are_public(draw):
        return True
    if draw.is_covert:
        return is_cleared(user, draw)
    return has_role(user, *DESK_READERS)


def names_are_public(draw: Draw) -> bool:
    """Whether the whole public record may be published: announced, or every envelope opened."""
    if draw.state not in (DrawState.DRAWN, DrawState.BLOCKED):
        return False
    if draw.mode == Draw.Mode.ANNOUNCED:
        return True
    opened = set(draw.sealed.drawing.openings.values_list("credit_code", flat=True))
    return all_are_open(draw.sealed.drawing.result, opened)


def all_are_open(result: Mapping[str, Any], opened: Collection[str]) -> bool:
    """Whether every envelope of a result has been opened."""
    return set(opened).issuperset(one["enterprise"] for one in result["drawn"])


def check_may_ask_recusal(user: User) -> None:
    """A recusal is registered by the inspection office or by the officer concerned."""
    check_role(user, Role.CLERK, Role.INSPECTOR)


def check_may_decide_recusal(user: User, recusal: Recusal) -> None:
    """行政处罚法 (2021) §43: the head decides, once, and not about what they asked for themselves."""
    check_role(user, Role.HEAD)
    if recusal.state != Recusal.State.ASKED:
        raise Refusal(f"这项回避已经决定：{recusal.get_state_display()}。")
    check_somebody_else(user, drafted_by=recusal.asked_by)


def check_plan_step(plan: Plan, *, to: PlanState) -> None:
    """A plan moves only along its table."""
    if to not in VALID_PLAN_TRANSITIONS[plan.state]:
        raise Refusal(f"{plan}现为“{plan.get_state_display()}”，不能变为“{to.label}”。")


def check_may_edit_plan(user: User, plan: Plan) -> None:
    """A plan is changed by its drafter while it is a draft."""
    check_role(user, Role.CLERK)
    if plan.state != PlanState.DRAFT:
        raise Refusal(f"{plan}现为“{plan.get_state_display()}”，不能修改。")


def check_may_approve_plan(user: User, plan: Plan) -> None:
    """An approver who did not draft it."""
    check_role(user, Role.APPROVER)
    check_somebody_else(user, drafted_by=plan.drafted_by)
    check_plan_step(plan, to=PlanState.APPROVED)
