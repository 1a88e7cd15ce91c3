"""What the story of the public site does not press itself: the draw before it, the visit in its middle.

Runs inside a stack's own Django (`stack.shell`), by the services that the pages call; another
story (`test_main_job.py`) presses these buttons one by one.
"""

from __future__ import annotations

import datetime as dt
import random

from django.db import transaction
from django.utils import timezone

from draws.selectors.people import recused_seats
from draws.services.amending import approve_amendment, ask_amendment
from enterprises.models import Enterprise
from enterprises.services import update_enterprise
from inspections.models import Task
from inspections.services import propose_overdue
from shuangsuiji.accounts.models import User
from shuangsuiji.demo.cycle import Cycle, CyclePlan
from shuangsuiji.demo.people import People
from tests.journeys.fifty import STRATUM, draw_of

COUNT = 3
MISTYPED, RIGHT = "第1示例机械有限公司", "第1示例精工机械有限公司"


@transaction.atomic
def draw_three() -> None:
    """Three makers of machines are drawn, to be announced."""
    draw_of(COUNT, mode="announced")


@transaction.atomic
def replace_who_was_recused() -> None:
    """Until then nothing goes on at that enterprise: the office asks for somebody else, an approver agrees."""
    seat = recused_seats().select_related("drawn__draw", "drawn__enterprise", "inspector").get()
    asked = ask_amendment(
        seat.drawn.draw,
        by=User.objects.get(username="clerk"),
        kind="person_replaced",
        reason="已准予回避",
        stage="inspectors",
        enterprise=seat.drawn.enterprise.credit_code,
        out=seat.inspector.certificate_number,
        why="recused",
        appoint="",
    )
    approve_amendment(asked, by=User.objects.get(username="approver"))


@transaction.atomic
def mend_the_name() -> None:
    """The register had a name wrong."""
    enterprise = Enterprise.objects.get(name=MISTYPED)
    update_enterprise(enterprise.pk, by=User.objects.get(username="clerk"), name=RIGHT)


@transaction.atomic
def visit_and_find_a_major_hazard() -> None:
    """The enterprise is visited today; a 重大隐患 is ordered to be put right."""
    task = Task.objects.get(enterprise__name=RIGHT)
    cycle = _cycle_of(task)
    cycle.prepare(task)
    cycle.visit(task, failures=1, major=True)


@transaction.atomic
def the_limit_passes() -> None:
    """The watch over deadlines, as on a day after the last one of the order."""
    propose_overdue(today=timezone.localdate() + dt.timedelta(days=40))


def _cycle_of(task: Task) -> Cycle:
    today = timezone.localdate()
    wanted = CyclePlan("", "announced", today, today, today, ((*STRATUM, COUNT),))
    people = People(staff={user.username: user for user in User.objects.all()})
    cycle = Cycle(wanted, people=people, plan=None, rng=random.Random(1))
    cycle.draw = task.drawn.draw
    return cycle
