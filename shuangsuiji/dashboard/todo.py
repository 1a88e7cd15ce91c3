"""今日待办: what waits for this person, drawn from every room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q
from django.urls import reverse

from draws.models import DrawSource, Recusal
from draws.selectors import visible_to as draws_visible_to
from draws.states import DrawState
from inspections.selectors import tasks_visible_to
from inspections.states import TaskState
from publication.selectors import waiting_for_approval
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.selectors import due_deadlines, late_deadlines

MOST_OF_A_KIND = 8
OFFICE = frozenset({Role.CLERK, Role.APPROVER, Role.HEAD})


@dataclass(frozen=True)
class Todo:
    """One thing to do; in the form `components/task_list.html` reads."""

    label: str
    url: str
    status: str
    tone: str = "due"
    hint: str = ""


def todos_for(user, *, today: dt.date) -> dict[str, list[Todo]]:
    """What is late, what waits for this person, and what comes due, each at most a handful of a kind."""
    roles = user.role_codes
    waiting = chain(
        _to_contribute(user),
        _to_approve(user) if Role.APPROVER in roles else (),
        _to_prepare(user) if Role.CLERK in roles else (),
        _to_decide() if Role.HEAD in roles else (),
        _own_visits(user) if Role.INSPECTOR in roles else (),
    )
    office = bool(roles & OFFICE)
    return {
        "late": list(_late(today)) if office else [],
        "waiting": list(waiting),
        "due": list(_due(today)) if office else [],
    }


def _to_approve(user) -> Iterator[Todo]:
    for draw in draws_visible_to(user).filter(state=DrawState.SUBMITTED).exclude(drafted_by=user)[:MOST_OF_A_KIND]:
        yield Todo(f"审批抽取：{draw.title}", reverse("draw_detail", args=[draw.pk]), "待审批")
    for publication in waiting_for_approval(user)[:MOST_OF_A_KIND]:
        label = f"审批{publication.get_kind_display()}：{publication.title}"
        yield Todo(label, reverse("publication_detail", args=[publication.pk]), "待审批")
    schemes = Q(scheme__isnull=False, scheme__approved_at__isnull=True)
    records = Q(record__submitted_at__isnull=False, record__approved_at__isnull=True)
    for task in tasks_visible_to(user).filter(schemes | records).select_related("enterprise")[:MOST_OF_A_KIND]:
        step = "审核检查记录" if task.state == TaskState.RECORDED else "审批检查方案"
        yield Todo(f"{step}：{task.enterprise.name}", reverse("task_detail", args=[task.pk]), "待审批")


def _to_prepare(user) -> Iterator[Todo]:
    ready = draws_visible_to(user).filter(state__in=[DrawState.APPROVED, DrawState.SEALED, DrawState.BLOCKED])
    words = {
        DrawState.APPROVED: ("封存", "待封存"),
        DrawState.SEALED: ("主持抽取", "待抽取"),
        DrawState.BLOCKED: ("处理受阻的抽取", "受阻"),
    }
    for draw in ready[:MOST_OF_A_KIND]:
        verb, status = words[DrawState(draw.state)]
        yield Todo(f"{verb}：{draw.title}", reverse("draw_detail", args=[draw.pk]), status)
    drawn = draws_visible_to(user).filter(state=DrawState.DRAWN, mode="announced", publications__isnull=True)
    for draw in drawn[:MOST_OF_A_KIND]:
        yield Todo(f"起草公告：{draw.title}", reverse("draw_detail", args=[draw.pk]), "待起草")


def _to_contribute(user) -> Iterator[Todo]:
    """A witness with an account learns here that a sealed draw waits for their text; a covert one goes by number."""
    waiting = DrawSource.objects.filter(user=user, contribution__isnull=True, draw__state=DrawState.SEALED)
    for source in waiting.select_related("draw").order_by("draw__number", "position")[:MOST_OF_A_KIND]:
        name = source.draw.number if source.draw.is_covert else source.draw.title
        yield Todo(f"投入种子：{name}", reverse("draw_contribute", args=[source.draw_id, source.pk]), "待投入")


def _to_decide() -> Iterator[Todo]:
    asked = Recusal.objects.filter(state=Recusal.State.ASKED).count()
    if asked:
        yield Todo(f"决定回避申请 {asked} 件", f"{reverse('recusal_list')}?state=asked", "待决定")


def _own_visits(user) -> Iterator[Todo]:
    own = (
        tasks_visible_to(user)
        .filter(drawn__seats__inspector__account=user)
        .exclude(state__in=[TaskState.CLOSED, TaskState.ARCHIVED, TaskState.DROPPED])
    )
    for task in own.select_related("enterprise").order_by("visit_on", "number")[:MOST_OF_A_KIND]:
        hint = f"计划检查日期 {task.visit_on:%Y-%m-%d}" if task.visit_on else ""
        label = f"检查{task.enterprise.name}"
        yield Todo(label, reverse("task_detail", args=[task.pk]), task.get_state_display(), tone="open", hint=hint)


def _deadline_todo(deadline, *, status: str, tone: str) -> Todo:
    label = deadline.subject_key if deadline.is_confidential else deadline.label
    hint = f"{deadline.rule.name}，{deadline.due_on:%Y-%m-%d} 截止"
    return Todo(label, reverse("deadline_list"), status, tone=tone, hint=hint)


def _late(today: dt.date) -> Iterator[Todo]:
    for deadline in late_deadlines(today=today)[:MOST_OF_A_KIND]:
        yield _deadline_todo(deadline, status=f"已过 {(today - deadline.due_on).days} 天", tone="late")


def _due(today: dt.date) -> Iterator[Todo]:
    for deadline in due_deadlines(today=today)[:MOST_OF_A_KIND]:
        days = (deadline.due_on - today).days
        yield _deadline_todo(deadline, status=f"还有 {days} 天" if days else "今天", tone="due")
