"""Visits to units that the plan names, at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws import policies
from draws.forms.named import NamedVisitForm, RefuseNamedVisitForm
from draws.models import PlanUnit
from draws.policies import DESK_READERS, allows
from draws.selectors.named import named_visits, room_of
from draws.services import named as services
from draws.views.drafting import refused
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.deadlines import earliest_visit_on
from shuangsuiji.lib.errors import Refusal


@desk_page(*DESK_READERS)
def named_visit_list(request: HttpRequest) -> HttpResponse:
    """Every named visit, the newest first."""
    page = Paginator(named_visits(), 30).get_page(request.GET.get("page"))
    return render(request, "draws/named_visit_list.html", {"page_obj": page, "visits": page.object_list})


@desk_page(Role.CLERK)
def named_visit_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a visit to one unit of the plan."""
    unit = get_object_or_404(PlanUnit.objects.select_related("plan", "enterprise__field"), pk=pk)
    today = timezone.localdate()
    form = NamedVisitForm(request.POST or None, unit=unit, first=earliest_visit_on(today), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            visit = services.ask_named_visit(unit, by=request.user, **form.values())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "已提请批准。")
            return redirect("named_visit", visit.pk)
    context = {"unit": unit, "form": form, "room": room_of(unit, year=unit.plan.year)}
    return render(request, "draws/named_visit_form.html", context)


@desk_page(*DESK_READERS)
def named_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit: what was asked for, what was decided, the next step."""
    return _page(request, get_object_or_404(named_visits(), pk=pk), form=RefuseNamedVisitForm())


def _page(request: HttpRequest, visit, *, form: RefuseNamedVisitForm) -> HttpResponse:
    context = {
        "visit": visit,
        "items": visit.items.order_by("code"),
        "room": room_of(visit.unit, year=visit.unit.plan.year),
        "may_decide": allows(policies.check_may_decide_named_visit, request.user, visit),
        "may_announce": visit.draw is not None and Role.CLERK in request.user.role_codes,
        "form": form,
    }
    return render(request, "draws/named_visit.html", context)


@desk_page(Role.APPROVER)
@require_POST
def named_visit_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what somebody else asked for."""
    visit = services.approve_named_visit(get_object_or_404(named_visits(), pk=pk), by=request.user)
    messages.success(request, f"已批准，任务已派发，批号 {visit.draw.number if visit.draw else ''}。")
    return redirect("named_visit", pk)


@desk_page(Role.APPROVER)
@require_POST
def named_visit_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide against it."""
    visit, form = get_object_or_404(named_visits(), pk=pk), RefuseNamedVisitForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, form=form)
    services.refuse_named_visit(visit, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, "已决定不予批准。")
    return redirect("named_visit", pk)
