"""Every field of every form and filter speaks our sentences, and no list begins with dashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import django_filters
import pytest
from django import forms
from django.utils.functional import Promise

from shuangsuiji.lib.models import DeadlineRule, Township
from shuangsuiji.lib.sentences import CONTRADICTION, NOTHING_CHOSEN
from tests.conventions.test_labels import import_everything, our_models, subclasses

Fields = Iterable[tuple[str, forms.Field]]


def fields_of_the_house() -> Iterator[tuple[str, forms.Field]]:
    import_everything()
    for form in subclasses(forms.BaseForm):
        yield from ((f"{form.__module__}.{form.__name__}.{name}", field) for name, field in form.base_fields.items())
    for filters in subclasses(django_filters.FilterSet):
        yield from ((f"{filters.__name__}.{name}", one.field) for name, one in filters.base_filters.items())


def spoken_by_django(fields: Fields) -> list[str]:
    """Sentences that nobody here wrote: Django's are translated when they are shown, ours are plain words."""
    return [
        f"{name}: {code}"
        for name, field in fields
        for code, words in field.error_messages.items()
        if isinstance(words, Promise)
    ]


def begun_with_dashes(fields: Fields) -> list[str]:
    """Lists whose empty choice is a line of dashes."""
    return [name for name, field in fields if "---" in _empty_choice(field)]


def _empty_choice(field: forms.Field) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return str(field.empty_label or "")
    label = getattr(field, "empty_label", None) or ""
    choices = getattr(field, "choices", ())
    return f"{label}{''.join(str(label) for value, label in choices if value == '')}"


@pytest.mark.django_db
def test_no_form_or_filter_says_what_django_says():
    assert spoken_by_django(fields_of_the_house()) == [], "say it in shuangsuiji.lib.sentences"


@pytest.mark.django_db
def test_no_list_begins_with_dashes():
    assert begun_with_dashes(fields_of_the_house()) == []


def test_a_constraint_that_a_form_breaks_is_told_without_its_name():
    said = {one.get_violation_error_message() for model in our_models() for one in model._meta.constraints}
    assert CONTRADICTION in said
    assert not [sentence for sentence in said if "Constraint" in sentence or "约束" in sentence]


def test_a_field_that_speaks_as_django_does_is_reported():
    field = forms.CharField()
    field.error_messages["required"] = Lazy()
    assert spoken_by_django([("a", field)]) == ["a: required"]


class Lazy(Promise):
    """What a lazy translation is."""


@pytest.mark.parametrize(
    ("field", "reported"),
    [
        (forms.ChoiceField(choices=[("", "---------"), ("a", "甲")]), ["a"]),
        (forms.ModelChoiceField(Township.objects.none(), empty_label="---------"), ["a"]),
        (forms.ModelChoiceField(Township.objects.none()), []),
        (DeadlineRule._meta.get_field("unit").formfield(), []),
    ],
)
def test_a_list_that_begins_with_dashes_is_reported(field, reported):
    assert begun_with_dashes([("a", field)]) == reported


def test_a_list_of_rows_begins_with_a_word():
    assert forms.ModelChoiceField(Township.objects.none()).empty_label == NOTHING_CHOSEN
