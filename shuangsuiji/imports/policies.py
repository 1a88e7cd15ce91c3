"""Who may bring workbooks in."""

from __future__ import annotations

from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.states import VALID_STATE_TRANSITIONS
from shuangsuiji.lib.errors import Refusal


def check_may_import(by) -> None:
    """Registers are kept by the inspection office; the system itself may fill them."""
    if by is not None:
        check_role(by, Role.CLERK)


def check_can_become(batch: ImportBatch, state: str) -> None:
    """A batch that was taken over or let go stays so."""
    if state not in VALID_STATE_TRANSITIONS[batch.state]:
        raise Refusal(f"这一批{batch.get_state_display()}，不能这样办理：请在导入记录中查看，需要时重新上传文件。")
