"""The forms of a penalty case. A step's form is made from what its act asks for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Self

from django import forms
from django.utils import timezone

from inspections.forms import MinuteField
from inspections.models import Case, CaseRecusal, CaseStep, Delivery
from inspections.services.cases import Act, Field
from inspections.services.cases import fields as kinds
from inspectors.models import Inspector, PersonState
from shuangsuiji.lib.forms import DayInput, DeskForm, DeskModelForm, LinesField, TextField


def _text(field: Field, **common: Any) -> forms.Field:
    return TextField(max_length=field.most, **common)


def _lines(field: Field, **common: Any) -> forms.Field:
    return LinesField(max_length=field.most, widget=forms.Textarea(attrs={"rows": 4}), **common)


def _choice(field: Field, **common: Any) -> forms.Field:
    return forms.ChoiceField(choices=field.choices, widget=forms.RadioSelect(), **common)


def _many(field: Field, **common: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=field.choices, widget=forms.CheckboxSelectMultiple(), **common)


_MAKERS = {
    kinds.LINE: _text,
    kinds.LINES: _lines,
    kinds.ROWS: _lines,
    kinds.CHOICE: _choice,
    kinds.MANY: _many,
    kinds.DAY: lambda field, **common: forms.DateField(widget=DayInput(), **common),
    kinds.MINUTE: lambda field, **common: MinuteField(**common),
    kinds.APPOINTMENT: lambda field, **common: MinuteField(**common),
    kinds.MONEY: lambda field, **common: forms.DecimalField(
        min_value=0, max_digits=12, decimal_places=2, localize=False, **common
    ),
    kinds.COUNT: lambda field, **common: forms.IntegerField(min_value=1, max_value=99, **common),
    kinds.YES: lambda field, **common: forms.BooleanField(**common),
}


class StepForm(DeskForm):
    """One step of a case, field by field."""

    @classmethod
    def of(cls, act: Act, *, case: Case, posted=None) -> Self:
        """The form of this act, filled with what is known."""
        form = cls(posted, initial=act.initial(case))
        offered = act.offered(case)
        for asked in act.asked:
            field = replace(asked, choices=offered.get(asked.name, asked.choices))
            form.fields[field.name] = _MAKERS[field.kind](
                field,
                label=field.label,
                required=field.is_required,
                help_text=field.hint,
                initial=field.initial or None,
            )
        return form


class ReplaceForm(StepForm):
    """A paper filled in again, with the reason why."""

    replacement_reason = TextField(label="更正原因", max_length=200)

    @classmethod
    def of_step(cls, act: Act, *, case: Case, step: CaseStep, posted=None) -> ReplaceForm:
        """The act's form with what stood in the paper."""
        form = cls.of(act, case=case, posted=posted)
        for field in act.asked:
            value = step.fields.get(field.name)
            if field.kind == kinds.ROWS:
                value = "\n".join("｜".join(row["cells"]) for row in value or [])
            if field.kind in (kinds.MINUTE, kinds.APPOINTMENT) and value:
                value = dt.datetime.fromisoformat(value)
            form.initial[field.name] = value
        return form


class CaseForm(DeskModelForm):
    """Proposing a case."""

    class Meta:
        model = Case
        fields = [
            "procedure",
            "party_kind",
            "party_name",
            "party_post",
            "party_address",
            "cause",
            "facts",
            "provisions_broken",
            "provisions_applied",
            "found_on",
        ]
        widgets = {
            "procedure": forms.RadioSelect(),
            "party_kind": forms.RadioSelect(),
            "facts": forms.Textarea(attrs={"rows": 5}),
            "provisions_broken": forms.Textarea(attrs={"rows": 2}),
            "provisions_applied": forms.Textarea(attrs={"rows": 2}),
            "found_on": DayInput(),
        }
        help_texts = {
            "party_name": "当事人是单位的不用填写，取被检查单位的名称。",
            "cause": "例如：未对安全设备进行定期检测",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party_name"].required = False

    def _post_clean(self) -> None:
        """The service judges the values and says it in a sentence."""


class DeliveryForm(DeskForm):
    """How a document reached somebody."""

    delivered_at = MinuteField(label="送达时间")
    way = forms.ChoiceField(label="送达方式", choices=Delivery.Way.choices)
    place = TextField(label="送达地点", max_length=200)
    receiver = TextField(label="收件人", max_length=60)
    refusal_reason = TextField(label="拒收事由", max_length=200, required=False, help_text="留置送达的必须写明。")
    witness = TextField(label="见证人", max_length=60, required=False, help_text="留置送达的必须写明。")
    proof = forms.FileField(
        label="签收照片或扫描件",
        required=False,
        help_text="直接送达的上传收件人签名的送达回执，留置送达的上传现场照片；照片或 PDF。",
    )
    late_reason = TextField(
        label="迟延登记的原因", max_length=200, required=False, help_text="送达多日以后才登记的必须写明。"
    )


class PaymentForm(DeskForm):
    """Money received."""

    amount = forms.DecimalField(label="金额（元）", min_value=0, max_digits=12, decimal_places=2)
    paid_on = forms.DateField(label="缴款日期", widget=DayInput(), initial=timezone.localdate)
    receipt_number = TextField(label="票据号", max_length=60)
    receipt = forms.FileField(label="票据照片或扫描件", required=False, help_text="照片或 PDF，随卷归档。")
    late_reason = TextField(
        label="迟延登记的原因", max_length=200, required=False, help_text="缴款多日以后才登记的必须写明。"
    )


class ScanForm(DeskForm):
    """The signed sheet of a paper."""

    file = forms.FileField(label="签字件", help_text="签字后的文书的照片或扫描件（JPEG、PNG 或 PDF）。")


class RecusalForm(DeskForm):
    """Asking that an officer withdraw."""

    inspector = forms.ModelChoiceField(label="被申请回避的承办人", queryset=Inspector.objects.none())
    side = forms.ChoiceField(label="申请人", choices=CaseRecusal.Side.choices, widget=forms.RadioSelect())
    reason = TextField(label="回避理由", max_length=300)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = case.handlers.filter(left_on=None).values("inspector_id")
        self.fields["inspector"].queryset = Inspector.objects.filter(pk__in=ids).order_by("name", "pk")  # type: ignore[attr-defined]


class RecusalDecisionForm(DeskForm):
    """The head's answer."""

    answer = forms.ChoiceField(
        label="决定", choices=[("granted", "准许回避"), ("refused", "驳回申请")], widget=forms.RadioSelect()
    )
    opinion = TextField(label="理由", max_length=300)
    replacement = forms.ModelChoiceField(
        label="接办的执法人员",
        queryset=Inspector.objects.none(),
        required=False,
        help_text="准许回避的必须指定；只列出执法证有效的在岗人员。",
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = case.handlers.values("inspector_id")
        able = Inspector.objects.filter(state=PersonState.ACTIVE, certificate_expires_on__gte=timezone.localdate())
        self.fields["replacement"].queryset = able.exclude(pk__in=taken).order_by("name", "pk")  # type: ignore[attr-defined]
