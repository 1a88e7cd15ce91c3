"""执法人员 at the desk."""

from __future__ import annotations

import datetime

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from inspectors.forms import AccountForm, InspectorForm, LeaveForm, NewInspectorForm, StateForm
from inspectors.importing import InspectorImporter
from inspectors.lists import InspectorFilter, InspectorTable, PastInspectorFilter
from inspectors.models import Inspector, LeavePeriod
from inspectors.past import PastInspectorImporter, inspectors_on
from inspectors.policies import CERTIFICATE_WARNING_DAYS, PHONE_READERS, READERS
from inspectors.selectors import inspectors, register_counts, with_leave
from inspectors.services import (
    add_leave,
    change_inspector_state,
    create_inspector,
    link_account,
    remove_leave,
    reveal_inspector_phone,
    update_inspector,
)
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
PRIVATE = frozenset({"phone"})


@desk_page(*READERS)
@require_GET
def inspector_list(request: HttpRequest) -> HttpResponse:
    """The officers, with warnings for their certificates; with `?on=` as they stood on that day."""
    if on := day_asked(request):
        return past_list(request, word="inspector", on=on)
    today = timezone.localdate()
    found = InspectorFilter(request.GET, queryset=with_leave(inspectors(), today=today))
    table = InspectorTable(LongRows(found.qs), today=today)
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "filter": found,
        "table": table,
        "today": today,
        "counts": register_counts(today=today),
        "may_edit": has_role(request.user, Role.CLERK),
    }
    return render(request, "inspectors/inspector_list.html", context)


@desk_page(Role.CLERK, Role.APPROVER, Role.HEAD)
@require_GET
def inspector_export(request: HttpRequest) -> HttpResponseBase:
    """Exactly what the list shows, as a workbook; with `?on=` as it stood on that day."""
    if on := day_asked(request):
        past = exactly(PastInspectorFilter(request.GET, queryset=inspectors_on(on)))
        return export_register(
            PastInspectorImporter(on=on),
            keys=past.values_list("certificate_number", flat=True),
            without=PRIVATE,
            today=on,
            by=request.user,
            kind=request.GET.get("as", ""),
        )
    found = InspectorFilter(request.GET, queryset=inspectors())
    keys = exactly(found).values_list("certificate_number", flat=True)
    return export_register(
        InspectorImporter(),
        keys=keys,
        without=PRIVATE,
        today=timezone.localdate(),
        by=request.user,
        kind=request.GET.get("as", ""),
    )


@desk_page(Role.CLERK)
def inspector_create(request: HttpRequest) -> HttpResponse:
    """A new officer."""
    form = NewInspectorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            inspector = create_inspector(by=request.user, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已登记。")
            return redirect("inspector_detail", inspector.pk)
    return render(request, "inspectors/inspector_form.html", {"form": form})


@desk_page(Role.CLERK)
def inspector_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an officer's entry."""
    inspector = get_object_or_404(inspectors(), pk=pk)
    name = inspector.name
    form = InspectorForm(request.POST or None, instance=inspector)
    if "reveal" in request.POST:
        reveal_inspector_phone(pk, by=request.user)
        form = InspectorForm.revealed(request.POST, instance=inspector)
    elif request.method == "POST" and form.is_valid():
        try:
            update_inspector(pk, by=request.user, seen=form.opened_with, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已保存。")
            return redirect("inspector_detail", pk)
    return render(request, "inspectors/inspector_form.html", {"form": form, "inspector": inspector, "name": name})


@desk_page(*READERS)
@require_GET
def inspector_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one officer; the number is masked."""
    return _detail(request, get_object_or_404(inspectors(), pk=pk))


@desk_page(*PHONE_READERS)
@require_POST
def inspector_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the number in full; that is in the trail."""
    inspector = get_object_or_404(inspectors(), pk=pk)
    reveal_inspector_phone(pk, by=request.user)
    return _detail(request, inspector, is_revealed=True)


@desk_page(Role.CLERK)
@require_POST
def inspector_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Active, away or left."""
    inspector = get_object_or_404(inspectors(), pk=pk)
    form = StateForm(request.POST, person=inspector, prefix="state")
    if not form.is_valid():
        return _detail(request, inspector, state_form=form)
    change_inspector_state(pk, by=request.user, **form.cleaned_data)
    messages.success(request, "状态已变更。")
    return redirect("inspector_detail", pk)


@desk_page(Role.CLERK)
@require_POST
def inspector_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Link an account, or unlink it."""
    inspector = get_object_or_404(inspectors(), pk=pk)
    form = AccountForm(request.POST, inspector=inspector, prefix="account")
    if not form.is_valid():
        return _detail(request, inspector, account_form=form)
    link_account(pk, account=form.cleaned_data["account"], by=request.user)
    messages.success(request, "账号关联已保存。")
    return redirect("inspector_detail", pk)


@desk_page(Role.CLERK)
@require_POST
def leave_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a leave."""
    inspector = get_object_or_404(inspectors(), pk=pk)
    form = LeaveForm(request.POST, prefix="leave")
    if form.is_valid():
        try:
            add_leave(pk, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "请假已登记，这段时间的检查不会派给本人。")
            return redirect("inspector_detail", pk)
    return _detail(request, inspector, leave_form=form)


@desk_page(Role.CLERK)
@require_POST
def leave_remove(request: HttpRequest, pk: int, leave_pk: int) -> HttpResponse:
    """Take a leave back."""
    get_object_or_404(Inspector, pk=pk)
    if LeavePeriod.objects.filter(pk=leave_pk, inspector_id=pk).exists():
        remove_leave(leave_pk, by=request.user)
        messages.success(request, "请假已移除。")
    return redirect("inspector_detail", pk)


def _detail(
    request: HttpRequest,
    inspector: Inspector,
    *,
    state_form: StateForm | None = None,
    leave_form: LeaveForm | None = None,
    account_form: AccountForm | None = None,
    is_revealed: bool = False,
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "inspector": inspector,
        "today": today,
        "warn_until": today + datetime.timedelta(days=CERTIFICATE_WARNING_DAYS),
        "tabs": tabs_of(inspector, current="detail"),
        "leave_periods": inspector.leave_periods.order_by("-starts_on", "id")[:20],
        "may_edit": has_role(request.user, Role.CLERK),
        "may_reveal": has_role(request.user, *PHONE_READERS) and not is_revealed,
        "is_revealed": is_revealed,
        "state_form": state_form or StateForm(person=inspector, prefix="state"),
        "leave_form": leave_form or LeaveForm(prefix="leave"),
        "account_form": account_form or AccountForm(inspector=inspector, prefix="account"),
        "form": state_form or leave_form or account_form,
    }
    return render(request, "inspectors/inspector_detail.html", context)
