"""Models: no migration missing, every list in a total order, nothing deleted by accident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.conventions.test_labels import our_models


def without_total_order(found: Iterable[type[models.Model]]) -> list[str]:
    """Models whose rows may come in another order the next time they are asked for."""
    return [model.__name__ for model in found if not _is_total(model)]


def _is_total(model: type[models.Model]) -> bool:
    names = [name.lstrip("-") for name in model._meta.ordering if isinstance(name, str)]
    told = {root for name in names if (root := _told_by(model, name))}
    return bool(told) and any(_is_covered(model, fields, told) for fields in _unique_sets(model))


def _told_by(model: type[models.Model], name: str) -> str | None:
    """The field of the model whose value this part of the order tells: `item__code` tells the item."""
    root, _, rest = name.partition("__")
    field = model._meta.pk if root == "pk" else model._meta.get_field(root)
    if rest and not _is_unique(field.related_model, rest):
        return None
    return str(field.name)


def _is_unique(model: type[models.Model], name: str) -> bool:
    root, _, rest = name.partition("__")
    field = model._meta.get_field(root)
    return bool(field.unique) and (not rest or _is_unique(field.related_model, rest))


def _unique_sets(model: type[models.Model]) -> Iterator[set[str]]:
    yield from ({field.name} for field in model._meta.fields if field.unique)
    yield from (set(names) for names in model._meta.unique_together)
    for one in model._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and one.condition is None:
            yield set(one.fields) | {part.name for part in one.expressions if isinstance(part, models.F)}


def _is_covered(model: type[models.Model], fields: set[str], told: set[str]) -> bool:
    """Together they are unique, or within the one parent whose list this always is."""
    untold = fields - told
    if not untold:
        return True
    return bool(told & fields) and len(untold) == 1 and model._meta.get_field(untold.pop()).is_relation


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out, stderr=out)
    except SystemExit:
        pytest.fail(f"run makemigrations:\n{out.getvalue()}")


def test_every_model_has_a_total_order():
    assert without_total_order(our_models()) == []


def test_a_missing_migration_is_reported():
    state = MigrationLoader(None).project_state()
    changed = state.clone()
    options = {"app_label": "lib"}
    changed.add_model(ModelState("lib", "Added", [("id", models.BigAutoField(primary_key=True))], options))
    graph = MigrationLoader(None).graph
    assert "lib" in MigrationAutodetector(state, ProjectState.clone(changed)).changes(graph=graph)


class Parent(models.Model):  # noqa: DJ008
    code = models.CharField(unique=True)
    name = models.CharField()

    class Meta:
        app_label = "conventions_sample"


class Child(models.Model):  # noqa: DJ008
    parent = models.ForeignKey(Parent, models.PROTECT)
    number = models.IntegerField()

    class Meta:
        app_label = "conventions_sample"
        constraints = [models.UniqueConstraint("parent", "number", name="one_number")]


@pytest.mark.parametrize(
    ("model", "ordering", "total"),
    [
        (Parent, [], False),
        (Parent, ["name"], False),
        (Parent, ["name", "pk"], True),
        (Parent, ["-code"], True),
        (Child, ["parent__name"], False),
        (Child, ["parent_id", "number"], True),
        (Child, ["parent__code", "number"], True),
        (Child, ["number"], True),
    ],
)
def test_a_partial_order_is_reported(monkeypatch, model, ordering, total):
    monkeypatch.setattr(model._meta, "ordering", ordering)
    assert (without_total_order([model]) == []) is total
