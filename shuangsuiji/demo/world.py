"""The whole demo world, or one round up to a stage."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from draws.models import Draw, Item, Plan
from draws.services.items import publish_item
from draws.services.plans import approve_plan, create_plan, publish_plan, submit_plan
from draws.services.starting_items import load_starting_items
from inspections.models import Dossier, Order
from inspections.services.dossiers import lock_dossier, queue_dossier, render_next_dossier
from inspections.services.orders import reinspect
from inspections.states import DossierState
from shuangsuiji.demo.clock import at, moment
from shuangsuiji.demo.cycle import Cycle, CyclePlan
from shuangsuiji.demo.people import People, build_people
from shuangsuiji.demo.register import TRADES, build_register
from shuangsuiji.lib.models import SupervisedField

STAGES = ("planned", "sealed", "drawn", "noticed", "inspected", "published")
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
        load_starting_items(by=None)
        for item in Item.objects.all():
            publish_item(item.pk, on=days(today, -90), by=None)
        return World(people, _plan(people, year=today.year))


def _plan(people: People, *, year: int) -> Plan:
    fields = {one.code: one for one in SupervisedField.objects.all()}
    lines = {(fields[trade.field_code], trade.risk_class): max(2, trade.count // 2) for trade in TRADES}
    plan = create_plan(by=people.staff["clerk"], year=year, lines=lines, capacity_days=5522, yearly_cap=2)
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
    _file_volumes(world, cycle, today=today)


def _reinspect_all(world: World, cycle: Cycle, *, today: dt.date) -> None:
    for order in Order.objects.filter(task__drawn__draw=cycle.draw).select_related("task").order_by("task__number"):
        on = order.task.visit_on + dt.timedelta(days=14)
        with at(moment(on, 15)):
            passed = {"is_passed": True, "seen": "已整改到位。"}
            outcomes = dict.fromkeys(order.points.values_list("pk", flat=True), passed)
            lead = order.task.drawn.seats.filter(seat=1, inspector__isnull=False).get().inspector.account
            reinspect(order, by=lead, reinspected_on=on, opinion="已按要求完成整改，同意销号。", outcomes=outcomes)


def _file_volumes(world: World, cycle: Cycle, *, today: dt.date) -> None:
    clerk = world.people.staff["clerk"]
    with at(moment(days(today, -8), 10)):
        for dossier in Dossier.objects.filter(task__drawn__draw=cycle.draw).order_by("task__number"):
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
