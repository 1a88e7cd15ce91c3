"""Whose work log one keeps."""

from __future__ import annotations

from inspectors.models import Inspector
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.errors import Refusal


def check_may_enter(user: User, inspector: Inspector) -> None:
    """An officer keeps the own log; the office keeps everybody's."""
    if inspector.account_id != user.pk and not has_role(user, Role.CLERK):
        raise Refusal("工作日志由本人或经办人登记。", status=403)
