"""Who may keep the register of enterprises, and what it will not take."""

from __future__ import annotations

from enterprises.models import Enterprise
from enterprises.states import VALID_STATE_TRANSITIONS
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.lib import credit_code
from shuangsuiji.lib.errors import Refusal

READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.INSPECTOR, Role.LEADER, Role.SUPERVISOR)
"""The desk without its administrators, who cannot act in the business."""
CONTACT_READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.INSPECTOR)


def check_may_edit(by) -> None:
    """The inspection office keeps the register; the system itself may fill it."""
    if by is not None:
        check_role(by, Role.CLERK)


def check_may_read_contact(by) -> None:
    """A person's name and number are for those who must reach the enterprise."""
    check_role(by, *CONTACT_READERS)


def check_code_is_free(code: str) -> str:
    """The normalised code, which is right and stands in the register no more than once."""
    code = credit_code.check(code)
    taken = Enterprise.objects.filter(credit_code=code).first()
    if taken is not None:
        raise Refusal(f"该统一社会信用代码已登记为“{taken.name}”：请直接修改那一条。", field="credit_code")
    return code


def check_can_become(enterprise: Enterprise, state: str) -> None:
    """Closed and moved enterprises come back only as active."""
    if state not in VALID_STATE_TRANSITIONS[enterprise.state]:
        wanted = Enterprise.State(state).label
        raise Refusal(f"“{enterprise.get_state_display()}”不能直接改为“{wanted}”：请先改为“正常经营”。", field="state")
