"""What people type about a check, turned into typed values."""

from __future__ import annotations

import hashlib
import json

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from inspections.documents import DEFAULT_MEASURES
from inspections.models import ItemResult, OrderPoint, Scheme, SiteRecord, Task
from shuangsuiji.lib.forms import DayInput, DeskForm, DeskModelForm, LinesField, TextField

PASSED, UNDONE = "passed", "undone"


class MinuteInput(forms.DateTimeInput):
    """The browser's own field for a day and a time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, **kwargs) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class MinuteField(forms.DateTimeField):
    """A time to the minute, as the browser sends it or as typed: 2026-04-01 09:00."""

    widget = MinuteInput
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]

    def prepare_value(self, value):
        return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


class VisitDayForm(DeskForm):
    """Another day for a visit."""

    visit_on = forms.DateField(label="检查日期", widget=DayInput())
    reason = TextField(label="改期原因", max_length=200, help_text="会留在审计记录里，请不要写人名。")


class SchemeForm(DeskModelForm):
    """现场检查方案."""

    starts_at = MinuteField(label="检查开始时间")
    ends_at = MinuteField(label="检查结束时间")
    method = LinesField(label="检查方式", widget=forms.Textarea(attrs={"rows": 3}))
    equipment = TextField(label="携带装备", max_length=300, required=False)
    remarks = LinesField(label="备注", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Scheme
        fields = ["starts_at", "ends_at", "method", "equipment", "remarks"]

    def _post_clean(self) -> None:
        """The service judges the values and says it in a sentence."""


class OpinionForm(DeskForm):
    """An approver's opinion on a scheme."""

    opinion = TextField(label="审批意见", max_length=300, initial="同意")


class SavedForm(DeskModelForm):
    """A part of the record, with the version and the values the person saw.

    A part nobody touched says nothing: on a page with many parts only the changed ones are saved.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    shown = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.stored = fingerprint({name: getattr(self.instance, name) for name in self._meta.fields})
        self.initial.update(revision=self.instance.revision, shown=self.stored)

    @property
    def values(self) -> dict:
        """The part's own values, without version and fingerprint."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    @property
    def is_touched(self) -> bool:
        """Whether the person changed anything since the page was shown."""
        return fingerprint(self.values) != self.cleaned_data["shown"]

    def _post_clean(self) -> None:
        """The service judges the values; the row in hand must keep what is stored."""


class HeadForm(SavedForm):
    """The head of the record: where, when, who of the unit was there."""

    started_at = MinuteField(label="检查开始", required=False)
    ended_at = MinuteField(label="检查结束", required=False)
    certificates_shown = forms.BooleanField(label="已出示执法证件，并告知申请回避等权利", required=False)
    findings = LinesField(label="检查情况", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = SiteRecord
        fields = [
            "place",
            "started_at",
            "ended_at",
            "representative_name",
            "representative_post",
            "representative_phone",
            "certificates_shown",
            "findings",
        ]


class ResultForm(SavedForm):
    """The answer to one drawn item."""

    result = forms.ChoiceField(
        label="检查结论", choices=ItemResult.Result.choices, required=False, widget=forms.RadioSelect()
    )
    seen = LinesField(
        label="检查所见",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "检查所见：看到什么、在哪里、数量多少"}),
    )
    rectified_on = forms.DateField(label="当场已改（日期）", required=False, widget=DayInput())
    hazard = forms.ChoiceField(
        label="隐患级别", choices=ItemResult.Hazard.choices, required=False, widget=forms.RadioSelect()
    )

    class Meta:
        model = ItemResult
        fields = ["result", "seen", "hazard", "rectify_by", "rectified_on"]

    @classmethod
    def of(cls, result: ItemResult, posted=None) -> ResultForm:
        """The card's form; its names on the page begin with the row's id."""
        return cls(posted, instance=result, prefix=f"item-{result.pk}")


def fingerprint(values: dict) -> str:
    """A short text that is the same for the same values."""
    text = json.dumps({key: value or None for key, value in values.items()}, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class PhotoForm(forms.Form):
    """One photo as the page sends it by itself."""

    upload_key = forms.RegexField(r"^[0-9A-Za-z:_-]{8,64}$", label="上传标识", required=False)
    drawn_item = forms.ModelChoiceField(label="检查事项", queryset=None, required=False)
    caption = TextField(label="说明", max_length=120, required=False)
    device_time = forms.DateTimeField(label="设备时间", required=False)

    def __init__(self, *args, task: Task, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["drawn_item"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = task.drawn.items.all()


class SignatureForm(DeskForm):
    """Signed, or the refusal with its reason."""

    signature = forms.ChoiceField(
        label="被检查单位在场人员签名", choices=SiteRecord.Signature.choices, widget=forms.RadioSelect()
    )
    refusal_reason = TextField(label="拒签原因", max_length=200, required=False, help_text="拒绝签名的必须写明。")


class ReviewForm(DeskForm):
    """Approving a record; the measures stand in the order that follows when something failed."""

    measures = LinesField(
        label="整改期间的安全措施", required=False, initial=DEFAULT_MEASURES, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReturnForm(DeskForm):
    """Giving something back."""

    reason = TextField(label="退回意见", max_length=300)


class ReinspectionForm(DeskForm):
    """The head of a re-inspection."""

    reinspected_on = forms.DateField(label="复查日期", widget=DayInput())
    opinion = TextField(label="复查意见", max_length=300)


class PointForm(DeskForm):
    """Whether one item of the order was put right."""

    point: OrderPoint

    outcome = forms.ChoiceField(
        label="是否整改到位", choices=[(PASSED, "已整改到位"), (UNDONE, "未整改到位")], widget=forms.RadioSelect()
    )
    seen = LinesField(label="复查情况", widget=forms.Textarea(attrs={"rows": 2}))
    rectify_by = forms.DateField(
        label="新的整改期限", required=False, widget=DayInput(), help_text="没有整改到位的填写。"
    )

    @classmethod
    def of(cls, point: OrderPoint, posted=None) -> PointForm:
        """The form of one point."""
        form = cls(posted, prefix=f"point-{point.pk}")
        form.point = point
        return form

    @property
    def answer(self) -> dict:
        """For the service."""
        given = self.cleaned_data
        return {"is_passed": given["outcome"] == PASSED, "seen": given["seen"], "rectify_by": given["rectify_by"]}
