"""Rules about roles. Each raises `Refusal` with a sentence, or returns nothing."""

from __future__ import annotations

from shuangsuiji.accounts.models import Role, User
from shuangsuiji.lib.errors import Refusal


def has_role(user, *roles: Role) -> bool:
    """Whether the person holds any of these roles. Anonymous people hold none."""
    return bool(getattr(user, "is_authenticated", False) and user.role_codes.intersection(roles))


def check_role(user, *roles: Role) -> None:
    """The step belongs to one of these roles."""
    if not has_role(user, *roles):
        names = "、".join(Role(role).label for role in roles)
        raise Refusal(f"此操作须由{names}办理，您的账号没有这个角色。", status=403)


def check_somebody_else(user: User, *, drafted_by: User | None) -> None:
    """Nobody approves what they drafted themselves."""
    if drafted_by is not None and user.pk == drafted_by.pk:
        raise Refusal("起草人不能审批自己起草的内容，请由另一位审批负责人办理。", status=403)
