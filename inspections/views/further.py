"""Further doors of a check's page, each there when its policy lets this person through."""

from __future__ import annotations

import datetime

from django.urls import reverse

from draws.policies import allows
from inspections.models import Task
from inspections.policies.proposals import check_may_propose
from inspections.policies.site import (
    check_may_draft_handling,
    check_may_give_opinion,
    check_may_handle,
    check_may_show_code,
)
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role


def _may_handle(task: Task, *, user: User) -> bool:
    """Officers draft, approvers decide, and what waits is open to whoever may answer it."""
    if allows(check_may_draft_handling, user, task) or allows(check_may_handle, user, task):
        return True
    waits = task.handling_drafts.filter(settled_at=None).exists()
    return waits and has_role(user, Role.APPROVER, Role.HEAD)


def further_steps(task: Task, *, user: User, today: datetime.date) -> list[dict]:
    """Label and address of what may be done beside the next step."""
    has_expert = any(seat.expert_id for seat in task.drawn.seats.all())
    doors = [
        ("出示入企码", "task_site_code", allows(check_may_show_code, user, task, today=today)),
        ("专家意见", "task_opinions", has_expert and allows(check_may_give_opinion, user, task)),
        ("现场处理措施", "task_handling", _may_handle(task, user=user)),
        ("企业整改情况", "task_rectification", task.state in (TaskState.ORDERED, TaskState.REINSPECTED)),
        ("建议曝光或列入名单", "proposal_add", allows(check_may_propose, user, task)),
    ]
    links = [{"label": label, "url": reverse(name, args=[task.pk])} for label, name, is_open in doors if is_open]
    if task.state in (TaskState.ASSIGNED, TaskState.NOTICED, TaskState.WITHHELD, TaskState.READY) and has_role(
        user, Role.CLERK
    ):
        url = reverse("draw_amendments", args=[task.drawn.draw_id])
        links.append({"label": "换人（办理抽取变更）", "url": url})
    return links
