"""Suspicions of duplicates: looked for, merged, dismissed."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enterprises.forms import DismissForm, MergeForm
from enterprises.models import DuplicatePair
from enterprises.selectors.quality import open_pairs
from enterprises.services import dismiss_pair, find_duplicates, merge_enterprises
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.errors import Refusal

PER_PAGE = 50


@desk_page(Role.CLERK, Role.APPROVER, Role.HEAD)
@require_GET
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one enterprise."""
    page = Paginator(open_pairs(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "may_edit": has_role(request.user, Role.CLERK)}
    return render(request, "enterprises/duplicate_list.html", context)


@desk_page(Role.CLERK)
@require_POST
def duplicate_seek(request: HttpRequest) -> HttpResponse:
    """Look through the whole register."""
    count = find_duplicates(by=request.user)
    messages.success(request, f"新发现 {count} 对疑似重复。" if count else "没有发现新的疑似重复。")
    return redirect("duplicate_list")


@desk_page(Role.CLERK)
def duplicate_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Side by side; which row stays, and whose values."""
    pair = get_object_or_404(open_pairs(), pk=pk)
    form = MergeForm(request.POST or None, pair=pair)
    if request.method == "POST" and form.is_valid():
        try:
            kept = merge_enterprises(by=request.user, reason=form.cleaned_data["reason"], **form.chosen())
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, f"已合并，保留“{kept.name}”。")
            return redirect("enterprise_detail", kept.pk)
    return _pair(request, pair, form=form)


@desk_page(Role.CLERK)
@require_POST
def duplicate_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two."""
    pair = get_object_or_404(open_pairs(), pk=pk)
    form = DismissForm(request.POST, prefix="dismiss")
    if not form.is_valid():
        return _pair(request, pair, dismiss_form=form)
    dismiss_pair(pk, reason=form.cleaned_data["reason"], at=timezone.now(), by=request.user)
    messages.success(request, "已排除，这一对不再提示。")
    return redirect("duplicate_list")


def _pair(
    request: HttpRequest, pair: DuplicatePair, *, form: MergeForm | None = None, dismiss_form: DismissForm | None = None
) -> HttpResponse:
    merge_form = form or MergeForm(pair=pair)
    context = {
        "pair": pair,
        "merge_form": merge_form,
        "choices": [(column, merge_form[f"take_{column.name}"]) for column in merge_form.columns],
        "dismiss_form": dismiss_form or DismissForm(prefix="dismiss"),
        "form": dismiss_form or merge_form,
    }
    return render(request, "enterprises/duplicate_merge.html", context)
