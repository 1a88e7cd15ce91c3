"""Whose name is kept: a covert check until its result is public, a 通知即检查 one until its enterprise is notified."""

from __future__ import annotations

from django.db.models import Q

from draws.models import Draw
from draws.selectors.modes import untold
from inspections.models import Task


def names_are_kept(draw: Draw, task: Task) -> bool:
    """Whether messages and trails about this task may carry its number only."""
    if task.results_public_at is not None:
        return False
    return draw.is_covert or (not draw.is_announced and untold().filter(pk=task.drawn_id).exists())


def is_confidential(task: Task) -> bool:
    """Whether papers and deadlines made now say nothing of the enterprise in public; of a covert check, for good."""
    return task.is_covert or names_are_kept(task.drawn.draw, task)


def kept_tasks() -> Q:
    """The tasks for which `names_are_kept`, as a query on tasks; a test holds the two together."""
    return Q(results_public_at__isnull=True) & (Q(is_covert=True) | Q(drawn__in=untold().values("pk")))


def known_tasks() -> Q:
    """The others: everybody at the desk may know of them, and figures count them."""
    return ~kept_tasks()
