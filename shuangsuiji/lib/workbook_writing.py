"""Workbooks that Excel, WPS and LibreOffice open as we meant them: text stays text, codes stay whole."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import xlsxwriter

from shuangsuiji.lib.text_cells import cell_text, text_cell
from shuangsuiji.lib.workbook_streaming import ROWS_A_PIECE, stream_rows

INSTRUCTION_SHEET = "填写说明"
CHOICE_SHEET = "可选值"
FILLABLE_ROWS = 5000
# Nothing we write is a formula or a link, whatever it begins with.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_HEADER = {
    "bold": True,
    "bg_color": "#e8edf3",
    "border": 1,
    "border_color": "#d9dce1",
    "text_wrap": True,
    "valign": "vcenter",
}
_TEXT = {"num_format": "@", "valign": "top"}


@dataclass(frozen=True)
class Column:
    """A column of a template: its title, whether it must be filled, what belongs in it, and an example."""

    title: str
    is_required: bool = False
    note: str = ""
    example: str = ""
    width: int = 18


def write_template(
    columns: Sequence[Column],
    *,
    sheet: str,
    instructions: Sequence[str] = (),
    choices: Mapping[str, Sequence[str]] | None = None,
    rows: Iterable[Sequence[Any]] = (),
) -> bytes:
    """A workbook to fill in: the sheet, a 填写说明 sheet, and drop-downs for the titles in `choices`.

    `rows` are put in already, e.g. the faulty ones to be corrected. Required titles carry a star.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {**_OPTIONS, "in_memory": True}) as book:
        header, text = book.add_format(_HEADER), book.add_format(_TEXT)
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            page.set_column(index, index, column.width, text)
            page.write_string(0, index, column.title + ("*" if column.is_required else ""), header)
        for number, row in enumerate(rows, start=1):
            for index, value in enumerate(row):
                page.write_string(number, index, cell_text(value), text)
        _write_instructions(book, columns, instructions=instructions, header=header)
        _add_choices(book, page, columns, choices=choices or {})
    return buffer.getvalue()


def write_rows(titles: Sequence[str], rows: Iterable[Sequence[Any]], *, sheet: str = "导出") -> bytes:
    """A workbook of rows as they come, all cells text."""
    return b"".join(stream_rows(titles, rows, sheet=sheet))


def write_text(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A comma-separated table that Excel opens in Chinese: UTF-8 with a mark, codes whole, no formula."""
    return b"".join(stream_text(titles, rows))


def stream_text(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same, piece by piece."""
    yield codecs.BOM_UTF8
    lines = chain([titles], rows)
    while part := list(islice(lines, ROWS_A_PIECE)):
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows([text_cell(cell_text(value)) for value in row] for row in part)
        yield buffer.getvalue().encode()


def _write_instructions(book: Any, columns: Sequence[Column], *, instructions: Sequence[str], header: Any) -> None:
    page = book.add_worksheet(INSTRUCTION_SHEET)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for index, width in enumerate((22, 8, 60, 30)):
        page.set_column(index, index, width, wrap)
    for number, line in enumerate(instructions):
        page.merge_range(number, 0, number, 3, line, wrap)
    first = len(instructions) + 1
    for index, title in enumerate(("列", "必填", "怎么填", "例子")):
        page.write_string(first, index, title, header)
    for number, column in enumerate(columns, start=first + 1):
        for index, value in enumerate((column.title, column.is_required, column.note, column.example)):
            page.write_string(number, index, cell_text(value), wrap)


def _add_choices(book: Any, page: Any, columns: Sequence[Column], *, choices: Mapping[str, Sequence[str]]) -> None:
    """Drop-downs read from a hidden sheet: a list written into the cell rule ends at 255 characters."""
    if not any(choices.values()):
        return
    lists = book.add_worksheet(CHOICE_SHEET)
    lists.hide()
    titles = [column.title for column in columns]
    for place, (title, values) in enumerate(choices.items()):
        for number, value in enumerate(values):
            lists.write_string(number, place, value)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        source = f"='{CHOICE_SHEET}'!${letter}$1:${letter}${len(values)}"
        index = titles.index(title)
        rule = {
            "validate": "list",
            "source": source,
            "error_title": "请从列表中选择",
            "error_message": f"“{title}”请从下拉列表中选择。",
        }
        page.data_validation(1, index, FILLABLE_ROWS, index, rule)
