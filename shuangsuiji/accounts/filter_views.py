"""Saving a list's filter and taking it away; both lead back to the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import SavedFilter
from shuangsuiji.accounts.saved_filters import list_address, remove_filter, save_filter
from shuangsuiji.lib.errors import Refusal


@desk_page()
@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """Keep the present filter of a list."""
    list_name, query = request.POST.get("list", ""), request.POST.get("query", "")
    back = f"{list_address(list_name)}?{query}"
    try:
        kept = save_filter(
            list_name=list_name,
            query=query,
            name=request.POST.get("name", ""),
            is_shared="is_shared" in request.POST,
            by=request.user,  # type: ignore[arg-type]  # signed in: desk_page
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"已保存筛选“{kept.name}”。")
    return redirect(back)


@desk_page()
@require_POST
def filter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own away."""
    kept = get_object_or_404(SavedFilter, pk=pk, owner=request.user)
    remove_filter(pk, by=request.user)  # type: ignore[arg-type]  # signed in: desk_page
    messages.success(request, f"已删去筛选“{kept.name}”。")
    return redirect(list_address(kept.list_name))
