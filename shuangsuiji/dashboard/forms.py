"""Forms of the settings pages: the working calendar and deadline rules."""

from __future__ import annotations

from django import forms

from shuangsuiji.lib.models import CalendarDay, DeadlineRule


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class YearForm(forms.Form):
    """A year, and the notice it rests on."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    source = forms.CharField(label="依据（国务院办公厅通知名称和文号）", max_length=120)


class DayForm(forms.Form):
    """A day off, or a weekend worked."""

    on = _day("日期")
    kind = forms.ChoiceField(label="类别", choices=CalendarDay.Kind.choices)
    name = forms.CharField(label="节日名称", max_length=20)


class RuleForm(forms.Form):
    """A new version of a deadline rule."""

    valid_from = _day("新版本生效日")
    amount = forms.IntegerField(label="期间", min_value=1, max_value=3650)
    unit = forms.ChoiceField(label="单位", choices=DeadlineRule.Unit.choices)
    warn_days = forms.IntegerField(label="提前提醒（自然日）", min_value=0, max_value=60)
    source = forms.CharField(label="依据", max_length=200)
