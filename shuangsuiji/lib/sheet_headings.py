"""Where the titles of a sheet stand: in one row, or in two, a group of columns under one title.

企业名称 │ 联系人      │ 地址        →  企业名称, 联系人·姓名, 联系人·电话, 地址
         │ 姓名 │ 电话 │
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shuangsuiji.lib.sheet_rows import SheetRow, Span

ROWS_SEARCHED = 20
JOINT = "·"
"""Between the title of a group and that of a column in it."""
_MARKS = "*＊ "


@dataclass(frozen=True)
class Heading:
    """The titles, the rows they stand in, and how well they are known: (titles known, filled, earlier, in two rows)."""

    titles: list[str]
    first_row: int
    last_row: int
    data_at: int
    """Which of the rows searched is the first of the data."""
    score: tuple[int, int, int, int]


def find_heading(rows: Sequence[SheetRow], *, expected: Collection[str], spans: Collection[Span] = ()) -> Heading:
    """The heading with the most expected titles; without any, the first row of two filled cells, past a title line."""
    headings = [_single(row, at=at, expected=expected) for at, row in enumerate(rows)]
    near = [span for span in spans if span.top <= rows[-1].number]
    return max([*headings, *_doubles(rows, expected=expected, spans=near)], key=lambda heading: heading.score)


def _single(row: SheetRow, *, at: int, expected: Collection[str]) -> Heading:
    score = (_known(row.cells, expected), min(2, sum(map(bool, row.cells))), -at, 0)
    return Heading(row.cells, row.number, row.number, at + 1, score)


def _known(titles: Collection[str], expected: Collection[str]) -> int:
    return sum(title.rstrip(_MARKS) in expected for title in titles)


def _doubles(rows: Sequence[SheetRow], *, expected: Collection[str], spans: Collection[Span]) -> Iterator[Heading]:
    """Each row that groups the titles beneath it, with that row."""
    for at, (top, beneath) in enumerate(pairwise(rows)):
        groups = _groups(top, beneath, spans=spans)
        titles = [_joined(top, beneath, column, groups=groups) for column in range(_width(top, beneath))]
        known = [_known(cells, expected) for cells in (top.cells, beneath.cells, _run_together(titles))]
        is_tall = any((span.top, span.bottom) == (top.number, beneath.number) for span in spans)
        if _fits(top, beneath, groups=groups) and (is_tall or any(known[1:])) and _is_needed(top, beneath, groups):
            yield Heading(titles, top.number, beneath.number, at + 2, (max(known), 2, -at, 1))


def _fits(top: SheetRow, beneath: SheetRow, *, groups: dict[int, str]) -> bool:
    """Right below it, in groups only; and a title of the whole sheet is no group."""
    is_outside = any(cell and at not in groups for at, cell in enumerate(beneath.cells))
    return bool(groups) and beneath.number == top.number + 1 and not is_outside and sum(map(bool, top.cells)) > 1


def _is_needed(top: SheetRow, beneath: SheetRow, groups: dict[int, str]) -> bool:
    """Some title stands in the upper row only, or one stands under two groups."""
    below = [cell for cell in beneath.cells if cell]
    return len(below) > len(set(below)) or any(cell and at not in groups for at, cell in enumerate(top.cells))


def _run_together(titles: Collection[str]) -> list[str]:
    return [title.replace(JOINT, "") for title in titles if JOINT in title]


def _groups(top: SheetRow, beneath: SheetRow, *, spans: Collection[Span]) -> dict[int, str]:
    """The title over each column that stands in a group: as the cells are merged, or where the row beneath goes on."""
    merged = [span for span in spans if span.top == span.bottom == top.number and span.right > span.left]
    groups = {column: _cell(top, span.left) for span in merged for column in range(span.left, span.right + 1)}
    for column in range(1, _width(top, beneath)):
        goes_on = not _cell(top, column) and _cell(beneath, column) and _cell(beneath, column - 1)
        if goes_on and column not in groups and (over := groups.get(column - 1) or _cell(top, column - 1)):
            groups |= {column - 1: over, column: over}
    return groups


def _joined(top: SheetRow, beneath: SheetRow, column: int, *, groups: dict[int, str]) -> str:
    over, under = groups.get(column, ""), _cell(beneath, column)
    return f"{over}{JOINT}{under}" if over and under else over or _cell(top, column)


def _width(top: SheetRow, beneath: SheetRow) -> int:
    """Text tables have rows of different lengths."""
    return max(len(top.cells), len(beneath.cells))


def _cell(row: SheetRow, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""
