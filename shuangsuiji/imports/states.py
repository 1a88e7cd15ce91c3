"""Life cycle of a batch: read, shown to a person, taken over or let go, and perhaps taken back.

What is `received`, `applying` or `undoing` waits for a worker; the row alone says so.
"""

from __future__ import annotations

from django.db import models


class ImportState(models.TextChoices):
    """Where an uploaded file stands."""

    RECEIVED = "received", "读取中"
    REFUSED = "refused", "未能读取"
    UNMATCHED = "unmatched", "待对应列"
    STAGED = "staged", "待确认"
    APPLYING = "applying", "导入中"
    APPLIED = "applied", "已导入"
    UNDOING = "undoing", "撤销中"
    UNDONE = "undone", "已撤销"
    DISCARDED = "discarded", "已放弃"


State = ImportState
VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    State.RECEIVED: (State.STAGED, State.UNMATCHED, State.REFUSED),
    State.UNMATCHED: (State.RECEIVED, State.DISCARDED),
    State.STAGED: (State.APPLYING, State.APPLIED, State.RECEIVED, State.DISCARDED),
    State.APPLYING: (State.APPLIED, State.STAGED),
    State.APPLIED: (State.UNDOING, State.UNDONE),
    State.UNDOING: (State.UNDONE, State.APPLIED),
    State.REFUSED: (),
    State.UNDONE: (),
    State.DISCARDED: (),
}
WAITING_FOR_WORKER = (State.RECEIVED, State.APPLYING, State.UNDOING)
HAS_ROWS = (State.STAGED, State.APPLYING, State.APPLIED, State.UNDOING, State.UNDONE)
