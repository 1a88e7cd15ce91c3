"""Who was granted recusal does not go: the check waits until somebody else is in their place (行政处罚法 §43)."""

from __future__ import annotations

from draws.selectors.people import recused_seats
from inspections.models import Task
from inspections.policies.keeping import names_are_kept
from shuangsuiji.lib.errors import Refusal


def check_nobody_recused(task: Task) -> None:
    """Nobody of the task has been granted recusal from its enterprise; where names are kept nobody is named."""
    seats = recused_seats().filter(drawn=task.drawn_id).select_related("inspector", "expert").order_by("seat", "id")
    names = "、".join(str((seat.inspector or seat.expert).name) for seat in seats)
    if not names:
        return
    whom = "有检查人员" if names_are_kept(task.drawn.draw, task) else names
    raise Refusal(f"{whom}已经准予回避，不能再参加这次检查。请由经办人在抽取变更中更换人员后再办理。")
