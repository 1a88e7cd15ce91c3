"""Workbooks that Excel, WPS and LibreOffice open as we meant them: text stays text, codes stay whole."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils import timezone

INSTRUCTION_SHEET = "填写说明"
CHOICE_SHEET = "可选值"
FILLABLE_ROWS = 5000
LONGEST_CELL = 32_767
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
    """A workbook of rows as they come, all cells text; the rows are not held in memory."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {**_OPTIONS, "constant_memory": True}) as book:
        header, text = book.add_format(_HEADER), book.add_format(_TEXT)
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        page.set_column(0, max(0, len(titles) - 1), 18, text)
        for index, title in enumerate(titles):
            page.write_string(0, index, title, header)
        for number, row in enumerate(rows, start=1):
            for index, value in enumerate(row):
                page.write_string(number, index, cell_text(value), text)
    return buffer.getvalue()


def cell_text(value: Any) -> str:
    """A value as the cell shows it: 2026-04-01, 是, empty for nothing. Cut where Excel's cells end."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(sep=" ", timespec="minutes")
    return str(value)[:LONGEST_CELL]


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
