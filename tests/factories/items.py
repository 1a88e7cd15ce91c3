"""Items of the catalogue."""

from __future__ import annotations

import datetime

import factory

from draws.models import Item, ItemGroup, SubItem


class ItemGroupFactory(factory.django.DjangoModelFactory):
    """One of the groups."""

    class Meta:
        model = ItemGroup
        django_get_or_create = ("code",)

    code = "1"
    name = "示例类别"


class ItemFactory(factory.django.DjangoModelFactory):
    """An item that nobody has published."""

    class Meta:
        model = Item

    group = factory.SubFactory(ItemGroupFactory)
    code = factory.Sequence(lambda number: f"9.{number:02d}")
    name = factory.Sequence(lambda number: f"示例检查事项{number}")
    legal_basis = "《安全生产法》第四条"


class SubItemFactory(factory.django.DjangoModelFactory):
    """What an officer looks at."""

    class Meta:
        model = SubItem

    item = factory.SubFactory(ItemFactory)
    code = factory.LazyAttributeSequence(lambda row, number: f"{row.item.code}.{number:02d}")
    text = factory.Sequence(lambda number: f"示例检查内容{number}")
    legal_basis = "《安全生产法》第四条"


class PublishedItemFactory(ItemFactory):
    """An item in the public list, with one sub-item."""

    class Meta:
        skip_postgeneration_save = True

    published_on = datetime.date(2020, 1, 1)
    sub_item = factory.RelatedFactory(SubItemFactory, factory_related_name="item")
