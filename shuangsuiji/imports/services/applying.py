"""The good rows of a batch go into their register, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.imports.comparing import AT_ONCE, Outcome, Verdict, judge
from shuangsuiji.imports.models import ImportBatch, ImportRow
from shuangsuiji.imports.policies import check_can_become, check_may_import
from shuangsuiji.imports.registry import Importer, Values, importer_for


@transaction.atomic
def apply_batch(pk: UUID, *, by: User | None) -> ImportBatch:
    """Take the new and changed rows of a batch over into the register, all or none.

    The register is locked against other writers and the rows are held against it again.
    If somebody changed it meanwhile so that a row would do something else than the preview
    said, nothing is taken over: the preview is put right and the batch is returned still
    staged. A batch that is applied already is returned as it is. Audited.
    """
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=pk)
    if batch.state == ImportBatch.State.APPLIED:
        return batch
    check_can_become(batch, ImportBatch.State.APPLIED)
    importer = importer_for(batch.register)
    _lock_register(importer)
    recheck = _recheck(batch, importer=importer)
    if recheck.moved:
        return _correct_preview(batch, moved=recheck.moved)
    importer.create_many(recheck.create)
    importer.update_many(recheck.update)
    return _mark_applied(batch, by=by)


@transaction.atomic
def discard_batch(pk: UUID, *, by: User | None) -> ImportBatch:
    """Let a staged batch go: its rows are deleted, the line in the history stays. Audited."""
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=pk)
    if batch.state == ImportBatch.State.DISCARDED:
        return batch
    check_can_become(batch, ImportBatch.State.DISCARDED)
    batch.rows.all()._raw_delete(batch.rows.db)
    batch.state = ImportBatch.State.DISCARDED
    batch.save(update_fields=["state"])
    record("import.discarded", by=by, target=batch, register=batch.register)
    return batch


@dataclass
class _Recheck:
    create: list[Values] = field(default_factory=list)
    update: dict[str, Values] = field(default_factory=dict)
    moved: dict[int, Verdict] = field(default_factory=dict)


def _lock_register(importer: Importer) -> None:
    """Readers go on; every writer of this table waits for the end of the transaction."""
    table = connection.ops.quote_name(importer.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")


def _recheck(batch: ImportBatch, *, importer: Importer) -> _Recheck:
    """Judge every row that would change something against the register as it stands under the lock."""
    recheck = _Recheck()
    for rows in _good_rows(batch):
        present = importer.present({row["key"] for row in rows})
        for row in rows:
            verdict = judge(row["values"], present=present.get(row["key"]), importer=importer)
            if (verdict.outcome, verdict.changes) != (row["outcome"], row["changes"]):
                recheck.moved[row["pk"]] = verdict
            elif verdict.outcome == Outcome.CREATE:
                recheck.create.append(verdict.values)
            else:
                recheck.update[row["key"]] = {name: new for name, (_, new) in verdict.changes.items()}
    return recheck


def _good_rows(batch: ImportBatch) -> Iterator[list[Any]]:
    rows = batch.rows.filter(outcome__in=[Outcome.CREATE, Outcome.UPDATE]).order_by("row_number")
    stream = rows.values("pk", "key", "outcome", "values", "changes").iterator(chunk_size=AT_ONCE)
    while chunk := list(islice(stream, AT_ONCE)):
        yield chunk


def _correct_preview(batch: ImportBatch, *, moved: dict[int, Verdict]) -> ImportBatch:
    rows = [
        ImportRow(pk=pk, outcome=verdict.outcome, values=verdict.values, changes=verdict.changes)
        for pk, verdict in moved.items()
    ]
    ImportRow.objects.bulk_update(rows, ["outcome", "values", "changes"], batch_size=500)
    for outcome in Outcome.values:
        setattr(batch, f"{outcome}_count", batch.rows.filter(outcome=outcome).count())
    batch.save(update_fields=[f"{outcome}_count" for outcome in Outcome.values])
    return batch


def _mark_applied(batch: ImportBatch, *, by: User | None) -> ImportBatch:
    batch.state, batch.applied_by, batch.applied_at = ImportBatch.State.APPLIED, by, timezone.now()
    batch.save(update_fields=["state", "applied_by", "applied_at"])
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
