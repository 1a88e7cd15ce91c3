"""Who may do what with a draw, and when. One function a rule; templates ask the same ones."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils import timezone

from draws.models import (
    AccountAdmission,
    AmendmentRequest,
    Draw,
    Drawing,
    DrawnSeat,
    DrawSource,
    ItemEdition,
    NamedVisit,
    Plan,
    Recusal,
)
from draws.states import (
    VALID_EDITION_TRANSITIONS,
    VALID_PLAN_TRANSITIONS,
    VALID_STATE_TRANSITIONS,
    DrawState,
    EditionState,
    PlanState,
)
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else
from shuangsuiji.lib.deadlines import earliest_visit_on, latest_publication_on
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.selectors import calendar_gaps_of, load_calendar

SEALED_STATES = (DrawState.SEALED, DrawState.BLOCKED, DrawState.DRAWN)
EVENT_PEOPLE = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR)
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


def check_scarcity_is_known(draw: Draw, scarcity: Mapping[str, Any]) -> None:
    """The approver answered for certain enterprises; where people have become scarce since, nobody has."""
    fresh = set(scarcity.get("codes", ())) - set(draw.scarcity.get("codes", ()))
    if fresh:
        raise Refusal(
            f"审批之后，又有 {len(fresh)} 家企业可派的执法人员少于 {scarcity['least']} 名，审批人还不知道。"
            "请退回，核实后重新提交审批。"
        )


def check_pool_is_as_approved(changes: Collection[str]) -> None:
    """What was approved is sealed; a pool that has changed needs the approver's new word."""
    if changes:
        raise Refusal(f"批准之后有变化：{'；'.join(changes)}。请审批人在抽取详情页核对并重新认可，或者退回。")


def check_may_confirm_pool(user: User, draw: Draw) -> None:
    """An approver who did not draft it, between the approval and the sealing."""
    check_role(user, Role.APPROVER)
    check_somebody_else(user, drafted_by=draw.drafted_by)
    if draw.state != DrawState.APPROVED:
        raise Refusal(f"这次抽取现为“{draw.get_state_display()}”，没有需要认可的变化。")


def check_may_rehearse(user: User, draw: Draw) -> None:
    """Kept with the draft while it waits for the approver."""
    check_role(user, Role.CLERK, Role.APPROVER)
    if draw.state != DrawState.SUBMITTED:
        raise Refusal(f"这次抽取现为“{draw.get_state_display()}”，不再预演。")


def check_sources_independent(draw: Draw, *, sealed_by: User | None = None) -> None:
    """Those who make a draw are not its only witnesses: somebody else, or a public event, has a say in the seed."""
    makers = {draw.drafted_by_id, draw.approved_by_id, sealed_by.pk if sealed_by else None}
    sources = draw.sources.all()
    if all(one.kind == DrawSource.Kind.ACCOUNT and one.user_id in makers for one in sources):
        raise Refusal(
            "种子来源只有起草人、审批人自己：至少要有一个来源与他们无关，例如纪检监察、持一次性链接的见证人或公开事件。"
            "请退回起草人补上。"
        )


def check_no_result(draw: Draw) -> None:
    """A result stands: it is neither voided nor drawn again."""
    if draw.state == DrawState.DRAWN:
        raise Refusal("已经抽取的结果不能作废，也不能重抽。确需变动时请办理变更，变更会公开留痕。")


def check_may_ask_void(user: User, draw: Draw) -> None:
    """One person asks that a sealed draw be void; it stands until another has agreed."""
    check_role(user, Role.CLERK, Role.APPROVER)
    check_no_result(draw)
    check_step(draw, to=DrawState.VOID)
    if not draw.number:
        raise Refusal("还没有封存的抽取由审批负责人直接作废。")
    if draw.void_asked_by_id:
        raise Refusal("已经有人提出作废，等另一位审批负责人决定。")


def check_may_void(user: User, draw: Draw) -> None:
    """Voiding is approved by somebody who did not draft the draw; a sealed one needs two: one asks, another agrees."""
    check_role(user, Role.APPROVER)
    check_somebody_else(user, drafted_by=draw.drafted_by)
    check_no_result(draw)
    check_step(draw, to=DrawState.VOID)
    if not draw.number:
        return
    if not draw.void_asked_by_id:
        raise Refusal("封存过的抽取作废须两个人：请先由一人提出并写明原因，再由另一位审批负责人批准。")
    if user.pk == draw.void_asked_by_id:
        raise Refusal("提出作废的人不能自己批准，请由另一位审批负责人决定。", status=403)


def check_may_refuse_void(user: User, draw: Draw) -> None:
    """Whoever asked takes it back; an approver decides against it."""
    if not draw.void_asked_by_id or draw.state not in (DrawState.SEALED, DrawState.BLOCKED):
        raise Refusal("没有等待决定的作废申请。")
    if draw.void_asked_by_id != user.pk:
        check_role(user, Role.APPROVER)


def check_may_contribute(user: User | None, source: DrawSource) -> None:
    """Each source contributes by its own way: its account, its link, or the clerk for a public event."""
    if source.kind == DrawSource.Kind.ACCOUNT and (user is None or user.pk != source.user_id):
        raise Refusal(f"“{source.name}”须由见证人用自己的账号投入。", status=403)
    if source.kind == DrawSource.Kind.LINK and user is not None:
        raise Refusal(f"“{source.name}”须由见证人打开自己的一次性链接投入，工作人员不能代办。", status=403)
    if source.kind == DrawSource.Kind.EVENT:
        raise Refusal(f"“{source.name}”由两个人分别录入公布的数值，一致才投入。")


def check_may_enter_event(user: User, source: DrawSource, *, now: datetime.datetime) -> None:
    """A value that is public by now, entered by people of the desk who may see the draw."""
    check_role(user, *EVENT_PEOPLE)
    if source.kind != DrawSource.Kind.EVENT:
        raise Refusal(f"“{source.name}”不是公开事件，由见证人自己投入。", status=403)
    check_collecting(source.draw)
    if source.published_at and now < source.published_at:
        when = f"{timezone.localtime(source.published_at):%Y-%m-%d %H:%M}"
        raise Refusal(f"“{source.name}”要到 {when} 才公布，现在还不能录入。", field="text")


def check_may_make_link(user: User, source: DrawSource) -> None:
    """The inspection office hands out links, while the witness is still awaited."""
    check_role(user, Role.CLERK)
    if source.kind != DrawSource.Kind.LINK:
        raise Refusal(f"“{source.name}”不用链接。")
    check_collecting(source.draw)
    if hasattr(source, "contribution"):
        raise Refusal(f"“{source.name}”已经投入，不需要新的链接。")


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
        raise Refusal("这次抽取的名单只有知情人员可以看，变更由他们提出。", status=403)


def check_may_decide_amendment(user: User, request: AmendmentRequest) -> None:
    """Somebody else decides; appointing and inviting somebody is left to the head."""
    appoints = request.kind == AmendmentRequest.Kind.EXPERT or bool(request.wanted.get("appoint"))
    check_role(user, *((Role.HEAD,) if appoints else (Role.APPROVER, Role.HEAD)))
    check_somebody_else(user, drafted_by=request.asked_by)
    if request.state != AmendmentRequest.State.ASKED:
        raise Refusal(f"这项变更已经决定：{request.get_state_display()}。")
    if not may_see_names(user, request.draw):
        raise Refusal("这次抽取的名单只有知情人员可以看，变更由知情的负责人决定。", status=403)


def check_no_open_request(request: AmendmentRequest) -> None:
    """One open request a seat: two would be worked out on the same standing, and the second would be wrong."""
    same = {key: request.wanted.get(key) for key in ("stage", "enterprise", "out")}
    asked = AmendmentRequest.objects.filter(draw=request.draw, kind=request.kind, state=AmendmentRequest.State.ASKED)
    if any({key: one.wanted.get(key) for key in same} == same for one in asked):
        raise Refusal("已经有一项相同的变更在等批准，请等它决定之后再提。")


def is_cleared(user, draw: Draw) -> bool:
    """Whether the person is one of those named for a draw that is not announced: drafter, approver, cleared people."""
    if not getattr(user, "is_authenticated", False):
        return False
    if user.pk in (draw.drafted_by_id, draw.approved_by_id):
        return True
    return any(person.pk == user.pk for person in draw.cleared_people.all())


def may_see_names(user, draw: Draw) -> bool:
    """Whether the drawn enterprises of this draw may be shown to this person.

    Announced: everybody. Notified and covert: the people named for it, and everybody once all envelopes
    are open; a single notified enterprise shows by its own opened envelope.
    """
    return draw.is_announced or names_are_public(draw) or is_cleared(user, draw)


def has_result(draw: Draw) -> bool:
    """Whether a result stands in the ledger: also of a blocked draw that was voided afterwards."""
    if draw.state == DrawState.VOID:
        return Drawing.objects.filter(pk=draw.pk).exists()
    return draw.state in (DrawState.DRAWN, DrawState.BLOCKED)


def names_are_public(draw: Draw) -> bool:
    """Whether the whole public record may be published: announced, or every envelope opened."""
    if not has_result(draw):
        return False
    if draw.is_announced:
        return True
    opened = set(draw.sealed.drawing.openings.values_list("credit_code", flat=True))
    return all_are_open(draw.sealed.drawing.result, opened)


def all_are_open(result: Mapping[str, Any], opened: Collection[str]) -> bool:
    """Whether every envelope of a result has been opened."""
    return "drawn" in result and set(opened).issuperset(one["enterprise"] for one in result["drawn"])


NOTE_READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR)


def check_may_read_note(user: User, draw: Draw) -> None:
    """Who was filtered out and who may not meet: for the office and its supervisors, if covert for the cleared."""
    check_role(user, *NOTE_READERS)
    if draw.is_covert and not is_cleared(user, draw):
        raise Refusal("这次暗查的内部说明只有知情人员可以看。", status=403)


def is_account_of_seat(user: User, seat: DrawnSeat) -> bool:
    """Whether a kept seat opens to this account: the officer's at the draw and still, or one admitted since."""
    if seat.inspector is None or seat.inspector.account_id != user.pk:
        return False
    if seat.account_id == user.pk:
        return True
    admitted = AccountAdmission.objects.filter(draw=seat.drawn.draw_id, inspector=seat.inspector_id, account=user)
    return admitted.exists()


def check_may_admit_account(user: User, draw: Draw, seat: DrawnSeat) -> None:
    """An approver or head cleared for the draw, and not for an account of their own."""
    check_role(user, Role.APPROVER, Role.HEAD)
    if not is_cleared(user, draw):
        raise Refusal("这次抽取的名单只有知情人员可以看，由知情的负责人准许。", status=403)
    if seat.inspector is None or seat.inspector.account_id is None:
        raise Refusal("这名执法人员还没有登录账号，请先关联账号。")
    if seat.inspector.account_id == user.pk:
        raise Refusal("不能准许自己的账号，请由另一位知情的负责人办理。", status=403)


def check_recusal(recusal: Recusal) -> None:
    """One person, a past service that is an expert's and says which, and an end after the start."""
    if (recusal.inspector is None) == (recusal.expert is None):
        raise Refusal("请在执法人员和专家里选一个，并且只选一个。", field="inspector")
    if recusal.ends_on and recusal.ends_on < recusal.starts_on:
        raise Refusal("结束日期不能早于开始日期。", field="ends_on")
    if recusal.reason != Recusal.Reason.PAST_SERVICE:
        return
    if recusal.expert is None:
        raise Refusal("曾提供服务的是专家：请选专家，不选执法人员。", field="expert")
    if not recusal.service:
        raise Refusal("请选明是哪一种服务：评价、检测检验、设计或标准化评审。", field="service")


def check_may_ask_recusal(user: User) -> None:
    """A recusal is registered by the inspection office or by the officer concerned."""
    check_role(user, Role.CLERK, Role.INSPECTOR)


def check_may_decide_recusal(user: User, recusal: Recusal) -> None:
    """行政处罚法 (2021) §43: the head decides, once, and not about what they asked for themselves."""
    check_role(user, Role.HEAD)
    if recusal.state != Recusal.State.ASKED:
        raise Refusal(f"这项回避已经决定：{recusal.get_state_display()}。")
    check_somebody_else(user, drafted_by=recusal.asked_by)


def check_may_end_recusal(user: User, recusal: Recusal) -> None:
    """The head ends what holds: the relation is over before its term, or should not have been granted."""
    check_role(user, Role.HEAD)
    if recusal.state != Recusal.State.GRANTED:
        raise Refusal(f"这项回避现为“{recusal.get_state_display()}”，没有可以解除的。")


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


def check_plan_days(plan: Plan) -> None:
    """A plan's capacity rests on the State Council's notice for its year, as the calendar stands now."""
    if gaps := calendar_gaps_of([plan.year]):
        raise Refusal(
            f"{gaps[0].sentence}在此之前，{plan.year}年度计划的国家法定工作日只是暂按 {plan.working_days} 天计算，"
            "可以起草和提交，不能批准和公布。"
        )
    if plan.working_days != (now := load_calendar().working_day_count(plan.year)):
        raise Refusal(
            f"{plan.year}年的工作日历改过了：计划按 {plan.working_days} 个国家法定工作日编制，现在是 {now} 个。"
            "请退回起草人，重新提交时会按新的日历计算。"
        )


def check_sub_item_code(code: str, *, item_code: str) -> None:
    """A sub-item's code begins with its item's."""
    if not code.startswith(f"{item_code}."):
        raise Refusal(f"子项编码应以“{item_code}.”开头：请改正，例如“{item_code}.01”。", field="code")


def check_edition_step(edition: ItemEdition, *, to: EditionState) -> None:
    """An edition moves only along its table."""
    if to not in VALID_EDITION_TRANSITIONS[edition.state]:
        raise Refusal(f"{edition}现为“{edition.get_state_display()}”，不能变为“{to.label}”。")


def check_may_approve_edition(user: User, edition: ItemEdition) -> None:
    """An approver who did not draft it."""
    check_role(user, Role.APPROVER)
    check_somebody_else(user, drafted_by=edition.drafted_by)
    check_edition_step(edition, to=EditionState.APPROVED)


def check_may_decide_named_visit(user: User, visit: NamedVisit) -> None:
    """An approver who did not ask for it decides, once."""
    check_role(user, Role.APPROVER)
    if visit.state != NamedVisit.State.ASKED:
        raise Refusal(f"这次重点检查已经决定：{visit.get_state_display()}。")
    check_somebody_else(user, drafted_by=visit.asked_by)
