"""Publications and letters that fall due, batch by batch, while processes are killed around them.

`python -c "…; feed_for_ever()"` inside a stack's environment: reads on standard input how many of
each are wanted, makes them by the services that the pages call, and answers with a line. It is no
part of what is killed; where the database is away it waits and begins the batch again.
"""

from __future__ import annotations

import sys
import time

from django.db import InterfaceError, OperationalError, connection, transaction

from inspections.models import Task
from publication.models import Publication
from publication.periods import Period
from publication.services import approve_publication, draft_statistics, notify_enterprise
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.models import Deadline, DeadlineRule
from tests.journeys.fifty import draw_of

FIRST_YEAR = 2000


@transaction.atomic
def prepare(count: int) -> None:
    """So many enterprises drawn, none of them told yet (通知即检查), and so many months in which something fell due."""
    draw_of(count, mode="notified")
    rule = DeadlineRule.objects.order_by("pk")[0]
    for number in range(count):
        due = {name: _month(number).first_day for name in ("starts_on", "warn_on", "due_on", "kept_on")}
        Deadline.objects.create(rule=rule, subject_kind="month", subject_key=str(number), label="示例", **due)


def _month(number: int) -> Period:
    return Period("month", FIRST_YEAR + number // 12, number % 12 + 1)


@transaction.atomic
def feed(count: int) -> None:
    """Tell so many enterprises and approve the figures of so many months; the jobs do the rest."""
    clerk, approver = (User.objects.get(username=name) for name in ("clerk", "approver"))
    for task in Task.objects.filter(state="assigned").order_by("number")[:count]:
        notify_enterprise(task, by=clerk)
    made = Publication.objects.filter(kind=Publication.Kind.STATISTICS).count()
    for number in range(made, made + count):
        approve_publication(draft_statistics(_month(number), by=clerk), by=approver)


def feed_for_ever() -> None:
    """A batch a line, until standard input ends."""
    for line in sys.stdin:
        while not _fed(int(line)):
            time.sleep(0.3)
        print("fed", flush=True)


def _fed(count: int) -> bool:
    try:
        feed(count)
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    return True
