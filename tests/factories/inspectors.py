"""Fictitious officers and experts."""

from __future__ import annotations

import datetime

import factory

from inspectors.models import Expert, Inspector
from inspectors.services.people import sounds_of
from tests.factories.accounts import DepartmentFactory


class InspectorFactory(factory.django.DjangoModelFactory):
    """An active officer whose certificate holds for long."""

    class Meta:
        model = Inspector

    certificate_number = factory.Sequence(lambda number: f"18069999{number:03d}")
    certificate_expires_on = datetime.date(2099, 12, 31)
    name = factory.Sequence(lambda number: f"张示例{number}")
    department = factory.SubFactory(DepartmentFactory)

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        return {**sounds_of(kwargs["name"]), **kwargs}


class ExpertFactory(factory.django.DjangoModelFactory):
    """An active expert."""

    class Meta:
        model = Expert

    number = factory.Sequence(lambda number: f"ZJ9{number:03d}")
    name = factory.Sequence(lambda number: f"李示例{number}")
    employer = "示例大学"

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        return {**sounds_of(kwargs["name"]), **kwargs}
