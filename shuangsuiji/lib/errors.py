"""A person's mistake, as a sentence for the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


class Refusal(Exception):  # noqa: N818 - an answer to a person, not a fault
    """What a person asked for cannot be done; the sentence says what to do next.

    Services, policies and checks raise it; the boundary (form, view, importer)
    shows it. It is never logged as a fault: a fault of ours is any other exception.
    `field` names the form field the sentence belongs to, where there is one; `retry_after` says
    after how many seconds the same may be asked again.
    """

    def __init__(self, sentence: str, *, field: str = "", status: int = 409, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.status = status
        self.retry_after = retry_after

    def __str__(self) -> str:
        return self.sentence


@contextmanager
def somebody_was_faster(check: Callable[[], object]) -> Iterator[None]:
    """Write what `check` found free; taken in the same moment, the check is asked again and raises its Refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        check()
        raise
