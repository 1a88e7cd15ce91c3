"""Many officers or experts at once, from a batch whose rows were checked, previewed and audited by the imports room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inspectors.services.people import Person, set_fields, set_values, sounds_of
from shuangsuiji.lib.models import SupervisedField

Fields = Mapping[str, SupervisedField]
AT_ONCE = 500


def create_people(model: type[Person], rows: Sequence[Mapping[str, Any]], *, fields: Fields) -> None:
    """Add rows given by attribute name; `fields` in a row are names."""
    people = [model(**_without_fields(row), **sounds_of(row["name"])) for row in rows]
    made = model._default_manager.bulk_create(people, batch_size=AT_ONCE)
    through: Any = model.fields.through
    owner = f"{model._meta.model_name}_id"
    links = [
        through(**{owner: person.pk, "supervisedfield_id": fields[name].pk})
        for person, row in zip(made, rows, strict=True)
        for name in row.get("fields", ())
    ]
    through.objects.bulk_create(links, batch_size=AT_ONCE)


def update_people(model: type[Person], changes: Mapping[str, Mapping[str, Any]], *, key: str, fields: Fields) -> None:
    """Change rows found by their business key, given by attribute name."""
    for found_by, values in changes.items():
        person = model._default_manager.get(**{key: found_by})
        if set_values(person, _without_fields(values)):
            person.save()
        if "fields" in values:
            set_fields(person, [fields[name] for name in values["fields"]])


def _without_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "fields"}
