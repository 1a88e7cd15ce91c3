"""The rows of the letters: one a task for ever, under the notice that is in force."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from draws.models import Amendment, Draw
from inspections.models import Task
from publication.disclosure import public_officers
from publication.models import Letter, LetterEvent, Publication
from publication.services.letter_mail import mail_enterprise
from publication.services.letter_trail import note_event
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.doorbell import ring

ISSUE_TASK = "publication.tasks.issue_letters"
LINK_DAYS = 180
"""How long a letter's link leads somewhere after the visit."""


def create_letters(notice: Publication, *, tasks: Iterable[Task]) -> None:
    """Write a waiting letter per task, in the transaction that publishes; a task has one letter for ever.

    One that is there goes with the new notice; where the visit has another day since, it is issued anew.
    """
    waiting = {task.pk: task for task in tasks}
    for letter in _standing_letters(waiting):
        _follow_notice(letter, notice, task=waiting.pop(letter.task_id))
    rows = [new_letter(task, publication=notice) for task in waiting.values()]
    Letter.objects.bulk_create(rows, ignore_conflicts=True)
    ring(ISSUE_TASK)


@transaction.atomic
def follow_amendment(draw: Draw, *, amendment: Amendment | None = None, by: User | None = None) -> None:
    """Somebody else comes than a letter tells: it is issued anew. Called inside the amending of a draw."""
    rows = Letter.objects.select_for_update(of=("self",)).filter(task__drawn__draw=draw, task__visited_on=None)
    rows = rows.filter(document__isnull=False).select_related("document", "publication", "task__enterprise")
    for letter in rows.order_by("id"):
        if letter.document is not None and _people_of(letter.task) != _people_told(letter.document):
            _issue_anew(letter, letter.document, task=letter.task)
            ring(ISSUE_TASK)


def _people_of(task: Task) -> list[str]:
    seats = task.drawn.seats.select_related("expert").filter(expert__isnull=False)
    experts = [seat.expert.name for seat in seats if seat.expert]
    return sorted([one["certificate_number"] for one in public_officers(task.drawn)] + experts)


def _people_told(document: IssuedDocument) -> list[str]:
    told = document.context
    experts = [one["name"] for one in told.get("experts", [])]
    return sorted([one["certificate_number"] for one in told.get("officers", [])] + experts)


def _standing_letters(tasks: Iterable) -> list[Letter]:
    rows = Letter.objects.select_for_update(of=("self",)).filter(task__in=list(tasks))
    return list(rows.select_related("document", "publication", "task__enterprise").order_by("id"))


def _follow_notice(letter: Letter, notice: Publication, *, task: Task) -> None:
    """Under the notice in force; a paper that tells another day is to be replaced, and confirmed anew."""
    was_suspended, letter.publication = letter.is_suspended, notice
    document = letter.document
    if document is None:
        letter.save(update_fields=["publication"])
    elif document.context.get("visit_from") != task.visit_on.isoformat():
        _issue_anew(letter, document, task=task)
    else:
        letter.save(update_fields=["publication"])
        if was_suspended:
            _resume(letter)


def _issue_anew(letter: Letter, document: IssuedDocument, *, task: Task) -> None:
    note = f"原通知书 {document.number}，{document.issued_on:%Y-%m-%d} 签发"
    if letter.confirmed_at:
        note += f"，{letter.confirmed_name}于 {timezone.localtime(letter.confirmed_at):%Y-%m-%d %H:%M} 确认收悉"
    note_event(letter, LetterEvent.Kind.REISSUED, at=timezone.now(), by=None, note=note)
    letter.document = letter.issued_at = letter.first_opened_at = letter.confirmed_at = None
    letter.confirmed_name, letter.attempt_count, letter.expires_on = "", 0, _link_ends_on(task)
    letter.save()


def _resume(letter: Letter) -> None:
    """Who was told that the visit is off is told that it takes place as first told."""
    event = note_event(letter, LetterEvent.Kind.RESUMED, at=timezone.now(), by=None)
    mail_enterprise(
        letter, key=f"letter.resumed:{letter.pk}:{event.number}", about="检查照原定日期进行：", words="resumed"
    )


def new_letter(task: Task, *, publication: Publication | None = None) -> Letter:
    """A letter that waits to be issued, not yet saved; its link is unguessable and ends some time after the visit."""
    return Letter(
        task=task,
        publication=publication,
        token=secrets.token_urlsafe(32),
        expires_on=_link_ends_on(task),
    )


def _link_ends_on(task: Task) -> dt.date:
    return (task.visit_on or task.drawn.draw.visits_to) + dt.timedelta(days=LINK_DAYS)
