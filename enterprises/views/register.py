"""检查对象 at the desk."""

from __future__ import annotations

import datetime

import django_tables2 as tables
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from enterprises.forms import ClassifyForm, CodeForm, EnterpriseForm, NewEnterpriseForm, StateForm
from enterprises.importing import BESIDE, EnterpriseImporter
from enterprises.lists import EnterpriseFilter, EnterpriseTable, PastFilter, PastTable
from enterprises.models import Enterprise, RiskClass
from enterprises.past import PastEnterpriseImporter, enterprises_on
from enterprises.policies import CONTACT_READERS, READERS
from enterprises.selectors import enterprises, file_facts, register_counts
from enterprises.selectors.quality import open_pairs
from enterprises.services import (
    change_state,
    confirm_fields,
    correct_code,
    create_enterprise,
    reveal_contact,
    set_field,
    set_risk_class,
    update_enterprise,
)
from enterprises.views.tabs import tabs_of
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.audit.history import history_begins
from shuangsuiji.audit.pages import day_asked
from shuangsuiji.imports.exporting import export_register
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.filtering import exactly
from shuangsuiji.lib.long_lists import LongRows

PRIVATE = frozenset({"representative", "contact_name", "contact_phone", "contact_email"})
"""Persons stay inside; an exported list travels."""
PER_PAGE = 50
EXPORTERS = (Role.CLERK, Role.APPROVER, Role.HEAD)


@desk_page(*READERS)
@require_GET
def enterprise_list(request: HttpRequest) -> HttpResponse:
    """The register, filtered by the address; with `?on=` as it stood on that day."""
    if on := day_asked(request):
        return _past_list(request, on=on)
    found = EnterpriseFilter(request.GET, queryset=enterprises())
    may_edit, may_export = has_role(request.user, Role.CLERK), has_role(request.user, *EXPORTERS)
    table = EnterpriseTable(LongRows(found.qs), exclude=() if may_edit else ("pk",))
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "filter": found,
        "table": table,
        "may_edit": may_edit,
        "beside": [(register, importer.label) for register, importer in BESIDE.items()] if may_export else [],
        "counts": register_counts(),
        "today": timezone.localdate(),
    }
    if may_edit:
        context |= {"fields": found.supervised, "risk_classes": RiskClass.choices}
    return render(request, "enterprises/list.html", context)


@desk_page(*EXPORTERS)
@require_GET
def enterprise_export(request: HttpRequest) -> HttpResponseBase:
    """Exactly what the list shows, as a workbook; with `?on=` as it stood on that day."""
    if on := day_asked(request):
        past = exactly(PastFilter(request.GET, queryset=enterprises_on(on)))
        return export_register(
            PastEnterpriseImporter(on=on),
            keys=past.values_list("credit_code", flat=True),
            without=PRIVATE,
            today=on,
            by=request.user,
            kind=request.GET.get("as", ""),
        )
    found = EnterpriseFilter(request.GET, queryset=enterprises())
    keys = exactly(found).values_list("credit_code", flat=True)
    return export_register(
        EnterpriseImporter(),
        keys=keys,
        without=PRIVATE,
        today=timezone.localdate(),
        by=request.user,
        kind=request.GET.get("as", ""),
    )


@desk_page(*EXPORTERS)
@require_GET
def facts_export(request: HttpRequest, register: str) -> HttpResponseBase:
    """What is kept beside exactly the enterprises of the list: their permits, listings, former names or penalties."""
    if register not in BESIDE:
        raise Http404(register)
    importer = BESIDE[register]()
    found = EnterpriseFilter(request.GET, queryset=enterprises())
    return export_register(
        importer,
        keys=importer.of_enterprises(exactly(found)),
        without=frozenset(),
        today=timezone.localdate(),
        by=request.user,
        kind=request.GET.get("as", ""),
    )


def _past_list(request: HttpRequest, *, on: datetime.date) -> HttpResponse:
    found = PastFilter(request.GET, queryset=enterprises_on(on))
    table = PastTable(found.qs)
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {"filter": found, "table": table, "on": on, "begins_on": history_begins(Enterprise)}
    return render(request, "enterprises/past.html", context)


@desk_page(Role.CLERK)
def enterprise_create(request: HttpRequest) -> HttpResponse:
    """A new enterprise."""
    form = NewEnterpriseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enterprise = create_enterprise(by=request.user, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已登记。")
            return redirect("enterprise_detail", enterprise.pk)
    return render(request, "enterprises/form.html", {"form": form})


@desk_page(Role.CLERK)
def enterprise_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an enterprise."""
    enterprise = get_object_or_404(enterprises(), pk=pk)
    if enterprise.merged_into is not None:
        return render(request, "enterprises/merged.html", {"enterprise": enterprise}, status=409)
    form = EnterpriseForm(request.POST or None, instance=enterprise)
    name = enterprise.name
    if "reveal" in request.POST:
        reveal_contact(pk, by=request.user)
        form = EnterpriseForm.revealed(request.POST, instance=enterprise)
    elif request.method == "POST" and form.is_valid():
        try:
            update_enterprise(pk, by=request.user, seen=form.opened_with, **form.values())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已保存。")
            return redirect("enterprise_detail", pk)
    return render(request, "enterprises/form.html", {"form": form, "enterprise": enterprise, "name": name})


@desk_page(*READERS)
@require_GET
def enterprise_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one enterprise; its contact is masked."""
    return _detail(request, get_object_or_404(enterprises(), pk=pk))


@desk_page(*CONTACT_READERS)
@require_POST
def enterprise_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the contact in full; that is in the trail."""
    enterprise = get_object_or_404(enterprises(), pk=pk)
    reveal_contact(pk, by=request.user)
    return _detail(request, enterprise, is_revealed=True)


@desk_page(Role.CLERK)
@require_POST
def enterprise_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend, close, move out or bring back."""
    enterprise = get_object_or_404(enterprises(), pk=pk)
    form = StateForm(request.POST, enterprise=enterprise)
    if not form.is_valid():
        return _detail(request, enterprise, form=form)
    change_state(pk, by=request.user, **form.cleaned_data)
    messages.success(request, "状态已变更。")
    return redirect("enterprise_detail", pk)


@desk_page(Role.CLERK)
@require_POST
def enterprise_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a wrong code right."""
    enterprise = get_object_or_404(enterprises(), pk=pk)
    form = CodeForm(request.POST, prefix="code")
    if form.is_valid():
        try:
            correct_code(pk, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "信用代码已更正，原代码和依据已记入变更记录和审计。")
            return redirect("enterprise_detail", pk)
    return _detail(request, enterprise, code_form=form)


def _detail(
    request: HttpRequest,
    enterprise: Enterprise,
    *,
    form: StateForm | None = None,
    code_form: CodeForm | None = None,
    is_revealed: bool = False,
) -> HttpResponse:
    context = {
        "enterprise": enterprise,
        "may_edit": has_role(request.user, Role.CLERK) and enterprise.merged_into is None,
        "may_reveal": has_role(request.user, *CONTACT_READERS) and not is_revealed,
        "is_revealed": is_revealed,
        "facts": file_facts(enterprise),
        "pairs": open_pairs().filter(Q(first=enterprise) | Q(second=enterprise)),
        "tabs": tabs_of(enterprise, current="overview", user=request.user),
        "form": form or StateForm(enterprise=enterprise),
        "code_form": code_form or CodeForm(prefix="code"),
    }
    return render(request, "enterprises/detail.html", context)


@desk_page(Role.CLERK)
@require_POST
def enterprise_classify(request: HttpRequest) -> HttpResponse:
    """Confirm suggestions, or set a field or risk class, for the ticked rows."""
    form = ClassifyForm(request.POST)
    if form.is_valid():
        messages.success(request, _classify(form.cleaned_data, by=request.user))
    else:
        messages.error(request, next(iter(form.errors.values()))[0])
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "enterprise_list")


def _classify(wanted: dict, *, by) -> str:
    if wanted["step"] == "confirm":
        count = confirm_fields(wanted["pk"], by=by)
        return f"已确认 {count} 家的建议领域。" if count else "所选企业没有待确认的建议领域。"
    if wanted["step"] == "field":
        return f"已把 {set_field(wanted['pk'], field=wanted['field'], by=by)} 家设为“{wanted['field']}”。"
    label, reason = RiskClass(wanted["risk_class"]).label, wanted["reason"]
    count = set_risk_class(wanted["pk"], risk_class=wanted["risk_class"], reason=reason, by=by)
    return f"已把 {count} 家设为“{label}”。"
