"""Ring Redis after the commit; the row in PostgreSQL is what counts.

A lost ring costs a few seconds: the beat schedule looks at the same rows.
"""

from __future__ import annotations

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def ring(task_name: str, *args) -> None:
    """Ask a worker to run `task_name` once this transaction is committed."""
    transaction.on_commit(lambda: _send(task_name, args))


def _send(task_name: str, args: tuple) -> None:
    try:
        current_app.send_task(task_name, args=args, retry=False)
    except OperationalError:
        log.warning("doorbell_unheard", task=task_name)
