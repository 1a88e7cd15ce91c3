"""What a worker does: takes the oldest batch that waits and brings it to its next state.

The row's lock is the claim: a worker that is killed lets go of it at once, its transaction vanishes
whole, and the next one begins that batch anew.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.db import transaction

from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.progress import Tell, Watched, watched
from shuangsuiji.imports.services.applying import apply_batch
from shuangsuiji.imports.services.staging import read_batch
from shuangsuiji.imports.services.undoing import undo_batch
from shuangsuiji.imports.states import WAITING_FOR_WORKER, ImportState
from shuangsuiji.lib.errors import Refusal

log = structlog.get_logger(__name__)
MOST_ATTEMPTS = 4
_BACK_TO = {
    ImportState.RECEIVED: ImportState.REFUSED,
    ImportState.APPLYING: ImportState.STAGED,
    ImportState.UNDOING: ImportState.APPLIED,
}
_GIVEN_UP = "服务器处理这份文件时多次中断，已停止，名录没有改动：请稍后再试；仍不成功时请联系系统管理员。"


def work_on_next() -> bool:
    """Work on the oldest waiting batch that nobody else works on; False when there is none.

    What cannot be done is written on the batch as a sentence, and it goes back to where a person can act.
    """
    with transaction.atomic():
        batch = (
            ImportBatch.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
            .filter(state__in=WAITING_FOR_WORKER)
            .order_by("uploaded_at", "id")
            .first()
        )
        if batch is None:
            return False
        with watched(batch.pk) as watch:
            _attempt(batch, watch=watch)
    return True


def _attempt(batch: ImportBatch, *, watch: Watched) -> None:
    if watch.begin() > MOST_ATTEMPTS:
        _hand_back(batch, sentence=_GIVEN_UP)
        return
    try:
        with transaction.atomic():
            _WORK[ImportState(batch.state)](batch, watch.tell)
    except Refusal as refusal:
        batch.refresh_from_db()
        _hand_back(batch, sentence=refusal.sentence)


def _read(batch: ImportBatch, tell: Tell) -> None:
    read_batch(batch, tell=tell)


def _apply(batch: ImportBatch, tell: Tell) -> None:
    apply_batch(batch.pk, by=batch.asked_by, tell=tell)


def _undo(batch: ImportBatch, tell: Tell) -> None:
    undo_batch(batch.pk, by=batch.asked_by, tell=tell)


_WORK: dict[ImportState, Callable[[ImportBatch, Tell], None]] = {
    ImportState.RECEIVED: _read,
    ImportState.APPLYING: _apply,
    ImportState.UNDOING: _undo,
}


def _hand_back(batch: ImportBatch, *, sentence: str) -> None:
    log.warning("import_handed_back", batch=str(batch.pk), state=batch.state)
    batch.state = _BACK_TO[ImportState(batch.state)]
    batch.refusal = sentence[:500]
    batch.save(update_fields=["state", "refusal"])
