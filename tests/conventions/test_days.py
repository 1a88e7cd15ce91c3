"""Every day and moment that a person or a device may type lies within the years of the house."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pytest
from django import forms

from inspections.forms import MinuteField
from shuangsuiji.imports import columns
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import DeskForm, DeviceTimeField, WithinYears
from tests.conventions.test_labels import import_everything, subclasses

OUT_OF_ALL_YEARS = ("0001-01-01T00:00", "1999-12-31T23:59", "2101-01-01T00:00", "9999-12-31T23:59")


def boundless(found: Iterable[type[forms.BaseForm]]) -> list[str]:
    """Forms whose days may lie in any year."""
    return [
        f"{form.__module__}.{form.__name__}.{name}: derive the form from WithinYears"
        for form in found
        if not issubclass(form, WithinYears)
        for name, field in form.base_fields.items()
        if isinstance(field, (forms.DateField, forms.DateTimeField)) and not isinstance(field, DeviceTimeField)
    ]


def test_every_form_with_a_day_has_its_years():
    import_everything()
    assert boundless(subclasses(forms.BaseForm)) == []


class Sample(DeskForm):
    on = forms.DateField(label="日期")
    at = MinuteField(label="时间")


class Older(Sample):
    first_years = {"on": 1900}


@pytest.mark.parametrize("typed", OUT_OF_ALL_YEARS)
def test_a_year_that_cannot_be_meant_is_refused_in_a_sentence(typed):
    form = Sample({"on": typed[:10], "at": typed})

    assert {name: [error[:3] for error in errors] for name, errors in form.errors.items()} == {
        "on": ["请填写"],
        "at": ["请填写"],
    }


def test_the_years_of_the_house_are_taken_and_a_field_may_look_further_back():
    assert Sample({"on": "2000-01-01", "at": "2100-12-31T23:59"}).is_valid()
    assert Older({"on": "1953-10-01", "at": "2026-04-01T09:00"}).is_valid()
    assert "on" in Older({"on": "1899-12-31", "at": "2026-04-01T09:00"}).errors


def test_a_field_added_while_the_form_is_made_has_them_too():
    form = Sample({"on": "2026-04-01", "at": "2026-04-01T09:00", "later": "0001-01-01"})
    form.fields["later"] = forms.DateField(label="后来")

    assert list(form.errors) == ["later"]


@pytest.mark.parametrize("typed", OUT_OF_ALL_YEARS)
def test_a_device_whose_clock_is_wrong_is_noted_without_its_time(typed):
    assert DeviceTimeField(label="设备时间").clean(typed) is None
    assert DeviceTimeField(label="设备时间").clean("2026-04-01T09:00").year == 2026


@pytest.mark.parametrize("cell", ["0001-01-01", "18991231", "9999年12月31日"])
def test_a_workbook_is_asked_the_same(cell):
    with pytest.raises(Refusal, match="不在 1900 至 2100 年之间：请"):
        columns.day(cell)
    assert columns.day("1987/3/5") == datetime.date(1987, 3, 5).isoformat()


def test_a_form_without_bounds_is_reported():
    bare = type("BareForm", (forms.Form,), {"on": forms.DateField(label="日期")})
    noted = type("NotedForm", (forms.Form,), {"at": DeviceTimeField(label="设备时间")})

    assert [line.split(": ")[0].rpartition(".")[2] for line in boundless([bare, noted, Sample])] == ["on"]
