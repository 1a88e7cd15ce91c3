"""How the lists of officers and experts read a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone

from inspectors.models import Expert, Inspector, PersonState
from inspectors.policies import (
    FEWEST_VISITS,
    MOST_VISITS,
    check_can_become,
    check_certificate,
    check_expert_number_is_free,
    check_number_is_free,
)
from inspectors.services.bulk import create_people, update_people
from shuangsuiji.accounts.models import Department
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports import words
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.registry import Importer, Values, register_importer
from shuangsuiji.lib.errors import somebody_was_faster
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature
from shuangsuiji.lib.selectors import field_words, township_names, township_words

_STATES = dict(PersonState.choices)
_STATE_WORDS = {
    **dict.fromkeys(("在职", "正常"), "active"),
    **dict.fromkeys(("借调", "挂职", "长期病假"), "away"),
    **dict.fromkeys(("离职", "调离", "退休", "退出"), "left"),
}


def _fields_column(names: Collection[str]) -> Column:
    hint = "可填多个，用“、”隔开；留空表示不限。"
    parse = words.several_named(names, what="监管领域", also=field_words(), blank=("不限", "全部"))
    return Column("fields", "专业领域", parse, ("监管领域", "执法领域", "专业", "擅长领域"), hint=hint)


def _features_column(names: Collection[str]) -> Column:
    hint = "可填多个，用“、”隔开；名称见“词表与对照”的技术特点。"
    return Column("features", "技术专长", words.several_named(names, what="技术特点"), ("技术特点",), hint=hint)


def _state_column() -> Column:
    parse = words.one_of(_STATES, also=_STATE_WORDS)
    return Column("state", "状态", parse, ("在岗状态",), choices=tuple(_STATES.values()), shown=cells.label_of(_STATES))


def _check_state(person: Inspector | Expert, values: Values, *, present: Values | None) -> None:
    """A workbook moves nobody where the form would not."""
    if present and values.get("state", present["state"]) != present["state"]:
        person.state = present["state"]
        check_can_become(person, values["state"])


def _limit_column(header: str) -> Column:
    return Column(
        "visit_limit",
        header,
        cells.whole_number(FEWEST_VISITS, MOST_VISITS, unit="家"),
        ("最多家数", "每批上限", "检查家数上限"),
        hint="一批抽取最多派多少家。",
    )


@register_importer
class InspectorImporter(Importer):
    """执法人员名录, found by 执法证号."""

    register = "inspectors"
    label = "执法人员"
    unit = "人"
    group = "人员"
    key = "certificate_number"
    named_by = "name"
    model = Inspector
    list_url_name = "inspector_list"
    instructions = (
        "每行一名执法人员；带 * 的列必须填写，其余可以留空。列的先后不限，多出的列不会读取。",
        "以执法证号识别：已在名录中的更新所填各列，没有的新增。留空的单元格不改动原有内容。",
        "执法证须在有效期内；过期的换证后再导入。请假在名录中登记，不在此表填写。",
    )

    def __init__(self) -> None:
        self.fields = {field.name: field for field in SupervisedField.objects.order_by("position", "code")}
        self.departments = {row.name: row for row in Department.objects.order_by("code")}
        self.townships = township_names()
        self.columns = self._columns()

    def _columns(self) -> tuple[Column, ...]:
        departments = tuple(self.departments)
        towns = tuple(sorted({town.name for town in self.townships.values()}))
        return (
            Column(
                "name", "姓名", cells.short_text(40), ("执法人员", "执法人员姓名"), is_required=True, example="张示例"
            ),
            Column(
                "certificate_number",
                "执法证号",
                cells.number_text(30),
                ("证件号码", "执法证件号", "行政执法证号"),
                is_required=True,
                hint="单元格设为“文本”格式。",
            ),
            Column(
                "certificate_expires_on",
                "执法证有效期至",
                cells.day,
                ("有效期", "有效期至", "证件有效期"),
                is_required=True,
                example="2030-12-31",
            ),
            Column(
                "department_name",
                "所属部门",
                words.named(departments, what="部门", also=words.plain_names(departments)),
                ("部门", "科室", "所在部门", "单位"),
                is_required=True,
                choices=departments,
            ),
            Column(
                "township_name",
                "所在乡镇",
                words.named(towns, what="乡镇", also=township_words(self.townships)),
                ("乡镇", "片区"),
                choices=towns,
                hint="驻乡镇的执法人员填写，用于区域定向和所所交叉。",
            ),
            _fields_column(self.fields),
            Column("phone", "联系电话", cells.phone, ("电话", "手机", "手机号码")),
            _limit_column("每批最多检查家数"),
            _state_column(),
        )

    def complete(self, values: Values, *, present: Values | None) -> Values:
        """Nobody enters the list, or is given a day, with a certificate that has run out; what stands may stay."""
        _check_state(Inspector(), values, present=present)
        expiry = values["certificate_expires_on"]
        if present is None or present["certificate_expires_on"] != expiry:
            check_certificate(datetime.date.fromisoformat(expiry), today=timezone.localdate())
        return values

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        rows = Inspector.objects.filter(certificate_number__in=keys).select_related("department", "township")
        return {row.certificate_number: _inspector_values(row) for row in rows.prefetch_related("fields")}

    def create_many(self, rows: Sequence[Values]) -> None:
        numbers = [values["certificate_number"] for values in rows]
        with somebody_was_faster(lambda: [check_number_is_free(number) for number in numbers]):
            create_people(Inspector, [self._row(values) for values in rows], words={"fields": self.fields})

    def update_many(self, rows: Mapping[str, Values]) -> None:
        changes = {number: self._row(values) for number, values in rows.items()}
        update_people(Inspector, changes, key=self.key, words={"fields": self.fields})

    def _row(self, values: Values) -> dict[str, Any]:
        row = dict(values)
        if "certificate_expires_on" in row:
            row["certificate_expires_on"] = datetime.date.fromisoformat(row["certificate_expires_on"])
        if "department_name" in row:
            row["department"] = self.departments[row.pop("department_name")]
        if "township_name" in row:
            name = row.pop("township_name")
            row["township"] = self.townships[name] if name else None
        return row


def _inspector_values(row: Inspector) -> Values:
    return {
        "name": row.name,
        "certificate_number": row.certificate_number,
        "certificate_expires_on": row.certificate_expires_on.isoformat(),
        "department_name": row.department.name,
        "township_name": row.township.name if row.township else None,
        "fields": sorted(field.name for field in row.fields.all()),
        "phone": row.phone,
        "visit_limit": row.visit_limit,
        "state": row.state,
    }


@register_importer
class ExpertImporter(Importer):
    """专家库, found by 专家编号."""

    register = "experts"
    label = "专家"
    unit = "人"
    group = "人员"
    key = "number"
    named_by = "name"
    model = Expert
    list_url_name = "expert_list"
    instructions = (
        "每行一名专家；带 * 的列必须填写，其余可以留空。列的先后不限，多出的列不会读取。",
        "以专家编号识别：已在库中的更新所填各列，没有的新增。留空的单元格不改动原有内容。",
        "“工作单位”和“主管部门”用于回避审查，请如实填写。",
    )

    def __init__(self) -> None:
        self.words: dict[str, dict[str, Any]] = {
            "fields": {row.name: row for row in SupervisedField.objects.order_by("position", "code")},
            "features": {row.name: row for row in TechnicalFeature.objects.order_by("position", "code")},
        }
        self.columns = (
            Column("name", "姓名", cells.short_text(40), ("专家姓名", "专家"), is_required=True, example="李示例"),
            Column(
                "number", "专家编号", cells.number_text(30), ("编号", "专家证号"), is_required=True, example="ZJ001"
            ),
            Column("title", "职称", cells.short_text(60), ("技术职称", "职称/职务")),
            Column("employer", "工作单位", cells.short_text(120), ("单位", "所在单位"), hint="用于回避审查。"),
            Column(
                "supervising_department", "主管部门", cells.short_text(120), ("单位主管部门",), hint="用于回避审查。"
            ),
            _fields_column(self.words["fields"]),
            _features_column(self.words["features"]),
            Column("phone", "联系电话", cells.phone, ("电话", "手机", "手机号码")),
            Column("email", "电子邮箱", cells.email, ("邮箱", "电子邮件")),
            _limit_column("每批最多参与家数"),
            _state_column(),
        )

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        rows = Expert.objects.filter(number__in=keys).prefetch_related("fields", "features")
        return {row.number: self._values(row) for row in rows}

    def _values(self, row: Expert) -> Values:
        plain = {column.name: getattr(row, column.name) for column in self.columns if column.name not in self.words}
        return plain | {name: sorted(one.name for one in getattr(row, name).all()) for name in self.words}

    def complete(self, values: Values, *, present: Values | None) -> Values:
        _check_state(Expert(), values, present=present)
        return values

    def create_many(self, rows: Sequence[Values]) -> None:
        numbers = [values["number"] for values in rows]
        with somebody_was_faster(lambda: [check_expert_number_is_free(number) for number in numbers]):
            create_people(Expert, rows, words=self.words)

    def update_many(self, rows: Mapping[str, Values]) -> None:
        update_people(Expert, rows, key=self.key, words=self.words)
