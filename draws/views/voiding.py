"""Voiding: one approver before the sealing; afterwards one asks and another agrees, with their password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from draws.forms.small import PasswordAgainForm, ReasonForm
from draws.models import Draw
from draws.policies import allows, check_may_ask_void, check_may_refuse_void, check_may_void
from draws.services import ask_void, refuse_void, void_draw
from draws.views.drafting import find_draw, refused, with_reason
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal


@desk_page(Role.CLERK, Role.APPROVER)
def draw_void(request: HttpRequest, pk) -> HttpResponse:
    """Void it with a reason; a sealed one stays in the ledger and needs two people."""
    draw = find_draw(request, pk)
    if not draw.number:
        check_may_void(request.user, draw)
        return with_reason(request, draw, act=void_draw, done="已作废，原因已记入。", title="作废抽取", verb="作废")
    if draw.void_asked_by_id:
        return _agree(request, draw)
    return _ask(request, draw)


def _ask(request: HttpRequest, draw: Draw) -> HttpResponse:
    check_may_ask_void(request.user, draw)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_void(draw, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "已提出作废，等另一位审批负责人决定。")
            return redirect("draw_detail", draw.pk)
    return render(request, "draws/void.html", {"draw": draw, "form": form})


def _agree(request: HttpRequest, draw: Draw) -> HttpResponse:
    may_void = allows(check_may_void, request.user, draw)
    form = PasswordAgainForm(request.POST or None, request=request, done="没有作废")
    if request.method == "POST" and may_void and form.is_valid():
        void_draw(draw, by=request.user)
        messages.success(request, "已作废，原因列在公开台账上。")
        return redirect("draw_detail", draw.pk)
    may_refuse = allows(check_may_refuse_void, request.user, draw)
    return render(
        request, "draws/void.html", {"draw": draw, "form": form, "may_void": may_void, "may_refuse": may_refuse}
    )


@desk_page(Role.CLERK, Role.APPROVER)
@require_POST
def draw_void_refuse(request: HttpRequest, pk) -> HttpResponse:
    """The request is taken back, or not agreed to."""
    draw = refuse_void(find_draw(request, pk), by=request.user)
    messages.success(request, "作废的申请已经撤销，抽取照常进行。")
    return redirect("draw_detail", draw.pk)
