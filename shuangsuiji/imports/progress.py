"""Telling how far a long piece of work has come, while its transaction is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

Tell = Callable[[int, int], None]
"""Called with how many rows are done, and of how many; 0 where that is not known."""


def in_silence(done: int, whole: int) -> None:
    """For work so short that nobody watches."""


class Watched:
    """Writes attempts and progress of one batch where others see them at once: on a connection of its own.

    The work's own transaction may be rolled back, or its process killed; what is told here stays.
    """

    def __init__(self, pk: UUID, *, beside: BaseDatabaseWrapper) -> None:
        self.pk, self.beside = pk, beside

    def begin(self) -> int:
        """One more attempt; returns which it is. A worker that is killed has counted too."""
        with self.beside.cursor() as cursor:
            cursor.execute(
                "UPDATE imports_importprogress SET attempt_count = attempt_count + 1, done_count = 0, whole_count = 0"
                " WHERE batch_id = %s RETURNING attempt_count",
                [self.pk],
            )
            return int(cursor.fetchone()[0])

    def tell(self, done: int, whole: int) -> None:
        """So many rows are done."""
        with self.beside.cursor() as cursor:
            cursor.execute(
                "UPDATE imports_importprogress SET done_count = %s, whole_count = %s WHERE batch_id = %s",
                [done, whole, self.pk],
            )


@contextmanager
def watched(pk: UUID) -> Iterator[Watched]:
    """A watch over one batch; its connection is closed afterwards."""
    beside = connection.copy()
    try:
        yield Watched(pk, beside=beside)
    finally:
        beside.close()
