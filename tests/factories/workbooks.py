"""Workbooks to upload."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

WHOLE = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def workbook_of(rows: Sequence[Sequence[object]], *, sheet: str = "名录", before: Sequence[str] = ()) -> bytes:
    """A workbook of these rows; sheets named in `before` stand first and are empty but for their name."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WHOLE) as book:
        for name in before:
            book.add_worksheet(name).write_string(0, 0, name)
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                page.write(number, place, value)
    return buffer.getvalue()
