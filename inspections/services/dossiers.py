"""一案一卷: asked for, rendered by a worker, looked through, locked with an archive number."""

from __future__ import annotations

import structlog
from django.db import transaction
from django.utils import timezone

from inspections.documents import closing_context, cover_context
from inspections.models import Dossier
from inspections.policies import check_may_lock, check_may_queue, names_are_kept
from inspections.policies.dossiers import check_may_excuse
from inspections.selectors import blocking_gaps, filing_gaps
from inspections.services.lifecycle import locked_task, move_task
from inspections.services.volumes import pictures_of, volume_parts
from inspections.states import DossierState, TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file
from shuangsuiji.documents.numbering import take_serial
from shuangsuiji.documents.volume import RenderedVolume, render_volume
from shuangsuiji.lib.doorbell import ring
from shuangsuiji.lib.errors import Refusal

RENDER_TASK = "inspections.tasks.render_due_dossiers"
ARCHIVE_SERIES = "archive"
FOLDER = "dossiers"
MOST_ATTEMPTS = 3
log = structlog.get_logger(__name__)


@transaction.atomic
def queue_dossier(dossier: Dossier, *, by: User) -> Dossier:
    """Ask for the volume; what is missing is refused in sentences. Asked for twice, it is queued once."""
    row = _locked_dossier(dossier.pk)
    check_may_queue(by, row)
    if row.state == DossierState.QUEUED:
        return row
    gaps = blocking_gaps(row.task)
    if gaps:
        raise Refusal(f"案卷还缺 {len(gaps)} 件：{''.join(gaps)}")
    row.state, row.queued_by, row.queued_at = DossierState.QUEUED, by, timezone.now()
    row.attempt_count, row.last_error = 0, ""
    row.save(update_fields=["state", "queued_by", "queued_at", "attempt_count", "last_error"])
    record("dossier.queued", by=by, target=row.task, confidential=_is_kept(row))
    ring(RENDER_TASK)
    return row


def render_next_dossier() -> bool:
    """Render the volume that has waited longest; False when none waits.

    The row stays locked while it is rendered, so two workers never take the same one, and a
    worker killed in the middle leaves it queued. After three faults it is put back with the error.
    """
    with transaction.atomic():
        row = (
            Dossier.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(state=DossierState.QUEUED)
            .order_by("attempt_count", "queued_at", "id")
            .first()
        )
        if row is None:
            return False
        try:
            with transaction.atomic():
                render_dossier(row)
        except Exception as fault:
            log.exception("dossier_not_rendered", task=row.task.number)
            row.refresh_from_db()
            _note_failure(row, fault)
    return True


def render_dossier(dossier: Dossier) -> Dossier:
    """Render the volume and keep its file, hash, pages and catalogue; same content, same bytes."""
    volume = _render(dossier)
    _keep(dossier, volume)
    dossier.state, dossier.rendered_at, dossier.last_error = DossierState.RENDERED, timezone.now(), ""
    dossier.save()
    record("dossier.rendered", by=None, target=dossier.task, confidential=_is_kept(dossier), sha256=dossier.sha256)
    return dossier


@transaction.atomic
def lock_dossier(dossier: Dossier, *, by: User, retention: str = Dossier.Retention.YEARS_30) -> Dossier:
    """File the volume: archive number (year and serial) under a lock, rendered once more with it, then unchangeable.

    The task is archived in the same transaction. Locked twice, it is refused with its number.
    """
    row = _locked_dossier(dossier.pk)
    check_may_lock(by, row)
    task = row.task = locked_task(row.task_id)
    check_whole(row)
    now = timezone.now()
    year = timezone.localtime(now).year
    row.archive_number = f"{year:04d}{take_serial(ARCHIVE_SERIES, year=year):04d}"
    if retention not in Dossier.Retention.values:
        raise Refusal("保存期限请选择30年或者永久。", field="retention")
    row.locked_by, row.locked_at, row.retention = by, now, retention
    _keep(row, _render(row))
    move_task(task, to=TaskState.ARCHIVED)  # before the lock, which holds the task as well
    row.state, row.rendered_at = DossierState.LOCKED, now
    row.save()
    record(
        "dossier.locked",
        by=by,
        target=task,
        confidential=_is_kept(row),
        archive_number=row.archive_number,
        sha256=row.sha256,
    )
    return row


def check_whole(dossier: Dossier) -> None:
    """Receipts and signatures are there before the volume is locked, or the head has said why they are not."""
    missing = [gap for gap in filing_gaps(dossier.task) if gap not in dossier.excused_gaps]
    if missing:
        raise Refusal(f"归档前请补齐：{''.join(missing)}确实无法补齐的，由负责人写明原因、准予归档。")


@transaction.atomic
def excuse_gaps(dossier: Dossier, *, by: User, reason: str) -> Dossier:
    """Let the volume be filed without what is missing now; gaps, reason and person are printed on the 备考表."""
    row = _locked_dossier(dossier.pk)
    check_may_excuse(by, row)
    gaps = filing_gaps(row.task)
    if not gaps:
        raise Refusal("没有缺项，可以直接归档。")
    if not reason.strip():
        raise Refusal("请写明缺项的原因。", field="reason")
    row.excused_gaps, row.excuse_reason, row.excused_by, row.excused_at = gaps, reason.strip(), by, timezone.now()
    row.save(update_fields=["excused_gaps", "excuse_reason", "excused_by", "excused_at"])
    record("dossier.gaps_excused", by=by, target=row.task, confidential=_is_kept(row), count=len(gaps))
    return row


def _render(dossier: Dossier) -> RenderedVolume:
    return render_volume(
        cover_context(dossier), volume_parts(dossier), closing_context(dossier), pictures=pictures_of(dossier)
    )


def _keep(dossier: Dossier, volume: RenderedVolume) -> None:
    dossier.file_name = keep_file(volume.content, folder=FOLDER)
    dossier.sha256, dossier.page_count, dossier.catalogue = volume.sha256, volume.page_count, volume.catalogue


def _note_failure(dossier: Dossier, fault: Exception) -> None:
    """The words of a fault may name a file or a person; the row keeps its kind, the log the rest."""
    dossier.attempt_count += 1
    dossier.last_error = f"生成失败（{type(fault).__name__}），请联系系统管理员查看日志。"
    if dossier.attempt_count >= MOST_ATTEMPTS:
        dossier.state = DossierState.OPEN
    dossier.save(update_fields=["attempt_count", "last_error", "state"])


def _locked_dossier(pk) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",))
    return rows.select_related("task__drawn__draw", "task__enterprise__field").get(pk=pk)


def _is_kept(dossier: Dossier) -> bool:
    return names_are_kept(dossier.task.drawn.draw, dossier.task)
