"""What a form or a filter says where it has no sentence of its own; Django's sound like a program's.

Told to Django's own fields, once, before the first form is made: so no form can forget it, nor a field that is added
to one later. What a form says itself still comes first.
"""

from __future__ import annotations

from django import forms
from django.db.models import BLANK_CHOICE_DASH
from django.db.models.constraints import BaseConstraint

DAY = "日期写成 2026-04-01 的样子，并核对这一天是否存在。"
MOMENT = "时间写成 2026-04-01 09:00 的样子。"
NOTHING_CHOSEN = "请选择"
"""The first line of a list from which nothing is chosen yet; a form that means something by it says so itself."""
CHOOSE, NOT_LISTED = "请从列表中选择。", "列表里没有这一项，请重新选择。"
FILE = "请选择要上传的文件。"
CONTRADICTION = "填写的内容互相不符，或者已经登记过：请核对各项后再保存。"

_CHOICES = {"required": CHOOSE, "invalid_choice": NOT_LISTED, "invalid_list": CHOOSE, "invalid_pk_value": NOT_LISTED}
SENTENCES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {
        "required": "请填写这一项。",
        "invalid": "填写的内容不能识别，请改正。",
        "unique": "已经有同样的内容，请核对后换一个。",
        "null_characters_not_allowed": "文字中有看不见的空字符，请删去后重新填写。",
        "max_length": "最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请缩短。",
        "min_length": "至少 %(limit_value)d 个字，现在只有 %(show_value)d 个字，请补充。",
        "max_value": "不能大于 %(limit_value)s，请改正。",
        "min_value": "不能小于 %(limit_value)s，请改正。",
        "step_size": "应为 %(limit_value)s 的整数倍，请改正。",
        "max_digits": "最多 %(max)s 位数字，请改正。",
        "max_decimal_places": "小数最多 %(max)s 位，请改正。",
        "max_whole_digits": "整数部分最多 %(max)s 位，请改正。",
    },
    forms.BooleanField: {"required": "请勾选这一项后再提交。"},
    forms.IntegerField: {"invalid": "请填写整数。"},
    forms.FloatField: {"invalid": "请填写数字。"},
    forms.DecimalField: {"invalid": "请填写数字。"},
    forms.DateField: {"invalid": DAY},
    forms.TimeField: {"invalid": "时间写成 09:00 的样子。"},
    forms.DateTimeField: {"invalid": MOMENT},
    forms.SplitDateTimeField: {"invalid_date": DAY, "invalid_time": "时间写成 09:00 的样子。"},
    forms.EmailField: {"invalid": "电子邮箱写成 name@example.com 的样子。"},
    forms.URLField: {"invalid": "网址写成 https://example.com 的样子。"},
    forms.UUIDField: {"invalid": "编号不能识别，请从页面上的链接重新进入。"},
    forms.JSONField: {"invalid": "内容不能识别，请刷新页面后重新填写。"},
    forms.FileField: {
        "required": FILE,
        "invalid": FILE,
        "missing": FILE,
        "empty": "这个文件是空的，请检查后重新选择文件。",
        "max_length": "文件名最多 %(max)d 个字，现在有 %(length)d 个字，请改短后重新选择。",
        "contradiction": "选了新文件，又勾了“清除”：请只做一样。",
    },
    forms.ImageField: {"invalid_image": "这不是图片，或者图片已损坏：请重新选择。"},
    forms.ChoiceField: _CHOICES,
    forms.MultipleChoiceField: _CHOICES,
    forms.ModelChoiceField: _CHOICES,
    forms.ModelMultipleChoiceField: _CHOICES,
    forms.MultiValueField: {"invalid": "请把各格都填好。", "incomplete": "请把各格都填好。"},
}


def speak_plainly() -> None:
    """Put our sentences in the place of Django's, for every form and filter made from now on."""
    for kind, words in SENTENCES.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), **words}
    BaseConstraint.default_violation_error_message = CONTRADICTION
    BLANK_CHOICE_DASH[:] = [("", NOTHING_CHOSEN)]
    forms.ModelChoiceField.__init__.__kwdefaults__["empty_label"] = NOTHING_CHOSEN  # type: ignore[index]
