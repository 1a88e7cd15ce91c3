"""What a list shows, as a workbook that could be imported again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.imports.columns import show
from shuangsuiji.imports.registry import Importer
from shuangsuiji.lib.workbooks import write_rows

AT_ONCE = 2_000
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_register(
    importer: Importer, *, keys: Iterable[str], without: frozenset[str], today: datetime.date, by: User
) -> HttpResponse:
    """The rows with these business keys, in this order, under the template's titles. Audited with their count.

    `without` names the columns that stay inside, such as private numbers.
    """
    wanted = list(keys)
    columns = [column for column in importer.columns if column.name not in without]
    rows = _rows(importer, keys=wanted, names=[column.name for column in columns])
    cells = ([show(value, column=column) for value, column in zip(row, columns, strict=True)] for row in rows)
    content = write_rows([column.header for column in columns], cells, sheet=importer.label)
    with transaction.atomic():
        record("register.exported", by=by, register=importer.register, rows=len(wanted))
    return workbook_response(content, name=f"{importer.label}_{today:%Y%m%d}.xlsx")


def _rows(importer: Importer, *, keys: Iterable[str], names: list[str]) -> Iterator[list[object]]:
    stream = iter(keys)
    while batch := list(islice(stream, AT_ONCE)):
        present = importer.present(batch)
        yield from ([present[key].get(name) for name in names] for key in batch if key in present)


def workbook_response(content: bytes, *, name: str) -> HttpResponse:
    """A workbook to keep, never to be opened in the browser."""
    response = HttpResponse(content, content_type=WORKBOOK_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
