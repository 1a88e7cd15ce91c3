"""Reading what is confidential leaves a trace."""

from __future__ import annotations

from django.db import transaction

from draws.models import Draw
from draws.policies import check_may_read_note, names_are_public
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record


@transaction.atomic
def note_names_read(draw: Draw, *, by: User) -> None:
    """Note that somebody read the names of a draw that is not public yet."""
    if not names_are_public(draw):
        record("draw.names_read", by=by, target=draw, confidential=True, number=draw.number)


@transaction.atomic
def read_note(draw: Draw, *, by: User) -> None:
    """Somebody opens the internal note; of a covert draw that leaves a trace."""
    check_may_read_note(by, draw)
    if draw.is_covert:
        record("draw.note_read", by=by, target=draw, confidential=True, number=draw.number or "")


@transaction.atomic
def export_note(draw: Draw, *, by: User, part: str) -> None:
    """Somebody takes a part of the internal note away: always in the trail."""
    check_may_read_note(by, draw)
    record("draw.note_exported", by=by, target=draw, confidential=draw.is_covert, part=part)
