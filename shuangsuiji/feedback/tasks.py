"""Jobs of this room."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task
def forget_senders() -> None:
    """Erase who wrote, long enough after the answer."""
    from shuangsuiji.feedback.services import forget_senders as forget

    forget(now=timezone.now())
