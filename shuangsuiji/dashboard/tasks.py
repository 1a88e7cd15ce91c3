"""Jobs across rooms: the pulse, and the watch over deadlines."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task
def heartbeat() -> None:
    """Beat and a worker are alive, and the database answers."""
    from shuangsuiji.dashboard.models import Heartbeat

    Heartbeat.objects.update_or_create(name="beat", defaults={"at": timezone.now()})


@shared_task
def watch_deadlines() -> None:
    """Record what was missed, tell people before and after, propose what follows from orders past their limits."""
    from inspections.services import propose_overdue
    from shuangsuiji.dashboard.services import tell_about_deadlines
    from shuangsuiji.lib.deadlines import mark_missed

    mark_missed(today=timezone.localdate())
    tell_about_deadlines(today=timezone.localdate())
    propose_overdue(today=timezone.localdate())
