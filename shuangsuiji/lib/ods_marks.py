"""Which cells of an .ods sheet hold an error or are merged. Standard library only; runs in the guarded child."""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from shuangsuiji.lib.sheet_rows import Span

_CELLS = ("table:table-cell", "table:covered-table-cell")


class OdsMarks:
    """Walks through one sheet's elements; repeated rows and cells are counted, not walked."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.errors: list[tuple[int, int, str]] = []
        self.spans: list[Span] = []
        self._is_inside = False
        self._row, self._rows, self._column = 1, 1, 0
        self._error: list[str] | None = None

    def read(self, part: IO[bytes]) -> OdsMarks:
        """What is broken is left to the reader of values, which refuses it."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._say
        try:
            parser.ParseFile(part)
        except expat.ExpatError:
            return self
        return self

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._is_inside = attributes.get("table:name") == self.sheet
        elif self._is_inside and name == "table:table-row":
            self._rows, self._column = _count(attributes, "table:number-rows-repeated"), 0
        elif self._is_inside and name in _CELLS:
            self._mark(attributes)
            self._column += _count(attributes, "table:number-columns-repeated")

    def _mark(self, attributes: dict[str, str]) -> None:
        height = _count(attributes, "table:number-rows-spanned")
        width = _count(attributes, "table:number-columns-spanned")
        if height > 1 or width > 1:
            self.spans.append(Span(self._row, self._column, self._row + height - 1, self._column + width - 1))
        if attributes.get("calcext:value-type") == "error":
            self._error = []

    def _say(self, text: str) -> None:
        if self._error is not None:
            self._error.append(text)

    def _end(self, name: str) -> None:
        if name == "table:table":
            self._is_inside = False
        elif name == "table:table-row" and self._is_inside:
            self._row += self._rows
        elif name in _CELLS and self._error is not None:
            self.errors.append((self._row, self._column - 1, "".join(self._error).strip()))
            self._error = None


def _count(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return max(1, int(said)) if said.isdecimal() and len(said) < 8 else 1
