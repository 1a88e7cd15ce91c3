"""How many visits officers made in a year: counted only as far as everybody may know of them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from inspections.models import Task
from inspections.policies import known_tasks
from inspections.selectors.plan_progress import UNFINISHED


def visits_made(inspector_ids: Collection[int], year: int) -> dict[int, int]:
    """Visits of a year by inspector id. One query."""
    made = Task.objects.filter(known_tasks(), visited_on__year=year, drawn__seats__inspector__in=inspector_ids)
    rows = made.exclude(state__in=UNFINISHED).order_by().values_list("drawn__seats__inspector").annotate(Count("pk"))
    return {pk: count for pk, count in rows if pk in set(inspector_ids)}
