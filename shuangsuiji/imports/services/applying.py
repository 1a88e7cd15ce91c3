"""The good rows of a batch go into their register, once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored, explain
from shuangsuiji.audit.services import record
from shuangsuiji.imports import versions
from shuangsuiji.imports.comparing import Outcome, Verdict, judge
from shuangsuiji.imports.copying import listed
from shuangsuiji.imports.models import ImportBatch, ImportFile, ImportRow
from shuangsuiji.imports.pausing import collector_paused
from shuangsuiji.imports.policies import check_can_become, check_may_import
from shuangsuiji.imports.progress import Tell, in_silence
from shuangsuiji.imports.registry import Importer, Values, importer_for
from shuangsuiji.imports.services.ordering import ask_worker
from shuangsuiji.imports.states import ImportState
from shuangsuiji.lib.errors import Refusal

AT_ONCE = 10_000
_JUDGED = ("pk", "row_number", "key", "values")


@transaction.atomic
def order_apply(pk: UUID, *, by: User | None) -> ImportBatch:
    """Ask a worker to take a long batch over; asked twice, it is done once."""
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=pk)
    if batch.state in (ImportState.APPLYING, ImportState.APPLIED):
        return batch
    return ask_worker(batch, state=ImportState.APPLYING, by=by)


@authored
def apply_batch(pk: UUID, *, by: User | None, tell: Tell = in_silence) -> ImportBatch:
    """Take the new and changed rows of a batch over into the register, all or none.

    The register is locked against other writers and the rows are held against it again.
    If somebody changed it meanwhile so that a row would do something else than the preview
    said, nothing is taken over: the preview is put right and the batch is returned still
    staged. A batch that is applied already is returned as it is. Audited.
    """
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if batch.state == ImportState.APPLIED:
        return batch
    check_can_become(batch, ImportState.APPLIED)
    importer = importer_for(batch.register)
    explain(reason=f"导入《{batch.file_name}》", batch=str(batch.pk))
    versions.lock_register(importer)
    if moved := {**_moved_updates(batch, importer=importer), **_moved_creates(batch, importer=importer)}:
        return _correct_preview(batch, moved=moved)
    versions.remember_rows(batch, importer=importer)
    with collector_paused():
        _take_over(batch, importer=importer, tell=tell)
    return _mark_applied(batch, importer=importer, by=by)


@transaction.atomic
def discard_batch(pk: UUID, *, by: User | None) -> ImportBatch:
    """Let a batch go before it is taken over: its rows are deleted, the line in the history stays. Audited."""
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=pk)
    if batch.state == ImportState.DISCARDED:
        return batch
    check_can_become(batch, ImportState.DISCARDED)
    batch.rows.all()._raw_delete(batch.rows.db)
    ImportFile.objects.filter(batch=batch).delete()
    batch.state = ImportState.DISCARDED
    batch.save(update_fields=["state"])
    record("import.discarded", by=by, target=batch, register=batch.register)
    return batch


def _moved_creates(batch: ImportBatch, *, importer: Importer) -> dict[int, Verdict]:
    """Rows that were new when they were read, and whose key somebody has entered since."""
    rows = batch.rows.filter(_is_there(batch, importer=importer), outcome=Outcome.CREATE).order_by("row_number")
    return dict(_judged_anew(rows.values(*_JUDGED), importer=importer))


def _is_there(batch: ImportBatch, *, importer: Importer) -> Q | Exists:
    """That a staged row's key is in the register: by its index, or where no column holds the key, by what is found."""
    if not importer.within:
        return Exists(importer.keyed().filter(business_key=OuterRef("key")))
    new = batch.rows.filter(outcome=Outcome.CREATE).order_by("row_number").values_list("key", flat=True)
    return Q(key__in=listed(importer.ids_of(list(new))))


def _moved_updates(batch: ImportBatch, *, importer: Importer) -> dict[int, Verdict]:
    """Rows whose change would not be what the preview says."""
    rows = batch.rows.filter(outcome=Outcome.UPDATE).order_by("row_number")
    shown = dict(rows.values_list("pk", "changes"))
    anew = _judged_anew(rows.values(*_JUDGED), importer=importer)
    return {pk: verdict for pk, verdict in anew if verdict.changes != shown[pk]}


def _judged_anew(rows: Any, *, importer: Importer) -> Iterator[tuple[int, Verdict]]:
    stream = iter(list(rows))
    while chunk := list(islice(stream, AT_ONCE)):
        present = importer.present({row["key"] for row in chunk})
        for row in chunk:
            yield row["pk"], _judged_again(row, present=present.get(row["key"]), importer=importer)


def _judged_again(row: dict[str, Any], *, present: Values | None, importer: Importer) -> Verdict:
    try:
        return judge(row["values"], present=present, importer=importer)
    except Refusal as refusal:
        raise Refusal(f"预览之后名录有改动，第 {row['row_number']} 行不能导入。{refusal.sentence}") from refusal


def _correct_preview(batch: ImportBatch, *, moved: dict[int, Verdict]) -> ImportBatch:
    rows = [
        ImportRow(pk=pk, outcome=verdict.outcome, values=verdict.values, changes=verdict.changes)
        for pk, verdict in moved.items()
    ]
    ImportRow.objects.bulk_update(rows, ["outcome", "values", "changes"], batch_size=500)
    for outcome in Outcome.values:
        setattr(batch, f"{outcome}_count", batch.rows.filter(outcome=outcome).count())
    batch.state = ImportState.STAGED
    batch.refusal = "预览之后名录有改动，已按最新名录重新核对，还没有导入：请再看一遍预览，然后确认导入。"
    batch.save()
    return batch


def _take_over(batch: ImportBatch, *, importer: Importer, tell: Tell) -> None:
    """New rows, some thousands at a time, then the changes."""
    done = 0
    for rows in _new_values(batch):
        importer.create_many(rows)
        done += len(rows)
        tell(done, batch.good_count)
    changes = batch.rows.filter(outcome=Outcome.UPDATE).order_by("row_number").values_list("key", "changes")
    stream = iter(list(changes))
    while chunk := dict(islice(stream, AT_ONCE)):
        importer.update_many({key: {name: new for name, (_, new) in changed.items()} for key, changed in chunk.items()})
        done += len(chunk)
        tell(done, batch.good_count)


def _new_values(batch: ImportBatch) -> Iterator[list[Values]]:
    """The values of the rows to be added. Many at a time as one text: a tenth of the calls of row by row."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(row_number), string_agg(values::text, ',' ORDER BY row_number) FROM ("
                " SELECT row_number, values FROM imports_importrow"
                " WHERE batch_id = %s AND outcome = 'create' AND row_number > %s ORDER BY row_number LIMIT %s) AS part",
                [batch.pk, after, AT_ONCE],
            )
            last, rows = cursor.fetchone()
        if last is None:
            return
        after = last
        yield json.loads(f"[{rows}]")


def _mark_applied(batch: ImportBatch, *, importer: Importer, by: User | None) -> ImportBatch:
    batch.state, batch.applied_by, batch.applied_at = ImportState.APPLIED, by, timezone.now()
    batch.row_versions = versions.written(batch, importer=importer)
    batch.refusal = ""
    batch.save()
    ImportFile.objects.filter(batch=batch).delete()
    record(
        "import.applied",
        by=by,
        target=batch,
        register=batch.register,
        created=batch.create_count,
        updated=batch.update_count,
        same=batch.same_count,
        faults=batch.fault_count,
    )
    return batch
