"""The yearly cap once more, at the door: no visit beyond it, whatever was sealed or kept secret meanwhile.

Pools leave out who is at the cap as far as everybody may know. Two cases slip through, and end here: two
pools sealed before either was drawn, and a covert visit beside an announced one. What was announced goes
ahead; the covert visit gives way, and only its own officers read why.
"""

from __future__ import annotations

from django.db.models import Q

from draws.selectors.caps import cap_of
from inspections.models import Task
from inspections.policies.keeping import known_tasks
from inspections.states import TaskState
from shuangsuiji.lib.errors import Refusal


def check_within_cap(task: Task) -> None:
    """The enterprise has not had its checks of the year: visits made and, for a covert one, visits announced."""
    year = task.visit_on.year
    counted = Q(visited_on__year=year)
    if task.is_covert:
        counted |= Q(visited_on=None, visit_on__year=year, state__in=(TaskState.NOTICED, TaskState.READY))
    others = Task.objects.filter(known_tasks(), counted, enterprise=task.enterprise_id).exclude(pk=task.pk)
    count, cap = others.exclude(state=TaskState.DROPPED).count(), cap_of(year)
    if count >= cap:
        whom = "这家企业" if task.is_covert else f"“{task.enterprise.name}”"
        raise Refusal(
            f"{whom}{year}年已检查或已公告检查 {count} 次，达到年度上限 {cap} 次，本次不能再去。"
            "请由经办人在抽取变更中更换企业。"
        )
