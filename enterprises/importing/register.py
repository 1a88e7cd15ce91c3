"""How the register of enterprises reads a workbook."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from enterprises.importing.usual_words import LEVEL_WORDS, RISK_WORDS, SIZE_WORDS, STATE_WORDS
from enterprises.models import (
    DuplicatePair,
    Enterprise,
    EnterpriseFeature,
    EnterpriseHazard,
    Hazard,
    RiskClass,
    TechnicalFeature,
)
from enterprises.policies import (
    MOST_EXPERTS,
    check_can_become,
    check_capital,
    check_industry_code,
    check_registered_on,
    merged_sentence,
)
from enterprises.services.bulk import create_enterprises, restore_enterprises, update_enterprises
from shuangsuiji.imports import columns as cells
from shuangsuiji.imports import words
from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.copying import listed
from shuangsuiji.imports.registry import Importer, Values
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.selectors import field_words, find_township, township_names, township_words
from shuangsuiji.lib.text import folded

_RISKS = dict(RiskClass.choices)
_LEVELS = dict(Enterprise.Level.choices)
_SIZES = dict(Enterprise.Size.choices)
_STATES = dict(Enterprise.State.choices)
_FOREIGN = {"township": "township_id", "field": "field_id", "suggested_field": "suggested_field_id"}
_PLAIN = (
    "credit_code",
    "name",
    "organisation_type",
    "capital",
    "business_scope",
    "industry_code",
    "address",
    "risk_class",
    "enforcing_level",
    "size",
    "is_key",
    "expert_count_wanted",
    "contact_name",
    "contact_phone",
    "contact_email",
    "representative",
    "state",
)
_MERGED = ("merged_into_id", "merged_into__name", "merged_into__credit_code")
_FROM_DATABASE = (*_PLAIN, "registered_on", *_MERGED, "township__name", "field__name", "suggested_field__name")
_SETS = {"hazards": EnterpriseHazard, "features": EnterpriseFeature}
_UNDECIDED = ("未定", "未确认", "未判明")
"""What our own pages show in place of nothing."""
_BY_NAME = frozenset({*_FOREIGN, *_SETS})
"""Columns whose values are names of rows elsewhere."""
_LIMITS = {field.name: getattr(field, "max_length", None) for field in Enterprise._meta.concrete_fields}


class EnterpriseImporter(Importer):
    """检查对象名录, found by 统一社会信用代码."""

    register = "enterprises"
    label = "检查对象"
    unit = "家"
    group = "检查对象"
    key = "credit_code"
    named_by = "name"
    model = Enterprise
    list_url_name = "enterprise_list"
    incidental = (DuplicatePair,)
    instructions = (
        "每行一家企业；带 * 的列必须填写，其余可以留空。列的先后不限，多出的列不会读取。",
        "以统一社会信用代码识别企业：已在名录中的更新所填各列，没有的新增。留空的单元格不改动原有内容。",
        "“监管领域”由您填写即视为已确认；“建议领域”只作提示，须在名录中确认后才会进入抽取范围。",
        "不填乡镇的，按注册地址（含旧地名）自动判断。",
        "改变已有风险等级的，不必另写原因：变更记录里记作“导入《文件名》”，写明是谁、哪一天。",
    )

    def __init__(self) -> None:
        self.fields = dict(SupervisedField.objects.order_by("position", "code").values_list("name", "id"))
        self.field_words = words.named(self.fields, what="监管领域", also=field_words(), blank=_UNDECIDED)
        self.townships = township_names()
        self.words = {
            "hazards": dict(Hazard.objects.order_by("position", "code").values_list("name", "id")),
            "features": dict(TechnicalFeature.objects.order_by("position", "code").values_list("name", "id")),
        }
        self.columns = (*_identity(), *self._place(), *self._classes(), *self._dangers(), *_people())
        self._find_township = lru_cache(maxsize=200_000)(self._township_of)

    def _place(self) -> tuple[Column, ...]:
        names = sorted({township.name for township in self.townships.values()})
        parse = words.named(names, what="乡镇", also=township_words(self.townships), blank=_UNDECIDED)
        aliases = ("乡镇", "乡镇街道", "乡镇（街道）", "所属乡镇", "属地")
        return (
            Column(
                "township",
                "所在乡镇",
                parse,
                aliases,
                hint="留空则按注册地址判断；旧地名和不带“镇”的写法会换成现名。",
                choices=tuple(names),
            ),
        )

    def _classes(self) -> tuple[Column, ...]:
        names = tuple(self.fields)
        aliases = ("行业初判(关键词)", "行业初判")
        return (
            Column(
                "field", "监管领域", self.field_words, ("监管行业", "行业领域"), hint="填写即视为确认。", choices=names
            ),
            Column("suggested_field", "建议领域", self._suggestion, aliases, hint="只作提示，须在名录中确认。"),
            _choice(
                "risk_class",
                "风险等级",
                _RISKS,
                ("风险类别", "安全风险等级", "风险分级", "安全风险分级"),
                also=RISK_WORDS,
            ),
            _choice("enforcing_level", "监管层级", _LEVELS, ("执法层级", "分级"), also=LEVEL_WORDS),
            _choice("size", "规模", _SIZES, ("企业规模",), also=SIZE_WORDS),
            Column(
                "is_key",
                "重点检查单位",
                cells.yes_or_no,
                ("重点单位", "是否重点"),
                hint="填“是”或“否”。",
                choices=("是", "否"),
            ),
            Column(
                "expert_count_wanted",
                "需要专家数",
                cells.whole_number(0, MOST_EXPERTS, unit="名", nought="不需要"),
                hint="一般留空，复杂企业填 1 至 9。",
            ),
            _choice("state", "状态", _STATES, ("经营状态", "登记状态"), also=STATE_WORDS),
        )

    def _dangers(self) -> tuple[Column, ...]:
        hint = "可填多个，用“、”隔开；名称见“危险因素”和“技术特点”词表。"
        hazards = words.several_named(self.words["hazards"], what="危险因素")
        features = words.several_named(self.words["features"], what="技术特点")
        return (
            Column("hazards", "危险因素", hazards, ("涉及危险因素", "重点部位"), hint=hint),
            Column("features", "技术特点", features, ("工艺特点",), hint=hint),
        )

    def _suggestion(self, cell: str) -> str:
        """“建材?” → 建材; words that are no field of ours (其他) suggest nothing and are no fault."""
        return self.field_words.find(cell.rstrip("?？ ")) or ""

    def _township_of(self, address: str) -> str:
        township = find_township(address, names=self.townships)
        return township.name if township else ""

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        """What the register holds under these codes."""
        rows = Enterprise.objects.filter(credit_code__in=listed(keys)).order_by("pk").values_list(*_FROM_DATABASE)
        found = {row[0]: _values(row) for row in rows.iterator()}
        for name, between in _SETS.items() if found else ():
            _add_sets(found, name=name, between=between)
        return found

    def complete(self, values: Values, *, present: Values | None) -> Values:
        """A township from a new address; no suggestion where a field is confirmed; what was merged stays as it is."""
        whole = dict(values)
        address = whole.get("address", "")
        is_new_address = bool(address) and (present is None or present["address"] != address)
        if is_new_address and "township" not in whole and (found := self._find_township(address)):
            whole["township"] = found
        if whole.get("field") or (present and present["field"]):
            whole.pop("suggested_field", None)
        if present and present["merged_into_id"] and any(present.get(name) != new for name, new in whole.items()):
            raise Refusal(merged_sentence(present["merged_into__name"], code=present["merged_into__credit_code"]))
        if present and whole.get("state", present["state"]) != present["state"]:
            check_can_become(Enterprise(state=present["state"]), whole["state"])
        return whole

    def create_many(self, rows: Sequence[Values]) -> None:
        create_enterprises([self._row(values) for values in rows])

    def update_many(self, rows: Mapping[str, Values]) -> None:
        update_enterprises({code: self._row(values) for code, values in rows.items()})

    def restore_many(self, rows: Mapping[str, Values]) -> None:
        restore_enterprises({code: self._row(values) for code, values in rows.items()})

    def _row(self, values: Values) -> dict[str, Any]:
        """By attribute name, with ids in place of names."""
        row = dict(values)
        for name in _BY_NAME.intersection(values):
            row[_FOREIGN.get(name, name)] = self._stored(name, row.pop(name))
        return row

    def _stored(self, name: str, value: Any) -> Any:
        if name in _SETS:
            return [self.words[name][word] for word in value]
        return self._id(name, value)

    def _id(self, name: str, value: str | None) -> int | None:
        if value is None:
            return None
        if name == "township" and value in self.townships:
            return self.townships[value].pk
        if name != "township" and value in self.fields:
            return self.fields[value]
        raise Refusal(f"“{value}”已不在基础表中：请重新上传文件。")


def _values(row: Sequence[Any]) -> Values:
    values = dict(zip(_FROM_DATABASE, row, strict=True))
    values["registered_on"] = values["registered_on"].isoformat() if values["registered_on"] else None
    for name in _FOREIGN:
        values[name] = values.pop(f"{name}__name")
    return values


def _add_sets(found: dict[str, Values], *, name: str, between: Any) -> None:
    """The words that stand beside each row, sorted as the parser sorts them."""
    for values in found.values():
        values[name] = []
    word = "hazard__name" if name == "hazards" else "technicalfeature__name"
    rows = between.objects.filter(enterprise__credit_code__in=listed(found))
    for code, said in rows.order_by(word).values_list("enterprise__credit_code", word):
        found[code][name].append(said)
    for values in found.values():
        values[name].sort()


@cells.exact
def _industry(cell: str) -> str:
    """A code of GB/T 4754; the name that often follows it is left out."""
    code = folded(cell).upper().split(" ")[0].rstrip("、.-")
    check_industry_code(code)
    return code


@cells.exact
def _registered_on(cell: str) -> str:
    """A day by which an enterprise may have been registered."""
    day = cells.day(cell)
    check_registered_on(datetime.date.fromisoformat(day))
    return day


@cells.exact
def _capital(cell: str) -> str:
    """An amount as people write it, not below nought."""
    check_capital(cell)
    return cells.short_text(_LIMITS["capital"] or 0)(cell)


def _text(name: str, header: str, aliases: tuple[str, ...] = (), **options: Any) -> Column:
    return Column(name, header, cells.short_text(_LIMITS[name] or 0), aliases, **options)


def _choice(
    name: str, header: str, labels: dict[str, str], aliases: tuple[str, ...] = (), *, also: words.Usual | None = None
) -> Column:
    options = tuple(labels.values())
    return Column(
        name,
        header,
        words.one_of(labels, also=also, blank=_UNDECIDED),
        aliases,
        choices=options,
        shown=cells.label_of(labels),
    )


def _identity() -> tuple[Column, ...]:
    names = ("单位名称", "名称", "检查对象名称", "主体名称", "企业（字号）名称")
    code_aliases = ("统一信用代码", "社会信用代码", "信用代码", "统一社会信用代码/注册号", "统一社会信用代码（18位）")
    return (
        Column(
            "name",
            "企业名称",
            cells.name_text(_LIMITS["name"] or 0),
            names,
            is_required=True,
            hint="与营业执照一致。",
            example="示范化工有限公司",
        ),
        Column(
            "credit_code",
            "统一社会信用代码",
            cells.code,
            code_aliases,
            is_required=True,
            hint="18 位，单元格设为“文本”格式；两位校验码都会核对。",
        ),
        Column("registered_on", "注册日期", _registered_on, ("成立日期", "登记日期", "设立日期"), example="2026-04-01"),
        _text("organisation_type", "企业类型", ("主体类型", "市场主体类型")),
        Column("capital", "注册资金", _capital, ("注册资本",)),
        Column(
            "industry_code",
            "行业代码",
            _industry,
            ("国民经济行业代码", "行业分类代码", "国民经济行业分类"),
            hint="国民经济行业分类（GB/T 4754）2 至 4 位数字；用来建议监管领域。",
        ),
        Column("business_scope", "经营范围", cells.long_text, ("生产经营范围", "经营（业务）范围")),
        _text("address", "注册地址", ("地址", "住所", "企业地址", "经营地址", "生产经营地址", "单位地址")),
    )


def _people() -> tuple[Column, ...]:
    return (
        _text("representative", "主要负责人", ("法定代表人", "负责人", "法人代表")),
        _text("contact_name", "联系人", ("联系人姓名", "安全管理员")),
        Column(
            "contact_phone",
            "联系电话",
            cells.phone,
            ("电话", "手机", "联系人电话", "联系人手机", "联系方式", "手机号码"),
        ),
        Column(
            "contact_email", "电子邮箱", cells.email, ("邮箱", "电子邮件", "E-mail"), hint="公告和告知书会发到这里。"
        ),
    )
