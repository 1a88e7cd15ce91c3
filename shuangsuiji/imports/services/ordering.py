"""Handing long work to a worker: the row says what is to be done, the ring only wakes somebody."""

from __future__ import annotations

from shuangsuiji.accounts.models import User
from shuangsuiji.imports.models import ImportBatch, ImportProgress
from shuangsuiji.imports.policies import check_can_become
from shuangsuiji.imports.states import ImportState
from shuangsuiji.lib.doorbell import ring

WORK = "shuangsuiji.imports.tasks.work_on_imports"


def ask_worker(batch: ImportBatch, *, state: ImportState, by: User | None) -> ImportBatch:
    """Put a locked batch into a state that waits for a worker, with its attempts counted from nought."""
    check_can_become(batch, state)
    batch.state, batch.asked_by, batch.refusal = state, by, ""
    batch.save()
    ImportProgress.objects.update_or_create(
        batch=batch, defaults={"done_count": 0, "whole_count": 0, "attempt_count": 0}
    )
    ring(WORK)
    return batch
