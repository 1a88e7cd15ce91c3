"""Many volumes at once: asked for together, rendered by whatever workers there are, counted as they come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from inspections.models import Dossier, DossierBatch
from inspections.policies import check_may_queue
from inspections.selectors import blocking_gaps
from inspections.services.dossiers import RENDER_TASK, queue_dossier
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.doorbell import ring
from shuangsuiji.lib.errors import Refusal

MOST = 1000
WORKERS_CALLED = 4


@transaction.atomic
def queue_batch(dossiers: Iterable[Dossier], *, by: User, now: dt.datetime | None = None) -> DossierBatch:
    """Ask for many volumes. One that is not whole stops the batch with its number and what it lacks."""
    rows = sorted(dossiers, key=lambda one: one.pk)
    if not rows:
        raise Refusal("请至少选择一卷。")
    if len(rows) > MOST:
        raise Refusal(f"一批最多 {MOST} 卷，请分批提交。")
    batch = DossierBatch.objects.create(asked_by=by, asked_at=now or timezone.now(), count=len(rows))
    for dossier in rows:
        _queue(dossier, by=by)
    Dossier.objects.filter(pk__in=[one.pk for one in rows]).update(batch=batch)
    for _ in range(min(WORKERS_CALLED, len(rows))):
        ring(RENDER_TASK)
    record("dossier.batch_queued", by=by, target=batch, count=len(rows))
    return batch


def _queue(dossier: Dossier, *, by: User) -> None:
    try:
        queue_dossier(dossier, by=by)
    except Refusal as refusal:
        raise Refusal(f"{dossier.task.number}：{refusal.sentence}") from refusal


def batch_candidates(rows: Iterable[Dossier], *, by: User) -> tuple[list[Dossier], list[tuple[Dossier, str]]]:
    """Which of these volumes can be asked for now, and what keeps each of the others."""
    ready, held = [], []
    for dossier in rows:
        sentence = _why_not(dossier, by=by)
        if sentence:
            held.append((dossier, sentence))
        else:
            ready.append(dossier)
    return ready, held


def _why_not(dossier: Dossier, *, by: User) -> str:
    try:
        check_may_queue(by, dossier)
    except Refusal as refusal:
        return refusal.sentence
    return "".join(blocking_gaps(dossier.task))
