"""Settings: the working calendar and the deadline rules, changed as dated rows."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.dashboard.models import SettingProposal
from shuangsuiji.dashboard.settings_changes import (
    change_day,
    check_may_decide_setting,
    confirm_setting,
    open_settings,
    propose_rule,
    propose_year,
    refuse_setting,
)
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import CalendarDayForm, CalendarYearForm, DeadlineRuleForm
from shuangsuiji.lib.models import CalendarDay, CalendarYear, DeadlineRule
from shuangsuiji.lib.selectors import calendar_gap

EDITORS = (Role.CLERK,)
DECIDERS = (Role.APPROVER, Role.HEAD)


def _page(request, *, status: int = 200, **forms):
    today = timezone.localdate()
    context = {
        "years": CalendarYear.objects.order_by("-year"),
        "days": CalendarDay.objects.filter(on__year__gte=today.year).order_by("on"),
        "rules": DeadlineRule.objects.filter(valid_to=None).order_by("code"),
        "gaps": calendar_gap(today),
        "year_form": forms.get("year_form") or CalendarYearForm(),
        "day_form": forms.get("day_form") or CalendarDayForm(),
        "form": forms.get("form"),
        "waiting": [(one, words, allows(one, user=request.user)) for one, words in open_settings()],
    }
    return render(request, "dashboard/settings.html", context, status=status)


def allows(proposal: SettingProposal, *, user) -> bool:
    """Whether this person may decide: the same rule as behind the button."""
    try:
        check_may_decide_setting(proposal, by=user)
    except Refusal:
        return False
    return True


@desk_page(Role.CLERK, Role.APPROVER, Role.HEAD)
def settings_page(request):
    """The calendar and the rules as they stand."""
    return _page(request)


@desk_page(*EDITORS)
@require_POST
def year_propose(request):
    """Enter a year, and ask somebody else to compare it with the State Council's notice."""
    form = CalendarYearForm(request.POST)
    said = "年度已录入。请核对其中的节假日和调休，由审批负责人确认后生效。"
    return _changed(request, form, "year_form", said, lambda given: propose_year(**given, by=request.user))


@desk_page(*EDITORS)
@require_POST
def day_set(request):
    """One day."""
    form = CalendarDayForm(request.POST)
    said = "已保存。已确认的年度，修改要等审批负责人确认后生效。"
    return _changed(
        request, form, "day_form", said, lambda given: change_day(given.pop("on"), **given, by=request.user)
    )


def _changed(request, form, name: str, said: str, change: Callable[[dict], object]):
    """Change, or show the page with what was typed and why not."""
    if form.is_valid():
        try:
            change(dict(form.cleaned_data))
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, said)
            return redirect("settings")
    return _page(request, status=422, form=form, **{name: form})


@desk_page(*EDITORS)
@require_POST
def day_clear(request, pk):
    """An ordinary day again."""
    day = get_object_or_404(CalendarDay, pk=pk)
    made = change_day(day.on, kind="", name=day.name, by=request.user)
    messages.success(request, "已提交，由审批负责人确认后恢复为普通日期。" if made else "已恢复为普通日期。")
    return redirect("settings")


@desk_page(*EDITORS)
def rule_edit(request, code):
    """Ask for a new version of one rule."""
    rule = get_object_or_404(DeadlineRule, code=code, valid_to=None)
    form = DeadlineRuleForm(request.POST) if request.method == "POST" else _filled(rule)
    if request.method == "POST" and form.is_valid():
        try:
            propose_rule(code, by=request.user, today=timezone.localdate(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, f"“{rule.name}”的修改已提交，由审批负责人确认后从生效日起执行。")
            return redirect("settings")
    status = 422 if form.errors else 200
    return render(request, "dashboard/rule.html", {"form": form, "rule": rule}, status=status)


@desk_page(*DECIDERS)
@require_POST
def setting_confirm(request, pk):
    """Let a change take effect."""
    confirm_setting(get_object_or_404(SettingProposal, pk=pk), by=request.user)
    messages.success(request, "已确认。")
    return redirect("settings")


@desk_page(*DECIDERS)
@require_POST
def setting_refuse(request, pk):
    """Leave everything as it is."""
    proposal = get_object_or_404(SettingProposal, pk=pk)
    refuse_setting(proposal, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, "已退回，理由已通知提出人。")
    return redirect("settings")


def _filled(rule: DeadlineRule) -> DeadlineRuleForm:
    return DeadlineRuleForm.of(rule, today=timezone.localdate())
