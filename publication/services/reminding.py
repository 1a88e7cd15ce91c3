"""Reminding enterprises that have not confirmed their letter."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from publication.models import Letter, LetterEvent
from publication.services.letter_mail import mail_enterprise
from publication.services.letter_trail import locked_letter, note_event
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.calendar import WorkingCalendar
from shuangsuiji.lib.deadlines import due_on
from shuangsuiji.notifications.services import notify_role

CONFIRM_RULE = "letter.confirm"


@transaction.atomic
def remind_enterprise(letter: Letter, *, now: dt.datetime, calendar: WorkingCalendar) -> bool:
    """Remind by e-mail, and tell the clerk, once the rule's days since the letter or the last reminder are over.

    True when this reminded. Confirmed, stopped or visited meanwhile: nothing happens.
    """
    letter, today = locked_letter(letter), timezone.localdate(now)
    if letter.confirmed_at or letter.revoked_at or letter.issued_at is None or letter.is_suspended:
        return False
    if letter.task.visit_on < today:
        return False
    last = letter.events.filter(kind=LetterEvent.Kind.REMINDED).order_by("-number").first()
    since = timezone.localdate(last.at if last else letter.issued_at)
    if today <= due_on(CONFIRM_RULE, start_on=since, calendar=calendar):
        return False
    event = note_event(letter, LetterEvent.Kind.REMINDED, at=now, by=None)
    _remind(letter, number=event.number)
    record("letter.reminded", by=None, target=letter, number=event.number)
    return True


def _remind(letter: Letter, *, number: int) -> None:
    mail_enterprise(letter, key=f"letter.reminder:{letter.pk}:{number}", about="请确认收悉：", words="reminder")
    way = "已发邮件提醒" if letter.task.enterprise.contact_email else "没有邮箱，请电话提醒"
    notify_role(
        Role.CLERK,
        key=f"letter.unconfirmed:{letter.pk}:{number}",
        subject=f"企业还没有确认收悉：{letter.task.number}，{way}",
        link=reverse("letter_detail", args=[letter.pk]),
    )
