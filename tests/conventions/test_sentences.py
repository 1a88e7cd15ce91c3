"""Every form and filter speaks our sentences, no list begins with dashes, no page names what only a server knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import django_filters
import pytest
from django import forms
from django.utils.functional import Promise

from shuangsuiji.lib.models import DeadlineRule, Township
from shuangsuiji.lib.sentences import CONTRADICTION, NOTHING_CHOSEN
from tests.conventions.test_labels import CHINESE, ROOMS, import_everything, our_models, subclasses

REPOSITORY = Path(__file__).resolve().parents[2]
AT_THE_SERVER = re.compile(r"settings\.py|embedded/|launch\.py|provision\.py|documents/(checks|fonts)\.py|migrations/")
"""What is said on the console of whoever installs the system may name its variables."""
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


def variables() -> re.Pattern[str]:
    """The names of the environment's variables, as the example file lists them."""
    names = re.findall(r"^#?([A-Z][A-Z0-9]*_[A-Z0-9_]+)=", (REPOSITORY / ".env.example").read_text(), re.MULTILINE)
    return re.compile(rf"\b(?:{'|'.join(names)})\b")


def named_to_people(path: Path) -> list[str]:
    """Variables in a template, or in a string of the code that holds Chinese."""
    text, wanted = path.read_text(), variables()
    if path.suffix == ".html":
        return wanted.findall(text)
    strings = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return [
        found for said in strings if isinstance(said, str) and CHINESE.search(said) for found in wanted.findall(said)
    ]


def test_no_page_names_a_variable_of_the_environment():
    paths = [
        *REPOSITORY.glob("templates/**/*.html"),
        *(one for room in ROOMS for one in (REPOSITORY / room).rglob("*.py")),
    ]
    shown = [path for path in paths if not AT_THE_SERVER.search(str(path.relative_to(REPOSITORY)))]
    assert {path.name: found for path in shown if (found := named_to_people(path))} == {}


def test_a_page_that_names_one_is_reported(tmp_path):
    page, code = tmp_path / "a.html", tmp_path / "a.py"
    page.write_text("<p>没有设置 PLATFORM_URL</p>")
    code.write_text('"""PLATFORM_URL in English is for us."""\nSAID = "请填写 PLATFORM_URL。"\n')
    assert (named_to_people(page), named_to_people(code)) == (["PLATFORM_URL"], ["PLATFORM_URL"])
