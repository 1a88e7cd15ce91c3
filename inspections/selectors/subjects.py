"""The subjects of deadlines by the numbers people know; a covert task's number tells nothing of its enterprise."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Model

from inspections.models import Case, CaseStep, HandlingDraft, ItemResult, Order, Task

NUMBERS: dict[str, tuple[type[Model], str]] = {
    "task": (Task, "number"),
    "item_result": (ItemResult, "record__task__number"),
    "order": (Order, "task__number"),
    "handling_draft": (HandlingDraft, "task__number"),
    "case": (Case, "number"),
    "case_step": (CaseStep, "case__number"),
}
"""Kind of subject → where its number stands."""


def number_of(kind: str, key: str) -> str | None:
    """The number of the subject of a kind under a key; None for a key that is none."""
    model, path = NUMBERS[kind]
    try:
        return model._default_manager.filter(pk=key).values_list(path, flat=True).first()
    except (ValueError, ValidationError):
        return None
