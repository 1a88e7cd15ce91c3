"""What feeds a volume is held once it is locked: every table that leads to a check, and the next one too."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from inspections.models import CheckDocument, SiteCode, Task, WorkEntry

CHANGES = {"added", "changed", "removed"}
FREE = {
    "SiteCode": "a code at the door is no paper; it counts its scans after the visit as well",
    "WorkEntry": "the work log of an officer, no part of a volume",
    "Proposal": "what a check proposes to make public is settled when the volume may be filed already",
    "Dossier": "the volume itself; its own guard refuses every change",
    "DossierOpening": "who asked to read the filed volume",
    "DossierReading": "who read the filed volume",
}


def tables() -> list[type[models.Model]]:
    """Every table of the room, those between two others among them."""
    return list(apps.get_app_config("inspections").get_models(include_auto_created=True))


def leads_to_a_check(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether a row belongs to a check, directly or through what it belongs to."""
    if model in seen:
        return False
    ends = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
    return any(end is Task or (_is_ours(end) and leads_to_a_check(end, seen | {model})) for end in ends)


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_label == "inspections"


def unheld(found: Iterable[type[models.Model]]) -> list[str]:
    """Tables whose rows could still be added, changed or removed after the volume was locked."""
    wrong = []
    for model in found:
        if model._meta.proxy or model.__name__ in FREE or not (model is Task or leads_to_a_check(model)):
            continue
        if missing := CHANGES - _held(model):
            wrong.append(f"{model.__name__} may be {', '.join(sorted(missing))} after its volume was locked")
    return wrong


def _held(model: type[models.Model]) -> set[str]:
    """What the triggers refuse, those put on through a proxy among them."""
    table = model._meta.db_table
    names = {
        trigger.name
        for one in apps.get_models(include_auto_created=True)
        if one._meta.db_table == table
        for trigger in getattr(one._meta, "triggers", ())
    }
    held = {word for word in CHANGES for name in names if name.endswith(f"_{word}_after_locking")}
    if any(name.endswith("_keep_rows") for name in names):
        held |= {"changed", "removed"}
    if any(name.endswith(("_kept", "_are_kept")) for name in names):
        held.add("removed")
    # A check is made by its draw, and one that was never made has no volume.
    return held | ({"added"} if model is Task else set())


def test_every_table_that_feeds_a_volume_is_held_by_its_lock():
    assert unheld(tables()) == []


def test_issued_papers_are_held_from_here():
    assert "added" in _held(CheckDocument)


def test_a_reason_stands_for_a_table_that_is_there():
    assert set(FREE) <= {model.__name__ for model in tables()}


def test_a_table_without_a_guard_is_reported(monkeypatch):
    for model in (SiteCode, WorkEntry):
        monkeypatch.delitem(FREE, model.__name__)

    assert len(unheld([SiteCode, WorkEntry])) == 2
