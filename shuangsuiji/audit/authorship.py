"""Who writes: told to the database, so that the history of a row can say it.

The triggers of `audit.tracking` copy what is told here into every row they keep. What
is changed past the services (raw SQL) is kept too, with the database's role and time
and no author.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.utils import timezone

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")
_told: ContextVar[dict[str, Any] | None] = ContextVar("told", default=None)

SYSTEM = "系统"


@contextmanager
def written_by(by, **why: str) -> Iterator[None]:
    """One transaction whose changes are this person's (None: the system's), with `why` (reason, batch) beside them.

    The time is the application's clock, as in the audit row. Inside another one, what was said there goes on after it.
    """
    outer, is_outermost = _told.get(), not connection.in_atomic_block
    mine = {**_reasons(outer), "by": by.pk if by else None, "name": by.name if by else SYSTEM, **why}
    token = _told.set(mine)
    try:
        with transaction.atomic():
            _tell(mine)
            yield
            if not is_outermost:
                _tell(outer)
    finally:
        _told.reset(token)


def _reasons(told: dict[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (told or {}).items() if name not in {"by", "name"}}


def authored(service: Callable[_Arguments, _Answer]) -> Callable[_Arguments, _Answer]:
    """A service that runs in one transaction, its changes kept under its `by`."""

    @wraps(service)
    def inside(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Answer:
        with written_by(kwargs.get("by")):
            return service(*args, **kwargs)

    return inside


def explain(**why: str) -> None:
    """Say why (reason, batch) for the changes that follow in this service."""
    told = _told.get()
    if told is None:
        raise LookupError("explain() belongs inside written_by() or an @authored service")
    told.update(why)
    _tell(told)


def _tell(told: dict[str, Any] | None) -> None:
    """Both settings end with the transaction."""
    text = json.dumps(told, ensure_ascii=False) if told else ""
    at = timezone.now().isoformat() if told else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_metadata', %s, true), set_config('shuangsuiji.at', %s, true)",
            [text, at],
        )
