"""Who may draft, approve and read what is not yet public. Each rule raises `Refusal` or returns nothing."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from draws.models import Draw
from draws.policies import may_see_names
from draws.states import DrawState
from inspections.models import Task
from inspections.policies import check_may_see, is_officer
from inspections.states import TaskState
from publication.models import Letter, Listing, ListingDelivery, Publication
from publication.states import VALID_LISTING_TRANSITIONS, VALID_STATE_TRANSITIONS, ListingState, PublicationState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else
from shuangsuiji.lib.errors import Refusal

A_MOMENT = dt.timedelta(minutes=5)
LONGEST_WAIT = dt.timedelta(days=366)
"""How far ahead a text may be scheduled: nobody waits for a publication of the year 9999."""


def check_move(publication: Publication, *, to: str) -> None:
    """The table of states allows the step."""
    if to not in VALID_STATE_TRANSITIONS[publication.state]:
        now = publication.get_state_display()
        raise Refusal(f"这份{publication.get_kind_display()}现在是“{now}”，不能再做这一步。请刷新页面查看最新状态。")


def check_may_draft_notice(draw: Draw, *, by: User) -> None:
    """A clerk drafts the notice of a draw that has been drawn and is to be announced."""
    check_role(by, Role.CLERK)
    if not draw.is_announced:
        raise Refusal("这次抽取不是“公告后检查”，检查前不公开名单，不能起草公告。")
    if draw.state not in (DrawState.DRAWN, DrawState.ASSIGNED):
        raise Refusal("抽取完成后才能起草公告，请先完成抽取。")


def check_may_edit(publication: Publication, *, by: User) -> None:
    """A draft is changed by a clerk until it is approved."""
    check_role(by, Role.CLERK)
    if publication.state != PublicationState.DRAFTED:
        raise Refusal("已批准或已发布的内容不能直接修改；未发布的请先退回起草，已发布的请走更正。")


def check_may_approve(publication: Publication, *, by: User, publish_on: dt.date) -> None:
    """Approved by an approver who did not draft it, and an advance notice in time."""
    check_role(by, Role.APPROVER)
    check_somebody_else(by, drafted_by=publication.drafted_by)
    check_may_read(publication, user=by)
    check_move(publication, to=PublicationState.APPROVED)
    check_notice_in_time(publication, publish_on=publish_on)
    check_decision_served(publication)


def check_notice_in_time(publication: Publication, *, publish_on: dt.date) -> None:
    """15 whole days lie between an advance notice and the first visit (mission plan 三(四)4)."""
    latest = publication.must_publish_by
    if publication.kind == Publication.Kind.NOTICE and latest and publish_on > latest:
        raise Refusal(
            f"公告最迟须在{latest.year}年{latest.month}月{latest.day}日发布，才能满足检查前15日公告。"
            "请先把检查日期顺延，再批准公告。"
        )


def check_decision_served(publication: Publication) -> None:
    """A listing is made public after its decision reached the enterprise (应急管理部令第11号)."""
    listing = publication.listing
    if publication.kind == Publication.Kind.LISTING and listing and publication.corrects_id is None:
        check_served(listing, paper=ListingDelivery.Paper.DECISION, then="批准公布")


def check_schedule(*, publish_at: dt.datetime, now: dt.datetime, due_on: dt.date | None, late_reason: str) -> None:
    """A time to come, within a year; after the last day of the duty, at once too, with a reason that is recorded."""
    if publish_at < now - A_MOMENT:
        raise Refusal("发布时间已经过去：要立即发布请留空，要定时请填以后的时间。", field="publish_at")
    if publish_at > now + LONGEST_WAIT:
        raise Refusal("发布时间最晚为一年之内，请重新填写。", field="publish_at")
    day = timezone.localdate(publish_at)
    if due_on is not None and day > due_on and not late_reason.strip():
        earlier = "请改早，或写明" if timezone.localdate(now) <= due_on else "请写明"
        raise Refusal(
            f"按期限最迟应在{due_on.year}年{due_on.month}月{due_on.day}日发布。{earlier}逾期发布的原因；"
            "原因会留痕，逾期照样记录和统计。",
            field="late_reason",
        )


def may_read(publication: Publication, *, user) -> bool:
    """Before publication, what names a covert enterprise is read by the people cleared for its draw."""
    if not publication.is_confidential or publication.published_at is not None:
        return True
    draw = publication.draw or (publication.task.drawn.draw if publication.task else None)
    return draw is None or may_see_names(user, draw)


def check_may_read(publication: Publication, *, user) -> None:
    """The same as a refusal that does not say the thing exists."""
    if not may_read(publication, user=user):
        raise Refusal("没有找到这份公开信息。", status=404)


def check_may_draft_result(task: Task) -> None:
    """Results are drafted from a record that has been reviewed."""
    record = getattr(task, "record", None)
    if record is None or record.approved_at is None:
        raise Refusal("现场检查记录审核通过后才能起草检查结果。")


def check_may_draft_handling(task: Task) -> None:
    """What became of an order is told when the check is done and its result is public."""
    if not task.orders.exists():
        raise Refusal("这次检查没有责令整改，没有查处结果需要公开。")
    if task.results_public_at is None:
        raise Refusal("检查结果公开之后，才能起草查处结果。请先公开检查结果。")
    if task.closed_on is None:
        raise Refusal("整改还没有复查办结，办结后才能起草查处结果。")


def check_may_draft_exposure(task: Task, *, by: User) -> None:
    """A clerk drafts an exposure of a check whose result is public; a covert name never leaves this way."""
    check_role(by, Role.CLERK)
    if task.results_public_at is None:
        raise Refusal("检查结果公开之后才能曝光，请先公开检查结果。")


def check_may_correct(publication: Publication, *, by: User) -> None:
    """A clerk drafts the correction of what stands in public."""
    check_role(by, Role.CLERK)
    if publication.state != PublicationState.PUBLISHED:
        raise Refusal("只有正在公开的内容可以更正；还没有发布的请直接修改。")


def check_may_propose_withdrawal(publication: Publication, *, by: User) -> None:
    """The office, an approver or the head asks that a public text be taken back; one proposal at a time."""
    check_role(by, Role.CLERK, Role.APPROVER, Role.HEAD)
    check_is_withdrawable(publication)
    if publication.withdrawal_asked_by_id is not None:
        raise Refusal("已经有一条撤回建议等待决定，请先由另一位负责人决定。")


def check_is_withdrawable(publication: Publication) -> None:
    """What stands in public; an enterprise leaves the list of serious breaches by the list's own steps only."""
    if publication.state != PublicationState.PUBLISHED:
        raise Refusal("只有正在公开的内容可以撤回。请刷新页面查看最新状态。")
    if publication.kind == Publication.Kind.LISTING:
        raise Refusal(
            "名单的公布内容不能撤回：文字有误的请更正；移出名单须期限届满、经申请由主要负责人准予，"
            "或者由主要负责人撤销列入决定，请到“严重失信名单”办理。"
        )


def check_may_withdraw(publication: Publication, *, by: User) -> None:
    """An approver or the head decides; never who drafted the text, and never who proposed to withdraw it."""
    check_role(by, Role.APPROVER, Role.HEAD)
    check_somebody_else(by, drafted_by=publication.drafted_by)
    check_is_withdrawable(publication)
    if publication.withdrawal_asked_by_id is None:
        raise Refusal("撤回由一人提出、另一人决定：请先写明原因，提出撤回建议。")
    if publication.withdrawal_asked_by_id == by.pk:
        raise Refusal("提出撤回的人不能自己决定，请另一位审批负责人或主要负责人决定。", status=403)


# 严重失信名单


def check_listing_step(listing: Listing, *, to: str) -> None:
    """A listing moves only along its table."""
    if to not in VALID_LISTING_TRANSITIONS[listing.state]:
        now = listing.get_state_display()
        raise Refusal(f"{listing.number} 现为“{now}”，不能再办理这一步。请刷新页面，按当前状态办理。")


def check_may_propose_listing(task: Task, *, by: User) -> None:
    """A clerk begins a listing, for an enterprise that is in none."""
    check_role(by, Role.CLERK)
    if task.results_public_at is None:
        raise Refusal("检查结果公开之后才能启动列入程序，请先公开检查结果。")
    over = (ListingState.DROPPED, ListingState.REMOVED)
    standing = Listing.objects.filter(enterprise=task.enterprise).exclude(state__in=over).first()
    if standing is not None:
        raise Refusal(
            f"这家企业已经在办理列入程序（{standing.number}，{standing.get_state_display()}），不能重复启动。"
        )


def check_may_notify_listing(listing: Listing, *, by: User) -> None:
    """告知 is issued by an approver who did not propose."""
    check_role(by, Role.APPROVER, Role.HEAD)
    check_somebody_else(by, drafted_by=listing.proposed_by)
    check_listing_step(listing, to=ListingState.NOTIFIED)


def check_may_edit_listing(listing: Listing, *, by: User) -> None:
    """A clerk mends facts and penalty until the 告知书 is signed."""
    check_role(by, Role.CLERK)
    if listing.state != ListingState.PROPOSED:
        raise Refusal("告知书已经签发，事实和处罚不能再改。确有错误的，请不予列入后重新启动。")


def check_may_serve_paper(listing: Listing, *, by: User, paper: str) -> None:
    """A clerk notes how a paper reached the enterprise, once and only when there is such a paper."""
    check_role(by, Role.CLERK)
    document = listing.notice if paper == ListingDelivery.Paper.NOTICE else listing.decision
    name = ListingDelivery.Paper(paper).label
    if document is None:
        raise Refusal(f"{name}还没有签发，签发之后才能登记送达。")
    if listing.deliveries.filter(paper=paper).exists():
        raise Refusal(f"{name}的送达已经登记过，不能再登记。")


def check_served(listing: Listing, *, paper: str, then: str) -> None:
    """A paper has reached the enterprise before the next step."""
    if not listing.deliveries.filter(paper=paper).exists():
        raise Refusal(f"请先登记{ListingDelivery.Paper(paper).label}的送达，再{then}。")


def check_may_record_statement(listing: Listing, *, by: User) -> None:
    """A clerk records what the enterprise said, after it was told."""
    check_role(by, Role.CLERK)
    check_listing_step(listing, to=ListingState.STATED)
    check_served(listing, paper=ListingDelivery.Paper.NOTICE, then="登记陈述申辩")


def check_may_decide_listing(listing: Listing, *, by: User, today: dt.date) -> None:
    """The head decides, after the statement came or its time has passed; never who proposed."""
    check_role(by, Role.HEAD)
    check_somebody_else(by, drafted_by=listing.proposed_by)
    check_listing_step(listing, to=ListingState.DECIDED)
    check_served(listing, paper=ListingDelivery.Paper.NOTICE, then="决定")
    until = listing.statement_until
    if listing.state == ListingState.NOTIFIED and until is not None and today <= until:
        raise Refusal(
            f"陈述申辩期限到{until.year}年{until.month}月{until.day}日届满，企业陈述申辩之后或期满之后才能决定。"
        )


def check_may_revoke_listing(listing: Listing, *, by: User) -> None:
    """The head revokes the decision to list, while it stands."""
    check_role(by, Role.HEAD)
    if listing.state not in (ListingState.DECIDED, ListingState.LISTED, ListingState.ASKED):
        raise Refusal(f"{listing.number} 现为“{listing.get_state_display()}”，没有可以撤销的列入决定。")


def check_may_drop_listing(listing: Listing, *, by: User) -> None:
    """The head decides against a listing at any time before it is decided."""
    check_role(by, Role.HEAD)
    check_somebody_else(by, drafted_by=listing.proposed_by)
    check_listing_step(listing, to=ListingState.DROPPED)


def check_may_ask_removal(listing: Listing, *, by: User, asked_on: dt.date) -> None:
    """A clerk records an application for early removal, from the 12th month on (应急管理部令第11号)."""
    check_role(by, Role.CLERK)
    check_listing_step(listing, to=ListingState.ASKED)
    earliest = listing.early_removal_from
    if earliest is not None and asked_on < earliest:
        raise Refusal(
            f"列入满12个月后才能申请提前移出，最早为{earliest.year}年{earliest.month}月{earliest.day}日。",
            field="asked_on",
        )


def check_may_answer_removal(listing: Listing, *, by: User) -> None:
    """The head answers an application."""
    check_role(by, Role.HEAD)
    if listing.state != ListingState.ASKED:
        raise Refusal(f"{listing.number} 没有待答复的提前移出申请。")


# 通知书


def check_letter_open(letter: Letter, *, today: dt.date) -> None:
    """The link still leads somewhere."""
    if letter.revoked_at is not None or (letter.expires_on is not None and today > letter.expires_on):
        raise Refusal("这个链接已经停用。如需查看通知书，请联系检查单位重新获取链接。", status=410)
    if letter.issued_at is None:
        raise Refusal("通知书正在签发，请过几分钟再打开本页。", status=404)


def check_may_notify_enterprise(task: Task, *, by: User) -> None:
    """通知即检查: the office or an own officer makes the visit known; other ways have their own moment."""
    check_may_see(by, task)
    if not is_officer(by, task):
        check_role(by, Role.CLERK)
    if task.drawn.draw.mode != Draw.Mode.NOTIFIED:
        raise Refusal("这次抽取不是“通知即检查”：公告后检查的通知书随公告签发，暗查不事先通知。")
    if task.state != TaskState.ASSIGNED:
        raise Refusal(f"任务 {task.number} 现为“{task.get_state_display()}”，不需要再通知企业。")


def check_may_serve_letter(letter: Letter, *, by: User) -> None:
    """The office serves letters and looks after their links; own officers hand them over."""
    check_may_see(by, letter.task)
    if not is_officer(by, letter.task):
        check_role(by, Role.CLERK)


def check_may_ask_for_recusal(letter: Letter) -> None:
    """Recusal is asked for before the visit is over."""
    if letter.task.visited_on is not None:
        raise Refusal("检查已经进行，不能再申请回避；对检查有意见的，可以向检查单位陈述、申辩。")
