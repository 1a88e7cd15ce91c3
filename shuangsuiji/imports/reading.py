"""From cells to values: what a row says, and what is wrong with it. Only a column's own `look_up` asks the database.

Thousands of rows are read column by column: a cell that was met before is not parsed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NoReturn

from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.matching import Matching
from shuangsuiji.imports.registry import Importer
from shuangsuiji.imports.words import Words
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbooks import ERROR, ROUNDED, SHORTENED, SheetRow

AT_ONCE = 5_000
MOST_REMEMBERED = 20_000
_LOST = {
    ROUNDED: "这个单元格被存成了数字，末几位已经丢失：请把该列设为“文本”格式后重新填写。",
    ERROR: "这是表格的错误值，不是内容：请在表格里改正公式，或者直接填写应有的内容，没有的留空。",
    SHORTENED: "这个单元格太长，已被截断：请缩短后重新上传。",
}


@dataclass(slots=True)
class Reading:
    """One row of a file, understood as far as it can be."""

    number: int
    typed: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[dict[str, str]] = field(default_factory=list)
    key: str = ""
    words: Sequence[tuple[str, str, str]] = ()
    """(column, written, read as) of each usual word that was read as an official one."""

    def blame(self, column: str, *, value: str, sentence: str) -> None:
        """Note a fault; the sentence says “原因：请……”."""
        reason, remedy = split_sentence(sentence)
        self.faults.append({"column": column, "value": value[:200], "reason": reason, "remedy": remedy})


def split_sentence(sentence: str) -> tuple[str, str]:
    """“原因：请……” → (原因。, 请……); a sentence without it is all reason."""
    reason, found, remedy = sentence.partition("：请")
    return (f"{reason}。", f"请{remedy}") if found else (sentence, "")


@dataclass(slots=True)
class _Wrong:
    """A cell that cannot be read, and why."""

    sentence: str


class _ColumnReader:
    """Reads one column; what a cell says is remembered, so that a thousand equal ones cost one.

    `has_wrong` tells that some cell so far could not be read.
    """

    def __init__(self, column: Column, *, place: int) -> None:
        self.column, self.place, self.blanks = column, place, column.blanks
        self.known: dict[str, Any] = {}
        self.has_wrong = False
        self.words = column.parse if isinstance(column.parse, Words) else None
        self.usual: dict[str, list[tuple[str, str]]] = {}
        self._begin()

    def _begin(self) -> None:
        self.known = {} if self.column.is_required else dict.fromkeys(self.blanks)

    def read(self, cells: Sequence[str]) -> list[Any]:
        """A value, None for nothing, or what is wrong, for each cell."""
        if len(self.known) > MOST_REMEMBERED:
            self._begin()
        known = self.known
        if fresh := list(set(cells).difference(known)):
            known.update(zip(fresh, self._parsed(fresh), strict=True))
            self._note_usual(fresh)
        return [known[cell] for cell in cells]

    def _note_usual(self, cells: Iterable[str]) -> None:
        """Remember which cells hold a usual word for an official one."""
        if self.words is not None:
            self.usual |= {cell: pairs for cell in cells if cell and (pairs := self.words.read_as(cell))}

    def _parsed(self, cells: list[str]) -> list[Any]:
        """Mostly all are right; only where one is not, each is looked at by itself."""
        try:
            parse = self.column.parse if self.blanks.isdisjoint(cells) else self._parsed_alone
            values = list(map(parse, cells))
        except Refusal:
            values = list(map(self._parsed_alone, cells))
        return self._looked_up([None if value == "" else value for value in values])

    def _looked_up(self, values: list[Any]) -> list[Any]:
        """The same, those in the wrong that another register does not know: all are asked for at once."""
        if self.column.look_up is None:
            return values
        wrong = self.column.look_up({value for value in values if isinstance(value, str)})
        self.has_wrong = self.has_wrong or bool(wrong)
        return [_Wrong(wrong[value]) if isinstance(value, str) and value in wrong else value for value in values]

    def _parsed_alone(self, cell: str) -> Any:
        try:
            return self._miss() if cell in self.blanks else self.column.parse(cell)
        except Refusal as refusal:
            self.has_wrong = True
            return _Wrong(refusal.sentence)

    def _miss(self) -> NoReturn:
        raise Refusal(f"“{self.column.header}”没有填写：请补上。")


def read_rows(rows: Iterable[SheetRow], *, importer: Importer, matching: Matching) -> Iterator[Reading]:
    """Every row as a Reading, with its business key; which rows share one is seen by `repeats`."""
    readers = [_ColumnReader(c, place=matching.places[c.name]) for c in importer.columns if c.name in matching.places]
    stream = iter(rows)
    while chunk := list(islice(stream, AT_ONCE)):
        for reading in _read_chunk(chunk, readers=readers):
            reading.key = importer.key_of(reading.values)
            yield reading


def filled_rows(rows: Iterable[SheetRow], *, matching: Matching) -> Iterator[SheetRow]:
    """The rows that say something: one where only a serial number (序号) or a merged cell's end stands is blank."""
    matched = frozenset(matching.places.values())
    return (row for row in rows if not _is_blank(row, matched=matched))


def _is_blank(row: SheetRow, *, matched: frozenset[int]) -> bool:
    return all(
        not cell or place in row.merged or (place not in matched and cell.rstrip(".、").isdigit())
        for place, cell in enumerate(row.cells)
    )


def _read_chunk(rows: Sequence[SheetRow], *, readers: Sequence[_ColumnReader]) -> Iterator[Reading]:
    names = [reader.column.name for reader in readers]
    columns = [reader.read(_cells(rows, reader.place)) for reader in readers]
    has_usual = [reader for reader in readers if reader.usual]
    is_any_wrong = any(reader.has_wrong for reader in readers)
    for row, parsed in zip(rows, zip(*columns, strict=True), strict=True):
        values = {name: value for name, value in zip(names, parsed, strict=False) if value is not None}
        reading = Reading(row.number, row.cells, values)
        if row.notes or (is_any_wrong and any(isinstance(value, _Wrong) for value in parsed)):
            _sort_out(reading, lost=dict(row.notes), readers=readers)
        if has_usual:
            reading.words = [said for reader in has_usual for said in _usual_words(row, reader=reader)]
        yield reading


def _usual_words(row: SheetRow, *, reader: _ColumnReader) -> Iterator[tuple[str, str, str]]:
    cell = row.cells[reader.place] if reader.place < len(row.cells) else ""
    return ((reader.column.header, written, word) for written, word in reader.usual.get(cell, ()))


def _cells(rows: Sequence[SheetRow], place: int) -> list[str]:
    try:
        return [row.cells[place] for row in rows]
    except IndexError:  # text tables have short rows
        return [row.cells[place] if place < len(row.cells) else "" for row in rows]


def _sort_out(reading: Reading, *, lost: dict[int, str], readers: Sequence[_ColumnReader]) -> None:
    """Put what is wrong among the faults, in the order of the register's columns."""
    for reader in readers:
        column = reader.column
        found = reading.values.get(column.name)
        sentence = _LOST.get(lost.get(reader.place, ""), found.sentence if isinstance(found, _Wrong) else "")
        if sentence:
            reading.values.pop(column.name, None)
            cell = reading.typed[reader.place] if reader.place < len(reading.typed) else ""
            reading.blame(column.header, value=cell, sentence=sentence)
