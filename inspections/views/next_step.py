"""The one thing to do next with a task, for the person who looks; asked of the policy behind it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse

from draws.policies import allows, refusal_of
from inspections import policies
from inspections.models import Revisit, Task
from inspections.policies.approvals import check_may_review_scheme
from inspections.selectors import open_order
from inspections.states import TaskState
from shuangsuiji.accounts.models import User


@dataclass(frozen=True)
class Step:
    """A button, or the sentence why it is not there."""

    label: str
    url: str
    refusal: str = ""
    is_post: bool = False


def next_step(task: Task, *, user: User, today: datetime.date) -> Step | None:
    """What comes next in this state; None when nothing does."""
    if task.state in policies.BEFORE_VISIT:
        return _scheme_step(task, user=user)
    step = {
        TaskState.READY: lambda: _start(task, user=user, today=today),
        TaskState.ON_SITE: lambda: _step(
            "继续填写检查记录", "task_record", task, policies.check_may_record, user, task
        ),
        TaskState.RECORDED: lambda: _step(
            "审核检查记录", "task_review", task, policies.check_may_review, user, task.record
        ),
        TaskState.ORDERED: lambda: _reinspect(task, user=user),
        TaskState.CLOSED: lambda: _volume("办理组卷", task),
        TaskState.ARCHIVED: lambda: _volume("查看案卷", task),
    }.get(TaskState(task.state))
    return step() if step else None


def _step(label: str, url_name: str, task: Task, check, *args) -> Step:
    return Step(label, reverse(url_name, args=[task.pk]), refusal=refusal_of(check, *args))


def _scheme_step(task: Task, *, user: User) -> Step:
    if not hasattr(task, "scheme"):
        return _step("编制现场检查方案", "task_scheme", task, policies.check_may_draft_scheme, user, task)
    if allows(check_may_review_scheme, user, task):
        return _step("审核现场检查方案", "task_scheme", task, check_may_review_scheme, user, task)
    return _step("审批现场检查方案", "task_scheme", task, policies.check_may_approve_scheme, user, task)


def _start(task: Task, *, user: User, today: datetime.date) -> Step:
    refusal = refusal_of(policies.check_may_start, user, task, today=today)
    return Step("开始检查", reverse("task_start", args=[task.pk]), refusal=refusal, is_post=True)


def _reinspect(task: Task, *, user: User) -> Step | None:
    order = open_order(task)
    if order is None:
        return None
    revisit = Revisit.objects.filter(order=order, submitted_at__isnull=False).first()
    if revisit:
        return _step("审核复查记录", "revisit_review", task, policies.check_may_approve_revisit, user, revisit)
    return _step("登记复查", "task_reinspection", task, policies.check_may_reinspect, user, order)


def _volume(label: str, task: Task) -> Step:
    return Step(label, reverse("dossier_detail", args=[task.dossier.pk]))
