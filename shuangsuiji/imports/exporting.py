"""What a list shows, as a workbook or a text table that could be imported again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.imports.columns import show
from shuangsuiji.imports.registry import Importer
from shuangsuiji.lib.workbooks import stream_rows, stream_text

Response = TypeVar("Response", bound=HttpResponseBase)
AT_ONCE = 2_000
FEW_ROWS = 2_000
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


TEXT, TEXT_TYPE = "csv", "text/csv; charset=utf-8"


def export_register(
    importer: Importer,
    *,
    keys: Iterable[str],
    without: frozenset[str],
    today: datetime.date,
    by: User,
    kind: str = "xlsx",
) -> HttpResponseBase:
    """The rows with these business keys, in this order, under the template's titles. Audited with their count.

    `without` names the columns that stay inside, such as private numbers. `kind` "csv" gives a text
    table; anything else the workbook. Long ones leave as they are made, so that the browser shows how far it is.
    """
    wanted = list(keys)
    columns = [column for column in importer.columns if column.name not in without]
    rows = _rows(importer, keys=wanted, names=[column.name for column in columns])
    cells = ([show(value, column=column) for value, column in zip(row, columns, strict=True)] for row in rows)
    titles = [column.header for column in columns]
    with transaction.atomic():
        record("register.exported", by=by, register=importer.register, rows=len(wanted))
    name = f"{importer.label}_{today:%Y%m%d}"
    if kind == TEXT:
        pieces, name, media_type = stream_text(titles, cells), f"{name}.csv", TEXT_TYPE
    else:
        pieces, name, media_type = stream_rows(titles, cells, sheet=importer.label), f"{name}.xlsx", WORKBOOK_TYPE
    if len(wanted) > FEW_ROWS:
        return _to_keep(StreamingHttpResponse(pieces, content_type=media_type), name=name)
    return _to_keep(HttpResponse(b"".join(pieces), content_type=media_type), name=name)


def _rows(importer: Importer, *, keys: Iterable[str], names: list[str]) -> Iterator[list[object]]:
    stream = iter(keys)
    while batch := list(islice(stream, AT_ONCE)):
        present = importer.present(batch)
        yield from ([present[key].get(name) for name in names] for key in batch if key in present)


def workbook_response(content: bytes, *, name: str) -> HttpResponse:
    """A workbook to keep, never to be opened in the browser."""
    return _to_keep(HttpResponse(content, content_type=WORKBOOK_TYPE), name=name)


def _to_keep(response: Response, *, name: str) -> Response:
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
