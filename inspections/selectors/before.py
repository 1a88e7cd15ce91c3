"""What is to be known before a visit: how often the enterprise was checked this year, and what is still wanting."""

from __future__ import annotations

from inspections.models import Task
from inspections.policies.approvals import is_noticed
from inspections.states import TaskState


def check_count_in_year(task: Task) -> int:
    """Which check of the year this is at its enterprise, counted by day and number."""
    day = task.visited_on or task.visit_on
    others = Task.objects.filter(enterprise_id=task.enterprise_id, visit_on__year=day.year)
    others = others.exclude(state=TaskState.DROPPED).exclude(pk=task.pk)
    return 1 + sum((one.visited_on or one.visit_on, one.number) < (day, task.number) for one in others)


def preparations(task: Task) -> list[dict]:
    """The steps before the visit as a list: label, whether it is done or need not be, and a word on it."""
    approval, scheme = getattr(task, "approval", None), getattr(task, "scheme", None)
    return [
        _step("行政检查审批表", approval and approval.approved_at, paper=approval.document if approval else None),
        _step(
            "行政检查通知书",
            not task.is_covert and is_noticed(task),
            word="暗查，检查前不通知" if task.is_covert else "",
            is_waived=task.is_covert,
        ),
        _step("现场检查方案编制", scheme),
        _step(
            "现场检查方案审核",
            scheme and scheme.reviewed_at,
            word=f"审核人 {scheme.reviewed_by.name}" if scheme and scheme.reviewed_by else "",
        ),
        _step("现场检查方案批准", scheme and scheme.approved_at, paper=scheme.document if scheme else None),
        _step("携带装备", scheme and scheme.equipment_kinds, word="、".join(scheme.equipment_kinds) if scheme else ""),
    ]


def _step(label: str, done, *, paper=None, word: str = "", is_waived: bool = False) -> dict:
    return {"label": label, "is_done": bool(done), "is_waived": is_waived, "paper": paper, "word": word}
