"""The desk's list of items: its filters and its table."""

from __future__ import annotations

import datetime

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone

from draws.models import Item, ItemGroup
from draws.selectors.items import in_force
from draws.selectors.quality import stale, unsure
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.searching import every_word, spelled

STANDINGS = [("published", "现行"), ("unpublished", "编制中"), ("withdrawn", "已停用")]
GAPS = [("unsure", "依据待核"), ("stale", "一年未更新")]


class ItemFilter(django_filters.FilterSet):
    """By words or code, group, field and standing."""

    q = django_filters.CharFilter(method="find", label="名称、内容、编码")
    group = django_filters.ModelChoiceFilter(queryset=ItemGroup.objects.all(), label="类别", empty_label="全部")
    fields = django_filters.ModelChoiceFilter(
        queryset=SupervisedField.objects.all(), label="适用领域", empty_label="全部", method="find_field"
    )
    standing = django_filters.ChoiceFilter(choices=STANDINGS, label="状态", empty_label="全部", method="find_standing")
    gap = django_filters.ChoiceFilter(choices=GAPS, label="待完善", empty_label="不限", method="find_gap")

    class Meta:
        model = Item
        fields = ["q", "group", "fields", "standing", "gap"]

    def find_gap(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """Those whose basis nobody is sure of, or that nobody has published anew for a year."""
        return rows.filter(unsure() if value == "unsure" else stale(timezone.localdate()))

    def find(self, rows: QuerySet[Item], name: str, value: str) -> QuerySet[Item]:
        """In the item's name or code, or in what is looked at."""
        return rows.filter(every_word(value, _has_word))

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


def _has_word(word: str) -> Q:
    saying = Item.objects.filter(spelled("sub_items__text", word)).order_by().values("pk")
    return spelled("name", word) | Q(code__startswith=word) | Q(pk__in=saying)


class ItemTable(tables.Table):
    """One item a row; every order ends in the code."""

    code = tables.Column("编码", attrs={"td": {"class": "code"}})
    name = tables.Column(
        "检查事项",
        linkify=("item_desk_detail", [tables.A("pk")]),
        order_by=("name", "code", "version"),
        attrs={"td": {"class": "card-title"}},
    )
    group = tables.Column("类别", accessor="group__name", order_by=("group__code", "code", "version"))
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
        order_by = ("code", "version")
        empty_text = "没有符合条件的事项。清单还空着的话，先装入起始清单或导入一份工作簿。"

    def __init__(self, *args, today: datetime.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
