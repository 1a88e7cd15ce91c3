"""A batch is taken back while nobody else has touched what it wrote."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored, explain
from shuangsuiji.audit.services import record
from shuangsuiji.imports import versions
from shuangsuiji.imports.comparing import Outcome
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.policies import check_can_become, check_may_import
from shuangsuiji.imports.progress import Tell, in_silence
from shuangsuiji.imports.registry import Importer, importer_for
from shuangsuiji.imports.services.ordering import ask_worker
from shuangsuiji.imports.states import ImportState
from shuangsuiji.imports.staying import CHANGED, USED, Staying, rows_that_stay
from shuangsuiji.lib.errors import Refusal

NAMED_AT_MOST = 5


class Touched(Refusal):
    """Somebody else has touched rows of the batch since; the others may still be taken back."""


@transaction.atomic
def order_undo(pk: UUID, *, by: User | None) -> ImportBatch:
    """Ask a worker to take a long batch back; asked twice, it is done once."""
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=pk)
    if batch.state in (ImportState.UNDOING, ImportState.UNDONE):
        return batch
    return ask_worker(batch, state=ImportState.UNDOING, by=by)


@authored
def undo_batch(pk: UUID, *, by: User | None, tell: Tell = in_silence) -> ImportBatch:
    """Take out what a batch added and put back what it changed, all or none.

    Refused, naming rows, once anything else has changed one of them or refers to one that was
    added. An undone batch is returned as it is. The history keeps the batch and its rows. Audited.
    """
    batch = _locked(pk, by=by)
    if batch.state == ImportState.UNDONE:
        return batch
    importer = _begin(batch)
    if staying := rows_that_stay(batch, importer=importer, most=NAMED_AT_MOST):
        raise Touched(_refusal(staying, importer=importer))
    _undo(batch, staying=[], importer=importer)
    tell(batch.good_count, batch.good_count)
    return _mark_undone(batch, by=by)


@authored
def undo_rest(pk: UUID, *, by: User | None) -> ImportBatch:
    """The same of the rows that nobody touched since; the others stay, and the batch says which and why.

    Refused where none would be left, or where what is put back cannot stand beside what stays. Audited.
    """
    batch = _locked(pk, by=by)
    if batch.state == ImportState.UNDONE:
        return batch
    importer = _begin(batch)
    staying = rows_that_stay(batch, importer=importer)
    if len(staying) >= batch.good_count:
        raise Refusal(f"这一批的各行在导入之后都有改动或者已被用到，没有可以撤销的。请在名录中逐{importer.unit}改正。")
    _undo(batch, staying=[row.number for row in staying], importer=importer)
    batch.kept_rows = [row._asdict() for row in staying]
    return _mark_undone(batch, by=by)


def _locked(pk: UUID, *, by: User | None) -> ImportBatch:
    check_may_import(by)
    return ImportBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _begin(batch: ImportBatch) -> Importer:
    """Hold its register against other writers."""
    check_can_become(batch, ImportState.UNDONE)
    importer = importer_for(batch.register)
    importer.check_may_undo(has_updates=bool(batch.update_count))
    explain(reason=f"撤销导入《{batch.file_name}》", batch=str(batch.pk))
    versions.lock_register(importer)
    return importer


def _refusal(staying: list[Staying], *, importer: Importer) -> str:
    """Names the rows of one reason, those changed first."""
    reason = CHANGED if any(row.reason == CHANGED for row in staying) else USED
    rows = [row for row in staying if row.reason == reason][:NAMED_AT_MOST]
    words = "、".join(f"第 {row.number} 行（{row.key}）" for row in rows)
    more = "等" if len(rows) == NAMED_AT_MOST else ""
    return f"不能撤销：{words}{more}{reason}。请在名录中逐{importer.unit}改正。"


def _undo(batch: ImportBatch, *, staying: list[int], importer: Importer) -> None:
    """Whole or not at all: something entered since may stand where a row would be put back."""
    try:
        with transaction.atomic():
            _put_back(batch, staying=staying, importer=importer)
    except IntegrityError as fault:
        raise Refusal(f"不能撤销：恢复原样会与导入之后登记的内容冲突。请在名录中逐{importer.unit}改正。") from fault


def _put_back(batch: ImportBatch, *, staying: list[int], importer: Importer) -> None:
    """By the register's own way, which also knows what hangs on a row; then the whole rows as they were."""
    rows = batch.rows.exclude(row_number__in=staying).order_by("row_number")
    changes = rows.filter(outcome=Outcome.UPDATE).values_list("key", "changes")
    old = {key: {name: before for name, (before, _) in changed.items()} for key, changed in changes}
    if old:
        importer.restore_many(old)
        versions.put_back(batch, importer=importer, without=staying)
    if added := list(rows.filter(outcome=Outcome.CREATE).values_list("key", flat=True)):
        importer.delete_many(added)


def _mark_undone(batch: ImportBatch, *, by: User | None) -> ImportBatch:
    batch.state, batch.undone_by, batch.undone_at, batch.refusal = ImportState.UNDONE, by, timezone.now(), ""
    batch.save()
    record(
        "import.undone",
        by=by,
        target=batch,
        register=batch.register,
        created=batch.create_count,
        updated=batch.update_count,
        kept=len(batch.kept_rows),
    )
    return batch
