"""Permits, lists, penalties and the history of one enterprise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enterprises.forms import ListForm, PenaltyForm, PermitForm, UnlistForm
from enterprises.models import Enterprise
from enterprises.policies import READERS
from enterprises.selectors import enterprises, history_of, memberships_of, penalties_of, permits_of
from enterprises.services import add_to_list, record_penalty, save_permit, take_off_list
from enterprises.views.tabs import tabs_of
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.audit.pages import history_page
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import DeskForm


@desk_page(*READERS)
@require_GET
def enterprise_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Permits, lists and penalties."""
    return _page(request, get_object_or_404(enterprises(), pk=pk))


@desk_page(*READERS)
@require_GET
def enterprise_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what from what to what, when."""
    enterprise = get_object_or_404(enterprises(), pk=pk)
    return history_page(
        request, title=enterprise.name, changes=history_of(enterprise),
        tabs=tabs_of(enterprise, current="history", user=request.user),
        crumbs=("检查对象", "enterprise_list", "enterprise_detail", pk),
    )  # fmt: skip


@desk_page(Role.CLERK)
@require_POST
def permit_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter or renew a permit."""
    form = PermitForm(request.POST, prefix="permit")
    return _do(
        request, pk, form=form, name="permit_form", said="许可已保存。",
        work=lambda row: save_permit(row.pk, by=request.user, **form.cleaned_data),
    )  # fmt: skip


@desk_page(Role.CLERK)
@require_POST
def list_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the enterprise on a special list."""
    form = ListForm(request.POST, prefix="list", today=timezone.localdate())
    return _do(
        request, pk, form=form, name="list_form", said="已列入名单。",
        work=lambda row: add_to_list(row.pk, by=request.user, **form.cleaned_data),
    )  # fmt: skip


@desk_page(Role.CLERK)
@require_POST
def list_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off again."""
    form = UnlistForm(request.POST)
    return _do(
        request, pk, form=form, name="unlist_form", said="已移出名单。",
        work=lambda row: take_off_list(row.pk, by=request.user, on=timezone.localdate(), **form.cleaned_data),
    )  # fmt: skip


@desk_page(Role.CLERK)
@require_POST
def penalty_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a penalty decided elsewhere."""
    form = PenaltyForm(request.POST, prefix="penalty")
    return _do(
        request, pk, form=form, name="penalty_form", said="处罚已登记。",
        work=lambda row: record_penalty(enterprise=row, by=request.user, **form.cleaned_data),
    )  # fmt: skip


def _do(
    request: HttpRequest, pk: int, *, form: DeskForm, name: str, said: str, work: Callable[[Enterprise], Any]
) -> HttpResponse:
    """One small form of the page: done, or shown again with what was typed."""
    enterprise = get_object_or_404(enterprises(), pk=pk)
    if form.is_valid():
        try:
            work(enterprise)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, said)
            return redirect("enterprise_facts", pk)
    return _page(request, enterprise, **{name: form})


def _page(request: HttpRequest, enterprise: Enterprise, **tried: DeskForm) -> HttpResponse:
    today = timezone.localdate()
    forms: dict[str, DeskForm] = {
        "permit_form": PermitForm(prefix="permit"),
        "list_form": ListForm(prefix="list", today=today),
        "penalty_form": PenaltyForm(prefix="penalty"),
        "unlist_form": UnlistForm(),
    }
    context = {
        "enterprise": enterprise,
        "today": today,
        "permits": permits_of(enterprise),
        "memberships": memberships_of(enterprise),
        "penalties": penalties_of(enterprise),
        "may_edit": has_role(request.user, Role.CLERK) and enterprise.merged_into is None,
        "tabs": tabs_of(enterprise, current="facts", user=request.user),
        "form": next(iter(tried.values()), None),
        **forms,
        **tried,
    }
    return render(request, "enterprises/facts.html", context)
