"""The relay: empties the outbox, row by row."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

_MOST_PER_RUN = 200


@shared_task
def relay_messages() -> None:
    """Deliver what is due. Any number of relays may run side by side."""
    from shuangsuiji.notifications.services import deliver_next

    for _ in range(_MOST_PER_RUN):
        if not deliver_next(now=timezone.now()):
            return
