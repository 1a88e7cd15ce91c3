"""Who may add the signed sheet of a paper."""

from __future__ import annotations

from inspections.models import Case, Task
from inspections.policies.cases import check_volume_open, is_handler
from inspections.policies.visits import is_officer
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role


def check_may_add_scan(user: User, *, task: Task, case: Case | None) -> None:
    """Own officers, officers in charge or the office, until the volume is filed."""
    check_volume_open(task)
    if is_officer(user, task) or (case is not None and is_handler(user, case)):
        return
    check_role(user, Role.CLERK)
