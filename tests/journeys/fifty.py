"""Fifty enterprises drawn, and their notice approved and due: what the killed worker is to publish.

Runs inside a stack's own Django (`stack.shell`), by the services that the pages call.
"""

from __future__ import annotations

import datetime as dt
import random

from django.db import transaction
from django.utils import timezone

from enterprises.services import create_enterprise
from inspectors.models import Inspector
from publication.services import approve_publication, draft_notice
from shuangsuiji.demo.catalogue import publish_starting_list
from shuangsuiji.demo.cycle import Cycle, CyclePlan
from shuangsuiji.demo.people import People, build_people
from shuangsuiji.lib.credit_code import with_check_characters
from shuangsuiji.lib.models import SupervisedField

COUNT = 50
STRATUM = ("machinery", "B")
ENOUGH_VISITS = 20


@transaction.atomic
def approve_notice_of_fifty() -> None:
    """Everything up to the approver's word; the jobs do the rest."""
    people, cycle = draw_of(COUNT, mode="announced")
    notice = draft_notice(cycle.draw, by=people.staff["clerk"])
    approve_publication(notice, by=people.staff["approver"])


def draw_of(count: int, *, mode: str) -> tuple[People, Cycle]:
    """So many enterprises with an address, all of them drawn."""
    today = timezone.localdate()
    people = build_people(today=today)
    Inspector.objects.update(visit_limit=max(ENOUGH_VISITS, count))
    publish_starting_list(people, on=today)
    _register(count)
    return people, _drawn(people, today=today, count=count, mode=mode)


def _register(count: int) -> None:
    code, risk = STRATUM
    field = SupervisedField.objects.get(code=code)
    for number in range(1, count + 1):
        create_enterprise(
            credit_code=with_check_characters(f"91999900MA{number:06d}"),
            name=f"第{number}示例机械有限公司",
            by=None,
            address=f"示例市示范路{number}号",
            field=field,
            risk_class=risk,
            contact_email=f"office{number}@example.invalid",
        )


def _drawn(people: People, *, today: dt.date, count: int, mode: str) -> Cycle:
    first = today + dt.timedelta(days=24)
    wanted = CyclePlan(f"{count}家双随机抽取", mode, today, first, first + dt.timedelta(days=13), ((*STRATUM, count),))
    cycle = Cycle(wanted, people=people, plan=None, rng=random.Random(count))
    cycle.seal()
    cycle.contribute_and_draw()
    return cycle
