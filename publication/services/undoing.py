"""A notice was withdrawn: its visits wait for a new one, the enterprises are told, the office has its duty again."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from django.urls import reverse
from django.utils import timezone

from inspections.models import Task
from inspections.services import take_notice_back, tell_officers
from publication.models import Letter, LetterEvent, Publication
from publication.policies import check_move
from publication.services import facts as sources
from publication.services.letter_mail import mail_enterprise
from publication.services.letter_trail import note_event
from publication.states import WAITING_STATES, PublicationState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify_role


def undo_notice(notice: Publication, *, by: User, now: dt.datetime) -> None:
    """What follows from a withdrawn notice, inside the transaction that withdraws it."""
    assert notice.draw, "a notice is of a draw"
    back = take_notice_back(notice.draw, today=timezone.localdate(now), by=by)
    _take_correction_back(notice)
    for letter in _letters_of(back):
        _suspend(letter, reason=notice.end_reason, by=by, now=now)
    if back:
        _tell_office(notice, count=len(back))
        _tell_officers(notice, back)


def _letters_of(tasks: list[Task]) -> list[Letter]:
    """Those that were issued; all are locked, so that none is being issued meanwhile."""
    rows = Letter.objects.select_for_update(of=("self",)).filter(task__in=tasks)
    rows = rows.select_related("task__enterprise", "document").order_by("task__number")
    return [letter for letter in rows if letter.issued_at is not None]


def _suspend(letter: Letter, *, reason: str, by: User, now: dt.datetime) -> None:
    """The enterprise reads on its page, and by e-mail, that the visit does not take place as told."""
    event = note_event(letter, LetterEvent.Kind.SUSPENDED, at=now, by=by, note=reason)
    key = f"letter.suspended:{letter.pk}:{event.number}"
    mail_enterprise(letter, key=key, about="原定检查暂不进行：", words="suspended", reason=reason)


def _take_correction_back(notice: Publication) -> None:
    """A correction under way would be the notice itself now: back to its draft, and it has to be in time."""
    correction = Publication.objects.select_for_update(of=("self",)).filter(corrects=notice).first()
    if correction is None or correction.state not in WAITING_STATES:
        return
    if correction.state != PublicationState.DRAFTED:
        check_move(correction, to=PublicationState.DRAFTED)
    with suppress(Refusal):  # every visit of it is done: there is nothing to announce any more
        facts = sources.facts_for(correction)
        correction.content, correction.must_publish_by = facts.content, facts.must_publish_by
    correction.state, correction.publish_at = PublicationState.DRAFTED, None
    correction.approved_by = correction.approved_at = None
    correction.save(update_fields=["state", "publish_at", "approved_by", "approved_at", "content", "must_publish_by"])
    record("publication.returned", by=None, target=correction, reason="所更正的公告已撤回")


def _tell_office(notice: Publication, *, count: int) -> None:
    draw = notice.draw
    assert draw, "a notice is of a draw"
    for role in (Role.CLERK, Role.APPROVER):
        notify_role(
            role,
            key=f"publication.notice_taken_back:{notice.pk}:{role}",
            subject=f"公告已撤回，{count} 项检查须重新公告：{draw.number}",
            body="撤回后这些任务退回“已派发”，重新公告之前不能开始检查。离检查不足公告天数的，请先改期，再起草公告。",
            link=reverse("draw_detail", args=[draw.pk]),
        )


def _tell_officers(notice: Publication, tasks: list[Task]) -> None:
    """By number only, as when the tasks were given to them."""
    for task in tasks:
        key = f"task.notice_taken_back:{notice.pk}:{task.pk}"
        tell_officers(task, key=key, subject=f"公告已撤回，检查暂不进行：{task.number}")
