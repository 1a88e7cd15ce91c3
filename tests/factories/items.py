"""Items of the catalogue."""

from __future__ import annotations

import datetime

import factory

from draws.models import Item, ItemEdition, ItemGroup, SubItem


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


def make_edition() -> ItemEdition:
    """The first edition, published long ago."""
    day = datetime.date(2020, 1, 1)
    values = {
        "state": "published",
        "in_force_from": day,
        "published_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
    }
    return ItemEdition.objects.get_or_create(number=1, defaults=values)[0]


def make_public(item: Item) -> Item:
    """Put an item with its sub-items into the first edition."""
    item.published_on, item.edition = datetime.date(2020, 1, 1), make_edition()
    item.save(update_fields=["published_on", "edition"])
    return item


class PublishedItemFactory(ItemFactory):
    """An item in the public list, with one sub-item."""

    class Meta:
        skip_postgeneration_save = True

    sub_item = factory.RelatedFactory(SubItemFactory, factory_related_name="item")

    @factory.post_generation
    def published(self, create, extracted, **kwargs):
        """Published once its sub-item is there: nothing of it changes afterwards."""
        make_public(self)
