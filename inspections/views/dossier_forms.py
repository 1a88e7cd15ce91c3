"""Asking to read a filed volume, and the head's answer."""

from __future__ import annotations

from django import forms

from inspections.services.openings import LONGEST_HOURS
from shuangsuiji.lib.forms import DeskForm, TextField


class OpeningForm(DeskForm):
    """Why somebody wants to read."""

    reason = TextField(label="查阅理由", max_length=300)


class OpeningDecisionForm(DeskForm):
    """Granted for so many hours, or refused."""

    answer = forms.ChoiceField(label="审批", choices=[("granted", "批准查阅"), ("refused", "不予批准")])
    hours = forms.IntegerField(label="开放时间（小时）", min_value=1, max_value=LONGEST_HOURS, initial=24)
    opinion = TextField(label="审批意见", max_length=300, required=False)
