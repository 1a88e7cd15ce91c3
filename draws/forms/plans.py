"""Forms of the yearly plan: its figures, its named units, the terms of a proposal."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from draws.models import Plan, PlanUnit
from draws.proposing import INTERVALS, SHARES, Terms
from draws.services.plan_lines import PLAN_COLUMNS, Wanted, cell_name, plan_values, wanted_of
from enterprises.models import RiskClass
from inspectors.models import Inspector, PersonState
from shuangsuiji.accounts.models import Department
from shuangsuiji.lib.forms import DeskForm, TextField
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.row_forms import WatchedForm

GRAVEST_FIRST = sorted(RiskClass.values, reverse=True)
MOST_DAYS, MOST_PEOPLE, MOST_CHECKS = 1_000_000, 10_000, 100_000


class AmountField(forms.CharField):
    """A count (`12`) or a share of the stratum (`30%`); empty means nothing."""

    def clean(self, value: Any) -> Wanted:
        """The typed amount."""
        text = (super().clean(value) or "").replace("％", "%").replace(" ", "")
        if not text:
            return Wanted()
        match = re.fullmatch(r"(\d{1,6})(%?)", text)
        if match is None:
            raise forms.ValidationError("请填家数（如 12）或比例（如 30%）。")
        number = int(match[1])
        if not match[2]:
            return Wanted(count=number)
        if not 1 <= number <= 100:
            raise forms.ValidationError("比例在 1% 到 100% 之间。")
        return Wanted(share=number)


class PlanForm(WatchedForm):
    """The yearly plan, an amount for each field and risk class."""

    year = forms.IntegerField(label="年度", min_value=2020, max_value=2099)
    officer_count = forms.IntegerField(
        label="执法人员数", min_value=1, max_value=MOST_PEOPLE, help_text="在编在岗、持有效执法证的人数。"
    )
    other_enforcement_days = forms.IntegerField(
        label="其他执法工作日",
        min_value=0,
        max_value=MOST_DAYS,
        help_text="许可审查、事故调查、举报核查等合计，单位：人·日。",
    )
    non_enforcement_days = forms.IntegerField(
        label="非执法工作日",
        min_value=0,
        max_value=MOST_DAYS,
        help_text="学习培训、会议、休假、值班等合计，单位：人·日。",
    )
    days_per_check = forms.IntegerField(
        label="每次检查占用工作日", min_value=1, max_value=100, help_text="含准备、现场、文书和复查，单位：人·日。"
    )
    frequency = forms.IntegerField(label="一般检查每家每年次数", min_value=1, max_value=12)
    yearly_cap = forms.IntegerField(
        label="每家企业年度检查上限",
        min_value=1,
        max_value=12,
        help_text="随机抽查和重点检查合计；几个部门综合查一次只计一次。到上限的企业不再进入候选名单。",
    )
    fewest_eligible = forms.IntegerField(
        label="可选人员下限", min_value=2, max_value=50, help_text="封存前，可派人员少于这个数的企业会被标出。"
    )
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="印在公告里。",
    )

    def __init__(self, data=None, *, plan: Plan | None = None, year: int | None = None) -> None:
        source = plan or Plan(year=year or timezone.localdate().year, officer_count=_officers_able())
        super().__init__(data, initial={name: getattr(source, name) for name in ("year", *PLAN_COLUMNS)})
        self.plan = plan
        self.supervised = list(SupervisedField.objects.all())
        self.stored = {(line.field_id, line.risk_class): line for line in plan.lines.all()} if plan else {}
        for field, risk in self._cells():
            line = self.stored.get((field.pk, risk))
            self.fields[cell_name(field, risk)] = AmountField(
                label=f"{field.name} {risk}",
                required=False,
                initial=wanted_of(line).text,
                widget=forms.TextInput(attrs={"class": "input-count", "autocomplete": "off"}),
            )
        if plan:
            self.fields["year"].disabled = True
            self.watch(plan_values(plan))

    def _cells(self) -> list[tuple[SupervisedField, str]]:
        return [(field, risk) for field in self.supervised for risk in GRAVEST_FIRST]

    def heads(self) -> list[str]:
        """The risk classes across the top, the gravest first."""
        return [str(RiskClass(risk).label) for risk in GRAVEST_FIRST]

    def columns(self) -> list[Any]:
        """The plain fields, for the upper part of the page."""
        return [self[name] for name in ("year", *PLAN_COLUMNS)]

    def lines(self) -> list[tuple[SupervisedField, list[tuple[str, Any]]]]:
        """Each field with its cells, each under its risk class."""
        heads = dict(zip(GRAVEST_FIRST, self.heads(), strict=True))
        return [
            (field, [(heads[risk], self[cell_name(field, risk)]) for risk in GRAVEST_FIRST])
            for field in self.supervised
        ]

    def wanted(self) -> dict[str, Any]:
        """What the service takes; the reason of a line stays while its amount does."""
        given = self.cleaned_data
        lines = {(field, risk): self._wanted(field, risk) for field, risk in self._cells()}
        return {name: given[name] for name in PLAN_COLUMNS} | {"lines": lines}

    def _wanted(self, field: SupervisedField, risk: str) -> Wanted:
        given, line = self.cleaned_data[cell_name(field, risk)], self.stored.get((field.pk, risk))
        return wanted_of(line) if given.text == wanted_of(line).text else given


def _officers_able() -> int:
    """Officers of the bureau with a certificate that is valid today: what the form suggests."""
    rows = Inspector.objects.filter(state=PersonState.ACTIVE, department__is_partner=False)
    return rows.filter(certificate_expires_on__gte=timezone.localdate()).count()


class UnitForm(DeskForm):
    """One named unit."""

    times = forms.IntegerField(label="全年次数", min_value=1, max_value=12, initial=1)
    month = forms.TypedChoiceField(
        label="计划月份",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "不定"), *[(month, f"{month}月") for month in range(1, 13)]],
    )
    partners = forms.ModelMultipleChoiceField(
        Department.objects.filter(is_partner=True),
        label="综合查一次的协作部门",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = TextField(label="列为重点的理由", max_length=200, required=False)

    @staticmethod
    def initial_of(unit: PlanUnit | None) -> dict[str, Any]:
        """What stands of a unit already named."""
        if unit is None:
            return {}
        return {"partners": unit.partners.all(), "times": unit.times, "month": unit.month, "why": unit.why}

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {**self.cleaned_data, "partners": list(self.cleaned_data["partners"])}


class ReturnPlanForm(DeskForm):
    """Why a plan goes back, or why one in force is adjusted."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ProposalForm(DeskForm):
    """The open terms of a proposal: a share and an interval for each risk class."""

    def __init__(self, data=None) -> None:
        super().__init__(data)
        for risk in GRAVEST_FIRST:
            label = str(RiskClass(risk).label)
            self.fields[f"share-{risk}"] = forms.IntegerField(
                label=f"{label} 基本比例（%）", min_value=0, max_value=100, initial=SHARES[risk]
            )
            self.fields[f"interval-{risk}"] = forms.IntegerField(
                label=f"{label} 间隔（月）", min_value=1, max_value=240, initial=INTERVALS[risk]
            )

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Each risk class with its two bound fields."""
        return [(str(RiskClass(risk).label), self[f"share-{risk}"], self[f"interval-{risk}"]) for risk in GRAVEST_FIRST]

    def terms(self, plan: Plan, *, named_checks: int) -> Terms:
        """The terms as given; those that are missing or wrong are the usual ones."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Terms(
            capacity_days=max(0, plan.capacity_days or 0),
            days_per_check=plan.days_per_check,
            named_checks=named_checks,
            most_per_enterprise=plan.frequency,
            shares={risk: given.get(f"share-{risk}", SHARES[risk]) for risk in GRAVEST_FIRST},
            intervals={risk: given.get(f"interval-{risk}", INTERVALS[risk]) for risk in GRAVEST_FIRST},
        )
