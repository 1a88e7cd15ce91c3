"""Every model, field, form field and filter has a Chinese name."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator

import django_filters
import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.forms import AuthenticationForm
from django.db import models
from pghistory.models import Event

ROOMS = ("shuangsuiji", "inspectors", "enterprises", "draws", "inspections", "publication")
# A sum is called on screen what everybody calls it.
CHINESE = re.compile(r"[\u4e00-\u9fff]|^SHA-256$")


def is_ours(thing: type) -> bool:
    return thing.__module__.split(".")[0] in ROOMS


def our_models() -> list[type[models.Model]]:
    """Models written here; copies that record history are generated."""
    return [model for model in apps.get_models() if is_ours(model) and not issubclass(model, Event)]


def unnamed_models(found: Iterable[type[models.Model]]) -> list[str]:
    """Models and fields without a Chinese verbose_name."""
    wrong = []
    for model in found:
        if not CHINESE.search(str(model._meta.verbose_name)):
            wrong.append(model.__name__)
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            if not field.auto_created and field.name != "id" and not CHINESE.search(str(field.verbose_name)):
                wrong.append(f"{model.__name__}.{field.name}")
    return wrong


def unlabelled_forms(found: Iterable[type[forms.BaseForm]]) -> list[str]:
    """Visible form fields without a Chinese label."""
    return [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in found
        for name, field in form.base_fields.items()
        if not field.widget.is_hidden
        # Django labels this one when the form is made, from the model.
        and not (name == "username" and issubclass(form, AuthenticationForm))
        and not CHINESE.search(str(field.label or ""))
    ]


def unlabelled_filters(found: Iterable[type[django_filters.FilterSet]]) -> list[str]:
    """Filters without a Chinese label."""
    return [
        f"{filters.__name__}.{name}"
        for filters in found
        for name, one in filters.base_filters.items()
        if not CHINESE.search(str(one.label or ""))
    ]


def subclasses(base: type) -> Iterator[type]:
    """All classes of ours derived from `base`."""
    for child in base.__subclasses__():
        yield from subclasses(child)
        if is_ours(child):
            yield child


def import_everything() -> None:
    """Make every form of the house known."""
    for room in ROOMS:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, prefix=f"{room}."):
            if not re.search(r"__main__|migrations|gunicorn_conf|\.demo\.", module.name):
                importlib.import_module(module.name)


def test_models_and_fields_have_chinese_names():
    assert unnamed_models(our_models()) == []


def test_forms_and_filters_have_chinese_labels():
    import_everything()
    assert unlabelled_forms(subclasses(forms.BaseForm)) == []
    assert unlabelled_filters(subclasses(django_filters.FilterSet)) == []


def test_a_nameless_model_and_field_are_reported():
    meta = type("Meta", (), {"app_label": "lib", "managed": False})
    attributes = {"__module__": "sample", "Meta": meta, "when": models.DateField()}
    try:
        sample = type("NamelessSample", (models.Model,), attributes)
        assert unnamed_models([sample]) == ["NamelessSample", "NamelessSample.when"]
    finally:
        apps.all_models["lib"].pop("namelesssample", None)
        apps.clear_cache()


@pytest.mark.parametrize(
    ("field", "reported"),
    [
        (forms.CharField(), True),
        (forms.CharField(label="Name"), True),
        (forms.CharField(label="名称"), False),
        (forms.CharField(widget=forms.HiddenInput), False),
    ],
)
def test_a_form_field_without_a_label_is_reported(field, reported):
    sample = type("SampleForm", (forms.Form,), {"name": field})
    assert bool(unlabelled_forms([sample])) is reported


def test_a_filter_without_a_label_is_reported():
    sample = type("SampleFilter", (django_filters.FilterSet,), {"name": django_filters.CharFilter()})
    assert unlabelled_filters([sample]) == ["SampleFilter.name"]
