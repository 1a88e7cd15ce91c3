"""Tasks come from a draw, are announced, moved within their period, and made public."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import Draw, DrawnEnterprise, DrawnSeat
from inspections.models import Task
from inspections.policies import check_may_move_visit, check_visit_day, names_are_kept
from inspections.selectors import SUBJECT_KIND
from inspections.services.cases.register import tell_register
from inspections.services.lifecycle import locked_task, move_task, note_visit
from inspections.services.noticing import recount_notice
from inspections.services.telling import tell_officers
from inspections.states import VALID_STATE_TRANSITIONS, TaskState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.calendar import ONE_DAY, YearWithoutCalendar
from shuangsuiji.lib.deadlines import RESULTS_AFTER_VISIT, keep_deadline
from shuangsuiji.lib.selectors import load_calendar
from shuangsuiji.notifications.services import notify

SATURDAY = 5


@transaction.atomic
def create_tasks(draw: Draw, by: User | None = None) -> list[Task]:
    """One task per standing drawn enterprise; registered as a hook of drawing.

    Covert tasks begin withheld. Visits are spread evenly over the working days of the
    period, in drawing order. Officers find a message on their desk. Calling again adds only
    what is missing and drops tasks whose enterprise was replaced. Returns the new tasks.
    """
    _drop_replaced(draw)
    waiting = list(draw.drawn.filter(is_standing=True, task=None).select_related("enterprise").order_by("position"))
    days = visit_days(draw)
    pairs = zip(waiting, spread(days, count=len(waiting)), strict=True)
    tasks = Task.objects.bulk_create(_new_task(draw, drawn, visit_on=day) for drawn, day in pairs)
    _tell_officers(draw, tasks)
    if tasks:
        record("tasks.created", by=by, target=_draw_target(draw), confidential=draw.is_covert, count=len(tasks))
    return tasks


def follow_amendment(draw: Draw, *, amendment=None, by: User | None = None) -> list[Task]:
    """The standing result changed: new tasks for those who came in, those who went out are dropped."""
    return create_tasks(draw, by=by)


def visit_days(draw: Draw) -> list[datetime.date]:
    """The working days of the period; where the calendar has no such year, its weekdays.

    A missing year must not undo a draw that all sources have contributed to; the day can be
    changed afterwards, and the dashboard warns about the missing year.
    """
    span = (draw.visits_to - draw.visits_from).days + 1
    period = [draw.visits_from + ONE_DAY * n for n in range(span)]
    try:
        calendar = load_calendar()
        days = [day for day in period if calendar.is_working_day(day)]
    except YearWithoutCalendar:
        days = [day for day in period if day.weekday() < SATURDAY]
    return days or period


def spread(days: list[datetime.date], *, count: int) -> list[datetime.date]:
    """So many visits over the days, evenly and in order: 4 over Mon–Fri → Mon, Tue, Wed, Thu; 2 → Mon, Wed."""
    return [days[n * len(days) // count] for n in range(count)]


@transaction.atomic
def mark_results_public(task: Task, *, by: User | None = None, now: datetime.datetime | None = None) -> Task:
    """The result stands in public: its deadline is kept, the register learns of penalties; the first time counts."""
    task = locked_task(task.pk)
    if task.results_public_at is None:
        moment = now or timezone.now()
        task.results_public_at = moment
        task.save(update_fields=["results_public_at"])
        note_visit(task)
        day = timezone.localtime(moment).date()
        keep_deadline(RESULTS_AFTER_VISIT, subject_kind=SUBJECT_KIND, subject_key=str(task.pk), on=day, by=by)
        for case in task.cases.filter(decided_on__isnull=False).order_by("proposed_at", "number"):
            case.task = task
            tell_register(case)
        record("task.results_public", by=by, target=task)
    return task


@transaction.atomic
def move_visit(task: Task, *, by: User, visit_on: datetime.date, reason: str) -> Task:
    """Change the day of the visit within the period; the reason stays in the trail, a notice to come is due anew."""
    task = locked_task(task.pk)
    check_may_move_visit(by, task)
    check_visit_day(task, day=visit_on)
    if task.visit_on != visit_on:
        before, task.visit_on = task.visit_on, visit_on
        task.save(update_fields=["visit_on"])
        record(
            "task.visit_moved",
            by=by,
            target=task,
            confidential=names_are_kept(task.drawn.draw, task),
            before=before.isoformat() if before else "",
            after=visit_on.isoformat(),
            reason=reason,
        )
        recount_notice(task, by=by)
        _tell_of_move(task)
    return task


def _tell_of_move(task: Task) -> None:
    tell_officers(
        task,
        key=f"task.moved:{task.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        subject=f"检查日期已改：{task.number}",
        body="请打开任务查看新的日期；现场检查方案写的日期不同的，请先改好。",
    )


def _new_task(draw: Draw, drawn: DrawnEnterprise, *, visit_on: datetime.date) -> Task:
    return Task(
        number=f"{draw.number}-{drawn.position:02d}",
        drawn=drawn,
        enterprise=drawn.enterprise,
        is_covert=draw.is_covert,
        state=TaskState.WITHHELD if draw.is_covert else TaskState.ASSIGNED,
        visit_on=visit_on,
    )


def _drop_replaced(draw: Draw) -> None:
    gone = Task.objects.filter(drawn__draw=draw, drawn__is_standing=False).exclude(state=TaskState.DROPPED)
    for pk in gone.order_by("pk").values_list("pk", flat=True):
        task = locked_task(pk)
        if TaskState.DROPPED in VALID_STATE_TRANSITIONS[task.state]:
            move_task(task, to=TaskState.DROPPED)


def _tell_officers(draw: Draw, tasks: list[Task]) -> None:
    """Each officer is told the numbers of the own tasks; no name of an enterprise."""
    seats = DrawnSeat.objects.filter(drawn__task__in=tasks, inspector__account__isnull=False)
    for seat in seats.select_related("inspector__account", "drawn__task").order_by("pk"):
        task, account = seat.drawn.task, seat.inspector.account
        notify(
            key=f"task.assigned:{task.pk}",
            users=[account] if account else [],
            subject=f"新的检查任务 {task.number}",
            body="请打开任务，了解检查对象的基本情况，准备现场检查方案。",
            link=reverse("task_detail", args=[task.pk]),
        )


def _draw_target(draw: Draw) -> tuple[str, str, str]:
    return "draws.draw", str(draw.pk), draw.number or ""
