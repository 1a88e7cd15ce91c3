"""Beside the record: measurements, opinions, decisions on the spot, proposals, the work log."""

from __future__ import annotations

import re

from django import forms

from inspections.models import NOT_FOUND, ItemResult, Proposal, Task, WorkEntry
from inspectors.models import Inspector
from shuangsuiji.lib.forms import DayInput, DeskForm, DeviceTimeField, LinesField, TextField


class UrgentForm(DeskForm):
    """Beginning a covert or urgent check before it is approved."""

    urgent_reason = TextField(
        label="先行检查的理由", max_length=300, help_text="写明为什么来不及事前审批；系统会提醒审批负责人限期补批。"
    )


class ReadingField(TextField):
    """A reading of an instrument: a number, one under or over the instrument's limit, or 未检出."""

    number = re.compile(r"([<>≤≥]?)\s*([+-]?\d{1,10}(?:\.\d{1,6})?)")

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=20, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if text in (self.empty_value, NOT_FOUND):
            return text
        found = self.number.fullmatch(text)
        if found is None:
            raise forms.ValidationError("请填写数字，或写成 <5、>100、未检出 的样子。")
        return "".join(found.groups())


class MeasurementForm(forms.Form):
    """One value as the phone sends it."""

    upload_key = forms.RegexField(r"^[0-9A-Za-z:_-]{8,64}$", label="上传标识")
    drawn_item = forms.ModelChoiceField(label="检查事项", queryset=None, required=False)
    name = TextField(label="测量项目", max_length=60)
    place = TextField(label="测点", max_length=80, required=False)
    value = ReadingField(label="测量值")
    unit = TextField(label="单位", max_length=20)
    instrument = TextField(label="仪器名称及编号", max_length=80)
    device_time = DeviceTimeField(label="设备时间")

    def __init__(self, *args, task: Task, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["drawn_item"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = task.drawn.items.select_related("item").order_by("item__code")


class CaptionForm(forms.Form):
    """The words under one photo."""

    caption = TextField(label="说明", max_length=120, required=False)


class DrawingForm(forms.Form):
    """A signature as the page sends it."""

    drawing = forms.CharField(label="签名", max_length=400_000)
    inspector = forms.ModelChoiceField(label="执法人员", queryset=None, required=False)
    device_time = DeviceTimeField(label="设备时间")

    def __init__(self, *args, task: Task, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["inspector"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = Inspector.objects.filter(seats__drawn=task.drawn_id)


class ExpertOpinionForm(DeskForm):
    """An expert's written opinion."""

    expert = forms.ChoiceField(label="专家")
    given_on = forms.DateField(label="出具日期", widget=DayInput())
    opinion = LinesField(label="书面意见", widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)

    def __init__(self, *args, experts, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expert"].choices = [(one.pk, one.name) for one in experts]


class EvaluationForm(DeskForm):
    """How an expert did on this visit."""

    score = forms.TypedChoiceField(
        label="评分",
        coerce=int,
        choices=[(5, "5 很好"), (4, "4 好"), (3, "3 一般"), (2, "2 较差"), (1, "1 差")],
        widget=forms.RadioSelect(),
    )
    comment = TextField(label="评语", max_length=300, required=False)


class ResultChoice(forms.ModelMultipleChoiceField):
    """Problems by their item and words."""

    def label_from_instance(self, result: ItemResult) -> str:
        return f"{result.drawn_item.item.name}：{result.seen}"


class HandlingForm(DeskForm):
    """现场处理措施决定书."""

    results = ResultChoice(label="针对的问题", queryset=None, widget=forms.CheckboxSelectMultiple())
    basis = LinesField(label="法律依据", widget=forms.Textarea(attrs={"rows": 2}), help_text="一行一条。")
    measures = LinesField(label="处理措施", widget=forms.Textarea(attrs={"rows": 3}), help_text="一行一条。")

    def __init__(self, *args, failed, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["results"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)
        choice.queryset = failed


class HandlingDraftForm(HandlingForm):
    """The same, drafted by the officers on site."""

    urgent_reason = TextField(
        label="当场实施的理由",
        max_length=300,
        required=False,
        help_text="危险不能等待、必须当场实施的才填写：措施立即生效，二十四小时内由负责人补办批准。",
    )


class ProposalForm(DeskForm):
    """A proposal made by hand."""

    kind = forms.ChoiceField(label="建议", choices=Proposal.Kind.choices, widget=forms.RadioSelect())
    reason = TextField(label="理由", max_length=200, help_text="例如：隐瞒重大隐患、逾期不整改、整改不到位。")
    facts = LinesField(label="事实", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)


class WorkForm(DeskForm):
    """One entry of the work log."""

    inspector = forms.ModelChoiceField(label="执法人员", queryset=None)
    on = forms.DateField(label="日期", widget=DayInput())
    kind = forms.ChoiceField(label="类别", choices=WorkEntry.Kind.choices)
    half_days = forms.TypedChoiceField(label="时长", coerce=int, choices=[(1, "半天"), (2, "一天")])
    note = TextField(label="内容", max_length=120, required=False, help_text="不要写企业名称和人名。")

    def __init__(self, *args, inspectors, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["inspector"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = inspectors
