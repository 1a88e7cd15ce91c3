"""Where the thing that a deadline is about can be seen and done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse

from draws.selectors import visible_to as draws_visible_to
from inspections.models import CaseStep, ItemResult, Order
from inspections.selectors import tasks_visible_to
from inspections.selectors.cases import cases_visible_to
from publication.models import Listing
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.models import Deadline

Found = Mapping[str, Any]
"""The page's argument by the subject's key; what the person may not see is not in it."""


def places_of(deadlines: Iterable[Deadline], *, user: User) -> dict[int, str]:
    """Addresses by deadline, of those whose subject this person may see; one query a kind of subject."""
    rows = list(deadlines)
    keys: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        keys[row.subject_kind].append(row.subject_key)
    found = {kind: look(keys[kind], user) for kind, (_, look) in _KINDS.items() if keys[kind]}
    return {
        row.pk: reverse(_KINDS[row.subject_kind][0], args=[found[row.subject_kind][row.subject_key]])
        for row in rows
        if row.subject_key in found.get(row.subject_kind, {})
    }


def _draws(keys: list[str], user: User) -> Found:
    rows = draws_visible_to(user).filter(number__in=keys).order_by().values_list("number", "pk")
    return {str(number): pk for number, pk in rows}


def _tasks(keys: list[str], user: User) -> Found:
    rows = tasks_visible_to(user).filter(pk__in=filter(_is_uuid, keys)).order_by().values_list("pk", flat=True)
    return {str(pk): pk for pk in rows}


def _tasks_of(model: Any, path: str) -> Callable[[list[str], User], Found]:
    def look(keys: list[str], user: User) -> Found:
        seen = {f"{path}__in": tasks_visible_to(user).values("pk")}
        rows = model.objects.filter(pk__in=filter(str.isdecimal, keys), **seen).order_by().values_list("pk", path)
        return {str(pk): task for pk, task in rows}

    return look


def _cases(keys: list[str], user: User) -> Found:
    rows = cases_visible_to(user).filter(pk__in=filter(_is_uuid, keys)).order_by().values_list("pk", flat=True)
    return {str(pk): pk for pk in rows}


def _cases_of_steps(keys: list[str], user: User) -> Found:
    seen = cases_visible_to(user).order_by().values("pk")
    rows = CaseStep.objects.filter(pk__in=filter(str.isdecimal, keys), case__in=seen).values_list("pk", "case")
    return {str(pk): case for pk, case in rows}


def _listings(keys: list[str], user: User) -> Found:
    """A listing's own deadlines go by its number, those of an application by number and day."""
    numbers = {key.partition(":")[0] for key in keys}
    by_number = dict(Listing.objects.filter(number__in=numbers).order_by().values_list("number", "pk"))
    return {key: by_number[number] for key in keys if (number := key.partition(":")[0]) in by_number}


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


_KINDS: dict[str, tuple[str, Callable[[list[str], User], Found]]] = {
    "draw": ("draw_detail", _draws),
    "task": ("task_detail", _tasks),
    "item_result": ("task_detail", _tasks_of(ItemResult, "record__task")),
    "order": ("task_detail", _tasks_of(Order, "task")),
    "case": ("case_detail", _cases),
    "case_step": ("case_detail", _cases_of_steps),
    "listing": ("listing_detail", _listings),
}
"""The page of each kind of subject, and how its argument is found."""
