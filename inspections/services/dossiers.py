"""一案一卷: asked for, rendered by a worker, looked through, locked with an archive number."""

from __future__ import annotations

from pathlib import Path

import structlog
from django.db import transaction
from django.utils import timezone

from inspections.documents import EVIDENCE_LIST, closing_context, cover_context, evidence_context
from inspections.models import Dossier
from inspections.policies import check_may_lock, check_may_queue, names_are_kept
from inspections.selectors import blocking_gaps, documents_of, evidence_of
from inspections.services.evidence import PRINT_EDGE, view_path
from inspections.services.lifecycle import locked_task, move_task
from inspections.states import DossierState, TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file
from shuangsuiji.documents.numbering import take_serial
from shuangsuiji.documents.volume import RenderedVolume, VolumePart, render_volume
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
def lock_dossier(dossier: Dossier, *, by: User) -> Dossier:
    """File the volume: archive number (year and serial) under a lock, rendered once more with it, then unchangeable.

    The task is archived in the same transaction. Locked twice, it is refused with its number.
    """
    row = _locked_dossier(dossier.pk)
    check_may_lock(by, row)
    task = row.task = locked_task(row.task_id)
    now = timezone.now()
    year = timezone.localtime(now).year
    row.archive_number = f"{year:04d}{take_serial(ARCHIVE_SERIES, year=year):04d}"
    row.locked_by, row.locked_at = by, now
    _keep(row, _render(row))
    row.state, row.rendered_at = DossierState.LOCKED, now
    row.save()
    move_task(task, to=TaskState.ARCHIVED)
    record(
        "dossier.locked",
        by=by,
        target=task,
        confidential=_is_kept(row),
        archive_number=row.archive_number,
        sha256=row.sha256,
    )
    return row


@transaction.atomic
def note_opening(dossier: Dossier, *, by: User) -> None:
    """Whoever opens a filed volume stands in the trail."""
    if dossier.state == DossierState.LOCKED:
        record(
            "dossier.opened",
            by=by,
            target=dossier.task,
            confidential=_is_kept(dossier),
            archive_number=dossier.archive_number,
        )


def volume_parts(dossier: Dossier) -> list[VolumePart]:
    """The documents of a check-only volume, by time, and the evidence list last."""
    parts = [VolumePart.issued(document) for document in documents_of(dossier.task)]
    on = timezone.localtime(dossier.queued_at).date().isoformat() if dossier.queued_at else ""
    evidence = VolumePart(
        title=EVIDENCE_LIST.name, on=on, template=EVIDENCE_LIST.template, context=evidence_context(dossier.task)
    )
    return [*parts, evidence]


def pictures_of(dossier: Dossier) -> dict[str, Path]:
    """The photos as they are printed: small copies without EXIF, by the hash of the original."""
    return {one.sha256: view_path(one, edge=PRINT_EDGE) for one in evidence_of(dossier.task)}


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
