"""Forms for what is kept beside an enterprise's row."""

from __future__ import annotations

import datetime

from django import forms

from enterprises.models import SpecialList
from shuangsuiji.lib.forms import DayInput, DeskForm, NumberTextField, TextField


class PermitForm(DeskForm):
    """A permit; the same kind and number again renews it."""

    first_years = {"starts_on": 1949}

    kind = NumberTextField(label="许可名称", max_length=40, help_text="例如：危险化学品经营许可证。")
    number = NumberTextField(label="许可编号", max_length=60, help_text="名称和编号相同的视为换证，更新原来那一条。")
    issuer = TextField(label="发证机关", max_length=60, required=False)
    starts_on = forms.DateField(label="有效期自", widget=DayInput(), required=False)
    expires_on = forms.DateField(label="有效期至", widget=DayInput(), required=False, help_text="长期有效的留空。")
    is_withdrawn = forms.BooleanField(label="已注销", required=False)


class ListForm(DeskForm):
    """Onto a special list."""

    list_code = forms.ChoiceField(label="名单")
    reason = TextField(label="列入原因", max_length=200)
    on = forms.DateField(label="列入日期", widget=DayInput())

    def __init__(self, *args, today: datetime.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["list_code"].choices = [(row.code, row.name) for row in SpecialList.objects.all()]
        self.initial.setdefault("on", today)


class UnlistForm(DeskForm):
    """Off a special list."""

    list_code = forms.CharField(widget=forms.HiddenInput)
    reason = TextField(label="移出原因", max_length=200)


class PenaltyForm(DeskForm):
    """A penalty decided elsewhere."""

    decided_on = forms.DateField(label="决定日期", widget=DayInput())
    document_number = NumberTextField(label="决定书文号", max_length=60)
    source = TextField(label="来源", max_length=60, help_text="作出决定的机关，例如：示例市市场监督管理局。")
