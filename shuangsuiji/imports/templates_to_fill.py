"""Workbooks for people to fill in: the empty template, and the faulty rows to be put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.registry import Importer
from shuangsuiji.lib import workbooks

REASON = "原因"
WIDE, NARROW = 36, 18
_REASON_NOTE = "上次导入时的问题；改正其余各列后可直接再次上传，这一列不会读取。"


def template(importer: Importer) -> bytes:
    """An empty workbook with instructions and drop-downs."""
    return _write(importer, columns=[_column(column) for column in importer.columns])


def faulty_rows(importer: Importer, rows: Iterable[Sequence[str]]) -> bytes:
    """The same workbook with rows in it and what was wrong with each in the last column."""
    columns = [*map(_column, importer.columns), workbooks.Column(REASON, note=_REASON_NOTE, width=60)]
    return _write(importer, columns=columns, rows=rows)


def _write(importer: Importer, *, columns: Sequence[workbooks.Column], rows: Iterable[Sequence[str]] = ()) -> bytes:
    choices = {column.header: column.choices for column in importer.columns if column.choices}
    return workbooks.write_template(
        columns, sheet=importer.label, instructions=importer.instructions, choices=choices, rows=rows
    )


def _column(column: Column) -> workbooks.Column:
    width = (
        WIDE
        if column.name in {"name", "enterprise_name", "address", "business_scope", "text", "legal_basis"}
        else NARROW
    )
    return workbooks.Column(column.header, column.is_required, column.hint, column.example, width)
