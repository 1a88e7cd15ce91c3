"""A batch is taken back while nobody else has touched what it wrote."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
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
from shuangsuiji.lib.errors import Refusal


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
    check_may_import(by)
    batch = ImportBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if batch.state == ImportState.UNDONE:
        return batch
    check_can_become(batch, ImportState.UNDONE)
    importer = importer_for(batch.register)
    explain(reason=f"撤销导入《{batch.file_name}》", batch=str(batch.pk))
    versions.lock_register(importer)
    _check_untouched(batch, importer=importer)
    _put_back(batch, importer=importer)
    _take_out(batch, importer=importer)
    tell(batch.good_count, batch.good_count)
    batch.state, batch.undone_by, batch.undone_at, batch.refusal = ImportState.UNDONE, by, timezone.now(), ""
    batch.save()
    record(
        "import.undone",
        by=by,
        target=batch,
        register=batch.register,
        created=batch.create_count,
        updated=batch.update_count,
    )
    return batch


def _check_untouched(batch: ImportBatch, *, importer: Importer) -> None:
    if rows := versions.touched(batch, importer=importer):
        raise Refusal(f"不能撤销：{_named(rows)}在导入之后又有改动。请在名录中逐{importer.unit}改正。")
    if rows := versions.referred_to(batch, importer=importer):
        raise Refusal(f"不能撤销：{_named(rows)}已被其他业务用到。请在名录中逐{importer.unit}改正。")
    changed = (
        batch.rows.filter(outcome=Outcome.UPDATE).order_by("row_number").values_list("row_number", "key", "changes")
    )
    present = importer.present({key for _, key, _ in changed}) if batch.update_count else {}
    others = [
        (number, key)
        for number, key, changes in changed
        if any(present[key].get(name) != new for name, (_, new) in changes.items())
    ]
    if others:
        raise Refusal(
            f"不能撤销：{_named(others[: versions.NAMED_AT_MOST])}在导入之后又有改动。请在名录中逐{importer.unit}改正。"
        )


def _named(rows: list[tuple[int, str]]) -> str:
    words = "、".join(f"第 {number} 行（{key}）" for number, key in rows)
    return f"{words}等" if len(rows) == versions.NAMED_AT_MOST else words


def _put_back(batch: ImportBatch, *, importer: Importer) -> None:
    """By the register's own way, which also knows what hangs on a row; then the whole rows as they were."""
    changes = batch.rows.filter(outcome=Outcome.UPDATE).order_by("row_number").values_list("key", "changes")
    old = {key: {name: before for name, (before, _) in changed.items()} for key, changed in changes}
    if old:
        importer.restore_many(old)
        versions.put_back(batch, importer=importer)


def _take_out(batch: ImportBatch, *, importer: Importer) -> None:
    added = batch.rows.filter(outcome=Outcome.CREATE).order_by("row_number").values_list("key", flat=True)
    if keys := list(added):
        importer.delete_many(keys)
