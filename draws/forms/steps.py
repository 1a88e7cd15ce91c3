"""The steps of drafting. Each form reads its part of a draft and gives back what changed."""

from __future__ import annotations

import math
from typing import Any

from django import forms

from draws.models import Draw, DrawSource, Plan
from draws.rules import KIND_WORDS, MOST_MONTHS, PoolRules
from draws.selectors.drafting import StratumRow, stratum_rows
from draws.selectors.preparation import group_counts
from draws.selectors.range import rules_of
from draws.services import SourceWanted
from draws.states import PlanState
from enterprises.models import Enterprise, RiskClass
from shuangsuiji.accounts.models import ADMIN_ROLES, Department, User
from shuangsuiji.lib.models import SupervisedField, Township

SOURCE_ROWS = 6
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

MOST_TAKEN, MOST_VISITS = 1_000_000, 1_000


def business_people():
    """Accounts that take part in the bureau's work, as witnesses or as cleared people."""
    return User.objects.filter(is_active=True).exclude(roles__role__in=ADMIN_ROLES).order_by("name", "username")


def _several(queryset, label: str, **more: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        queryset, label=label, required=False, widget=forms.CheckboxSelectMultiple, to_field_name="code", **more
    )


def _some(choices, label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, label=label, required=False, widget=forms.CheckboxSelectMultiple)


class StepForm(forms.Form):
    """One step: `initial_of` a draft, and `changes` for the service."""

    def __init__(self, data=None, *, draw: Draw | None = None, today=None) -> None:
        self.draw, self.today = draw, today
        super().__init__(data, initial=self.initial_of(draw) if draw else None)
        self.prepare()

    def prepare(self) -> None:
        """Fields that depend on the draft."""

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        """What the form shows of the draft."""
        raise NotImplementedError

    def changes(self) -> dict[str, Any]:
        """What the service is to change."""
        return self.cleaned_data


class BasicsForm(StepForm):
    """基本信息."""

    title = forms.CharField(label="名称", max_length=120, help_text="例如：二〇二六年第十二批双随机抽取")
    plan = forms.ModelChoiceField(
        Plan.objects.filter(state__in=(PlanState.APPROVED, PlanState.PUBLISHED)),
        label="年度计划",
        required=False,
        empty_label="（不属于年度计划）",
    )
    mode = forms.ChoiceField(label="公开方式", choices=Draw.Mode.choices, widget=forms.RadioSelect)
    visits_from = forms.DateField(label="检查开始", widget=DATE)
    visits_to = forms.DateField(label="检查结束", widget=DATE)
    cleared_people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="知情人员",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只用于“暗查后公开”：除起草人、审批人外，只有选中的人能看到抽中的名单。",
    )

    def prepare(self) -> None:
        self.fields["cleared_people"].queryset = business_people()

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        names = ("title", "plan", "mode", "visits_from", "visits_to")
        return {name: getattr(draw, name) for name in names} | {"cleared_people": draw.cleared_people.all()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start, end = given.get("visits_from"), given.get("visits_to")
        if start and end and end < start:
            self.add_error("visits_to", "检查结束日期不能早于开始日期。")
        if given.get("mode") != Draw.Mode.COVERT:
            given["cleared_people"] = []
        return given

    def changes(self) -> dict[str, Any]:
        return self.cleaned_data | {"cleared_people": list(self.cleaned_data["cleared_people"])}


class RangeForm(StepForm):
    """抽取范围: nothing ticked in a list means no limit."""

    fields_wanted = _several(SupervisedField.objects.all(), "监管领域")
    townships = _several(Township.objects.all(), "乡镇")
    risk_classes = _some(RiskClass.choices, "风险等级")
    sizes = _some(Enterprise.Size.choices, "规模")
    levels = _some(Enterprise.Level.choices, "监管层级")
    kind = forms.ChoiceField(
        label="检查类别", choices=[(str(kind), words) for kind, words in KIND_WORDS.items()], widget=forms.RadioSelect
    )
    months_unchecked = forms.IntegerField(
        label="剔除近几个月内已抽查的",
        min_value=0,
        max_value=MOST_MONTHS,
        help_text="填 0 表示不剔除。按检查期间计算，其他批次即将检查的也会剔除。",
    )
    respects_cap = forms.BooleanField(label="剔除已达年度检查上限的企业", required=False)

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        rules = rules_of(draw)
        return {
            "fields_wanted": rules.field_codes,
            "townships": rules.township_codes,
            "risk_classes": rules.risk_classes,
            "sizes": rules.sizes,
            "levels": rules.levels,
            "kind": rules.kind,
            "months_unchecked": rules.months_unchecked,
            "respects_cap": rules.respects_cap,
        }

    def changes(self) -> dict[str, Any]:
        given, rules = self.cleaned_data, rules_of(self.draw).to_json()
        rules |= {
            "field_codes": [one.code for one in given["fields_wanted"]],
            "township_codes": [one.code for one in given["townships"]],
            "kind": given["kind"],
            **{name: given[name] for name in ("risk_classes", "sizes", "levels", "months_unchecked", "respects_cap")},
        }
        return {"rules": PoolRules.from_json(rules)}


class StrataForm(StepForm):
    """分层与数量: a count for each field and risk class, or one share for all."""

    share = forms.IntegerField(label="各层统一比例（%）", min_value=1, max_value=100, required=False)

    def prepare(self) -> None:
        self.rows = stratum_rows(self.draw) if self.draw else []
        for row in self.rows:
            self.fields[row.key] = forms.IntegerField(
                label=_name(row), min_value=0, max_value=MOST_TAKEN, required=False, initial=row.take
            )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        return {}

    def lines(self) -> list[tuple[StratumRow, Any]]:
        """Each row of the table with its bound field."""
        return [(row, self[row.key]) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "by_share" in self.data and not given.get("share"):
            self.add_error("share", "请填写 1 到 100 的比例，再按比例填写各层。")
        return given

    def takes(self) -> dict[StratumRow, int]:
        """The count of each row; a share of a stratum with somebody in it is never rounded to nothing."""
        share = self.cleaned_data.get("share") if "by_share" in self.data else None
        if share:
            return {row: math.ceil(row.pool_count * share / 100) for row in self.rows}
        return {row: self.cleaned_data.get(row.key) or 0 for row in self.rows}

    def changes(self) -> dict[str, Any]:
        return {"strata": {(row.field, row.risk_class): take for row, take in self.takes().items()}}


def _name(row: StratumRow) -> str:
    return f"{row.field.name} {row.risk_label} 抽取家数"


class OfficersForm(StepForm):
    """执法人员."""

    inspectors_per_enterprise = forms.IntegerField(
        label="每家执法人员", min_value=2, max_value=20, help_text="法定不少于 2 名。"
    )
    officer_mode = forms.ChoiceField(label="派员方式", choices=Draw.OfficerMode.choices, widget=forms.RadioSelect)
    departments = _several(
        Department.objects.all(), "人员来自", help_text="不选表示本机关各部门；选协作部门即为跨部门联合抽查。"
    )
    officer_limit = forms.IntegerField(
        label="每人最多家数",
        min_value=0,
        max_value=MOST_VISITS,
        help_text="填 0 表示按名录库里各人的上限；填了数，取两者中较小的。",
    )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        rules = rules_of(draw)
        return {
            "inspectors_per_enterprise": draw.inspectors_per_enterprise,
            "officer_mode": draw.officer_mode,
            "departments": rules.department_codes,
            "officer_limit": rules.officer_limit,
        }

    def changes(self) -> dict[str, Any]:
        given, rules = self.cleaned_data, rules_of(self.draw).to_json()
        rules |= {
            "department_codes": [one.code for one in given["departments"]],
            "officer_limit": given["officer_limit"],
        }
        columns = {name: given[name] for name in ("inspectors_per_enterprise", "officer_mode")}
        return columns | {"rules": PoolRules.from_json(rules)}


class ExpertsForm(StepForm):
    """专家."""

    asks_experts = forms.BooleanField(
        label="本批抽取专家", required=False, help_text="每家的人数按名录库里“需要专家数”，从相同专业领域抽取。"
    )
    fewest_experts = forms.IntegerField(label="每家至少", min_value=0, max_value=10, help_text="填 0 表示按企业需要。")
    expert_limit = forms.IntegerField(
        label="每名专家最多家数", min_value=0, max_value=MOST_VISITS, help_text="填 0 表示按专家库里各人的上限。"
    )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        rules = rules_of(draw)
        return {name: getattr(rules, name) for name in ("asks_experts", "fewest_experts", "expert_limit")}

    def changes(self) -> dict[str, Any]:
        return {"rules": PoolRules.from_json(rules_of(self.draw).to_json() | self.cleaned_data)}


class ItemsForm(StepForm):
    """检查事项: how many of each group are drawn for each enterprise."""

    def prepare(self) -> None:
        takes = self.draw.items_per_group if self.draw else {}
        self.groups = group_counts(today=self.today)
        for group, count in self.groups:
            self.fields[group.code] = forms.IntegerField(
                label=str(group), min_value=0, max_value=count, required=False, initial=takes.get(group.code, 0)
            )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        return {}

    def lines(self) -> list[tuple[Any, int, Any]]:
        """Each group with the number of its published items and its bound field."""
        return [(group, count, self[group.code]) for group, count in self.groups]

    def changes(self) -> dict[str, Any]:
        takes = {group.code: self.cleaned_data.get(group.code) or 0 for group, _ in self.groups}
        return {"items_per_group": {code: take for code, take in takes.items() if take}}


class WitnessesForm(StepForm):
    """见证与时间: the sources of the seed, the last day to draw, what enterprises are asked for."""

    carry_out_by = forms.DateField(label="须在此日前抽取", widget=DATE, help_text="过期未抽，公开台账会标为逾期。")
    requirements = forms.CharField(
        label="相关要求",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写给被检查企业，一行一条，会印在公告和通知书里。",
    )

    def prepare(self) -> None:
        existing = list(self.draw.sources.all()) if self.draw else []
        people = business_people()
        for number in range(1, SOURCE_ROWS + 1):
            source = existing[number - 1] if number <= len(existing) else None
            self._add_row(number, source, people)

    def _add_row(self, number: int, source: DrawSource | None, people) -> None:
        self.fields[f"name-{number}"] = forms.CharField(
            label=f"来源 {number} 名称", max_length=60, required=False, initial=source.name if source else ""
        )
        self.fields[f"kind-{number}"] = forms.ChoiceField(
            label=f"来源 {number} 方式",
            choices=DrawSource.Kind.choices,
            required=False,
            initial=source.kind if source else DrawSource.Kind.LINK,
        )
        self.fields[f"user-{number}"] = forms.ModelChoiceField(
            people,
            label=f"来源 {number} 账号",
            required=False,
            empty_label="（不用账号）",
            initial=source.user_id if source else None,
        )

    @staticmethod
    def initial_of(draw: Draw) -> dict[str, Any]:
        return {"carry_out_by": draw.carry_out_by, "requirements": draw.requirements}

    def lines(self) -> list[tuple[int, Any, Any, Any]]:
        """The three fields of each row."""
        return [
            (number, self[f"name-{number}"], self[f"kind-{number}"], self[f"user-{number}"])
            for number in range(1, SOURCE_ROWS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in range(1, SOURCE_ROWS + 1):
            by_account = given.get(f"kind-{number}") == DrawSource.Kind.ACCOUNT
            if given.get(f"name-{number}") and by_account and not given.get(f"user-{number}"):
                self.add_error(f"user-{number}", "用账号见证的来源，请选定见证人的账号。")
        return given

    def changes(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "carry_out_by": given["carry_out_by"],
            "requirements": given["requirements"],
            "sources": [self._source(number) for number in range(1, SOURCE_ROWS + 1) if given.get(f"name-{number}")],
        }

    def _source(self, number: int) -> SourceWanted:
        given = self.cleaned_data
        kind = given[f"kind-{number}"] or DrawSource.Kind.LINK
        user = given[f"user-{number}"] if kind == DrawSource.Kind.ACCOUNT else None
        return SourceWanted(name=given[f"name-{number}"], kind=kind, user=user)
