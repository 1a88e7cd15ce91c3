"""Forms of the catalogue of items."""

from __future__ import annotations

from typing import Any

from django import forms

from draws.models import Item, SubItem
from shuangsuiji.lib.forms import DayInput, DeskForm, TextField
from shuangsuiji.lib.row_forms import RowForm


class ItemForm(RowForm):
    """What may be changed of an item; its code is fixed."""

    class Meta:
        model = Item
        fields = ["group", "name", "legal_basis", "fields", "method", "department"]
        widgets = {"fields": forms.CheckboxSelectMultiple, "legal_basis": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "fields": "不选表示适用于全部领域。",
            "legal_basis": "写明法律法规名称和条款。",
            "department": "不选表示本机关。协作部门的事项，只在它参加的联合抽查里抽取。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].empty_label = "请选择"  # type: ignore[attr-defined]
        self.fields["department"].empty_label = "（本机关）"  # type: ignore[attr-defined]

    def validate_unique(self) -> None:
        """The service looks, and says what to do."""


class NewItemForm(ItemForm):
    """A new item begins with its code."""

    class Meta(ItemForm.Meta):
        fields = ["code", *ItemForm.Meta.fields]
        help_texts = {**ItemForm.Meta.help_texts, "code": "例如 6.12；子项编码以它开头。"}


class SubItemForm(RowForm):
    """What may be changed of a sub-item; its code is fixed."""

    class Meta:
        model = SubItem
        fields = ["text", "legal_basis", "is_basis_confirmed", "method", "evidence", "consequence"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "legal_basis": forms.Textarea(attrs={"rows": 2}),
            "evidence": forms.Textarea(attrs={"rows": 2}),
            "consequence": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {"is_basis_confirmed": "由法制审核后勾选；未核实的在公开清单上标明“待核”。"}

    def validate_unique(self) -> None:
        """The service looks, and says what to do."""


class NewSubItemForm(SubItemForm):
    """A new sub-item begins with its code."""

    class Meta(SubItemForm.Meta):
        fields = ["code", *SubItemForm.Meta.fields]


class SubmitEditionForm(DeskForm):
    """What an edition changes and why."""

    reason = TextField(
        label="修订说明",
        max_length=300,
        required=False,
        help_text="改了什么、为什么，会印在公开的清单上；第一版可不填。",
    )


class PublishEditionForm(DeskForm):
    """From which day an edition holds."""

    on = forms.DateField(label="施行日期", widget=DayInput())


class ReturnEditionForm(DeskForm):
    """Why an edition goes back."""

    reason = TextField(label="退回意见", max_length=300)
