"""Reading the catalogue of items."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from draws.models import Item, ItemGroup, SubItem


def in_force(today: datetime.date) -> Q:
    """Published, and not withdrawn by this day."""
    return Q(published_on__lte=today) & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=today))


def items() -> QuerySet[Item]:
    """Items as lists show them, with the count of their sub-items and of those whose basis is not sure."""
    counted = Item.objects.annotate(
        sub_item_count=Count("sub_items", distinct=True),
        unsure_count=Count("sub_items", filter=Q(sub_items__is_basis_confirmed=False), distinct=True),
    )
    return counted.select_related("group").prefetch_related("fields").order_by("code")


@dataclass
class GroupOnPage:
    """A group of the public list with its items in force."""

    group: ItemGroup
    items: list[Item] = field(default_factory=list)


@dataclass
class Catalogue:
    """The public list as of a day."""

    groups: list[GroupOnPage]
    item_count: int
    sub_item_count: int
    published_on: datetime.date | None


def public_catalogue(*, today: datetime.date, field_code: str = "") -> Catalogue:
    """The items in force, grouped, with their sub-items: four queries. A field narrows it to what applies there."""
    rows = Item.objects.filter(in_force(today)).select_related("group")
    if field_code:
        rows = rows.alias(fields_count=Count("fields")).filter(Q(fields__code=field_code) | Q(fields_count=0))
    sub_items = Prefetch("sub_items", queryset=SubItem.objects.order_by("code"))
    rows = rows.prefetch_related("fields", sub_items).order_by("code")
    newest = Item.objects.filter(in_force(today)).aggregate(newest=Max("published_on"))["newest"]
    return _catalogue(rows, newest=newest)


def _catalogue(rows: Iterable[Item], *, newest: datetime.date | None) -> Catalogue:
    groups: dict[int, GroupOnPage] = {}
    item_count = sub_item_count = 0
    for item in rows:
        groups.setdefault(item.group_id, GroupOnPage(item.group)).items.append(item)
        item_count += 1
        sub_item_count += len(item.sub_items.all())
    ordered = sorted(groups.values(), key=lambda page: page.group.code)
    return Catalogue(ordered, item_count, sub_item_count, newest)
