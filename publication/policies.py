"""Who may draft, approve and read what is not yet public. Each rule raises `Refusal` or returns nothing."""

from __future__ import annotations

import datetime as dt

from draws.models import Draw
from draws.policies import may_see_names
from draws.states import DrawState
from inspections.models import Task
from publication.models import Letter, Publication
from publication.states import VALID_STATE_TRANSITIONS, PublicationState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else
from shuangsuiji.lib.errors import Refusal


def check_move(publication: Publication, *, to: str) -> None:
    """The table of states allows the step."""
    if to not in VALID_STATE_TRANSITIONS[publication.state]:
        now = publication.get_state_display()
        raise Refusal(f"这份{publication.get_kind_display()}现在是“{now}”，不能再做这一步。请刷新页面查看最新状态。")


def check_may_draft_notice(draw: Draw, *, by: User) -> None:
    """A clerk drafts the notice of a draw that has been drawn and is to be announced."""
    check_role(by, Role.CLERK)
    if draw.mode != Draw.Mode.ANNOUNCED:
        raise Refusal("这次抽取不是“公告后检查”，检查前不公开名单，不能起草公告。")
    if draw.state != DrawState.DRAWN:
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


def check_notice_in_time(publication: Publication, *, publish_on: dt.date) -> None:
    """15 whole days lie between an advance notice and the first visit (mission plan 三(四)4)."""
    latest = publication.must_publish_by
    if publication.kind == Publication.Kind.NOTICE and latest and publish_on > latest:
        raise Refusal(
            f"公告最迟须在{latest.year}年{latest.month}月{latest.day}日发布，才能满足检查前15日公告。"
            "请先把检查日期顺延，再批准公告。"
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


def check_letter_open(letter: Letter, *, today: dt.date) -> None:
    """The link still leads somewhere."""
    if letter.revoked_at is not None or (letter.expires_on is not None and today > letter.expires_on):
        raise Refusal("这个链接已经停用。如需查看通知书，请联系检查单位重新获取链接。", status=410)
    if letter.issued_at is None:
        raise Refusal("通知书正在签发，请过几分钟再打开本页。", status=404)
