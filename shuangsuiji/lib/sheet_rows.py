"""The rows of a sheet as they leave the guarded reader, and what its merged cells say in each of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class SheetRow(NamedTuple):
    """One row that is not empty; the number is the one Excel shows. Notes are (column from 0, what was lost).

    `merged` are the columns that say nothing of their own: a merged cell that begins elsewhere says it for them.
    """

    number: int
    cells: list[str]
    notes: Sequence[tuple[int, str]] = ()
    merged: frozenset[int] = frozenset()


class Span(NamedTuple):
    """The cells that were merged into one: rows as Excel numbers them, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class _Open:
    """A merged cell whose rows are being read, and what stands in it."""

    span: Span
    text: str
    notes: list[str]


class MergedCells:
    """Says in every cell what the merged cell over it says, as it is seen on the screen.

    A row is looked at once; each of the spans costs its width at most, however far it reaches down. A row that is
    blank but for them is none. `filled` has the last row into which each span was written.
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(spans)
        self.filled: dict[Span, int] = {}

    def fill(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        """The rows with their merged cells filled in."""
        waiting, over = deque(self.spans), dict[int, _Open]()
        for row in rows:
            while waiting and waiting[0].top <= row.number:
                over |= _opened(waiting.popleft(), row)
            over = {column: one for column, one in over.items() if one.span.bottom >= row.number}
            yield self._filled(row, over) if over else row

    def _filled(self, row: SheetRow, over: dict[int, _Open]) -> SheetRow:
        covered = {
            column: one
            for column, one in over.items()
            if column < len(row.cells) and (column, row.number) != (one.span.left, one.span.top)
        }
        if not covered:
            return row
        cells = [covered[column].text if column in covered else cell for column, cell in enumerate(row.cells)]
        notes = [note for note in row.notes if note[0] not in covered]
        notes += [(column, lost) for column, one in covered.items() for lost in one.notes]
        self.filled |= {one.span: row.number for one in covered.values()}
        return SheetRow(row.number, cells, notes, frozenset(covered))


def _opened(span: Span, row: SheetRow) -> dict[int, _Open]:
    """The columns that a merged cell covers from this row on; an empty one covers nothing."""
    if span.top != row.number or span.left >= len(row.cells) or not row.cells[span.left]:
        return {}
    one = _Open(span, row.cells[span.left], [lost for column, lost in row.notes if column == span.left])
    return dict.fromkeys(range(span.left, min(span.right + 1, len(row.cells))), one)
