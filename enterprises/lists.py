"""The list of enterprises: its filters and its table."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from enterprises.models import Enterprise, RiskClass
from enterprises.selectors import search
from shuangsuiji.lib.models import SupervisedField, Township

NONE = "none"
_TIE = ("name_key", "credit_code")


class EnterpriseFilter(django_filters.FilterSet):
    """By name or code, field, risk class, township and state."""

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

    def find(self, rows: QuerySet[Enterprise], name: str, value: str) -> QuerySet[Enterprise]:
        """Name, pinyin, initials or code."""
        return search(rows, value)

    def find_suggested(self, rows: QuerySet[Enterprise], name: str, value: SupervisedField) -> QuerySet[Enterprise]:
        """Those that wait for this suggestion to be confirmed."""
        return rows.filter(field=None, suggested_field=value)

    def find_risk_class(self, rows: QuerySet[Enterprise], name: str, value: str) -> QuerySet[Enterprise]:
        """A class, or none yet."""
        return rows.filter(risk_class="" if value == NONE else value)


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
    township = tables.Column("乡镇", accessor="township__name", order_by=("township__code", *_TIE), default="—")
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
