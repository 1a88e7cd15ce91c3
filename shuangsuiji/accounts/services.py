"""Accounts: made by the system administrator, given roles by the security administrator."""

from __future__ import annotations

from collections.abc import Iterable

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from shuangsuiji.accounts.models import ADMIN_ROLES, Department, Role, User, UserRole
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.events import announce


@transaction.atomic
def create_account(
    *, username: str, name: str, password: str, by: User | None, email: str = "", department: Department | None = None
) -> User:
    """Make an account without roles, whose password must be changed at first sign-in.

    Raises Refusal when the login name is taken or the password too weak. Audited.
    """
    if by is not None:
        check_role(by, Role.SYSADMIN)
    if User.objects.filter(username=username).exists():
        raise Refusal(f"登录名“{username}”已有人使用，请换一个。", field="username")
    user = User(username=username, name=name, email=email, department=department)
    _set_password(user, password)
    user.save()
    announce("account.created", by=by, target=user)
    return user


@transaction.atomic
def update_account(user: User, *, by: User, name: str, email: str, department: Department | None, is_active: bool):
    """Change who an account belongs to, or switch it off. Audited with old and new values."""
    check_role(by, Role.SYSADMIN)
    if user.pk == by.pk and not is_active:
        raise Refusal("不能停用自己的账号，请由另一位系统管理员办理。", field="is_active")
    wanted = {"name": name, "email": email, "department": department, "is_active": is_active}
    changed = sorted(field for field, value in wanted.items() if getattr(user, field) != value)
    for field, value in wanted.items():
        setattr(user, field, value)
    user.save(update_fields=list(wanted))
    if changed:
        announce("account.updated", by=by, target=user, fields=changed)


@transaction.atomic
def assign_roles(user: User, *, roles: Iterable[str], by: User | None) -> None:
    """Give exactly these roles. Administrators hold one role and no business (三员分立)."""
    if by is not None:
        check_role(by, Role.SECADMIN)
        if user.pk == by.pk:
            raise Refusal("不能给自己分配角色，请由另一位安全管理员办理。")
    wanted = set(roles)
    if wanted & ADMIN_ROLES and len(wanted) > 1:
        raise Refusal("系统、安全、审计管理员不能兼任其他角色（三员分立），请只选一个。", field="roles")
    before = sorted(user.roles.values_list("role", flat=True))
    user.roles.exclude(role__in=wanted).delete()
    for role in sorted(wanted - set(before)):
        UserRole.objects.create(user=user, role=role)
    if before != sorted(wanted):
        announce("account.roles_assigned", by=by, target=user, before=before, after=sorted(wanted))


@transaction.atomic
def reset_password(user: User, *, password: str, by: User) -> None:
    """Set a first password again and lift a lock; the person must change it."""
    check_role(by, Role.SYSADMIN)
    _set_password(user, password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    reset(username=user.username)
    announce("account.password_reset", by=by, target=user)


@transaction.atomic
def change_password(user: User, *, password: str) -> None:
    """The person's own new password."""
    if user.check_password(password):
        raise Refusal("新密码不能与原密码相同，请另设一个。", field="new_password1")
    _set_password(user, password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    announce("account.password_changed", by=user, target=user)


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal("".join(error.messages), field="password") from error
    user.set_password(password)
    user.password_changed_at = timezone.now()
