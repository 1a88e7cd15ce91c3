"""The leading group's figures. What is still covert is in none of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db.models import Count, F, Q, QuerySet

from draws.selectors.caps import plan_in_force
from inspections.models import ItemResult, Task
from inspections.policies import known_tasks
from inspections.states import TaskState
from inspectors.models import Inspector
from shuangsuiji.lib.selectors import deadline_counts, deadline_counts_by_rule

AGES = ((7, "7 天内"), (30, "8–30 天"), (90, "31–90 天"))
OLDER = "90 天以上"


def open_tasks(*, year: int) -> QuerySet[Task]:
    """The year's tasks that everybody at the dashboard may know of."""
    return Task.objects.filter(known_tasks(), drawn__draw__visits_from__year=year).exclude(state=TaskState.DROPPED)


def headline(*, today: dt.date) -> list[dict]:
    """Four figures: drawn, visited, in time, hazards open."""
    tasks = open_tasks(year=today.year)
    counts = tasks.aggregate(drawn=Count("pk"), visited=Count("pk", filter=Q(visited_on__isnull=False)))
    deadlines = deadline_counts(today=today, year=today.year)
    hazards = _open_hazards(year=today.year)
    planned = sum(line.planned_count for line in _plan_lines(today.year))
    return [
        {"label": "已抽取", "value": counts["drawn"], "note": f"年度计划 {planned} 家"},
        {"label": "已检查", "value": counts["visited"], "note": f"截至 {today.year}年{today.month}月{today.day}日"},
        {
            "label": "按期完成",
            "value": f"{deadlines.kept} / {deadlines.kept + deadlines.missed}",
            "note": f"逾期 {deadlines.missed}",
        },
        {"label": "未销号隐患", "value": hazards.count(), "note": f"其中重大 {hazards.filter(hazard='major').count()}"},
    ]


def _plan_lines(year: int) -> list:
    plan = plan_in_force(year)
    return list(plan.lines.select_related("field")) if plan else []


def plan_chart(*, today: dt.date) -> dict | None:
    """Plan against drawn and visited, per field and risk class."""
    lines = _plan_lines(today.year)
    if not lines:
        return None
    tasks = open_tasks(year=today.year)
    drawn = Counter(tasks.values_list("drawn__stratum", flat=True))
    visited = Counter(tasks.filter(visited_on__isnull=False).values_list("drawn__stratum", flat=True))
    rows = []
    for line in lines:
        key = f"{line.field.name}/{line.risk_class}"
        rows.append([key, line.planned_count, drawn[key], visited[key]])
    planned, done = sum(row[1] for row in rows), sum(row[3] for row in rows)
    share = round(100 * done / planned) if planned else 0
    return {
        "kind": "bar",
        "says": f"计划检查 {planned} 家，已检查 {done} 家，完成 {share}%。",
        "caption": f"{today.year}年计划、已抽取、已检查（家）",
        "head": ["领域/风险", "计划", "已抽取", "已检查"],
        "rows": rows,
    }


def deadline_chart(*, today: dt.date) -> dict | None:
    """Deadlines kept and missed, per rule."""
    by_rule = deadline_counts_by_rule(today=today, year=today.year)
    if not by_rule:
        return None
    rows = [[name, counts.kept, counts.missed, counts.open] for name, counts in by_rule]
    missed = sum(counts.missed for _, counts in by_rule)
    says = f"今年共有 {missed} 项期限逾期。" if missed else "今年的期限到目前全部按时完成。"
    caption = f"{today.year}年期限（项）"
    return {"kind": "stack", "says": says, "caption": caption, "head": ["期限", "按时", "逾期", "进行中"], "rows": rows}


def _open_hazards(*, year: int) -> QuerySet[ItemResult]:
    tasks = open_tasks(year=year)
    failed = ItemResult.objects.filter(record__task__in=tasks, result=ItemResult.Result.FAILED)
    return failed.exclude(hazard="").filter(rectified_on=None, record__submitted_at__isnull=False)


def hazard_chart(*, today: dt.date) -> dict | None:
    """Hazards not yet put right, by age and grade."""
    found: Counter[tuple[str, str]] = Counter()
    for hazard, visited_on in _open_hazards(year=today.year).values_list("hazard", "record__task__visited_on"):
        found[_age((today - visited_on).days if visited_on else 0), hazard] += 1
    if not found:
        return None
    labels = [label for _, label in AGES] + [OLDER]
    rows = [[label, found[label, "general"], found[label, "major"]] for label in labels]
    old = found[OLDER, "general"] + found[OLDER, "major"]
    says = f"还有 {sum(found.values())} 项隐患没有销号，其中超过 90 天的 {old} 项。"
    head = ["发现至今", "一般隐患", "重大隐患"]
    return {"kind": "stack", "says": says, "caption": "未销号隐患（项）", "head": head, "rows": rows}


def _age(days: int) -> str:
    return next((label for most, label in AGES if days <= most), OLDER)


def load_chart(*, today: dt.date) -> dict | None:
    """How many of the year's checks each officer has."""
    own = open_tasks(year=today.year).values("drawn_id")
    loads = (
        Inspector.objects.filter(seats__drawn__in=own)
        .annotate(load=Count("seats", filter=Q(seats__drawn__in=own)))
        .order_by("-load", "name_key", "certificate_number")
        .values_list("name", F("load"))
    )
    rows = [list(row) for row in loads[:40]]
    if not rows:
        return None
    says = f"任务最多的执法人员 {rows[0][1]} 家，最少的 {rows[-1][1]} 家。"
    caption = f"{today.year}年执法人员承担的检查（家）"
    return {"kind": "bar", "says": says, "caption": caption, "head": ["执法人员", "检查家数"], "rows": rows}
