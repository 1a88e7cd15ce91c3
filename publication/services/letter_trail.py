"""A letter under its lock, and its trail."""

from __future__ import annotations

import datetime as dt

from publication.models import Letter, LetterEvent
from shuangsuiji.accounts.models import User


def locked_letter(letter: Letter) -> Letter:
    """The row, locked until the transaction ends."""
    rows = Letter.objects.select_for_update(of=("self",))
    return rows.select_related("task__enterprise", "task__drawn__draw", "document", "publication").get(pk=letter.pk)


def note_event(letter: Letter, kind: LetterEvent.Kind, *, at: dt.datetime, by: User | None, **values) -> LetterEvent:
    """Append to the letter's trail, under the letter's lock."""
    number = letter.events.filter(kind=kind).count() + 1
    return LetterEvent.objects.create(letter=letter, kind=kind, number=number, at=at, by=by, **values)
