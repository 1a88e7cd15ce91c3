"""Visits made, for the yearly plan: counted only as far as everybody may know of them."""

from __future__ import annotations

from collections import Counter

from draws.models import Draw
from draws.selectors.plans import FinishedVisits
from inspections.models import Task
from inspections.policies import known_tasks
from inspections.states import TaskState

UNFINISHED = (TaskState.ON_SITE, TaskState.DROPPED)


def count_finished_visits(*, year: int) -> FinishedVisits:
    """Tasks of a year's draws whose visit is over, by stratum, and those of named units by enterprise. One query."""
    made = Task.objects.filter(known_tasks(), visited_on__isnull=False, drawn__draw__visits_from__year=year)
    rows = (
        made.exclude(state__in=UNFINISHED).order_by().values_list("drawn__draw__basis", "drawn__stratum", "enterprise")
    )
    found = FinishedVisits(Counter(), Counter())
    for basis, stratum, enterprise in rows.values_list("drawn__draw__basis", "drawn__stratum", "enterprise"):
        if basis == Draw.Basis.NAMED:
            found.by_unit[enterprise] += 1
        else:
            found.by_stratum[stratum] += 1
    return found
