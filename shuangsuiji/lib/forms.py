"""Forms of the desk: text is tidied, a refusal stands beside its field, the page draws the form tag."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from shuangsuiji.lib import credit_code
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import CalendarDay, DeadlineRule
from shuangsuiji.lib.readable import has_hidden
from shuangsuiji.lib.text import folded, tidy, tidy_lines

HIDDEN = "文字中有看不见的控制字符，会让文字倒着显示。请删去后重新填写。"


def _no_hidden(text: str) -> str:
    if has_hidden(text):
        raise ValidationError(HIDDEN, code="hidden")
    return text


class TextField(forms.CharField):
    """One line as people mean it: full-width digits half-width, blanks single."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy(_no_hidden(text)) if text else self.empty_value


class NumberTextField(TextField):
    """A number of a document, in the one spelling by which imports find it too."""

    def to_python(self, value: Any) -> Any:
        return folded(super().to_python(value))


class LinesField(forms.CharField):
    """Several lines, tidied each."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return tidy_lines(_no_hidden(text)) if text else self.empty_value


class CreditCodeField(TextField):
    """A 统一社会信用代码 with both check characters; the error names the rule that broke."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "统一社会信用代码", "max_length": 40, **kwargs})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        try:
            return credit_code.check(text)
        except Refusal as refusal:
            raise ValidationError(refusal.sentence, code="credit_code") from refusal


class DayInput(forms.DateInput):
    """The browser's own calendar; typed as 2026-04-01 where there is none."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class YearBounds:
    """A day or a moment within the years that this house writes about.

    The first year of our era becomes a year before it in UTC, and the last one a year too late: the database takes
    both, and every page that reads them fails.
    """

    first: int = FIRST_YEAR

    def __call__(self, value: datetime.date) -> None:
        if not self.first <= value.year <= LAST_YEAR:
            raise ValidationError(f"请填写{self.first}年到{LAST_YEAR}年之间的日期。", code="year")


class DeviceTimeField(forms.DateTimeField):
    """What a phone says of its clock: noted, believed in nothing, refused never. What is no time is as good as none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, validators=[YearBounds()], **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError:
            return None


class WithinYears:
    """A form whose days and moments lie within the years of the house; every form with a day is one."""

    fields: dict[str, forms.Field]
    first_years: ClassVar[dict[str, int]] = {}
    """The first year of a field that looks further back than the house."""

    def full_clean(self) -> None:
        """Every day and moment has its years, those of fields added later too."""
        for name, field in self.fields.items():
            bounds = YearBounds(self.first_years.get(name, FIRST_YEAR))
            if isinstance(field, (forms.DateField, forms.DateTimeField)) and bounds not in field.validators:
                field.validators.append(bounds)
        super().full_clean()  # type: ignore[misc]


class _Desk(WithinYears):
    """What every form of the desk shares, model form or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the page's own form tag carries the token
        self.helper.form_show_errors = True
        self.helper.render_hidden_fields = True
        for field in self.fields.values():
            _tidy_plain_text(field)

    def add_refusal(self, refusal: Refusal) -> None:
        """Show what a service refused: beside its field where the form has it, else above the form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.sentence)  # type: ignore[attr-defined]


class DeskForm(_Desk, forms.Form):
    """The base of every form that is not about one row."""


class DeskModelForm(_Desk, forms.ModelForm):
    """The base of every form about one row."""


def _tidy_plain_text(field: forms.Field) -> None:
    """A model form's own text fields are tidied too; passwords are taken as typed. A form owns its copies."""
    if type(field) is not forms.CharField or isinstance(field.widget, forms.PasswordInput):
        if isinstance(field, forms.DateField) and type(field.widget) is forms.DateInput:
            field.widget = DayInput(attrs=field.widget.attrs)
        return
    plain = field.to_python
    mend = tidy_lines if isinstance(field.widget, forms.Textarea) else tidy
    field.to_python = lambda value: mend(_no_hidden(text)) if isinstance(text := plain(value), str) and text else text  # type: ignore[method-assign]


class CalendarYearForm(DeskForm):
    """A year, with the State Council's notice it rests on."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    source = TextField(label="依据", max_length=120, help_text="国务院办公厅通知的名称和文号。")


class CalendarDayForm(DeskForm):
    """A day off, or a weekend worked."""

    on = forms.DateField(label="日期", widget=DayInput())
    kind = forms.ChoiceField(label="类别", choices=CalendarDay.Kind.choices)
    name = TextField(label="名称", max_length=20, help_text="例如：国庆节。")


class DeadlineRuleForm(DeskForm):
    """A new version of a deadline rule, in force from a day on."""

    name = TextField(label="名称", max_length=60)
    amount = forms.IntegerField(label="期间", min_value=1, max_value=366)
    unit = forms.ChoiceField(label="单位", choices=DeadlineRule.Unit.choices)
    rolls_forward = forms.BooleanField(label="末日逢假顺延", required=False)
    warn_days = forms.IntegerField(label="提前提醒（自然日）", min_value=0, max_value=90)
    source = TextField(label="依据", max_length=200)
    is_confirmed = forms.BooleanField(label="依据已核实", required=False)
    valid_from = forms.DateField(label="生效日", widget=DayInput())

    @classmethod
    def of(cls, rule: DeadlineRule, *, today: datetime.date) -> DeadlineRuleForm:
        """The form filled with the version in force, to be changed from today on."""
        names = [name for name in cls.base_fields if name != "valid_from"]
        return cls(initial={name: getattr(rule, name) for name in names} | {"valid_from": today})
