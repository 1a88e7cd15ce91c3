"""From cells to values: what a row says, and what is wrong with it. Pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.matching import Matching
from shuangsuiji.imports.registry import Importer
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbooks import ROUNDED, SHORTENED, SheetRow

_LOST = {
    ROUNDED: "这个单元格被存成了数字，末几位已经丢失：请把该列设为“文本”格式后重新填写。",
    SHORTENED: "这个单元格太长，已被截断：请缩短后重新上传。",
}


@dataclass
class Reading:
    """One row of a file, understood as far as it can be."""

    number: int
    typed: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[dict[str, str]] = field(default_factory=list)
    key: str = ""

    def blame(self, column: str, *, value: str, sentence: str) -> None:
        """Note a fault; the sentence says “原因：请……”."""
        reason, remedy = split_sentence(sentence)
        self.faults.append({"column": column, "value": value[:200], "reason": reason, "remedy": remedy})


def split_sentence(sentence: str) -> tuple[str, str]:
    """“原因：请……” → (原因。, 请……); a sentence without it is all reason."""
    reason, found, remedy = sentence.partition("：请")
    return (f"{reason}。", f"请{remedy}") if found else (sentence, "")


def read_rows(rows: Iterable[SheetRow], *, importer: Importer, matching: Matching) -> Iterator[Reading]:
    """Every row as a Reading. The second row with a business key is at fault, and says where the first stands."""
    plan = [(column, matching.places[column.name]) for column in importer.columns if column.name in matching.places]
    first_rows: dict[str, int] = {}
    for row in rows:
        reading = Reading(row.number, row.cells)
        _read_cells(reading, plan=plan, lost=dict(row.notes) if row.notes else {})
        reading.key = reading.values.get(importer.key, "")
        if reading.key:
            first = first_rows.setdefault(reading.key, row.number)
            if first != row.number:
                _blame_repeat(reading, first=first, column=importer.column(importer.key))
        yield reading


def _read_cells(reading: Reading, *, plan: list[tuple[Column, int]], lost: dict[int, str]) -> None:
    cells, width = reading.typed, len(reading.typed)
    for column, place in plan:
        cell = cells[place] if place < width else ""
        if place in lost and lost[place] in _LOST:
            reading.blame(column.header, value=cell, sentence=_LOST[lost[place]])
        elif cell:
            _read_cell(reading, column=column, cell=cell)
        elif column.is_required:
            reading.blame(column.header, value="", sentence=f"“{column.header}”没有填写：请补上。")


def _read_cell(reading: Reading, *, column: Column, cell: str) -> None:
    try:
        value = column.parse(cell)
    except Refusal as refusal:
        reading.blame(column.header, value=cell, sentence=refusal.sentence)
    else:
        if value != "":
            reading.values[column.name] = value


def _blame_repeat(reading: Reading, *, first: int, column: Column) -> None:
    sentence = f"与第 {first} 行的{column.header}相同，同一份文件里只能出现一次：请删去多余的一行。"
    reading.blame(column.header, value=reading.key, sentence=sentence)
