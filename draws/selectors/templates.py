"""Templates in a few words, for the list."""

from __future__ import annotations

from dataclasses import dataclass

from draws.models import DrawTemplate
from draws.rules import KIND_WORDS, PoolRules
from shuangsuiji.lib.models import SupervisedField


@dataclass(frozen=True)
class TemplateRow:
    """A template with what it says."""

    template: DrawTemplate
    lines: tuple[str, ...]


def template_rows() -> list[TemplateRow]:
    """Every template by name. Two queries."""
    names = dict(SupervisedField.objects.order_by("code").values_list("code", "name"))
    rows = DrawTemplate.objects.select_related("made_by").order_by("name", "pk")
    return [TemplateRow(one, tuple(_lines(one, names=names))) for one in rows]


def _lines(template: DrawTemplate, *, names: dict[str, str]) -> list[str]:
    rules = PoolRules.from_json(template.rules)
    fields = "、".join(names.get(code, code) for code in rules.field_codes) or "全部领域"
    takes = [f"{names.get(one['field'], one['field'])} {one['risk_class']} {_amount(one)}" for one in template.strata]
    mode, officers = template.get_mode_display(), template.get_officer_mode_display()
    lines = [
        f"{fields}，{KIND_WORDS[rules.kind]}，{mode}",
        f"每家 {template.inspectors_per_enterprise} 名执法人员，{officers}",
    ]
    if takes:
        lines.append("抽取 " + "，".join(takes[:6]) + ("等" if len(takes) > 6 else ""))
    if template.sources:
        lines.append("种子来源 " + "、".join(one["name"] for one in template.sources))
    return lines


def _amount(one: dict) -> str:
    return f"{one['share']}%" if one["share"] else f"{one['take']} 家"
