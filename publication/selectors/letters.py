"""Reading letters: the list at the desk, the story of a delivery, what the enterprise asked."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from inspections.selectors import tasks_visible_to
from publication.models import Letter, LetterEvent, Publication, RetiredLink
from publication.states import PublicationState
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.models import Message

LETTER_STATES = (
    ("waiting", "等待签发"),
    ("unopened", "链接未被打开"),
    ("unconfirmed", "链接被打开，未确认"),
    ("confirmed", "已确认收悉"),
    ("revoked", "链接已停用"),
)
_IN_STATE = {
    "waiting": Q(issued_at=None),
    "unopened": Q(issued_at__isnull=False, first_opened_at=None, confirmed_at=None),
    "unconfirmed": Q(first_opened_at__isnull=False, confirmed_at=None),
    "confirmed": Q(confirmed_at__isnull=False),
    "revoked": Q(revoked_at__isnull=False),
}


def letter_state_q(state: str) -> Q:
    """The condition of one of `LETTER_STATES`."""
    return _IN_STATE[state]


def letter_by_token(token: str) -> Letter:
    """The letter of a link. Raises `Refusal` (410) for a link that was replaced, Http404 for one that never was."""
    rows = Letter.objects.select_related("task__enterprise", "task__drawn", "document", "publication")
    letter = rows.filter(token=token).first()
    if letter is not None:
        return letter
    digest = hashlib.sha256(token.encode()).hexdigest()
    if RetiredLink.objects.filter(token_sha256=digest).exists():
        raise Refusal(
            "这个通知书链接已经更换，不能再用。新的链接在随后的邮件里；没有收到的，请联系检查单位。", status=410
        )
    raise Http404


def waiting_letters() -> QuerySet[Letter]:
    """Letters to be issued; not those of a notice that was withdrawn meanwhile."""
    withdrawn = Publication.objects.filter(pk=OuterRef("publication_id"), state=PublicationState.WITHDRAWN)
    return Letter.objects.filter(~Exists(withdrawn), issued_at=None)


def letters_visible_to(user) -> QuerySet[Letter]:
    """Letters of checks this person may know of, the newest first."""
    rows = Letter.objects.filter(task__in=tasks_visible_to(user).values("pk"))
    rows = rows.select_related("task__enterprise", "task__drawn__draw", "document", "publication")
    return rows.order_by("-created_at", "id")


def stuck_letters(user) -> QuerySet[Letter]:
    """Letters that could not be issued so far, which a person should look at."""
    return letters_visible_to(user).filter(issued_at=None, revoked_at=None, attempt_count__gt=0)


def delivery_story(letter: Letter) -> list[dict[str, Any]]:
    """送达记录: everything that happened to a letter, in order, for the timeline."""
    rows: list[dict[str, Any]] = [
        {"title": "写入待签发", "at": letter.created_at},
        {"title": "签发", "at": letter.issued_at, "text": letter.document.number if letter.document else ""},
        {"title": "链接被打开", "at": letter.first_opened_at, "text": "可能是邮件系统自动打开，不作为送达的证明"},
        {"title": "确认收悉", "at": letter.confirmed_at, "text": f"确认人 {letter.confirmed_name}"},
        *(_mail_row(message) for message in mails_of(letter)),
        *(_event_row(event) for event in letter.events.select_related("by", "receipt", "recusal")),
    ]
    return sorted((row for row in rows if row["at"] is not None), key=_at)


def _at(row: dict[str, Any]) -> dt.datetime:
    return row["at"]


def mails_of(letter: Letter) -> QuerySet[Message]:
    """The e-mails about a letter, in order."""
    found = Message.objects.filter(subject_kind="letter", subject_key=str(letter.pk), channel=Message.Channel.EMAIL)
    return found.order_by("created_at", "id")


def _mail_row(message: Message) -> dict[str, Any]:
    words = {
        Message.State.SENT: f"已送达邮件服务器，第 {message.attempt_count} 次尝试",
        Message.State.WAITING: "等待发送"
        if not message.attempt_count
        else f"已尝试 {message.attempt_count} 次，继续重试",
        Message.State.DEAD: "多次发送失败，请改用其他方式送达，或在发件箱重发",
    }
    text = f"{message.address}：{words[Message.State(message.state)]}"
    return {"title": f"电子邮件：{message.subject}", "at": message.sent_at or message.created_at, "text": text}


def _event_row(event: LetterEvent) -> dict[str, Any]:
    parts = [event.receiver and f"收件人 {event.receiver}", event.place, event.note, event.by and f"经办 {event.by}"]
    row: dict[str, Any] = {
        "title": event.get_kind_display(),
        "at": event.at,
        "text": "；".join(str(part) for part in parts if part),
        "hash": event.proof_sha256,
    }
    if event.receipt:
        row |= {"url": reverse("document_file", args=[event.receipt.pk]), "url_label": "送达回执"}
    if event.recusal:
        row["text"] = f"申请人 {event.receiver}；{event.recusal.get_state_display()}"
    return row


def recusals_of(letter: Letter) -> list[LetterEvent]:
    """What the enterprise asked by this letter, with the head's answers."""
    events = letter.events.filter(kind=LetterEvent.Kind.RECUSAL).select_related("recusal__inspector", "recusal__expert")
    return list(events.order_by("at", "id"))
