"""Jobs of publication: rows say what is due, these look and call one service each."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils import timezone

from publication.models import Publication
from publication.periods import Period
from publication.selectors import tasks_without_handling, tasks_without_result, unconfirmed_letters
from publication.selectors.letters import waiting_letters
from publication.selectors.statistics import figures_of, is_empty
from publication.states import PublicationState
from shuangsuiji.lib.selectors import load_calendar

log = structlog.get_logger(__name__)
MOST_ATTEMPTS = 10
MOST_PUSHES = 200


@shared_task
def publish_due() -> None:
    """Publish what is approved and due."""
    from publication.services import publish_publication

    now = timezone.now()
    due = Publication.objects.filter(state=PublicationState.SCHEDULED, publish_at__lte=now).order_by("publish_at", "id")
    for pk in due.values_list("pk", flat=True):
        try:
            publish_publication(pk, now=timezone.now())
        except Exception:
            log.exception("publication_failed", publication=str(pk))


@shared_task
def issue_letters() -> None:
    """Issue the letters that wait; each in a transaction of its own."""
    from publication.services import issue_letter
    from publication.services.letters import note_failure

    waiting = waiting_letters().filter(revoked_at=None, attempt_count__lt=MOST_ATTEMPTS)
    for pk in waiting.order_by("task__drawn__position", "id").values_list("pk", flat=True):
        try:
            issue_letter(pk, now=timezone.now())
        except Exception as error:
            log.exception("letter_failed", letter=str(pk))
            note_failure(pk, error=error)


@shared_task
def draft_due_results() -> None:
    """Draft the results of records that have been reviewed."""
    from publication.services import draft_result

    for task in tasks_without_result().order_by("number"):
        try:
            draft_result(task, by=None)
        except Exception:
            log.exception("result_not_drafted", task=task.number)


@shared_task
def draft_due_handlings() -> None:
    """Draft what became of the orders of closed checks, and open the deadline of its publication."""
    from publication.services import draft_handling, open_handling_deadline

    for task in tasks_without_handling().order_by("number"):
        try:
            open_handling_deadline(task)
            draft_handling(task, by=None)
        except Exception:
            log.exception("handling_not_drafted", task=task.number)


@shared_task
def draft_due_statistics() -> None:
    """Draft the figures of the month that is over, and of the quarter and year that ended with it."""
    from publication.services import draft_statistics

    for period in Period.ended_before(timezone.localdate()):
        if not is_empty(figures_of(period)):
            draft_statistics(period, by=None)


@shared_task
def expire_due() -> None:
    """End what has stood its term."""
    from publication.services import expire_publication

    today = timezone.localdate()
    due = Publication.objects.filter(state=PublicationState.PUBLISHED, expires_on__lt=today)
    for pk in due.order_by("expires_on", "id").values_list("pk", flat=True):
        try:
            expire_publication(pk, today=today, now=timezone.now())
        except Exception:
            log.exception("publication_not_expired", publication=str(pk))


@shared_task
def remind_unconfirmed() -> None:
    """Remind enterprises that have let the rule's days pass without confirming."""
    from publication.services import remind_enterprise

    calendar = load_calendar()
    for letter in unconfirmed_letters(on=timezone.localdate()):
        try:
            remind_enterprise(letter, now=timezone.now(), calendar=calendar)
        except Exception:
            log.exception("letter_not_reminded", letter=str(letter.pk))


@shared_task
def push_due() -> None:
    """Deliver what is due to the provincial platform. Any number may run side by side."""
    from publication.services.pushing import push_next

    for _ in range(MOST_PUSHES):
        if not push_next(now=timezone.now()):
            return
