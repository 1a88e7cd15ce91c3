"""An upload becomes rows that a person can look at before anything changes."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import transaction

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.imports.comparing import Outcome, Verdict, judge_all
from shuangsuiji.imports.copying import as_json, copy_rows
from shuangsuiji.imports.matching import Matching, expected_titles, match
from shuangsuiji.imports.models import ImportBatch, ImportRow
from shuangsuiji.imports.policies import check_may_import
from shuangsuiji.imports.reading import Reading, read_rows
from shuangsuiji.imports.registry import Importer, importer_for
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbooks import Workbook, open_workbook

ROW_COLUMNS = ("batch_id", "row_number", "outcome", "typed", "values", "changes", "faults", "key")
LONGEST_KEY = 60


@transaction.atomic
def stage_upload(*, register: str, content: bytes, name: str, by: User | None, sheet: str = "") -> ImportBatch:
    """Read a workbook for a register and stage its rows with what would become of each.

    Nothing of the register changes. A file that cannot be read, or lacks a required
    column, is refused whole; a row with a fault is staged as such. Audited.
    """
    check_may_import(by)
    importer = importer_for(register)
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        file.write(content)
        file.flush()
        titles = expected_titles(importer.columns)
        with open_workbook(Path(file.name), name=name, sheet=sheet, expected=titles) as workbook:
            batch = _open_batch(workbook, importer=importer, content=content, name=name, by=by)
            _stage_rows(batch, workbook=workbook, importer=importer)
    record("import.staged", by=by, target=batch, register=register, rows=batch.row_count, faults=batch.fault_count)
    return batch


def _open_batch(workbook: Workbook, *, importer: Importer, content: bytes, name: str, by: User | None) -> ImportBatch:
    matching = _match(workbook, importer=importer)
    return ImportBatch.objects.create(
        register=importer.register,
        file_name=name[-200:],
        file_sha256=hashlib.sha256(content).hexdigest(),
        sheet_name=workbook.sheet[:100],
        sheet_names=workbook.sheets,
        header=matching.header,
        places=matching.places,
        ignored=matching.ignored,
        uploaded_by=by,
    )


def _match(workbook: Workbook, *, importer: Importer) -> Matching:
    try:
        return match(workbook.header, columns=importer.columns)
    except Refusal as refusal:
        if len(workbook.sheets) < 2:
            raise
        others = "、".join(workbook.sheets)
        raise Refusal(
            f"{refusal.sentence}读的是工作表“{workbook.sheet}”（全部：{others}）；要读另一张，请填写它的名称。"
        ) from None


def _stage_rows(batch: ImportBatch, *, workbook: Workbook, importer: Importer) -> None:
    counts: Counter[str] = Counter()
    readings = read_rows(workbook.rows, importer=importer, matching=Matching(batch.header, batch.places))
    for judged in judge_all(readings, importer=importer):
        counts.update(verdict.outcome for _, verdict in judged)
        copy_rows(
            ImportRow, columns=ROW_COLUMNS, rows=(_staged(batch, reading, verdict) for reading, verdict in judged)
        )
    if not counts:
        raise Refusal("表头下面没有内容：请至少填写一行再上传。")
    for outcome in Outcome.values:
        setattr(batch, f"{outcome}_count", counts[outcome])
    batch.save(update_fields=[f"{outcome}_count" for outcome in Outcome.values])


def _staged(batch: ImportBatch, reading: Reading, verdict: Verdict) -> tuple[Any, ...]:
    return (
        batch.pk,
        reading.number,
        str(verdict.outcome),
        as_json(reading.typed) if reading.faults else "[]",
        as_json(verdict.values) if verdict.values else "{}",
        as_json(verdict.changes) if verdict.changes else "{}",
        as_json(reading.faults) if reading.faults else "[]",
        str(reading.key)[:LONGEST_KEY],
    )
