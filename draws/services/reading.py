"""Reading what is confidential leaves a trace."""

from __future__ import annotations

from django.db import transaction

from draws.models import Draw
from draws.policies import names_are_public
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record


@transaction.atomic
def note_names_read(draw: Draw, *, by: User) -> None:
    """Note that somebody read the names of a covert draw that is not public yet."""
    if not names_are_public(draw):
        record("draw.names_read", by=by, target=draw, confidential=True, number=draw.number)
