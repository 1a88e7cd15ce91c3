"""Forms of the register of enterprises."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms

from enterprises.models import Enterprise, RiskClass
from enterprises.states import VALID_STATE_TRANSITIONS
from shuangsuiji.lib.forms import CreditCodeField, DeskForm, TextField
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.row_forms import RowForm

_SECTIONS = (
    (
        "登记信息",
        ("name", "registered_on", "organisation_type", "capital", "representative", "industry_code", "business_scope"),
    ),
    ("所在地", ("address", "township")),
    ("监管", ("field", "enforcing_level", "risk_class", "reason", "size", "expert_count_wanted", "is_key")),
    ("危险因素与技术特点", ("hazards", "features")),
    ("联系", ("contact_name", "contact_phone", "contact_email")),
)


class EnterpriseForm(RowForm):
    """What may be changed of an enterprise; the code is fixed, the state has its own form."""

    private = ("representative", "contact_name", "contact_phone", "contact_email")
    first_years = {"registered_on": 1900}

    reason = TextField(label="风险等级变更原因", max_length=200, required=False, help_text="改变已有的等级时必须填写。")

    class Meta:
        model = Enterprise
        fields = [name for _, names in _SECTIONS for name in names if name != "reason"]
        widgets = {
            "business_scope": forms.Textarea(attrs={"rows": 4}),
            "hazards": forms.CheckboxSelectMultiple,
            "features": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "industry_code": "GB/T 4754 的 2 至 4 位数字，例如 2614；用来建议监管领域。",
            "township": "留空则按注册地址判断（旧地名也认得）。",
            "field": "由您选定即视为确认；没有领域或风险等级的企业不会进入抽取范围。",
            "contact_email": "公告和告知书会发到这里。",
            "expert_count_wanted": "一般为 0；工艺复杂、需要专家到场的填人数。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].empty_label = "按地址判断"  # type: ignore[attr-defined]
        self.fields["field"].empty_label = "未确认"  # type: ignore[attr-defined]
        for name in ("risk_class", "size"):
            self.fields[name].choices = [("", "未定"), *self.fields[name].choices[1:]]  # type: ignore[attr-defined]
        self.helper.layout = Layout(*(Fieldset(title, *names) for title, names in _SECTIONS))

    def validate_unique(self) -> None:
        """The service looks, and says whose code it is."""


class NewEnterpriseForm(EnterpriseForm):
    """A new enterprise begins with its code."""

    reason = None  # type: ignore[assignment]  # the first class needs none
    credit_code = CreditCodeField(help_text="18 位，与营业执照一致；两位校验码都会核对。")

    class Meta(EnterpriseForm.Meta):
        fields = ["credit_code", *EnterpriseForm.Meta.fields]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout.fields[0].fields.insert(0, "credit_code")
        self.helper.layout.fields[2].fields.remove("reason")


class StateForm(DeskForm):
    """Where an enterprise goes from its present state, and why."""

    state = forms.ChoiceField(label="改为")
    reason = TextField(label="原因", max_length=200, help_text="例如：已办理注销登记。")

    def __init__(self, *args: Any, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Enterprise.State.choices)
        self.fields["state"].choices = [(code, labels[code]) for code in VALID_STATE_TRANSITIONS[enterprise.state]]  # type: ignore[attr-defined]


class CodeForm(DeskForm):
    """The right code in place of one that was entered wrongly, and how it is known."""

    credit_code = CreditCodeField(label="正确的代码", help_text="18 位，与营业执照一致；两位校验码都会核对。")
    reason = TextField(label="更正依据", max_length=200, help_text="例如：与营业执照核对，登记时第 17 位录错。")


class ClassifyForm(forms.Form):
    """What is done with the ticked rows of the list."""

    pk = forms.TypedMultipleChoiceField(label="企业", coerce=int, error_messages={"required": "请先勾选企业。"})
    step = forms.ChoiceField(label="操作", choices=[("confirm", "确认建议"), ("field", "设领域"), ("risk", "设风险")])
    field = forms.ModelChoiceField(SupervisedField.objects.all(), label="领域", required=False)
    risk_class = forms.ChoiceField(label="风险等级", choices=[("", ""), *RiskClass.choices], required=False)
    reason = TextField(label="变更原因", max_length=200, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        ticked = [value for value in data.getlist("pk") if value.isdecimal()]
        self.fields["pk"].choices = [(value, value) for value in ticked]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("step") == "field" and not cleaned.get("field"):
            self.add_error("field", "请选择领域。")
        if cleaned.get("step") == "risk" and not cleaned.get("risk_class"):
            self.add_error("risk_class", "请选择风险等级。")
        return cleaned
