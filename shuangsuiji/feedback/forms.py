"""What people outside fill in, and what the desk does."""

from __future__ import annotations

from django import forms

from shuangsuiji.feedback.models import Feedback
from shuangsuiji.lib.forms import DeskForm, LinesField, TextField

TRAP = "website"


class FeedbackForm(DeskForm):
    """A letter. Name and contact may stay empty; `website` is there for machines."""

    kind = forms.ChoiceField(
        label="类别", choices=Feedback.Kind.choices, error_messages={"required": "请选择一个类别。"}
    )
    about = TextField(
        label="涉及的文号、企业或网址（可不填）",
        max_length=200,
        required=False,
        help_text="例如公告页上的文号或索引号。",
    )
    text = LinesField(
        label="内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "请写明您的意见、问题或投诉的事情。"},
        help_text="最多2000字。请写时间、地点和经过；不要写身份证号、银行卡号。",
    )
    name = TextField(label="姓名（可不填）", max_length=40, required=False)
    contact = TextField(
        label="电话或电子邮箱（可不填）",
        max_length=100,
        required=False,
        help_text="只有承办人能看到，答复180日后抹去。不留也能凭受理号查答复。",
    )
    website = forms.CharField(
        label="网站（请留空）",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


class ReceiptForm(DeskForm):
    """The receipt number, as somebody types it from paper."""

    number = forms.CharField(
        label="受理号", max_length=40, error_messages={"required": "请填写受理号，例如 FK2026-7Q4M-9KXD-2HTW。"}
    )

    def clean_number(self) -> str:
        """Small letters and missing lines are forgiven."""
        typed = "".join(one for one in self.cleaned_data["number"].upper() if one.isascii() and one.isalnum())
        if len(typed) != 18 or not typed.startswith("FK"):
            raise forms.ValidationError("受理号是 FK 加年份和12个字符，例如 FK2026-7Q4M-9KXD-2HTW。")
        return f"{typed[:6]}-{typed[6:10]}-{typed[10:14]}-{typed[14:]}"


class AssignForm(DeskForm):
    """Who is to answer."""

    handler = forms.ModelChoiceField(
        label="承办人", queryset=None, empty_label="请选择", error_messages={"required": "请选择承办人。"}
    )

    def __init__(self, *args, handlers, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = handlers
        self.fields["handler"].label_from_instance = lambda user: user.name


class AnswerForm(DeskForm):
    """What the sender will read."""

    answer = LinesField(
        label="答复",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请填写答复。"},
        help_text="来信人凭受理号就能看到。不要写入来信人或第三人的个人信息。",
    )


class SelectionForm(DeskForm):
    """Words for everybody."""

    public_question = TextField(label="选登的问题", max_length=300)
    public_answer = LinesField(label="选登的答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
