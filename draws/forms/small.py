"""The short forms: a password once more, a reason, a text for the seed, a recusal, a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.utils import timezone

from draws.models import Plan, Recusal
from draws.services.contributing import LONGEST_TEXT
from enterprises.models import Enterprise, RiskClass
from inspectors.models import Expert, Inspector, PersonState
from shuangsuiji.lib.models import SupervisedField

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PasswordAgainForm(forms.Form):
    """One's own password, before a seal. Wrong ones count towards the lock like any sign-in."""

    password = forms.CharField(
        label="您的登录密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, data=None, *, request) -> None:
        self.request = request
        # The id of the field in components/password_again.html.
        super().__init__(data, auto_id="id_%s_again")

    def clean_password(self) -> str:
        given = self.cleaned_data["password"]
        user = authenticate(self.request, username=self.request.user.username, password=given)
        if user is None or user.pk != self.request.user.pk:
            raise forms.ValidationError("密码不正确，没有封存。请重新输入。")
        return given


class ReasonForm(forms.Form):
    """Why something is returned or voided."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ContributionForm(forms.Form):
    """A source's text."""

    text = forms.CharField(
        label="您的内容",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text="几个数字、骰子点数或一句话都可以，最多 500 字。提交后不能更改，抽取完成后会公开。",
        error_messages={"required": "请输入一段内容再提交，不能为空。"},
    )


class RecusalForm(forms.Form):
    """Who should not come where, and why."""

    inspector = forms.ModelChoiceField(
        Inspector.objects.exclude(state=PersonState.LEFT),
        label="执法人员",
        required=False,
        empty_label="（不选）",
    )
    expert = forms.ModelChoiceField(
        Expert.objects.exclude(state=PersonState.LEFT), label="专家", required=False, empty_label="（不选）"
    )
    credit_code = forms.CharField(label="企业的统一社会信用代码", max_length=18)
    reason = forms.ChoiceField(label="事由", choices=Recusal.Reason.choices)
    note = forms.CharField(label="说明", max_length=300, required=False)
    source = forms.CharField(label="来源", max_length=100, help_text="例如：本人书面申请、企业来函、组织掌握")
    starts_on = forms.DateField(label="开始", widget=DATE, initial=timezone.localdate)
    ends_on = forms.DateField(label="结束", widget=DATE, required=False, help_text="不填表示长期。")

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"].strip().upper()
        self.enterprise = Enterprise.objects.filter(credit_code=code).first()
        if self.enterprise is None:
            raise forms.ValidationError("检查对象名录库里没有这个代码，请在名录库里查到企业后照录。")
        return code

    def wanted(self) -> dict[str, Any]:
        """What the service takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "credit_code"}
        return given | {"enterprise": self.enterprise}


class PlanForm(forms.Form):
    """The yearly plan, a count for each field and risk class."""

    year = forms.IntegerField(label="年度", min_value=2020, max_value=2099)
    capacity_days = forms.IntegerField(
        label="监督检查工作日",
        min_value=0,
        help_text="国家法定工作日 × 执法人员数 − 其他执法工作日 − 非执法工作日。",
    )
    yearly_cap = forms.IntegerField(label="每家企业年度检查上限", min_value=1, max_value=12)
    fewest_eligible = forms.IntegerField(
        label="可选人员下限", min_value=2, max_value=50, help_text="封存前，可派人员少于这个数的企业会被标出。"
    )

    def __init__(self, data=None, *, plan: Plan | None = None, year: int | None = None) -> None:
        columns = ("year", "capacity_days", "yearly_cap", "fewest_eligible")
        source = plan or Plan(year=year or timezone.localdate().year)
        super().__init__(data, initial={name: getattr(source, name) for name in columns})
        self.supervised = list(SupervisedField.objects.all())
        counts = {(one.field_id, one.risk_class): one.planned_count for one in plan.lines.all()} if plan else {}
        for field, risk in self._cells():
            self.fields[self._key(field, risk)] = forms.IntegerField(
                label=f"{field.name} {risk}", min_value=0, required=False, initial=counts.get((field.pk, risk)) or ""
            )
        if plan:
            self.fields["year"].disabled = True

    def _cells(self) -> list[tuple[SupervisedField, str]]:
        return [(field, risk) for field in self.supervised for risk in RiskClass.values]

    @staticmethod
    def _key(field: SupervisedField, risk: str) -> str:
        return f"count-{field.pk}-{risk}"

    def heads(self) -> list[str]:
        """The risk classes across the top."""
        return [str(label) for label in RiskClass.labels]

    def columns(self) -> list[Any]:
        """The plain fields, for the upper part of the page."""
        return [self[name] for name in ("year", "capacity_days", "yearly_cap", "fewest_eligible")]

    def lines(self) -> list[tuple[SupervisedField, list[Any]]]:
        """Each field with its four bound cells."""
        return [(field, [self[self._key(field, risk)] for risk in RiskClass.values]) for field in self.supervised]

    def wanted(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        lines = {(field, risk): given.get(self._key(field, risk)) or 0 for field, risk in self._cells()}
        return {name: given[name] for name in ("capacity_days", "yearly_cap", "fewest_eligible")} | {"lines": lines}
