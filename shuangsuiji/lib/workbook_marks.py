"""What the reader of values does not tell: which cells hold an error, and in an .ods which are merged.

The reader gives nothing for #REF!, so the sheet is looked through for it: an .xlsx as text, where cells without an
address of their own are passed over; an .ods by its elements; an .xls by its records. In a text table an error is
its text. Standard library only; runs in the guarded child.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO
from xml.parsers import expat

from shuangsuiji.lib.ods_marks import OdsMarks
from shuangsuiji.lib.sheet_rows import Span
from shuangsuiji.lib.xls_marks import xls_errors

ErrorCell = tuple[int, int, str]
"""Row as Excel numbers it, column from 0, and what stands there."""
PIECE, OVERLAP = 1 << 20, 1 << 16
MOST_KEPT = 100_000
"""Past this nobody looks on: whoever asked refuses the file."""
_WORDS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
ERRORS = frozenset(_WORDS)
_OFFICE_ERROR = re.compile(r"Err:\d{3}")
_OF_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_ERROR_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*\bt=[\"']e[\"'])[^<>]*\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^<>]*>\s*"
    rb"(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>(#[^<>]{1,20})</"
)
_ODS_MARKS = re.compile(rb"-spanned=\"(?!1\")|value-type=\"error\"")


@dataclass
class Marks:
    """What was found."""

    errors: Iterable[ErrorCell] = ()
    merged: list[Span] = field(default_factory=list)
    merged_count: int = 0
    """About how many merged cells an .xlsx says it has; they are counted before anybody makes a list of them."""


def is_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows in place of a value."""
    return text in ERRORS or bool(_OFFICE_ERROR.fullmatch(text))


def marks_of(kind: str, path: Path, *, sheet: str) -> Marks:
    """The marks of one sheet of a workbook."""
    if kind == "xls":
        return Marks(xls_errors(path.read_bytes(), sheet=sheet))
    with zipfile.ZipFile(path) as package:
        if kind == "ods":
            return _ods_marks(package, sheet=sheet)
        return _xlsx_marks(package, sheet=sheet)


def _xlsx_marks(package: zipfile.ZipFile, *, sheet: str) -> Marks:
    part, marks = _part_of(package, sheet=sheet), Marks()
    if part not in package.NameToInfo:
        return marks
    found: set[ErrorCell] = set()
    with package.open(part) as stream:
        for piece in _pieces(stream):
            marks.merged_count += piece.count(b"mergeCell ")
            if b't="e"' in piece or b"t='e'" in piece:
                found.update(islice(map(_error_cell, _ERROR_CELL.finditer(piece)), MOST_KEPT))
            if max(len(found), marks.merged_count) > MOST_KEPT:
                break
    marks.errors = found
    return marks


def _error_cell(found: re.Match[bytes]) -> ErrorCell:
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    return int(found[2]), column - 1, found[3].decode("ascii", "replace")


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The part a piece at a time, each with the end of the one before: no cell lies in neither."""
    rest = b""
    while piece := stream.read(PIECE):
        yield rest + piece
        rest = piece[-OVERLAP:]


def _part_of(package: zipfile.ZipFile, *, sheet: str) -> str:
    """Where a sheet of this name is kept."""
    sheets = _elements(package, "xl/workbook.xml", kind="sheet")
    relations = _elements(package, "xl/_rels/workbook.xml.rels", kind="Relationship")
    relation = next((one.get(_OF_RELATION, "") for one in sheets if one.get("name") == sheet), "")
    target = next((one.get("Target", "") for one in relations if one.get("Id") == relation), "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _elements(package: zipfile.ZipFile, name: str, *, kind: str) -> list[dict[str, str]]:
    """The attributes of all elements of a kind; what is broken is left to the reader of values, which refuses it."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, said: found.append(said) if tag.endswith(f" {kind}") else None
    with suppress(KeyError, expat.ExpatError), package.open(name) as part:
        parser.ParseFile(part)
    return found


def _ods_marks(package: zipfile.ZipFile, *, sheet: str) -> Marks:
    """Element by element, and only where anything is marked at all."""
    with package.open("content.xml") as part:
        if not any(_ODS_MARKS.search(piece) for piece in _pieces(part)):
            return Marks()
    with package.open("content.xml") as part:
        found = OdsMarks(sheet).read(part)
    return Marks(found.errors, found.spans)
