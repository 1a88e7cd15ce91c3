"""Forms of the lists of officers and experts."""

from __future__ import annotations

from typing import Any

from django import forms

from inspectors.models import Expert, Inspector, PersonState
from inspectors.selectors import accounts_to_link
from inspectors.states import VALID_STATE_TRANSITIONS
from shuangsuiji.accounts.models import User
from shuangsuiji.lib.forms import CreditCodeField, DayInput, DeskForm, TextField
from shuangsuiji.lib.row_forms import RowForm


class InspectorForm(RowForm):
    """What may be changed of an officer; the certificate number is fixed."""

    private = ("phone",)

    class Meta:
        model = Inspector
        fields = ["name", "certificate_expires_on", "department", "township", "fields", "phone", "visit_limit"]
        widgets = {"fields": forms.CheckboxSelectMultiple, "certificate_expires_on": DayInput()}
        help_texts = {
            "certificate_expires_on": "到期前 60 天开始提醒；检查当日已过期的不参加抽取。",
            "township": "驻乡镇的填写，用于区域定向和所所交叉。",
            "fields": "不选表示不限领域。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].empty_label = "请选择"  # type: ignore[attr-defined]
        self.fields["township"].empty_label = "不驻乡镇"  # type: ignore[attr-defined]

    def validate_unique(self) -> None:
        """The service looks, and says whose number it is."""


class NewInspectorForm(InspectorForm):
    """A new officer begins with a certificate."""

    class Meta(InspectorForm.Meta):
        fields = ["name", "certificate_number", *InspectorForm.Meta.fields[1:]]

    def _get_validation_exclusions(self) -> set[str]:
        """The constraint on the number does not know whose it is; the service does."""
        return super()._get_validation_exclusions() | {"certificate_number"}  # type: ignore[misc]


class ExpertForm(RowForm):
    """What may be changed of an expert; the number is fixed."""

    private = ("phone", "email")

    class Meta:
        model = Expert
        fields = [
            "name",
            "title",
            "employer",
            "supervising_department",
            "fields",
            "features",
            "phone",
            "email",
            "visit_limit",
        ]
        widgets = {"fields": forms.CheckboxSelectMultiple, "features": forms.CheckboxSelectMultiple}
        help_texts = {
            "employer": "用于回避审查，请填写全称。",
            "features": "企业有相同技术特点时优先匹配；词表在“词表与对照”中维护。",
            "supervising_department": "与企业隶属同一主管部门的专家须回避。",
            "fields": "不选表示不限领域。",
        }

    def validate_unique(self) -> None:
        """The service looks, and says whose number it is."""


class NewExpertForm(ExpertForm):
    """A new expert begins with a number."""

    class Meta(ExpertForm.Meta):
        fields = ["name", "number", *ExpertForm.Meta.fields[1:]]

    def _get_validation_exclusions(self) -> set[str]:
        """The constraint on the number does not know whose it is; the service does."""
        return super()._get_validation_exclusions() | {"number"}  # type: ignore[misc]


class StateForm(DeskForm):
    """Where a person goes from the present state, and why."""

    state = forms.ChoiceField(label="改为")
    reason = TextField(label="原因", max_length=200, help_text="例如：借调外单位。")

    def __init__(self, *args: Any, person: Inspector | Expert, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(PersonState.choices)
        self.fields["state"].choices = [(code, labels[code]) for code in VALID_STATE_TRANSITIONS[person.state]]  # type: ignore[attr-defined]


class LeaveForm(DeskForm):
    """Days of leave; the service says what is wrong with their order."""

    starts_on = forms.DateField(label="开始", widget=DayInput())
    ends_on = forms.DateField(label="结束", widget=DayInput())
    reason = TextField(label="事由", max_length=100, required=False)


class InterestForm(DeskForm):
    """A person's own word about an enterprise."""

    credit_code = CreditCodeField(help_text="企业的 18 位代码。")
    enterprise_name = TextField(label="企业名称", max_length=120, required=False)
    reason = TextField(label="利害关系", max_length=200, help_text="例如：配偶任该企业财务负责人。")


class AccountForm(DeskForm):
    """Which account is this officer's."""

    account = forms.ModelChoiceField(
        User.objects.none(),
        label="登录账号",
        required=False,
        empty_label="（不关联）",
        help_text="关联后，本人登录即可看到自己的检查任务。",
    )

    def __init__(self, *args: Any, inspector: Inspector, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = accounts_to_link(inspector)  # type: ignore[attr-defined]
        self.fields["account"].label_from_instance = lambda user: f"{user.name}（{user.username}）"  # type: ignore[attr-defined]
        self.initial.setdefault("account", inspector.account_id)
