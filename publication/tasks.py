"""Jobs of publication: rows say what is due, these look and call one service each."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils import timezone

from publication.models import Letter, Publication
from publication.selectors import tasks_without_result
from publication.states import PublicationState

log = structlog.get_logger(__name__)
MOST_ATTEMPTS = 10


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

    waiting = Letter.objects.filter(issued_at=None, revoked_at=None, attempt_count__lt=MOST_ATTEMPTS)
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
