"""The whole demo world, or one round up to a stage."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from draws.models import Draw, Plan
from draws.services.plans import approve_plan, create_plan, publish_plan, submit_plan
from inspections.models import Dossier, Order
from inspections.selectors import blocking_gaps
from inspections.services.dossiers import lock_dossier, queue_dossier, render_next_dossier
from inspections.services.revisits import approve_revisit, reinspect
from inspections.states import DossierState
from shuangsuiji.demo.catalogue import publish_starting_list
from shuangsuiji.demo.clock import at, moment
from shuangsuiji.demo.cycle import Cycle, CyclePlan
from shuangsuiji.demo.facts import build_facts
from shuangsuiji.demo.penalty import DemoCase
from shuangsuiji.demo.people import People, build_people
from shuangsuiji.demo.register import TRADES, build_register
from shuangsuiji.demo.service import hand_over
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.selectors import calendar_gaps_of
from shuangsuiji.lib.services import add_year, confirm_year

DEMO_CALENDAR = "演示数据，以国务院办公厅的通知为准"
STAGES = ("planned", "sealed", "drawn", "noticed", "inspected", "published")
DEMO_DAYS = {"officer_count": 12, "other_enforcement_days": 620, "non_enforcement_days": 880}
TAKES = (("hazchem", "C", 2), ("hazchem", "B", 1), ("fireworks", "C", 1), ("machinery", "B", 2))


@dataclass
class World:
    """What was built, for the command to speak of."""

    people: People
    plan: Plan
    cycles: list[Cycle] = field(default_factory=list)


def days(today: dt.date, count: int) -> dt.date:
    """So many days from today; negative is the past."""
    return today + dt.timedelta(days=count)


@transaction.atomic
def build_base(*, rng: random.Random, today: dt.date) -> World:
    """Accounts, registers, published items and this year's plan."""
    with at(moment(days(today, -90), 9)):
        people = build_people(today=today)
        build_register(rng=rng)
        build_facts(people, today=today)
        publish_starting_list(people, on=days(today, -90))
        return World(people, _plan(people, year=today.year))


def _plan(people: People, *, year: int) -> Plan:
    fields = {one.code: one for one in SupervisedField.objects.all()}
    lines = {(fields[trade.field_code], trade.risk_class): max(2, trade.count // 2) for trade in TRADES}
    if calendar_gaps_of([year]):
        add_year(year, source=DEMO_CALENDAR, by=people.staff["clerk"])
        confirm_year(year, source=DEMO_CALENDAR, by=people.staff["clerk"])
    plan = create_plan(by=people.staff["clerk"], year=year, lines=lines, yearly_cap=2, **DEMO_DAYS)
    submit_plan(plan, by=people.staff["clerk"])
    approve_plan(plan, by=people.staff["approver"])
    return publish_plan(plan, by=people.staff["clerk"])


@transaction.atomic
def build_stage(world: World, stage: str, *, rng: random.Random, today: dt.date) -> None:
    """One announced round up to `stage`."""
    reached = STAGES.index(stage)
    if reached == 0:
        return
    past = reached >= STAGES.index("inspected")
    first_visit = days(today, -30 if past else 24)
    cycle = _cycle(
        world, "示例批次双随机抽取", "announced", drafted=days(today, -60 if past else -4), first=first_visit, rng=rng
    )
    cycle.seal()
    if reached >= STAGES.index("drawn"):
        cycle.contribute_and_draw()
    if reached >= STAGES.index("noticed"):
        cycle.announce(on=days(today, -55 if past else -2))
    if past:
        _visit_all(cycle)
    if reached >= STAGES.index("published"):
        for task in cycle.tasks:
            cycle.publish_results(task)


def _cycle(
    world: World, title: str, mode: str, *, drafted: dt.date, first: dt.date, rng: random.Random, takes=TAKES
) -> Cycle:
    wanted = CyclePlan(title, mode, drafted, first, first + dt.timedelta(days=6), takes)
    cycle = Cycle(wanted, people=world.people, plan=world.plan, rng=rng)
    world.cycles.append(cycle)
    return cycle


def _visit_all(cycle: Cycle) -> None:
    for number, task in enumerate(cycle.tasks):
        cycle.prepare(task)
        cycle.visit(task, failures=(0, 2, 1)[number % 3], major=number == 1)


@transaction.atomic
def build_world(*, rng: random.Random, today: dt.date) -> World:
    """One round finished, one announced, one covert under way, one sealed and waiting for its ceremony."""
    world = build_base(rng=rng, today=today)
    _finished_round(world, rng=rng, today=today)
    announced = _cycle(
        world, "工贸与危化企业双随机抽取", "announced", drafted=days(today, -5), first=days(today, 20), rng=rng
    )
    announced.seal()
    announced.contribute_and_draw()
    announced.announce(on=days(today, -3))
    announced.confirm_letters(on=days(today, -2), leave_open=3)
    _covert_round(world, rng=rng, today=today)
    _waiting_round(world, rng=rng, today=today)
    return world


def _finished_round(world: World, *, rng: random.Random, today: dt.date) -> None:
    cycle = _cycle(
        world, "烟花爆竹与危化企业双随机抽取", "announced", drafted=days(today, -60), first=days(today, -30), rng=rng
    )
    cycle.seal()
    cycle.contribute_and_draw()
    cycle.announce(on=days(today, -55))
    cycle.confirm_letters(on=days(today, -54), leave_open=0)
    _visit_all(cycle)
    for task in cycle.tasks:
        cycle.publish_results(task)
    _reinspect_all(world, cycle, today=today)
    _punish(world, cycle)
    _file_volumes(world, cycle, today=today)


def _punish(world: World, cycle: Cycle) -> None:
    """The gravest findings become cases: the first is closed, the second still waits."""
    grave = [task for task in cycle.tasks if task.orders.exists()]
    for number, task in enumerate(grave[:2]):
        case = DemoCase(task, people=world.people).open()
        if number == 0:
            case.finish()


def _reinspect_all(world: World, cycle: Cycle, *, today: dt.date) -> None:
    orders = Order.objects.filter(task__drawn__draw=cycle.draw).select_related("task__enterprise", "document")
    for order in orders.order_by("task__number"):
        on = order.task.visit_on + dt.timedelta(days=14)
        lead = order.task.drawn.seats.filter(seat=1, inspector__isnull=False).get().inspector.account
        hand_over(order.document, task=order.task, by=lead, on=order.document.issued_on)
        with at(moment(on, 15)):
            passed = {"is_passed": True, "seen": "已整改到位。"}
            outcomes = dict.fromkeys(order.points.values_list("pk", flat=True), passed)
            lead = order.task.drawn.seats.filter(seat=1, inspector__isnull=False).get().inspector.account
            said = {"reinspected_on": on, "opinion": "已按要求完成整改，同意销号。", "outcomes": outcomes}
            revisit = reinspect(order, by=lead, **said)
        with at(moment(on, 17)):
            looked = approve_revisit(revisit, by=world.people.staff["approver"])
            hand_over(looked.document, task=order.task, by=lead, on=on)


def _file_volumes(world: World, cycle: Cycle, *, today: dt.date) -> None:
    clerk = world.people.staff["clerk"]
    with at(moment(days(today, -8), 10)):
        for dossier in Dossier.objects.filter(task__drawn__draw=cycle.draw).order_by("task__number"):
            if not blocking_gaps(dossier.task):
                queue_dossier(dossier, by=clerk)
        while render_next_dossier():
            pass
        first = (
            Dossier.objects.filter(task__drawn__draw=cycle.draw, state=DossierState.RENDERED)
            .order_by("task__number")
            .first()
        )
        if first is not None:
            lock_dossier(first, by=world.people.staff["clerk2"])


def _covert_round(world: World, *, rng: random.Random, today: dt.date) -> None:
    takes = (("mining", "C", 2), ("building", "B", 1))
    cycle = _cycle(
        world, "夜间作业专项", Draw.Mode.COVERT, drafted=days(today, -2), first=days(today, 1), rng=rng, takes=takes
    )
    cycle.seal()
    cycle.contribute_and_draw()


def _waiting_round(world: World, *, rng: random.Random, today: dt.date) -> None:
    takes = (("machinery", "B", 3), ("light", "A", 2), ("textile", "A", 1))
    cycle = _cycle(
        world,
        "机械轻工纺织企业双随机抽取",
        "announced",
        drafted=days(today, -1),
        first=days(today, 30),
        rng=rng,
        takes=takes,
    )
    cycle.seal()


def build(stage: str | None, *, seed: int, now: dt.datetime) -> World:
    """The world, or one round up to `stage`, at the moment `now`."""
    rng = random.Random(seed)  # noqa: S311 - a demo's dice, repeatable on purpose
    today = timezone.localdate(now)
    if stage is None:
        return build_world(rng=rng, today=today)
    world = build_base(rng=rng, today=today)
    build_stage(world, stage, rng=rng, today=today)
    return world
