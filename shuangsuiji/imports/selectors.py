"""Reading batches: the history, and the preview of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from shuangsuiji.accounts.models import User
from shuangsuiji.imports.columns import Column, show
from shuangsuiji.imports.doubts import is_stranger
from shuangsuiji.imports.models import ImportBatch, ImportProgress, ImportRow, RememberedColumn
from shuangsuiji.imports.registry import Importer
from shuangsuiji.lib.masking import WITHHELD, masked

Outcome = ImportRow.Outcome
UPLOADED = "（文件中已填写，此处不显示）"


def batches() -> QuerySet[ImportBatch]:
    """Every upload, the newest first."""
    return ImportBatch.objects.select_related("uploaded_by", "applied_by", "undone_by").order_by("-uploaded_at", "id")


def remembered_columns(user: User | None, *, register: str) -> dict[str, str]:
    """Which column this person chose for a title before, by title key; "" for a title not to be read."""
    rows = RememberedColumn.objects.filter(user=user, register=register) if user else RememberedColumn.objects.none()
    return dict(rows.values_list("title_key", "column"))


def progress_of(batch: ImportBatch) -> ImportProgress:
    """How far a worker has come with a batch; nothing done where none has begun."""
    return ImportProgress.objects.filter(batch=batch).first() or ImportProgress(batch=batch)


def first_outcome(batch: ImportBatch) -> str:
    """The tab that is shown first: the first that holds rows; faults never hide behind the others."""
    counted = (outcome for outcome in Outcome.values if getattr(batch, f"{outcome}_count"))
    return next(counted, Outcome.CREATE)


class CountedPaginator(Paginator):
    """Pages of one outcome; how many there are stands in the batch already."""

    def __init__(self, batch: ImportBatch, outcome: str, *, per_page: int) -> None:
        rows = batch.rows.filter(outcome=outcome).order_by("row_number")
        super().__init__(rows, per_page)
        self.known_count = getattr(batch, f"{outcome}_count")

    @cached_property
    def count(self) -> int:
        return int(self.known_count)


@dataclass
class Shown:
    """One page of a preview in people's words: titles, and rows under them; whether some values are shown in part."""

    titles: list[str]
    rows: list[dict[str, Any]]
    is_partial: bool


def shown(rows: list[ImportRow], *, importer: Importer) -> Shown:
    """The columns that any of these rows fills, by hand or by what follows from it, and the rows."""
    filled = [column for column in importer.columns if any(column.name in row.values for row in rows)]
    is_partial = any(importer.private.intersection(row.values) for row in rows)
    told = [_shown_row(row, filled, importer=importer) for row in rows]
    return Shown([column.header for column in filled], told, is_partial)


def _shown_row(row: ImportRow, filled: list[Column], *, importer: Importer) -> dict[str, Any]:
    return {
        "number": row.row_number,
        "key": row.key,
        "name": str(row.values.get(importer.columns[0].name, "")),
        "cells": [_shown_value(row.values.get(column.name), column, importer=importer) for column in filled],
        "changes": [_shown_change(name, *pair, importer=importer) for name, pair in row.changes.items()],
        "is_stranger": is_stranger(row.changes, importer=importer),
        "faults": row.faults,
    }


def _shown_change(name: str, old: Any, new: Any, *, importer: Importer) -> dict[str, str]:
    column = importer.column(name)
    before = _shown_value(old, column, importer=importer, withheld=WITHHELD)
    return {"header": column.header, "old": before, "new": _shown_value(new, column, importer=importer)}


def _shown_value(value: Any, column: Column, *, importer: Importer, withheld: str = UPLOADED) -> str:
    """Persons and their numbers in part only: in full they are shown by the register, which writes down to whom.

    What a file says is kept with its batch, where all who import can look.
    """
    text = show(value, column=column)
    return masked(column.name, text, withheld=withheld) if column.name in importer.private else text


def faulty_cells(batch: ImportBatch, *, importer: Importer) -> Iterator[list[str]]:
    """The faulty rows as they were typed, in the template's order, with what is wrong in the last cell."""
    rows = batch.rows.filter(outcome=Outcome.FAULT).order_by("row_number").values_list("row_number", "typed", "faults")
    places = [batch.places.get(column.name) for column in importer.columns]
    for number, typed, faults in rows.iterator():
        cells = [typed[place] if place is not None and place < len(typed) else "" for place in places]
        yield [*cells, "；".join(_fault_text(number, fault) for fault in faults)]


def _fault_text(number: int, fault: dict[str, str]) -> str:
    return f"第 {number} 行“{fault['column']}”：{fault['reason']}{fault['remedy']}"
