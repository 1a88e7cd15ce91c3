"""Forms of publication and of the enterprise's letter page."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from draws.models import DrawnSeat
from publication.models import LetterEvent, Listing, ListingDelivery, Publication
from publication.services.deliveries import SERVED_BY_HAND
from shuangsuiji.lib.forms import DayInput, DeskForm, DeskModelForm, LinesField, TextField

MINUTE = "%Y-%m-%dT%H:%M"


class WordsForm(DeskModelForm):
    """The words of a draft; its facts come from the data."""

    class Meta:
        model = Publication
        fields = ["title", "introduction"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 5})}


class ScheduleForm(DeskForm):
    """When it is to stand in public; empty means at once."""

    publish_at = forms.DateTimeField(
        label="定时发布（不填则立即）",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
        error_messages={"invalid": "时间写成 2026-12-01T09:00 的样子，或留空立即发布。"},
    )
    late_reason = TextField(
        label="逾期发布的原因",
        max_length=300,
        required=False,
        help_text="只有发布时间晚于期限时才填写，会留痕。",
    )


class ReturnForm(DeskForm):
    """Why it goes back."""

    reason = TextField(label="退回原因", max_length=300, error_messages={"required": "请写明退回的原因。"})


class ConfirmForm(DeskForm):
    """Who confirms that the letter has arrived."""

    name = forms.CharField(
        label="确认人姓名", max_length=40, error_messages={"required": "请填写确认人姓名，再按“确认收悉”。"}
    )


class TraceReasonForm(DeskForm):
    """Why something public is corrected, withdrawn or given up."""

    reason = TextField(label="原因", max_length=300, error_messages={"required": "请写明原因，它会留痕。"})

    def __init__(self, *args, label: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or "原因"


class PeriodForm(DeskForm):
    """Which period's figures."""

    period = TextField(label="统计期间", max_length=10, help_text="写成 2026-11（月）、2026-q4（季度）或 2026（年）。")


class GroundForm(DeskForm):
    """Why an enterprise is exposed."""

    ground = forms.ChoiceField(label="曝光事由", choices=Listing.Ground.choices)


class ListingForm(DeskForm):
    """What a listing rests on."""

    ground = forms.ChoiceField(label="列入事由", choices=Listing.Ground.choices)
    facts = LinesField(label="违法事实", max_length=2000, help_text="写入告知书和决定书，不写个人隐私。")
    penalty_number = TextField(label="处罚决定书文号", max_length=60, help_text="列入名单须以行政处罚为前提。")
    penalty_on = forms.DateField(label="处罚决定日期", widget=DayInput())
    penalty_authority = TextField(
        label="作出处罚的机关",
        max_length=100,
        required=False,
        help_text="本局作出的不填，系统按文号核对处罚案件；其他机关作出的，写明机关全称。",
    )


class ServiceForm(DeskForm):
    """How a paper of a listing reached the enterprise."""

    way = forms.ChoiceField(label="送达方式", choices=ListingDelivery.Way.choices)
    delivered_on = forms.DateField(label="送达日期", widget=DayInput(), initial=timezone.localdate)
    receiver = TextField(label="收件人", max_length=40, required=False, help_text="当面送达须填写。")
    note = TextField(
        label="说明",
        max_length=300,
        required=False,
        help_text="留置送达写明事由和见证人；邮寄写明单号；公告送达写明公告的地方。",
    )


class RevocationForm(DeskForm):
    """Why the decision to list is revoked."""

    reason = TextField(label="撤销的理由（写入决定书并公开）", max_length=300)


class StatementForm(DeskForm):
    """What the enterprise said."""

    statement = LinesField(label="陈述申辩内容", max_length=2000)
    stated_on = forms.DateField(label="收到日期", widget=DayInput(), initial=timezone.localdate)


class DecisionForm(DeskForm):
    """Why the head decides so."""

    reason = TextField(label="决定理由", max_length=300)


class RemovalForm(DeskForm):
    """The application for early removal."""

    reason = TextField(label="申请理由", max_length=300)
    asked_on = forms.DateField(label="申请日期", widget=DayInput(), initial=timezone.localdate)


class AnswerForm(DeskForm):
    """The head's answer to it."""

    answer = TextField(label="答复", max_length=300)


class DeliveryForm(DeskForm):
    """A delivery by hand or by post."""

    kind = forms.ChoiceField(
        label="送达方式", choices=[(kind.value, LetterEvent.Kind(kind).label) for kind in SERVED_BY_HAND]
    )
    delivered_at = forms.DateTimeField(
        label="送达时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        input_formats=[MINUTE],
        initial=lambda: timezone.localtime(),
        error_messages={"invalid": "时间写成 2026-12-01T09:00 的样子。"},
    )
    receiver = TextField(label="收件人", max_length=40, required=False)
    place = TextField(label="送达地点", max_length=200, required=False)
    note = TextField(label="说明", max_length=300, required=False, help_text="拒收的，写明事由和见证人。")
    proof = forms.FileField(
        label="签收照片或扫描件", required=False, help_text="JPEG、PNG、WebP 或 PDF。当面送达和拒收必须上传。"
    )


class RecusalAskForm(DeskForm):
    """The enterprise asks that somebody of its letter should not come."""

    seat = forms.TypedChoiceField(label="申请谁回避", coerce=int, widget=forms.RadioSelect)
    reason = LinesField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明申请回避的理由，例如与本单位有何种利害关系。"},
    )
    name = TextField(label="申请人姓名", max_length=40, error_messages={"required": "请填写申请人姓名。"})

    def __init__(self, *args, people: list[DrawnSeat], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [(seat.pk, _named(seat)) for seat in people]
        self.fields["seat"].choices = choices  # type: ignore[attr-defined]
        self.fields["seat"].error_messages["required"] = "请选择申请谁回避。"


def _named(seat: DrawnSeat) -> str:
    return f"{seat.inspector.name}（执法人员）" if seat.inspector else f"{seat.expert.name}（专家）"
