"""A small fictitious county to draw in, and draws at every stage of their life."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from draws.models import Draw, Item, ItemGroup, Plan
from draws.rules import PoolRules
from draws.services import (
    SourceWanted,
    approve_draw,
    ask_void,
    contribute,
    create_draw,
    enter_event,
    seal_draw,
    submit_draw,
    void_draw,
)
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector
from shuangsuiji.accounts.models import Department, Role, User, UserRole
from shuangsuiji.lib.credit_code import with_check_characters
from shuangsuiji.lib.models import CalendarYear, SupervisedField, Township
from tests.factories.items import make_edition
from tests.support.worlds import remembered

PASSWORD = "Shifan-2026-mima"
WORD = "示例：已核实，人手确实有限"
FAR = datetime.date(2099, 12, 31)


_hashed = functools.cache(make_password)
"""Hashing is slow on purpose; once a run is enough."""


def make_user(username: str, *roles: str, name: str = "") -> User:
    """An account with these roles and the password above."""
    user = User.objects.create(
        username=username,
        password=_hashed(PASSWORD),
        name=name or f"示例{username}",
        must_change_password=False,
        password_changed_at=timezone.now(),
    )
    for role in roles:
        UserRole.objects.create(user=user, role=role)
    return user


@dataclass
class County:
    """Everybody and everything a draw needs."""

    clerk: User
    approver: User
    head: User
    witness: User
    fields: list[SupervisedField]
    townships: list[Township]
    enterprises: list[Enterprise] = field(default_factory=list)
    officers: list[Inspector] = field(default_factory=list)
    experts: list[Expert] = field(default_factory=list)

    def people(self) -> list[User]:
        """The four accounts."""
        return [self.clerk, self.approver, self.head, self.witness]


def _enter_calendar() -> None:
    """The years that stories reach into: plans for the next one, lists that end three years on."""
    CalendarYear.objects.update(is_confirmed=True)
    first = timezone.localdate().year
    for year in range(first, first + 5):
        CalendarYear.objects.get_or_create(year=year, defaults={"source": "示例"})


@remembered
def make_county(*, enterprise_count: int = 24, officer_count: int = 8, expert_count: int = 4) -> County:
    """Two fields, two townships, six item groups of three published items each."""
    _enter_calendar()
    county = County(
        clerk=make_user("clerk", Role.CLERK, name="孙示例"),
        approver=make_user("approver", Role.APPROVER, name="周示例"),
        head=make_user("head", Role.HEAD, name="郑示例"),
        witness=make_user("witness", Role.SUPERVISOR, name="吴示例"),
        fields=[_field("chem", "危险化学品", 1), _field("firework", "烟花爆竹", 3)],
        townships=[_township("430681101", "汨罗镇"), _township("430681102", "新市镇")],
    )
    county.enterprises = [make_enterprise(county, number) for number in range(1, enterprise_count + 1)]
    county.officers = [make_officer(county, number) for number in range(1, officer_count + 1)]
    county.experts = [make_expert(county, number) for number in range(1, expert_count + 1)]
    make_items()
    return county


def _field(code: str, name: str, position: int) -> SupervisedField:
    found = SupervisedField.objects.filter(name=name).first()
    return found or SupervisedField.objects.create(code=code, name=name, position=position)


def _township(code: str, name: str) -> Township:
    found = Township.objects.filter(name=name).first()
    return found or Township.objects.create(code=code, name=name)


def make_enterprise(county: County, number: int, **changes) -> Enterprise:
    """A classified, active enterprise; fields, classes and townships take turns."""
    values = {
        "credit_code": with_check_characters(f"91999999MA{number:06d}"),
        "name": f"示范第{number}化工有限公司",
        "field": county.fields[number % 2],
        "township": county.townships[number // 2 % 2],
        "risk_class": "C" if number % 4 < 2 else "B",
        "expert_count_wanted": 1 if number % 3 == 0 else 0,
    }
    return Enterprise.objects.create(**{**values, **changes})


def make_officer(county: County, number: int, **changes) -> Inspector:
    """An officer of the bureau with a valid certificate."""
    department, _ = Department.objects.get_or_create(code="office", defaults={"name": "执法大队"})
    values = {
        "certificate_number": f"18060001{number:03d}",
        "certificate_expires_on": FAR,
        "name": f"张示例{number}",
        "department": department,
        "township": county.townships[number % 2],
    }
    officer = Inspector.objects.create(**{**values, **changes})
    officer.fields.set(county.fields)
    return officer


def make_expert(county: County, number: int, **changes) -> Expert:
    """An expert for both fields."""
    values = {"number": f"ZJ{number:04d}", "name": f"王虚构{number}", "employer": "示例大学"}
    expert = Expert.objects.create(**{**values, **changes})
    expert.fields.set(county.fields)
    return expert


def make_items() -> None:
    """Six groups of three published items, in a first edition."""
    edition = make_edition()
    for group_number in range(1, 7):
        group, _ = ItemGroup.objects.get_or_create(code=str(group_number), defaults={"name": f"第{group_number}类事项"})
        for number in range(1, 4):
            Item.objects.get_or_create(
                code=f"T{group_number}.{number:02d}",
                defaults={
                    "group": group,
                    "name": f"示例检查事项{group_number}之{number}",
                    "legal_basis": "《安全生产法》",
                    "edition": edition,
                    "published_on": datetime.date(2020, 1, 1),
                },
            )


def make_draft(county: County, **changes) -> Draw:
    """A complete draft: two strata, two sources (an account and a link), one item a group."""
    start = timezone.localdate() + datetime.timedelta(days=40)
    values = {
        "title": "二〇二六年第三批双随机抽取",
        "mode": Draw.Mode.ANNOUNCED,
        "visits_from": start,
        "visits_to": start + datetime.timedelta(days=14),
        "items_per_group": {"1": 1, "2": 1},
        "rules": PoolRules(),
        "strata": {(county.fields[0], "C"): 2, (county.fields[1], "B"): 2},
        "sources": [
            SourceWanted(name="纪检监察", kind="account", user=county.witness),
            SourceWanted(name="企业代表", kind="link"),
        ],
    }
    return create_draw(by=county.clerk, **{**values, **changes})


def make_approved(county: County, **changes) -> Draw:
    """A draw that waits to be sealed."""
    draw = submit_draw(make_draft(county, **changes), by=county.clerk)
    return approve_draw(draw, by=county.approver, scarcity_note=WORD, blocking_note=WORD)


def make_sealed(county: County, **changes) -> Draw:
    """A sealed draw that waits for its sources."""
    draw = make_approved(county, **changes)
    seal_draw(draw, by=county.clerk)
    return Draw.objects.get(pk=draw.pk)


def make_drawn(county: County, **changes) -> Draw:
    """A draw carried out by its last source."""
    draw = make_sealed(county, **changes)
    contribute_all(draw, county=county)
    return Draw.objects.get(pk=draw.pk)


def make_void(draw: Draw, *, county: County, reason: str = "名单有误") -> Draw:
    """A sealed draw that one asked to void and another agreed to."""
    ask_void(draw, by=county.clerk, reason=reason)
    return void_draw(draw, by=county.approver)


def contribute_all(draw: Draw, *, county: County) -> None:
    """Every source says something."""
    for source in draw.sources.all():
        if source.kind == "event":
            for person in (county.clerk, county.approver):
                enter_event(source, text="314", by=person, now=source.published_at)
        else:
            contribute(source, text=f"骰子 {source.position} 3 1", by=source.user)


def make_plan(county: County, *, year: int, **changes) -> Plan:
    """An approved plan of a year."""
    values = {"year": year, "state": "approved", "drafted_by": county.clerk, "approved_by": county.approver}
    return Plan.objects.create(**{**values, "approved_at": timezone.now(), **changes})
