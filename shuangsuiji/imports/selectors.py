"""Reading batches: the history, and the preview of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from shuangsuiji.imports.columns import Column, show
from shuangsuiji.imports.models import ImportBatch, ImportRow
from shuangsuiji.imports.registry import Importer

Outcome = ImportRow.Outcome


def batches() -> QuerySet[ImportBatch]:
    """Every upload, the newest first."""
    return ImportBatch.objects.select_related("uploaded_by", "applied_by").order_by("-uploaded_at", "id")


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
    """One page of a preview in people's words: titles, and rows under them."""

    titles: list[str]
    rows: list[dict[str, Any]]


def shown(rows: list[ImportRow], *, importer: Importer) -> Shown:
    """The columns that any of these rows fills, by hand or by what follows from it, and the rows."""
    filled = [column for column in importer.columns if any(column.name in row.values for row in rows)]
    return Shown([column.header for column in filled], [_shown_row(row, filled, importer=importer) for row in rows])


def _shown_row(row: ImportRow, filled: list[Column], *, importer: Importer) -> dict[str, Any]:
    return {
        "number": row.row_number,
        "key": row.key,
        "name": str(row.values.get(importer.columns[0].name, "")),
        "cells": [show(row.values.get(column.name), column=column) for column in filled],
        "changes": [_shown_change(importer.column(name), *pair) for name, pair in row.changes.items()],
        "faults": row.faults,
    }


def _shown_change(column: Column, old: Any, new: Any) -> dict[str, str]:
    return {"header": column.header, "old": show(old, column=column), "new": show(new, column=column)}


def faulty_cells(batch: ImportBatch, *, importer: Importer) -> Iterator[list[str]]:
    """The faulty rows as they were typed, in the template's order, with what is wrong in the last cell."""
    rows = batch.rows.filter(outcome=Outcome.FAULT).order_by("row_number").values_list("row_number", "typed", "faults")
    places = [batch.places.get(column.name) for column in importer.columns]
    for number, typed, faults in rows.iterator():
        cells = [typed[place] if place is not None and place < len(typed) else "" for place in places]
        yield [*cells, "；".join(_fault_text(number, fault) for fault in faults)]


def _fault_text(number: int, fault: dict[str, str]) -> str:
    return f"第 {number} 行“{fault['column']}”：{fault['reason']}{fault['remedy']}"
