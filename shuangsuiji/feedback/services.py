"""Taking in, handing on, answering, publishing, forgetting."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.feedback.models import Feedback
from shuangsuiji.feedback.policies import (
    check_may_answer,
    check_may_assign,
    check_may_publish,
    check_may_see_contact,
    check_not_a_machine,
    check_not_too_many,
    keepers_of,
)
from shuangsuiji.feedback.selectors import recent_count
from shuangsuiji.feedback.states import FeedbackState
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.notifications.services import notify, notify_role

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread on paper
KEPT_DAYS = 180
_AN_HOUR, _A_DOUBLE = dt.timedelta(hours=1), dt.timedelta(minutes=10)


@transaction.atomic
def receive_feedback(
    *, kind: str, about: str, text: str, name: str, contact: str, address: str, trap: str, now: dt.datetime
) -> Feedback:
    """Take in a letter and give it its receipt; the same text from the same source at once is the same letter.

    `address` is the network address; only a keyed hash of it is kept. Tells the keepers without any content.
    """
    check_not_a_machine(trap)
    source = source_key(address)
    double = Feedback.objects.filter(source_key=source, text=text, kind=kind, received_at__gte=now - _A_DOUBLE).first()
    if double is not None:
        return double
    check_not_too_many(recent_count(source, since=now - _AN_HOUR))
    feedback = Feedback.objects.create(
        number=new_number(now),
        kind=kind,
        about=about,
        text=text,
        name=name,
        contact=contact,
        source_key=source,
        received_at=now,
    )
    for role in keepers_of(feedback):
        notify_role(
            role,
            key=f"feedback.received:{feedback.pk}:{role}",
            subject=f"新来信：{feedback.get_kind_display()}",
            link=f"/desk/feedback/{feedback.pk}/",
        )
    record("feedback.received", target=_target(feedback), confidential=True, kind=kind)
    return feedback


def source_key(address: str) -> str:
    """A network address as a key that cannot be turned back."""
    return salted_hmac("feedback.source", address, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def new_number(now: dt.datetime) -> str:
    """FK2026-7Q4M-9KXD-2HTW: the year, and sixty bits nobody guesses."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"FK{now.year}-{letters[:4]}-{letters[4:8]}-{letters[8:]}"


@transaction.atomic
def assign_feedback(feedback: Feedback, *, handler: User, by: User, now: dt.datetime) -> Feedback:
    """Hand it to somebody; handed to the same person again, nothing happens."""
    feedback = _locked(feedback)
    if feedback.handler_id == handler.pk:
        return feedback
    check_may_assign(feedback, by=by, handler=handler)
    feedback.handler, feedback.assigned_at, feedback.state = handler, now, FeedbackState.ASSIGNED
    feedback.save(update_fields=["handler", "assigned_at", "state"])
    notify(
        key=f"feedback.assigned:{feedback.pk}:{handler.pk}",
        users=[handler],
        subject=f"请办理来信：{feedback.get_kind_display()}",
        link=f"/desk/feedback/{feedback.pk}/",
    )
    record("feedback.assigned", by=by, target=_target(feedback), confidential=True, handler=str(handler.pk))
    return feedback


@transaction.atomic
def answer_feedback(feedback: Feedback, *, answer: str, by: User, now: dt.datetime) -> Feedback:
    """The answer the sender sees with the receipt."""
    if not answer.strip():
        raise Refusal("请填写答复。", field="answer")
    check_public_words(answer=answer)
    feedback = _locked(feedback)
    check_may_answer(feedback, by=by)
    feedback.answer, feedback.answered_by, feedback.answered_at = answer.strip(), by, now
    feedback.state = FeedbackState.ANSWERED
    feedback.save(update_fields=["answer", "answered_by", "answered_at", "state"])
    record("feedback.answered", by=by, target=_target(feedback), confidential=True)
    return feedback


@transaction.atomic
def reveal_contact(feedback: Feedback, *, by: User) -> tuple[str, str]:
    """Name and contact for the handler; every look is recorded."""
    check_may_see_contact(feedback, by=by)
    record("feedback.contact_revealed", by=by, target=_target(feedback), confidential=True)
    return feedback.name, feedback.contact


@transaction.atomic
def propose_selection(feedback: Feedback, *, question: str, answer: str, by: User) -> Feedback:
    """Words for the public, written anew by the handler; they wait for somebody else's approval."""
    feedback = _locked(feedback)
    if feedback.answered_by_id != by.pk or feedback.public_at is not None:
        raise Refusal("由答复人拟写选登文字，选登后不能再改。", status=403)
    if not question.strip() or not answer.strip():
        raise Refusal("选登的问题和答复都要填写。", field="public_question")
    check_public_words(public_question=question, public_answer=answer)
    feedback.public_question, feedback.public_answer = question.strip(), answer.strip()
    feedback.save(update_fields=["public_question", "public_answer"])
    record("feedback.selection_proposed", by=by, target=_target(feedback), confidential=True)
    return feedback


@transaction.atomic
def publish_selection(feedback: Feedback, *, by: User, now: dt.datetime) -> Feedback:
    """Approve the selected words; they stand on the public page from now on."""
    feedback = _locked(feedback)
    check_may_publish(feedback, by=by)
    if not feedback.public_question:
        raise Refusal("还没有拟写选登文字，请答复人先拟写。")
    feedback.public_by, feedback.public_at = by, now
    feedback.save(update_fields=["public_by", "public_at"])
    record("feedback.selection_published", by=by, target=_target(feedback), confidential=True)
    return feedback


@transaction.atomic
def forget_senders(*, now: dt.datetime) -> int:
    """Erase who wrote, long enough after the answer (个人信息保护法 §19); returns how many."""
    old = Feedback.objects.filter(answered_at__lt=now - dt.timedelta(days=KEPT_DAYS))
    known = old.exclude(name="", contact="", source_key="")
    count = known.update(name="", contact="", source_key="")
    if count:
        record("feedback.senders_forgotten", count=count)
    return count


def _locked(feedback: Feedback) -> Feedback:
    return Feedback.objects.select_for_update(of=("self",)).get(pk=feedback.pk)


def _target(feedback: Feedback) -> tuple[str, str, str]:
    return "feedback", str(feedback.pk), feedback.get_kind_display()
