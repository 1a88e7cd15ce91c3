"""Who may sign in, and what each may do.

The three administrators (三员分立) are different people, and none of them can hold a
business role: an exclusion constraint keeps every account within one family of roles.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils import timezone


class Role(models.TextChoices):
    """The roles of the desk; the value is the code used in policies and tests."""

    CLERK = "clerk", "经办人"
    APPROVER = "approver", "审批负责人"
    HEAD = "head", "主要负责人"
    INSPECTOR = "inspector", "执法人员"
    LEADER = "leader", "领导小组"
    SUPERVISOR = "supervisor", "监督员"
    SYSADMIN = "sysadmin", "系统管理员"
    SECADMIN = "secadmin", "安全管理员"
    AUDITADMIN = "auditadmin", "审计管理员"


ADMIN_ROLES = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITADMIN})


class Department(models.Model):
    """A department of the bureau, or a partner department in a joint draw."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60, unique=True)
    is_partner = models.BooleanField("外部协作部门", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates accounts; used by services and the test client only."""

    def create_user(self, username: str, password: str | None = None, **fields) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. Accounts are switched off, never deleted."""

    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    email = models.EmailField("电子邮箱", blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name="部门")
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)
    password_changed_at = models.DateTimeField("改密时间", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    @property
    def role_codes(self) -> frozenset[str]:
        """The codes of this person's roles; one query, then remembered."""
        if not hasattr(self, "_role_codes"):
            self._role_codes = frozenset(self.roles.values_list("role", flat=True))
        return self._role_codes

    @property
    def role_labels(self) -> list[str]:
        """The names of this person's roles, in the order of the roles; asks nothing more."""
        return [str(role.label) for role in Role if role in self.role_codes]


class RoleFamily(models.TextChoices):
    """Which roles may stand together on one account."""

    BUSINESS = "business", "业务"
    SYSADMIN = "sysadmin", "系统管理"
    SECADMIN = "secadmin", "安全管理"
    AUDITADMIN = "auditadmin", "审计管理"


class UserRole(models.Model):
    """One role of one account."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles", verbose_name="账号")
    role = models.CharField("角色", max_length=12, choices=Role)
    family = models.CharField("角色族", max_length=12, choices=RoleFamily, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "账号角色"
        ordering = ["user_id", "role"]
        constraints = [
            models.UniqueConstraint("user", "role", name="a_role_once_an_account"),
            ExclusionConstraint(
                name="administrators_hold_no_other_role",
                expressions=[("user", RangeOperators.EQUAL), ("family", RangeOperators.NOT_EQUAL)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def save(self, *args, **kwargs) -> None:
        self.family = self.role if self.role in ADMIN_ROLES else RoleFamily.BUSINESS
        super().save(*args, **kwargs)


class SavedFilter(models.Model):
    """A filter of a list under a name: one's own, or offered to everybody who may open that list."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_filters", verbose_name="所有人")
    list_name = models.CharField("列表", max_length=60)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=1000)
    is_shared = models.BooleanField("共享", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "常用筛选"
        ordering = ["list_name", "name", "id"]
        constraints = [
            models.UniqueConstraint("owner", "list_name", "name", name="a_filter_name_once_a_list_and_owner")
        ]

    def __str__(self) -> str:
        return self.name
