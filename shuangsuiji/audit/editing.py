"""Saving what a person changed of a row and nothing else; for services that hold the row's lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from shuangsuiji.audit.history import PAST_THE_SERVICES
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.audit.tracking import VERSIONS
from shuangsuiji.lib.editing import Meanwhile, Seen, Stale, changed_by_person, clashing, mark, row_values

NOBODY = "别人"


def keep_others_work(row: models.Model, typed: Mapping[str, Any], *, seen: Seen | None) -> dict[str, Any]:
    """Of what a page sent, what the person changed; without `seen` (no page was open) all of it.

    The row must be locked and fresh. Raises Stale where somebody else changed the same field to something else.
    """
    return merge_edits(typed, stored=row_values(row, typed), seen=seen, who=lambda name: _last_author(row, name))


def merge_edits(
    typed: Mapping[str, Any], *, stored: Mapping[str, Any], seen: Seen | None, who: Callable[[str], tuple[str, Any]]
) -> dict[str, Any]:
    """The same over values that are not one row's columns; `who` tells (name, moment) of the last change of a field."""
    if seen is None:
        return dict(typed)
    changed = changed_by_person(typed, seen=seen)
    if names := clashing(changed, stored=stored, seen=seen):
        marks = {**seen.marks, **{name: mark(stored[name]) for name in names}}
        raise Stale({name: Meanwhile(*who(name), stored[name]) for name in names}, seen=Seen(marks))
    return changed


def _last_author(row: models.Model, name: str) -> tuple[str, Any]:
    """Who wrote this field last, and when: by the history where the column has one, else by the trail."""
    model, field = type(row), row._meta.get_field(name)
    if model in VERSIONS and field.concrete and not field.many_to_many:
        return _last_in_history(model, pk=row.pk, attname=field.attname)
    return last_in_trail(row)


def _last_in_history(model: type[models.Model], *, pk: Any, attname: str) -> tuple[str, Any]:
    versions = VERSIONS[model]._default_manager.filter(pgh_obj_id=pk).order_by("pgh_id")
    last, value = (NOBODY, None), object()
    for now, told, at in versions.values_list(attname, "pgh_context", "pgh_created_at"):
        if now != value:
            last, value = ((told or {}).get("name") or PAST_THE_SERVICES, at), now
    return last


def last_in_trail(row: models.Model) -> tuple[str, Any]:
    """Who did the last recorded thing to a row, and when."""
    events = AuditEvent.objects.filter(target_kind=row._meta.label_lower, target_key=str(row.pk))
    return events.order_by("-sequence").values_list("actor_name", "at").first() or (NOBODY, None)
