"""Jobs of the trail."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone


@shared_task
def note_days() -> None:
    """Note the fingerprint of every day that is over."""
    from shuangsuiji.audit.services import note_days_before

    note_days_before(timezone.localdate())
