"""Forms of publication and of the enterprise's letter page."""

from __future__ import annotations

from django import forms

from publication.models import Publication
from shuangsuiji.lib.forms import DeskForm, DeskModelForm


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


class ReturnForm(DeskForm):
    """Why it goes back."""

    reason = forms.CharField(label="退回原因", max_length=300)


class ConfirmForm(DeskForm):
    """Who confirms that the letter has arrived."""

    name = forms.CharField(
        label="确认人姓名", max_length=40, error_messages={"required": "请填写确认人姓名，再按“确认收悉”。"}
    )
