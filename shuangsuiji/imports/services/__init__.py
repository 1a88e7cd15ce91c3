"""Staging an upload, putting it right, taking it over, letting it go, taking it back."""

from shuangsuiji.imports.services.applying import apply_batch, discard_batch, order_apply
from shuangsuiji.imports.services.mending import choose_columns, mend_row, read_again
from shuangsuiji.imports.services.receiving import receive_upload, stage_upload
from shuangsuiji.imports.services.undoing import Touched, order_undo, undo_batch, undo_rest
from shuangsuiji.imports.services.working import work_on_next

__all__ = [
    "Touched",
    "apply_batch",
    "choose_columns",
    "discard_batch",
    "mend_row",
    "order_apply",
    "order_undo",
    "read_again",
    "receive_upload",
    "stage_upload",
    "undo_batch",
    "undo_rest",
    "work_on_next",
]
