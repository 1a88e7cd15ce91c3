"""How jobs are retried: one policy for all.

A job takes ids, loads its rows, calls one service and ends. It may be run twice
and it may be killed anywhere: the rows in PostgreSQL say what is still to be done.

    @desk_task
    def publish(publication_id: int) -> None: ...
"""

from __future__ import annotations

from functools import partial

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError

from shuangsuiji.lib.errors import Refusal

LONGEST_WAIT_SECONDS = 300
"""Below the broker's visibility timeout: a job that waits longer would be handed out twice."""


class DeskTask(Task):
    """Acknowledged after it ran, given back when its worker dies, retried while a server is away.

    What a service refuses is an answer, not a fault: it is never retried.
    """

    abstract = True
    acks_late = True
    reject_on_worker_lost = True
    ignore_result = True
    autoretry_for = (OperationalError, InterfaceError, BrokerError, ConnectionError)
    dont_autoretry_for = (Refusal,)
    max_retries = 5
    retry_backoff = 2
    retry_backoff_max = LONGEST_WAIT_SECONDS
    retry_jitter = True


desk_task = partial(shared_task, base=DeskTask)
"""The decorator for every job."""
