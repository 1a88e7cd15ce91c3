"""Queueing messages (in the caller's transaction) and delivering them (one at a time)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context, Engine
from django.utils import timezone

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.doorbell import ring
from shuangsuiji.notifications.models import Message

RELAY_TASK = "shuangsuiji.notifications.tasks.relay_messages"
MOST_ATTEMPTS = 8
log = structlog.get_logger(__name__)


def queue_email(
    *,
    key: str,
    address: str,
    subject: str,
    template: str,
    context: dict,
    link: str = "",
    attachment_paths: Iterable[str] = (),
    attachment_names: Iterable[str] = (),
    subject_kind: str = "",
    subject_key: str = "",
    not_before: datetime | None = None,
) -> None:
    """Put an e-mail into the outbox; the same `key` again changes nothing.

    `template` is a text template; `attachment_paths` are relative to MEDIA_ROOT, `attachment_names` what the
    reader sees of each, in the same order.
    """
    Message.objects.get_or_create(
        key=key,
        defaults={
            "channel": Message.Channel.EMAIL,
            "address": address,
            "subject": subject[:200],
            "body": _plain_text(template, {**context, "bureau_name": settings.BUREAU_NAME, "link": link}),
            "link": link,
            "attachment_paths": list(attachment_paths),
            "attachment_names": list(attachment_names),
            "subject_kind": subject_kind,
            "subject_key": subject_key,
            "not_before": not_before or timezone.now(),
        },
    )
    ring(RELAY_TASK)


def _plain_text(template: str, context: dict) -> str:
    """A text is no page: nothing in it is escaped for HTML."""
    return Engine.get_default().get_template(template).render(Context(context, autoescape=False))


def notify(*, key: str, users: Iterable[User], subject: str, body: str = "", link: str = "") -> None:
    """Put a message on the desks of `users`; it is there as soon as this commits."""
    now = timezone.now()
    rows = [
        Message(
            key=f"{key}:{user.pk}",
            channel=Message.Channel.DESK,
            user=user,
            subject=subject[:200],
            body=body,
            link=link,
            state=Message.State.SENT,
            not_before=now,
            sent_at=now,
        )
        for user in users
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def notify_role(role: str, *, key: str, subject: str, body: str = "", link: str = "") -> None:
    """The same for everybody who holds a role."""
    holders = User.objects.filter(is_active=True, roles__role=role).order_by("pk")
    notify(key=key, users=holders, subject=subject, body=body, link=link)


def deliver_next(*, now: datetime) -> bool:
    """Deliver the oldest e-mail that is due; False when none is.

    The row stays locked while the server is spoken to, so two workers never send one
    message. A worker killed after the server's "250" and before the commit sends it once
    more, with the same Message-ID.
    """
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(channel=Message.Channel.EMAIL, state=Message.State.WAITING, not_before__lte=now)
            .order_by("not_before", "id")
            .first()
        )
        if message is None:
            return False
        message.attempt_count += 1
        try:
            _send(message)
        except (OSError, ValueError) as error:
            _note_failure(message, error, now=now)
        else:
            message.state, message.sent_at = Message.State.SENT, timezone.now()
        message.save()
    return True


def _send(message: Message) -> None:
    mail = EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={"Message-ID": f"<{message.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"},
    )
    for relative, name in zip_longest(
        message.attachment_paths, message.attachment_names[: len(message.attachment_paths)]
    ):
        path = Path(settings.MEDIA_ROOT) / relative
        mail.attach(name or path.name, path.read_bytes(), "application/pdf")
    mail.send()


def _note_failure(message: Message, error: Exception, *, now: datetime) -> None:
    message.last_error = f"{type(error).__name__}: {error}"[:500]
    message.not_before = now + timedelta(seconds=15 * 2**message.attempt_count)
    if message.attempt_count >= MOST_ATTEMPTS:
        message.state = Message.State.DEAD
    log.warning("message_not_delivered", message=str(message.pk), attempt=message.attempt_count)


@transaction.atomic
def send_again(message: Message, *, by: User) -> None:
    """Put a dead message back into the outbox."""
    revived = Message.objects.filter(pk=message.pk, state=Message.State.DEAD).update(
        state=Message.State.WAITING, attempt_count=0, not_before=timezone.now()
    )
    if revived:
        ring(RELAY_TASK)
        record("message.sent_again", by=by, target=("message", str(message.pk), ""))


def mark_read(*, user: User, message: Message) -> None:
    """The person has seen a message of their own."""
    Message.objects.filter(pk=message.pk, user=user, read_at=None).update(read_at=timezone.now())


def mark_all_read(*, user: User) -> None:
    """The person has seen all their messages."""
    Message.objects.filter(user=user, read_at=None).update(read_at=timezone.now())
