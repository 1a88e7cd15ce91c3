"""The desk's list of items: its filters and its table."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone

from draws.models import Item, ItemGroup
from draws.selectors.items import in_force
from shuangsuiji.lib.models import SupervisedField

STANDINGS = [("published", "已公布"), ("unpublished", "未公布"), ("withdrawn", "已停用")]


class ItemFilter(django_filters.FilterSet):
    """By words or code, group, field and standing."""

    q = django_filters.CharFilter(method="find", label="名称、内容、编码")
    group = django_filters.ModelChoiceFilter(queryset=ItemGroup.objects.all(), label="类别", empty_label="全部")
    fields = django_filters.ModelChoiceFilter(
        queryset=SupervisedField.objects.all(), label="适用领域", empty_label="全部", method="find_field"
    )
    standing = django_filters.ChoiceFilter(choices=STANDINGS, label="状态", empty_label="全部", method="find_standing")

    class Meta:
        model = Item
        fields = ["q", "group", "fields", "standing"]

    def find(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """In the item's name or code, or in what is looked at."""
        text = value.strip()
        found = Q(name__contains=text) | Q(code__startswith=text) | Q(pk__in=_items_saying(text))
        return rows.filter(found)

    def find_field(self, rows: QuerySet[Item], name: str, value: SupervisedField) -> QuerySet[Item]:
        """Items that apply in a field: those of that field, and those of all."""
        return rows.filter(Q(pk__in=Item.objects.filter(fields=value)) | Q(pk__in=Item.objects.filter(fields=None)))

    def find_standing(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Published, not yet, or withdrawn."""
        today = timezone.localdate()
        if value == "published":
            return rows.filter(in_force(today))
        if value == "withdrawn":
            return rows.filter(withdrawn_on__lte=today)
        return rows.filter(published_on=None)


def _items_saying(text: str) -> QuerySet[Item, Any]:
    return Item.objects.filter(sub_items__text__contains=text).order_by().values("pk")


class ItemTable(tables.Table):
    """One item a row; every order ends in the code."""

    code = tables.Column("编码", attrs={"td": {"class": "code"}})
    name = tables.Column(
        "检查事项",
        linkify=("item_desk_detail", [tables.A("pk")]),
        order_by=("name", "code"),
        attrs={"td": {"class": "card-title"}},
    )
    group = tables.Column("类别", accessor="group__name", order_by=("group__code", "code"))
    fields = tables.TemplateColumn(
        template_name="draws/parts/item_fields.html", verbose_name="适用领域", orderable=False
    )
    sub_item_count = tables.TemplateColumn(
        template_name="draws/parts/item_counts.html",
        verbose_name="子项",
        order_by=("sub_item_count", "code"),
        attrs={"th": {"class": "num"}, "td": {"class": "num"}},
    )
    standing = tables.TemplateColumn(
        template_name="draws/parts/item_standing.html", verbose_name="状态", order_by=("published_on", "code")
    )

    class Meta:
        attrs = {"data-columns": "items"}
        order_by = "code"
        empty_text = "没有符合条件的事项。清单还空着的话，先装入起始清单或导入一份工作簿。"

    def __init__(self, *args, today: datetime.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
