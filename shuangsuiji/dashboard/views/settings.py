"""Settings: the working calendar and the deadline rules, changed as dated rows."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib import services
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import CalendarDayForm, CalendarYearForm, DeadlineRuleForm
from shuangsuiji.lib.models import CalendarDay, CalendarYear, DeadlineRule
from shuangsuiji.lib.selectors import calendar_gap

EDITORS = (Role.CLERK,)


def _page(request, **forms):
    today = timezone.localdate()
    context = {
        "years": CalendarYear.objects.order_by("-year"),
        "days": CalendarDay.objects.filter(on__year__gte=today.year).order_by("on"),
        "rules": DeadlineRule.objects.filter(valid_to=None).order_by("code"),
        "gaps": calendar_gap(today),
        "year_form": forms.get("year_form") or CalendarYearForm(),
        "day_form": forms.get("day_form") or CalendarDayForm(),
    }
    return render(request, "dashboard/settings.html", context)


@desk_page(Role.CLERK, Role.APPROVER, Role.HEAD)
def settings_page(request):
    """The calendar and the rules as they stand."""
    return _page(request)


@desk_page(*EDITORS)
@require_POST
def year_confirm(request):
    """A year compared with the State Council's notice."""
    form = CalendarYearForm(request.POST)
    if not form.is_valid():
        return _page(request, year_form=form)
    services.add_year(**form.cleaned_data, by=request.user)
    services.confirm_year(**form.cleaned_data, by=request.user)
    messages.success(request, f"{form.cleaned_data['year']}年日历已确认，未完成的期限已重新计算。")
    return redirect("settings")


@desk_page(*EDITORS)
@require_POST
def day_set(request):
    """One day."""
    form = CalendarDayForm(request.POST)
    if form.is_valid():
        try:
            services.set_day(form.cleaned_data.pop("on"), **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_refusal(refusal)
    if form.errors:
        return _page(request, day_form=form)
    messages.success(request, "已保存，未完成的期限已重新计算。")
    return redirect("settings")


@desk_page(*EDITORS)
@require_POST
def day_clear(request, pk):
    """An ordinary day again."""
    services.clear_day(get_object_or_404(CalendarDay, pk=pk).on, by=request.user)
    messages.success(request, "已恢复为普通日期。")
    return redirect("settings")


@desk_page(*EDITORS)
def rule_edit(request, code):
    """A new version of one rule."""
    rule = get_object_or_404(DeadlineRule, code=code, valid_to=None)
    form = DeadlineRuleForm(request.POST) if request.method == "POST" else _filled(rule)
    if request.method == "POST" and form.is_valid():
        try:
            new = services.set_rule(code, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, f"“{new.name}”的新版本将从{new.valid_from:%Y-%m-%d}起生效。")
            return redirect("settings")
    return render(request, "dashboard/rule.html", {"form": form, "rule": rule})


def _filled(rule: DeadlineRule) -> DeadlineRuleForm:
    return DeadlineRuleForm.of(rule, today=timezone.localdate())
