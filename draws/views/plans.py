"""年度计划 at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws import policies
from draws.forms.plans import PlanForm, ProposalForm, ReturnPlanForm, UnitForm
from draws.models import Plan, PlanUnit
from draws.models.plan import IN_HAND
from draws.policies import DESK_READERS, allows
from draws.proposing import propose, summary
from draws.selectors.marks import plan_mark
from draws.selectors.plans import (
    enterprises_to_name,
    listed_plans,
    load_of,
    progress_of,
    strata_for_proposal,
    versions_of,
)
from draws.services import plans as services
from draws.services.plan_lines import Wanted
from draws.states import PlanState
from draws.views.drafting import refused
from enterprises.models import Enterprise
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.selectors import calendar_gaps_of

FOUND_AT_ONCE = 20


def _plan(pk: int) -> Plan:
    return get_object_or_404(Plan.objects.select_related("drafted_by", "approved_by"), pk=pk)


@desk_page(*DESK_READERS)
def plan_list(request: HttpRequest) -> HttpResponse:
    """All years and versions, newest first."""
    page = Paginator(listed_plans(), 30).get_page(request.GET.get("page"))
    context = {"page_obj": page, "plans": page.object_list, "may_create": Role.CLERK in request.user.role_codes}
    return render(request, "draws/plan_list.html", context)


@desk_page(*DESK_READERS)
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its capacity, its load, planned and done line by line, the named units, the other versions."""
    plan = _plan(pk)
    context = {
        "plan": plan,
        "load": load_of(plan),
        "progress": progress_of(plan),
        "versions": versions_of(plan),
        "days_doubt": _days_doubt(plan),
        "seen": plan_mark(plan),
        **_may(plan, user=request.user),
    }
    return render(request, "draws/plan_detail.html", context)


def _days_doubt(plan: Plan) -> str:
    """Why the working days of a plan that is still in hand do not hold yet; an empty string where they do."""
    if plan.state not in IN_HAND:
        return ""
    try:
        policies.check_plan_days(plan)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _may(plan: Plan, *, user) -> dict[str, bool]:
    """Which buttons stand there."""
    days_hold = allows(policies.check_plan_days, plan)
    is_clerk = Role.CLERK in user.role_codes
    newest = not Plan.objects.filter(year=plan.year, version__gt=plan.version).exists()
    return {
        "may_edit": allows(policies.check_may_edit_plan, user, plan),
        "may_return": allows(policies.check_may_approve_plan, user, plan),
        "may_approve": days_hold and allows(policies.check_may_approve_plan, user, plan),
        "may_publish": days_hold and is_clerk and plan.state == PlanState.APPROVED,
        "may_adjust": is_clerk and plan.state == PlanState.PUBLISHED and newest,
        "may_close": is_clerk and plan.state == PlanState.PUBLISHED and timezone.localdate().year > plan.year,
        "may_name": is_clerk and plan.state == PlanState.PUBLISHED,
    }


@desk_page(Role.CLERK)
def plan_create(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year."""
    form = PlanForm(request.POST or None, year=timezone.localdate().year)
    if request.method == "POST" and form.is_valid():
        try:
            plan = services.create_plan(by=request.user, year=form.cleaned_data["year"], **form.wanted())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return redirect("plan_detail", plan.pk)
    years = range(timezone.localdate().year, timezone.localdate().year + 2)
    return render(request, "draws/plan_form.html", {"form": form, "gaps": calendar_gaps_of(years)})


@desk_page(Role.CLERK)
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a plan that is still a draft."""
    plan = _plan(pk)
    form = PlanForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_plan(plan, by=request.user, seen=form.opened_with, **form.wanted())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "计划已保存。")
            return redirect("plan_detail", plan.pk)
    context = {"form": form, "plan": plan, "gaps": calendar_gaps_of([plan.year])}
    return render(request, "draws/plan_form.html", context)


# 重点检查单位


@desk_page(Role.CLERK)
def plan_units(request: HttpRequest, pk: int) -> HttpResponse:
    """The named units of a draft: found in the register, added, changed, taken out."""
    plan = _plan(pk)
    words = request.GET.get("q", "").strip()[:60]
    found = enterprises_to_name(plan, words=words) if words else Enterprise.objects.none()
    context = {
        "plan": plan,
        "words": words,
        "found": found[:FOUND_AT_ONCE],
        "units": plan.units.select_related("enterprise__field").prefetch_related("partners"),
        "may_edit": allows(policies.check_may_edit_plan, request.user, plan),
    }
    return render(request, "draws/plan_units.html", context)


@desk_page(Role.CLERK)
def plan_unit(request: HttpRequest, pk: int, enterprise_pk: int) -> HttpResponse:
    """Name one unit, or change it."""
    plan, enterprise = _plan(pk), get_object_or_404(Enterprise, pk=enterprise_pk)
    unit = PlanUnit.objects.filter(plan=plan, enterprise=enterprise).first()
    form = UnitForm(request.POST or None, initial=UnitForm.initial_of(unit))
    if request.method == "POST" and form.is_valid():
        try:
            services.name_unit(plan, enterprise=enterprise, by=request.user, **form.values())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, f"“{enterprise.name}”已列为重点检查单位。")
            return redirect("plan_units", plan.pk)
    context = {"plan": plan, "enterprise": enterprise, "form": form, "unit": unit}
    return render(request, "draws/plan_unit.html", context)


@desk_page(Role.CLERK)
@require_POST
def plan_units_from_register(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the register calls 重点."""
    count = services.name_key_units(_plan(pk), by=request.user)
    messages.success(request, f"已列入 {count} 家。" if count else "名录库里的重点检查单位都已列入。")
    return redirect("plan_units", pk)


@desk_page(Role.CLERK)
@require_POST
def plan_unit_drop(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """Take one out."""
    unit = PlanUnit.objects.filter(pk=unit_pk, plan_id=_plan(pk).pk).select_related("plan", "enterprise").first()
    if unit is not None:
        services.drop_unit(unit, by=request.user)
        messages.success(request, f"“{unit.enterprise.name}”已移出。")
    return redirect("plan_units", pk)


# 建议


@desk_page(*DESK_READERS)
def plan_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """How the days may be spread over the strata, and why. People decide."""
    plan = _plan(pk)
    form = ProposalForm(request.GET if "share-A" in request.GET else None)
    terms = form.terms(plan, named_checks=load_of(plan).named_count)
    proposed = propose(
        [row for _, row in strata_for_proposal(plan, on=timezone.localdate(), terms=terms)],
        terms,
    )
    context = {
        "plan": plan,
        "form": form,
        "proposed": proposed,
        "summary": summary(proposed, terms),
        "wanted_total": sum(row.wanted for row in proposed),
        "count_total": sum(row.count for row in proposed),
        "may_edit": allows(policies.check_may_edit_plan, request.user, plan),
    }
    return render(request, "draws/plan_proposal.html", context)


@desk_page(Role.CLERK)
@require_POST
def plan_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal over into the draft, with its reasons; every figure can still be changed."""
    plan = _plan(pk)
    form = ProposalForm(request.POST)
    terms = form.terms(plan, named_checks=load_of(plan).named_count)
    rows = strata_for_proposal(plan, on=timezone.localdate(), terms=terms)
    counts = {row.stratum.key: row for row in propose([row for _, row in rows], terms)}
    lines = {
        (field, row.risk_class): Wanted(count=counts[row.key].count, why=counts[row.key].why) for field, row in rows
    }
    services.update_plan(plan, by=request.user, lines=lines)
    messages.success(request, "已按建议填入各层家数和理由，可以继续修改。")
    return redirect("plan_detail", pk)


# 办理


def _step(request: HttpRequest, pk: int, *, act, done: str, **known) -> HttpResponse:
    plan = act(_plan(pk), by=request.user, **known)
    messages.success(request, done)
    return redirect("plan_detail", plan.pk)


@desk_page(Role.CLERK)
@require_POST
def plan_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in."""
    return _step(request, pk, act=services.submit_plan, done="已提交审批。")


@desk_page(Role.APPROVER)
@require_POST
def plan_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve somebody else's plan."""
    seen = request.POST.get("seen")
    return _step(request, pk, act=services.approve_plan, done="已批准，可以公布。", seen=seen)


@desk_page(Role.APPROVER)
def plan_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back with a reason."""
    words = {"title": "退回年度计划", "verb": "退回", "hint": "写给起草人，说明改哪里。"}
    return _with_reason(request, pk, act=services.return_plan, done="已退回起草人。", words=words)


@desk_page(Role.CLERK)
def plan_adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version, with the reason that will stand in its announcement."""
    words = {
        "title": "调整年度计划",
        "verb": "编制调整版",
        "hint": "会印在调整后的公告里。现行版本在新版公布之前继续有效。",
    }
    done = "调整版已起草，内容取自现行版本；改好后提交审批。"
    return _with_reason(request, pk, act=services.adjust_plan, done=done, words=words)


def _with_reason(request: HttpRequest, pk: int, *, act, done: str, words: dict[str, str]) -> HttpResponse:
    plan = _plan(pk)
    form = ReturnPlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = act(plan, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, done)
            return redirect("plan_detail", plan.pk)
    return render(request, "draws/plan_reason.html", {"plan": plan, "form": form, **words})


@desk_page(Role.CLERK)
@require_POST
def plan_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it public."""
    return _step(request, pk, act=services.publish_plan, done="已公布，公告已在门户发布。")


@desk_page(Role.CLERK)
@require_POST
def plan_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The year is over."""
    return _step(request, pk, act=services.close_plan, done="计划已结束。")
