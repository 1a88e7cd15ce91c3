"""The list of enterprises: its filters and its table."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from enterprises.models import Enterprise, EnterpriseHazard, Hazard, RiskClass, SpecialList
from enterprises.selectors import on_list, search
from enterprises.selectors.quality import GAP_CHOICES, with_gap
from shuangsuiji.lib.forms import DayInput
from shuangsuiji.lib.models import SupervisedField, Township

NONE = "none"
LIST, HAZARD = "list", "hazard"
_TIE = ("name_key", "credit_code")


def marks() -> list[tuple[str, str]]:
    """Special lists and hazards, as one choice. One query."""
    lists = SpecialList.objects.order_by().annotate(kind=Value(LIST)).values_list("kind", "position", "code", "name")
    hazards = Hazard.objects.order_by().annotate(kind=Value(HAZARD)).values_list("kind", "position", "code", "name")
    words = {LIST: "名单", HAZARD: "危险因素"}
    found = sorted(lists.union(hazards, all=True), reverse=False, key=lambda row: (row[0] == HAZARD, *row[1:]))
    return [(f"{kind}.{code}", f"{words[kind]}：{name}") for kind, _, code, name in found]


class RowFilter(django_filters.FilterSet):
    """By name or code, field, risk class, township and state: what versions of the past have too."""

    q = django_filters.CharFilter(method="find", label="名称、拼音、代码")
    field = django_filters.ModelChoiceFilter(
        queryset=SupervisedField.objects.all(), label="领域", empty_label="全部", null_label="未确认", null_value=NONE
    )
    suggested_field = django_filters.ModelChoiceFilter(
        queryset=SupervisedField.objects.all(), label="建议领域", empty_label="不限", method="find_suggested"
    )
    risk_class = django_filters.ChoiceFilter(
        choices=[*RiskClass.choices, (NONE, "未定")], label="风险", empty_label="全部", method="find_risk_class"
    )
    township = django_filters.ModelChoiceFilter(
        queryset=Township.objects.all(), label="乡镇", empty_label="全部", null_label="未判明", null_value=NONE
    )
    state = django_filters.ChoiceFilter(choices=Enterprise.State.choices, label="状态", empty_label="全部")

    class Meta:
        model = Enterprise
        fields = ["q", "field", "suggested_field", "risk_class", "township", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supervised = list(SupervisedField.objects.all())
        """Read once for both filters and the bulk step."""
        offered = [(field.pk, field.name) for field in self.supervised]
        self.form.fields["suggested_field"].widget.choices = [("", "不限"), *offered]
        self.form.fields["field"].widget.choices = [("", "全部"), (NONE, "未确认"), *offered]

    def find(self, rows: QuerySet[Enterprise], name: str, value: str) -> QuerySet[Enterprise]:
        """Name, pinyin, initials or code."""
        return search(rows, value)

    def find_suggested(self, rows: QuerySet[Enterprise], name: str, value: SupervisedField) -> QuerySet[Enterprise]:
        """Those that wait for this suggestion to be confirmed."""
        return rows.filter(field=None, suggested_field=value)

    def find_risk_class(self, rows: QuerySet[Enterprise], name: str, value: str) -> QuerySet[Enterprise]:
        """A class, or none yet."""
        return rows.filter(risk_class="" if value == NONE else value)


class EnterpriseFilter(RowFilter):
    """Of today's register also by list, hazard and gap."""

    mark = django_filters.ChoiceFilter(choices=marks, label="名单与危险因素", empty_label="不限", method="find_mark")
    gap = django_filters.ChoiceFilter(choices=GAP_CHOICES, label="待完善", empty_label="不限", method="find_gap")

    class Meta:
        model = Enterprise
        fields = ["q", "field", "suggested_field", "risk_class", "township", "state", "mark", "gap"]

    def find_gap(self, rows: QuerySet[Enterprise], name: str, value: str) -> QuerySet[Enterprise]:
        """Those that lack something."""
        return with_gap(rows, value, today=timezone.localdate())

    def find_mark(self, rows: QuerySet[Enterprise], name: str, value: str) -> QuerySet[Enterprise]:
        """Those that stand on a list today, or have a hazard."""
        kind, _, code = value.partition(".")
        if kind == LIST:
            return rows.filter(pk__in=on_list(code, on=timezone.localdate()))
        return rows.filter(pk__in=EnterpriseHazard.objects.filter(hazard__code=code).values("enterprise"))


class PastFilter(RowFilter):
    """The register as it stood on a day."""

    on = django_filters.DateFilter(label="截至日期", method="keep", widget=DayInput())

    class Meta(RowFilter.Meta):
        fields = ["on", *RowFilter.Meta.fields]

    def keep(self, rows: QuerySet[Any], name: str, value: datetime.date) -> QuerySet[Any]:
        """The day has chosen the versions already."""
        return rows


class EnterpriseTable(tables.Table):
    """One enterprise a row. Every order ends in the credit code, so that no row is shown twice."""

    pk = tables.CheckBoxColumn(
        orderable=False,
        attrs={"th__input": {"data-select-all": "", "aria-label": "全选"}, "td__input": {"aria-label": "选择"}},
    )
    name = tables.TemplateColumn(
        template_name="enterprises/parts/name.html",
        verbose_name="企业名称",
        order_by=_TIE,
        attrs={"td": {"class": "card-title"}},
    )
    credit_code = tables.Column("统一社会信用代码", attrs={"td": {"class": "code"}})
    township = tables.Column("乡镇", accessor="township__name", order_by=("township_id", *_TIE), default="—")
    field = tables.TemplateColumn(
        template_name="enterprises/parts/field.html", verbose_name="领域", order_by=("field__position", *_TIE)
    )
    risk_class = tables.TemplateColumn(
        template_name="enterprises/parts/risk.html", verbose_name="风险", order_by=("risk_class", *_TIE)
    )
    registered_on = tables.DateColumn(
        format="Y-m-d",
        verbose_name="注册日期",
        order_by=("registered_on", *_TIE),
        attrs={"td": {"class": "nowrap"}},
        default="—",
    )
    state = tables.TemplateColumn(
        "{% load components %}{% state_chip record.get_state_display record.state %}",
        verbose_name="状态",
        order_by=("state", *_TIE),
    )

    class Meta:
        attrs = {"data-columns": "enterprises"}
        order_by = "name"
        empty_text = "没有符合条件的企业。请放宽筛选条件；名录还空着的话，先导入一份工作簿。"


class PastTable(EnterpriseTable):
    """One enterprise a row as it stood; its name leads to what it is today."""

    pk = None
    name = tables.Column(
        "企业名称",
        linkify=lambda record: reverse("enterprise_detail", args=[record.pgh_obj_id]),
        order_by=_TIE,
        attrs={"td": {"class": "card-title"}},
    )
    pgh_created_at = tables.DateTimeColumn(
        format="Y-m-d H:i", verbose_name="此前最后变更", attrs={"td": {"class": "nowrap"}}
    )

    class Meta(EnterpriseTable.Meta):
        attrs = {"data-columns": "enterprises-past"}
        order_by = "name"
        empty_text = "这一天名录里没有符合条件的企业。请换一个日期，或放宽筛选条件。"
