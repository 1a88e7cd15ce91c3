"""The short forms: a password once more, a reason, a text for the seed, a recusal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.utils import timezone

from draws.drand import fetch_round
from draws.models import DrawSource, Recusal
from draws.services.contributing import LONGEST_TEXT
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector, PersonState
from shuangsuiji.lib.forms import WithinYears

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


OWN_REASONS = ("kinship", "employment", "shareholding", "own_request", "other")


class PasswordAgainForm(forms.Form):
    """One's own password, before a seal. Wrong ones count towards the lock like any sign-in."""

    password = forms.CharField(
        label="您的登录密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, data=None, *, request, done: str = "没有封存") -> None:
        self.request = request
        self.done = done
        # The id of the field in components/password_again.html.
        super().__init__(data, auto_id="id_%s_again")

    def clean_password(self) -> str:
        given = self.cleaned_data["password"]
        user = authenticate(self.request, username=self.request.user.username, password=given)
        if user is None or user.pk != self.request.user.pk:
            raise forms.ValidationError(f"密码不正确，{self.done}。请重新输入。")
        return given


class ReasonForm(forms.Form):
    """Why something is returned or voided."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class TemplateNameForm(forms.Form):
    """What a template is called."""

    name = forms.CharField(label="模板名称", max_length=60, help_text="例如：危险化学品季度抽查。")


class ContributionForm(forms.Form):
    """A source's text."""

    text = forms.CharField(
        label="您的内容",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text="几个数字、骰子点数或一句话都可以，最多 500 字。提交后不能更改，抽取后会公开，不要写电话、身份证号。",
        error_messages={"required": "请输入一段内容再提交，不能为空。"},
    )


class EventForm(forms.Form):
    """A public event's value as published; a round of the beacon may be fetched instead."""

    text = forms.CharField(
        label="公布的数值",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    HINTS = {
        DrawSource.Event.SSQ: "红球六个、蓝球一个，用空格隔开，例如 03 08 15 21 26 33 07。",
        DrawSource.Event.DRAND: "粘贴这一轮的整段 JSON，或 randomness 和 signature 两个值。",
        DrawSource.Event.OTHER: "照公布的原文录入，不加单位和说明。",
    }

    def __init__(self, data=None, *, source: DrawSource) -> None:
        super().__init__(data)
        self.source = source
        self.fields["text"].help_text = self.HINTS[DrawSource.Event(source.event)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text") and not self.is_fetched:
            self.add_error("text", "请录入公布的数值，不能为空。")
        return given

    @property
    def is_fetched(self) -> bool:
        """Whether the person asked the beacon itself."""
        return "fetch" in self.data and self.source.event == DrawSource.Event.DRAND

    def value(self) -> str:
        """The text as typed, or as fetched. Raises `Refusal` when the beacon does not answer."""
        return fetch_round(self.source.issue) if self.is_fetched else self.cleaned_data["text"]


class RecusalForm(WithinYears, forms.Form):
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
    service = forms.ChoiceField(
        label="服务种类",
        choices=[("", "（不是曾提供服务的，不选）"), *Recusal.Service.choices],
        required=False,
        help_text="专家曾为这家企业提供的服务。",
    )
    note = forms.CharField(label="说明", max_length=300, required=False)
    source = forms.CharField(label="来源", max_length=100, help_text="例如：本人书面申请、企业来函、组织掌握")
    starts_on = forms.DateField(label="开始", widget=DATE, initial=timezone.localdate)
    ends_on = forms.DateField(label="结束", widget=DATE, required=False, help_text="不填表示长期。")

    def __init__(self, data=None, *, own: Inspector | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.own = own
        if own:
            for name in ("inspector", "expert", "service"):
                del self.fields[name]
            self.fields["reason"].choices = [one for one in Recusal.Reason.choices if one[0] in OWN_REASONS]
            self.fields["source"].initial = "本人申报"

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"].strip().upper()
        self.enterprise = Enterprise.objects.filter(credit_code=code).first()
        if self.enterprise is None:
            raise forms.ValidationError("检查对象名录库里没有这个代码，请在名录库里查到企业后照录。")
        return code

    def wanted(self) -> dict[str, Any]:
        """What the service takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "credit_code"}
        return given | {"enterprise": self.enterprise} | ({"inspector": self.own} if self.own else {})
