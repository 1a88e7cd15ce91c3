"""专家 at the desk."""

from __future__ import annotations

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from inspectors.forms import ExpertForm, NewExpertForm, StateForm
from inspectors.importing import ExpertImporter
from inspectors.lists import ExpertFilter, ExpertTable, PastExpertFilter
from inspectors.models import Expert
from inspectors.past import PastExpertImporter, experts_on
from inspectors.policies import PHONE_READERS, READERS
from inspectors.selectors import experts
from inspectors.services import change_expert_state, create_expert, reveal_expert_contact, update_expert
from inspectors.views.past import past_list
from inspectors.views.records import tabs_of
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.audit.pages import day_asked
from shuangsuiji.imports.exporting import export_register
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.filtering import exactly
from shuangsuiji.lib.long_lists import LongRows

PER_PAGE = 50
PRIVATE = frozenset({"phone", "email"})


@desk_page(*READERS)
@require_GET
def expert_list(request: HttpRequest) -> HttpResponse:
    """The experts; with `?on=` as they stood on that day."""
    if on := day_asked(request):
        return past_list(request, word="expert", on=on)
    found = ExpertFilter(request.GET, queryset=experts())
    table = ExpertTable(LongRows(found.qs))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {"filter": found, "table": table, "may_edit": has_role(request.user, Role.CLERK)}
    context["today"] = timezone.localdate()
    return render(request, "inspectors/expert_list.html", context)


@desk_page(Role.CLERK, Role.APPROVER, Role.HEAD)
@require_GET
def expert_export(request: HttpRequest) -> HttpResponseBase:
    """Exactly what the list shows, as a workbook; with `?on=` as it stood on that day."""
    if on := day_asked(request):
        past = exactly(PastExpertFilter(request.GET, queryset=experts_on(on)))
        return export_register(
            PastExpertImporter(on=on),
            keys=past.values_list("number", flat=True),
            without=PRIVATE,
            today=on,
            by=request.user,
            kind=request.GET.get("as", ""),
        )
    found = ExpertFilter(request.GET, queryset=experts())
    keys = exactly(found).values_list("number", flat=True)
    return export_register(
        ExpertImporter(),
        keys=keys,
        without=PRIVATE,
        today=timezone.localdate(),
        by=request.user,
        kind=request.GET.get("as", ""),
    )


@desk_page(Role.CLERK)
def expert_create(request: HttpRequest) -> HttpResponse:
    """A new expert."""
    form = NewExpertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            expert = create_expert(by=request.user, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已登记。")
            return redirect("expert_detail", expert.pk)
    return render(request, "inspectors/expert_form.html", {"form": form})


@desk_page(Role.CLERK)
def expert_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an expert's entry."""
    expert = get_object_or_404(experts(), pk=pk)
    name = expert.name
    form = ExpertForm(request.POST or None, instance=expert)
    if "reveal" in request.POST:
        reveal_expert_contact(pk, by=request.user)
        form = ExpertForm.revealed(request.POST, instance=expert)
    elif request.method == "POST" and form.is_valid():
        try:
            update_expert(pk, by=request.user, seen=form.opened_with, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已保存。")
            return redirect("expert_detail", pk)
    return render(request, "inspectors/expert_form.html", {"form": form, "expert": expert, "name": name})


@desk_page(*READERS)
@require_GET
def expert_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one expert; number and e-mail are masked."""
    return _detail(request, get_object_or_404(experts(), pk=pk))


@desk_page(*PHONE_READERS)
@require_POST
def expert_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with number and e-mail in full; that is in the trail."""
    expert = get_object_or_404(experts(), pk=pk)
    reveal_expert_contact(pk, by=request.user)
    return _detail(request, expert, is_revealed=True)


@desk_page(Role.CLERK)
@require_POST
def expert_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Active, away or left."""
    expert = get_object_or_404(experts(), pk=pk)
    form = StateForm(request.POST, person=expert)
    if not form.is_valid():
        return _detail(request, expert, form=form)
    change_expert_state(pk, by=request.user, **form.cleaned_data)
    messages.success(request, "状态已变更。")
    return redirect("expert_detail", pk)


def _detail(
    request: HttpRequest, expert: Expert, *, form: StateForm | None = None, is_revealed: bool = False
) -> HttpResponse:
    context = {
        "expert": expert,
        "tabs": tabs_of(expert, current="detail"),
        "may_edit": has_role(request.user, Role.CLERK),
        "may_reveal": has_role(request.user, *PHONE_READERS) and not is_revealed,
        "is_revealed": is_revealed,
        "form": form or StateForm(person=expert),
    }
    return render(request, "inspectors/expert_detail.html", context)
