"""年度计划 at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws import policies
from draws.forms.small import PlanForm
from draws.models import Plan
from draws.policies import DESK_READERS, allows
from draws.selectors.drafting import plan_progress
from draws.services.plans import (
    approve_plan,
    create_plan,
    publish_plan,
    return_plan,
    submit_plan,
    update_plan,
)
from draws.states import PlanState
from draws.views.drafting import refused
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal


@desk_page(*DESK_READERS)
def plan_list(request: HttpRequest) -> HttpResponse:
    """All years, newest first."""
    plans = Plan.objects.select_related("drafted_by").annotate(planned_total=Sum("lines__planned_count"))
    context = {"plans": plans.order_by("-year"), "may_create": Role.CLERK in request.user.role_codes}
    return render(request, "draws/plan_list.html", context)


@desk_page(*DESK_READERS)
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One year: planned and drawn so far, line by line."""
    plan = get_object_or_404(Plan.objects.select_related("drafted_by", "approved_by"), pk=pk)
    progress = plan_progress(plan)
    lines = [(line, progress.get((line.field_id, line.risk_class), 0)) for line in plan.lines.select_related("field")]
    context = {
        "plan": plan,
        "lines": lines,
        "planned_total": sum(line.planned_count for line, _ in lines),
        "drawn_total": sum(progress.values()),
        "may_edit": allows(policies.check_may_edit_plan, request.user, plan),
        "may_approve": allows(policies.check_may_approve_plan, request.user, plan),
        "may_publish": plan.state == PlanState.APPROVED and Role.CLERK in request.user.role_codes,
    }
    return render(request, "draws/plan_detail.html", context)


@desk_page(Role.CLERK)
def plan_create(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year."""
    form = PlanForm(request.POST or None, year=timezone.localdate().year)
    if request.method == "POST" and form.is_valid():
        try:
            plan = create_plan(by=request.user, year=form.cleaned_data["year"], **form.wanted())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return redirect("plan_detail", plan.pk)
    return render(request, "draws/plan_form.html", {"form": form})


@desk_page(Role.CLERK)
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a plan that is still a draft."""
    plan = get_object_or_404(Plan, pk=pk)
    form = PlanForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            update_plan(plan, by=request.user, **form.wanted())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "计划已保存。")
            return redirect("plan_detail", plan.pk)
    return render(request, "draws/plan_form.html", {"form": form, "plan": plan})


def _step(request: HttpRequest, pk: int, *, act, done: str) -> HttpResponse:
    plan = act(get_object_or_404(Plan, pk=pk), by=request.user)
    messages.success(request, done)
    return redirect("plan_detail", plan.pk)


@desk_page(Role.CLERK)
@require_POST
def plan_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    return _step(request, pk, act=submit_plan, done="已提交审批。")


@desk_page(Role.APPROVER)
@require_POST
def plan_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve somebody else's plan."""
    return _step(request, pk, act=approve_plan, done="已批准，可以公布。")


@desk_page(Role.APPROVER)
@require_POST
def plan_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back."""
    return _step(request, pk, act=return_plan, done="已退回起草人。")


@desk_page(Role.CLERK)
@require_POST
def plan_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it public."""
    return _step(request, pk, act=publish_plan, done="已公布。")
