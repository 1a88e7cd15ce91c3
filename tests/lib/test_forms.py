from __future__ import annotations

import datetime

import pytest
from django import forms

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import (
    CalendarDayForm,
    CreditCodeField,
    DayInput,
    DeadlineRuleForm,
    DeskForm,
    DeskModelForm,
    LinesField,
    NumberTextField,
)
from shuangsuiji.lib.models import DeadlineRule, Township


class ExampleForm(DeskForm):
    name = forms.CharField(label="名称")
    remarks = LinesField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    code = CreditCodeField(required=False)
    on = forms.DateField(required=False)


class TownshipForm(DeskModelForm):
    class Meta:
        model = Township
        fields = ("code", "name")


def test_text_is_tidied_and_passwords_are_not():
    form = ExampleForm({"name": " 示范　１号 ", "remarks": "甲 \r\n 乙", "secret": " １ x "})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "示范 1号"
    assert form.cleaned_data["remarks"] == "甲\n乙"
    assert form.cleaned_data["secret"] == "１ x"


def test_prose_is_kept_as_typed_and_a_documents_number_in_its_plain_spelling():
    form = ExampleForm({"name": "第Ⅱ类　①仓库５０㎡", "remarks": "½ 自营\n２５℃"})
    assert form.is_valid()
    assert (form.cleaned_data["name"], form.cleaned_data["remarks"]) == ("第Ⅱ类 ①仓库50㎡", "½ 自营\n25℃")
    assert NumberTextField().clean("示字Ⅱ－①号") == "示字II-1号"


def test_blanks_alone_are_no_name():
    assert "name" in ExampleForm({"name": " 　\u200b"}).errors


def test_a_credit_code_is_read_and_explained():
    good = ExampleForm({"name": "x", "code": "'91440300708461136t"})
    assert good.is_valid()
    assert good.cleaned_data["code"] == "91440300708461136T"
    bad = ExampleForm({"name": "x", "code": "91440300708461137T"})
    assert "第 17、18 位校验码都不符" in bad.errors["code"][0]


def test_one_form_does_not_change_the_fields_of_another():
    ExampleForm()
    assert ExampleForm.base_fields["name"].to_python(" １ ") == "１"


def test_dates_use_the_browsers_calendar():
    assert isinstance(ExampleForm().fields["on"].widget, DayInput)


def test_a_refusal_stands_beside_its_field_or_above_the_form():
    form = ExampleForm({"name": "x"})
    form.add_refusal(Refusal("名称已有。", field="name"))
    form.add_refusal(Refusal("请重试。", field="elsewhere"))
    assert form.errors == {"name": ["名称已有。"], "__all__": ["请重试。"]}


def test_the_page_draws_the_form_tag():
    helper = ExampleForm().helper
    assert (helper.form_tag, helper.disable_csrf) == (False, True)


@pytest.mark.django_db
def test_a_model_form_tidies_too():
    form = TownshipForm({"code": "４３０６８１９９９ ", "name": " 示范　镇"})
    assert form.is_valid(), form.errors
    assert (form.instance.code, form.instance.name) == ("430681999", "示范 镇")


def test_the_settings_forms_hold_typed_values():
    form = CalendarDayForm({"on": "2027-02-09", "kind": "off", "name": "春节"})
    assert form.is_valid()
    assert form.cleaned_data == {"on": datetime.date(2027, 2, 9), "kind": "off", "name": "春节"}


@pytest.mark.django_db
def test_a_rule_form_starts_from_the_version_in_force():
    rule = DeadlineRule.objects.get(code="penalty.pay")
    form = DeadlineRuleForm.of(rule, today=datetime.date(2026, 4, 1))
    assert (form["amount"].value(), form["valid_from"].value()) == (15, datetime.date(2026, 4, 1))


def test_the_sentences_are_ours_and_name_what_to_do():
    class Chosen(DeskForm):
        name = forms.CharField(max_length=3)
        kind = forms.ChoiceField(choices=[("a", "甲")])
        count = forms.IntegerField(max_value=5)
        own = forms.CharField(error_messages={"required": "请填写自己的名字。"})

    form = Chosen({"name": "太长的名称", "kind": "b", "count": "9", "own": ""})
    said = {name: errors[0] for name, errors in form.errors.items()}
    assert said == {
        "name": "最多 3 个字，现在有 5 个字，请缩短。",
        "kind": "列表里没有这一项，请重新选择。",
        "count": "不能大于 5，请改正。",
        "own": "请填写自己的名字。",
    }


def test_plain_forms_and_fields_of_later_say_the_same():
    class Plain(forms.Form):
        name = forms.CharField()
        file = forms.FileField()

    form = Plain({"name": "甲\x00乙"})
    form.fields["later"] = forms.DecimalField(max_digits=3)
    form.data["later"] = "12345"
    said = {name: errors[0] for name, errors in form.errors.items()}
    assert said == {
        "name": "文字中有看不见的空字符，请删去后重新填写。",
        "file": "请选择要上传的文件。",
        "later": "最多 3 位数字，请改正。",
    }


def test_signs_that_turn_the_text_round_are_refused():
    form = ExampleForm({"name": "公告\u202e告公"})
    assert "看不见的控制字符" in form.errors["name"][0]
