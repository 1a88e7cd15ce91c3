"""The lists of officers and experts: their filters and tables."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from inspectors.models import Expert, Inspector, PersonState
from inspectors.policies import CERTIFICATE_WARNING_DAYS
from inspectors.selectors import expired, expiring, search
from shuangsuiji.accounts.models import Department
from shuangsuiji.lib.forms import DayInput
from shuangsuiji.lib.models import SupervisedField

_STATE = "{% load components %}{% state_chip record.get_state_display record.state %}"
_FIELDS = "{{ record.fields.all|join:'、'|default:'不限' }}"
CERTIFICATE = [("expiring", "60 天内到期"), ("expired", "已过期")]


class InspectorFilter(django_filters.FilterSet):
    """By name or number, department, field, certificate and state."""

    q = django_filters.CharFilter(method="find", label="姓名、拼音、证号")
    department = django_filters.ModelChoiceFilter(queryset=Department.objects.all(), label="部门", empty_label="全部")
    fields = django_filters.ModelChoiceFilter(
        queryset=SupervisedField.objects.all(), label="专业领域", empty_label="全部"
    )
    certificate = django_filters.ChoiceFilter(
        choices=CERTIFICATE, label="执法证", empty_label="全部", method="find_certificate"
    )
    state = django_filters.ChoiceFilter(choices=PersonState.choices, label="状态", empty_label="全部")

    class Meta:
        model = Inspector
        fields = ["q", "department", "fields", "certificate", "state"]

    def find(self, rows: QuerySet[Inspector], name: str, value: str) -> QuerySet[Inspector]:
        """Name, pinyin, initials or certificate number."""
        return search(rows, value, number="certificate_number")

    def find_certificate(self, rows: QuerySet[Inspector], name: str, value: str) -> QuerySet[Inspector]:
        """Running out, or run out."""
        today = timezone.localdate()
        return expired(rows, today=today) if value == "expired" else expiring(rows, today=today)


class InspectorTable(tables.Table):
    """One officer a row; every order ends in the certificate number."""

    name = tables.Column(
        "姓名", linkify=("inspector_detail", [tables.A("pk")]), order_by=("name_key", "certificate_number"),
        attrs={"td": {"class": "card-title"}},
    )  # fmt: skip
    certificate_number = tables.Column("执法证号", attrs={"td": {"class": "code"}})
    certificate_expires_on = tables.TemplateColumn(
        template_name="inspectors/parts/expiry.html",
        verbose_name="有效期至",
        order_by=("certificate_expires_on", "certificate_number"),
    )
    department = tables.Column("部门", order_by=("department__code", "name_key", "certificate_number"))
    township = tables.Column("乡镇", order_by=("township__code", "name_key", "certificate_number"), default="—")
    fields = tables.TemplateColumn(_FIELDS, verbose_name="专业领域", orderable=False)
    leave = tables.TemplateColumn(template_name="inspectors/parts/leave.html", verbose_name="请假", orderable=False)
    state = tables.TemplateColumn(_STATE, verbose_name="状态", order_by=("state", "name_key", "certificate_number"))

    class Meta:
        attrs = {"data-columns": "inspectors"}
        order_by = "name"
        empty_text = "没有符合条件的执法人员。请放宽筛选条件；名录还空着的话，先导入一份工作簿。"

    def __init__(self, *args, today: datetime.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.warn_until = today + datetime.timedelta(days=CERTIFICATE_WARNING_DAYS)


class ExpertFilter(django_filters.FilterSet):
    """By name or number, field and state."""

    q = django_filters.CharFilter(method="find", label="姓名、拼音、编号")
    fields = django_filters.ModelChoiceFilter(
        queryset=SupervisedField.objects.all(), label="专业领域", empty_label="全部"
    )
    state = django_filters.ChoiceFilter(choices=PersonState.choices, label="状态", empty_label="全部")

    gap = django_filters.ChoiceFilter(
        choices=[("employer", "没有工作单位"), ("contact", "没有联系方式")],
        label="待完善",
        empty_label="不限",
        method="find_gap",
    )

    class Meta:
        model = Expert
        fields = ["q", "fields", "state", "gap"]

    def find_gap(self, rows: QuerySet[Expert], name: str, value: str) -> QuerySet[Expert]:
        """Active ones that lack something."""
        gaps = {"employer": {"employer": ""}, "contact": {"phone": "", "email": ""}}
        return rows.filter(state=PersonState.ACTIVE, **gaps[value])

    def find(self, rows: QuerySet[Expert], name: str, value: str) -> QuerySet[Expert]:
        """Name, pinyin, initials or number."""
        return search(rows, value, number="number")


class ExpertTable(tables.Table):
    """One expert a row; every order ends in the number."""

    name = tables.Column(
        "姓名",
        linkify=("expert_detail", [tables.A("pk")]),
        order_by=("name_key", "number"),
        attrs={"td": {"class": "card-title"}},
    )
    number = tables.Column("专家编号", attrs={"td": {"class": "code"}})
    title = tables.Column("职称", order_by=("title", "number"), default="—")
    employer = tables.Column("工作单位", order_by=("employer", "number"), default="—")
    supervising_department = tables.Column("主管部门", order_by=("supervising_department", "number"), default="—")
    fields = tables.TemplateColumn(_FIELDS, verbose_name="专业领域", orderable=False)
    state = tables.TemplateColumn(_STATE, verbose_name="状态", order_by=("state", "name_key", "number"))

    class Meta:
        attrs = {"data-columns": "experts"}
        order_by = "name"
        empty_text = "没有符合条件的专家。请放宽筛选条件；专家库还空着的话，先导入一份工作簿。"


class PastInspectorFilter(django_filters.FilterSet):
    """The officers as they stood on a day."""

    on = django_filters.DateFilter(label="截至日期", method="keep", widget=DayInput())
    q = django_filters.CharFilter(method="find", label="姓名、拼音、证号")
    department = django_filters.ModelChoiceFilter(queryset=Department.objects.all(), label="部门", empty_label="全部")
    state = django_filters.ChoiceFilter(choices=PersonState.choices, label="状态", empty_label="全部")

    class Meta:
        model = Inspector
        fields = ["on", "q", "department", "state"]

    def keep(self, rows: QuerySet, name: str, value: datetime.date) -> QuerySet:
        """The day has chosen the versions already."""
        return rows

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Name, pinyin, initials or certificate number."""
        return search(rows, value, number="certificate_number")


class PastExpertFilter(django_filters.FilterSet):
    """The experts as they stood on a day."""

    on = django_filters.DateFilter(label="截至日期", method="keep", widget=DayInput())
    q = django_filters.CharFilter(method="find", label="姓名、拼音、编号")
    state = django_filters.ChoiceFilter(choices=PersonState.choices, label="状态", empty_label="全部")

    class Meta:
        model = Expert
        fields = ["on", "q", "state"]

    def keep(self, rows: QuerySet, name: str, value: datetime.date) -> QuerySet:
        """The day has chosen the versions already."""
        return rows

    def find(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Name, pinyin, initials or number."""
        return search(rows, value, number="number")


class _Past(tables.Table):
    """One person a row as they stood; the name leads to what they are today. `words` is filled by the page."""

    words = tables.Column("专业领域", empty_values=(), orderable=False)
    state = tables.TemplateColumn(_STATE, verbose_name="状态", order_by=("state", "name_key", "pgh_obj_id"))
    pgh_created_at = tables.DateTimeColumn(
        format="Y-m-d H:i", verbose_name="此前最后变更", attrs={"td": {"class": "nowrap"}}
    )

    class Meta:
        order_by = "name"
        empty_text = "这一天名录里没有符合条件的人。请换一个日期，或放宽筛选条件。"

    def __init__(self, *args: Any, fields_of: Mapping[int, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields_of = fields_of

    def render_words(self, record: Any) -> str:
        """The fields of that day."""
        return "、".join(self.fields_of.get(record.pgh_obj_id, ())) or "不限"


def _name(url_name: str) -> tables.Column:
    return tables.Column(
        "姓名",
        linkify=lambda record: reverse(url_name, args=[record.pgh_obj_id]),
        order_by=("name_key", "pgh_obj_id"),
        attrs={"td": {"class": "card-title"}},
    )


class PastInspectorTable(_Past):
    """Officers as they stood."""

    name = _name("inspector_detail")
    certificate_number = tables.Column("执法证号", attrs={"td": {"class": "code"}})
    certificate_expires_on = tables.DateColumn(format="Y-m-d", verbose_name="有效期至")
    department = tables.Column("部门", order_by=("department__code", "name_key", "pgh_obj_id"))

    class Meta(_Past.Meta):
        attrs = {"data-columns": "inspectors-past"}
        sequence = ("name", "certificate_number", "certificate_expires_on", "department", "...")


class PastExpertTable(_Past):
    """Experts as they stood."""

    name = _name("expert_detail")
    number = tables.Column("专家编号", attrs={"td": {"class": "code"}})
    employer = tables.Column("工作单位", order_by=("employer", "pgh_obj_id"), default="—")

    class Meta(_Past.Meta):
        attrs = {"data-columns": "experts-past"}
        sequence = ("name", "number", "employer", "...")
