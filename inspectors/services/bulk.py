"""Many officers or experts at once, from a batch whose rows were checked, previewed and audited by the imports room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inspectors.services.people import Person, set_values, set_words, sounds_of

Words = Mapping[str, Mapping[str, Any]]
"""Of each column that stands in a table between (fields, features): its rows by name."""
AT_ONCE = 500


def create_people(model: type[Person], rows: Sequence[Mapping[str, Any]], *, words: Words) -> None:
    """Add rows given by attribute name; what `words` holds is given in names."""
    people = [model(**_plain(row, words=words), **sounds_of(row["name"])) for row in rows]
    made = model._default_manager.bulk_create(people, batch_size=AT_ONCE)
    for column, known in words.items():
        between: Any = getattr(model, column).through
        vocabulary = model._meta.get_field(column).related_model._meta.model_name
        owner, target = f"{model._meta.model_name}_id", f"{vocabulary}_id"
        links = [
            between(**{owner: person.pk, target: known[name].pk})
            for person, row in zip(made, rows, strict=True)
            for name in row.get(column, ())
        ]
        between.objects.bulk_create(links, batch_size=AT_ONCE)


def update_people(model: type[Person], changes: Mapping[str, Mapping[str, Any]], *, key: str, words: Words) -> None:
    """Change rows found by their business key, given by attribute name."""
    for found_by, values in changes.items():
        person = model._default_manager.get(**{key: found_by})
        if set_values(person, _plain(values, words=words)):
            person.save()
        for column, known in words.items():
            if column in values:
                set_words(person, column, [known[name] for name in values[column]])


def _plain(values: Mapping[str, Any], *, words: Words) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in words}
