"""Reading messages."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from shuangsuiji.notifications.models import Message


def inbox_of(user) -> QuerySet[Message]:
    """A person's messages on the desk, newest first."""
    return Message.objects.filter(user=user, channel=Message.Channel.DESK)


def unread_count(user) -> int:
    """How many of them are unread."""
    return inbox_of(user).filter(read_at=None).count()


def undelivered() -> QuerySet[Message]:
    """E-mails that wait or have failed, oldest first."""
    emails = Message.objects.filter(channel=Message.Channel.EMAIL)
    return emails.exclude(state=Message.State.SENT).order_by("created_at", "id")


def oldest_due_at() -> datetime | None:
    """Since when the oldest due e-mail has been waiting; for health checks."""
    waiting = Message.objects.filter(state=Message.State.WAITING).order_by("not_before")
    return waiting.values_list("not_before", flat=True).first()
