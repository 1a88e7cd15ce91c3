"""The demo's staff, officers and experts. Every name says that it is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from inspectors.models import Expert, Inspector
from inspectors.services import create_expert, create_inspector, link_account
from shuangsuiji.accounts.models import Department, Role, User
from shuangsuiji.accounts.services import assign_roles, create_account
from shuangsuiji.lib.models import SupervisedField, Township

PASSWORD = "Shili-2026-demo"  # noqa: S105 - printed on purpose, fictitious bureau only

STAFF = (
    ("clerk", "李样本", (Role.CLERK,)),
    ("clerk2", "何样例", (Role.CLERK,)),
    ("approver", "王示范", (Role.APPROVER,)),
    ("head", "赵虚构", (Role.HEAD, Role.LEADER)),
    ("leader", "钱样例", (Role.LEADER,)),
    ("supervisor", "孙示例", (Role.SUPERVISOR,)),
    ("sysadmin", "系统管理示例", (Role.SYSADMIN,)),
    ("secadmin", "安全管理示例", (Role.SECADMIN,)),
    ("auditadmin", "审计管理示例", (Role.AUDITADMIN,)),
)
OFFICERS = (
    "张示例",
    "周示例",
    "吴样本",
    "郑示范",
    "冯虚拟",
    "陈示例",
    "褚样本",
    "卫虚构",
    "蒋示范",
    "沈样例",
    "韩虚拟",
    "杨示例",
)
EXPERTS = ("朱专家示例", "秦专家样本", "尤专家虚构", "许专家示范", "吕专家样例", "施专家虚拟")


@dataclass
class People:
    """Who is there, by login name or in order."""

    staff: dict[str, User] = field(default_factory=dict)
    officers: list[Inspector] = field(default_factory=list)
    experts: list[Expert] = field(default_factory=list)


def account(username: str, name: str, roles: tuple[Role, ...], *, department: Department | None = None) -> User:
    """An account whose password nobody must change; hashed once, for hashing is slow on purpose."""
    user = create_account(username=username, name=name, password=PASSWORD, by=None, department=department)
    assign_roles(user, roles=roles, by=None)
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    return user


def build_people(*, today: dt.date) -> People:
    """Staff for every role, twelve officers with accounts, six experts."""
    office, _ = Department.objects.get_or_create(code="office", defaults={"name": "检查室（示例）"})
    squad, _ = Department.objects.get_or_create(code="squad", defaults={"name": "执法大队（示例）"})
    people = People()
    for username, name, roles in STAFF:
        people.staff[username] = account(username, name, roles, department=office)
    fields = list(SupervisedField.objects.all())
    towns = list(Township.objects.all())
    for number, name in enumerate(OFFICERS, start=1):
        own = account(f"officer{number}", name, (Role.INSPECTOR,), department=squad)
        officer = create_inspector(
            certificate_number=f"SL{today.year - 1}{number:04d}",
            certificate_expires_on=today + dt.timedelta(days=40 if number == len(OFFICERS) else 500),
            name=name,
            department=squad,
            by=None,
            fields=fields if number % 3 else fields[:4],
            township=towns[number % len(towns)],
        )
        people.officers.append(link_account(officer.pk, account=own, by=None))
    for number, name in enumerate(EXPERTS, start=1):
        expert = create_expert(
            number=f"ZJ{number:03d}", name=name, by=None, fields=fields, title="高级工程师", employer="示例安全技术中心"
        )
        people.experts.append(expert)
    return people
