"""What people type about a check, turned into typed values."""

from __future__ import annotations

import hashlib
import json

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from inspections.documents import DEFAULT_MEASURES, EQUIPMENT_KINDS
from inspections.models import ItemResult, Revisit, RevisitPoint, Scheme, SiteRecord, Task
from shuangsuiji.lib.forms import DayInput, DeskForm, DeskModelForm, DeviceTimeField, LinesField, TextField


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
    equipment_kinds = forms.MultipleChoiceField(
        label="携带装备",
        choices=[(kind, kind) for kind in EQUIPMENT_KINDS],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    equipment = TextField(label="其他装备", max_length=300, required=False)
    remarks = LinesField(label="备注", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Scheme
        fields = ["starts_at", "ends_at", "method", "equipment_kinds", "equipment", "remarks"]

    def _post_clean(self) -> None:
        """The service judges the values and says it in a sentence."""


class OpinionForm(DeskForm):
    """An approver's opinion on a scheme."""

    opinion = TextField(label="审批意见", max_length=300, initial="同意")


class ReviewOpinionForm(DeskForm):
    """A reviewer's opinion on a scheme."""

    review_opinion = TextField(label="审核意见", max_length=300, initial="同意")


class SavedForm(DeskModelForm):
    """A part of the record, with the version and the values the person saw.

    A part nobody touched says nothing: on a page with many parts only the changed ones are saved.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    shown = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.stored = fingerprint({name: getattr(self.instance, name) for name in self.saved_names})
        self.initial.update(revision=self.instance.revision, shown=self.stored)

    @property
    def saved_names(self) -> list[str]:
        """The row's fields that this part saves."""
        return list(self._meta.fields)

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
            "time_reason",
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
    basis = TextField(label="违反依据", max_length=600, required=False)
    is_concealed = forms.BooleanField(label="企业隐瞒不报（仅重大隐患）", required=False)
    hazard = forms.ChoiceField(
        label="隐患级别", choices=ItemResult.Hazard.choices, required=False, widget=forms.RadioSelect()
    )

    class Meta:
        model = ItemResult
        fields = [
            *("result", "seen", "basis", "hazard", "place", "responsible", "is_concealed"),
            *("rectify_by", "rectified_on"),
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.sub_items = list(self.instance.drawn_item.item.sub_items.all())
        for sub in self.sub_items:
            self.fields[f"sub-{sub.pk}"] = forms.ChoiceField(
                label=sub.text,
                choices=[("", "未填"), *ItemResult.Result.choices],
                required=False,
                widget=forms.Select(attrs={"data-basis": sub.legal_basis}),
                initial=self.instance.sub_answers.get(sub.code, ""),
            )

    @property
    def saved_names(self) -> list[str]:
        """With the answers to the sub-items, which are one field of the row."""
        return [*super().saved_names, "sub_answers"]

    @property
    def values(self) -> dict:
        """The sub-items' answers by code; those left open are not in it."""
        given = {sub.code: self.cleaned_data.get(f"sub-{sub.pk}") for sub in self.sub_items}
        return {**super().values, "sub_answers": {code: answer for code, answer in given.items() if answer}}

    @property
    def sub_fields(self) -> list[forms.BoundField]:
        """The sub-items' fields, in order."""
        return [self[f"sub-{sub.pk}"] for sub in self.sub_items]

    @classmethod
    def of(cls, result: ItemResult, posted=None) -> ResultForm:
        """The card's form; its names on the page begin with the row's id."""
        return cls(posted, instance=result, prefix=f"item-{result.pk}")


class RevisitHeadForm(SavedForm):
    """The head of a re-inspection: when, who of the unit was there, the opinion."""

    certificates_shown = forms.BooleanField(label="已出示执法证件，并告知权利", required=False)

    class Meta:
        model = Revisit
        fields = ["certificates_shown", "reinspected_on", "representative_name", "representative_post", "opinion"]


class RevisitPointForm(SavedForm):
    """Whether one item of the order was put right."""

    outcome = forms.ChoiceField(
        label="是否整改到位", choices=RevisitPoint.Outcome.choices, required=False, widget=forms.RadioSelect()
    )
    seen = LinesField(
        label="复查情况",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "复查情况：看到什么，改得怎样"}),
    )

    class Meta:
        model = RevisitPoint
        fields = ["outcome", "seen", "rectify_by"]

    @classmethod
    def of(cls, point: RevisitPoint, posted=None) -> RevisitPointForm:
        """The card's form; its names on the page begin with the row's id."""
        return cls(posted, instance=point, prefix=f"point-{point.pk}")


def fingerprint(values: dict) -> str:
    """A short text that is the same for the same values."""
    text = json.dumps({key: value or None for key, value in values.items()}, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class PlaceField(forms.DecimalField):
    """A degree of latitude or longitude as a phone gives it; what is none is as good as nothing."""

    def __init__(self, **kwargs) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        try:
            return round(super().clean(value), 6) if value else None
        except forms.ValidationError:
            return None


class DeviceForm(forms.Form):
    """What a phone says of itself: its clock and its place. Nothing of it is asked for, nothing refused."""

    device_time = DeviceTimeField(label="设备时间")
    latitude = PlaceField(label="纬度", min_value=-90, max_value=90)
    longitude = PlaceField(label="经度", min_value=-180, max_value=180)
    accuracy = forms.FloatField(label="定位精度（米）", required=False, min_value=0, max_value=1_000_000)

    @property
    def given(self) -> dict:
        """What was said and can be read."""
        self.is_valid()
        accuracy = self.cleaned_data.get("accuracy")
        return {
            "at": self.cleaned_data.get("device_time"),
            "latitude": self.cleaned_data.get("latitude"),
            "longitude": self.cleaned_data.get("longitude"),
            "accuracy": round(accuracy) if accuracy is not None else None,
        }


class PhotoForm(forms.Form):
    """One photo, sound or film as the page sends it by itself."""

    upload_key = forms.RegexField(r"^[0-9A-Za-z:_-]{8,64}$", label="上传标识", required=False)
    drawn_item = forms.ModelChoiceField(label="检查事项", queryset=None, required=False)
    caption = TextField(label="说明", max_length=120, required=False)
    device_time = DeviceTimeField(label="设备时间")
    latitude = PlaceField(label="纬度", min_value=-90, max_value=90)
    longitude = PlaceField(label="经度", min_value=-180, max_value=180)

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
