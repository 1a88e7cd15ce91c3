"""Changes after a draw: asked for here, decided here, each leaving the rest untouched."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from draws.forms.amending import FORMS
from draws.forms.small import ReasonForm
from draws.models import AmendmentRequest, Draw
from draws.policies import allows, check_may_amend, check_may_decide_amendment, may_see_names
from draws.selectors.amendment_words import asked_changes, register_warning
from draws.selectors.draws import visible_to
from draws.services import approve_amendment, ask_amendment, refuse_amendment
from draws.states import DrawState
from draws.views.drafting import find_draw, refused
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

Kind = AmendmentRequest.Kind


@desk_page(Role.CLERK, Role.APPROVER, Role.HEAD)
def draw_amendments(request: HttpRequest, pk) -> HttpResponse:
    """Everything asked for and decided about one draw, and what may be asked for."""
    draw = find_draw(request, pk)
    if draw.state not in (DrawState.DRAWN, DrawState.BLOCKED) or not may_see_names(request.user, draw):
        raise Http404
    rows = [(one, allows(check_may_decide_amendment, request.user, one.first)) for one in asked_changes(draw)]
    kinds = [(kind, Kind(kind).label) for kind in kinds_of(draw)] if allows(check_may_amend, request.user, draw) else []
    return render(request, "draws/amendments.html", {"draw": draw, "rows": rows, "kinds": kinds})


def kinds_of(draw: Draw) -> list[str]:
    """People are added to a blocked draw; the other changes belong to a drawn one."""
    if draw.state == DrawState.BLOCKED:
        return [Kind.PEOPLE]
    return [Kind.PERSON, Kind.ENTERPRISE, Kind.EXPERT]


@desk_page(Role.CLERK)
def draw_amend(request: HttpRequest, pk, kind: str) -> HttpResponse:
    """Ask for one kind of change."""
    draw = find_draw(request, pk)
    check_may_amend(request.user, draw)
    if kind not in kinds_of(draw):
        raise Http404
    form = FORMS[kind](request.POST or None, draw=draw)
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_amendment(draw, by=request.user, kind=kind, reason=form.cleaned_data["reason"], **form.wanted())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "变更已提出，等另一位负责人批准后生效并公开。下面是批准之后会怎样。")
            if warning := register_warning(asked):
                messages.warning(request, warning)
            return redirect("draw_amendments", draw.pk)
    return render(request, "draws/amend.html", {"draw": draw, "form": form, "kind": Kind(kind)})


def _asked(request: HttpRequest, pk: int) -> AmendmentRequest:
    rows = AmendmentRequest.objects.filter(draw__in=visible_to(request.user))
    return get_object_or_404(rows.select_related("draw", "asked_by"), pk=pk)


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def amendment_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """It takes effect, and stands in the ledger."""
    asked = _asked(request, pk)
    amendment = approve_amendment(asked, by=request.user)
    count = asked.draw.amendment_requests.filter(together=asked.together).count()
    last = amendment.number + count - 1
    numbers = f"{amendment.number}" if count == 1 else f"{amendment.number} 至 {last}"
    messages.success(request, f"已批准，作为变更 {numbers} 记入台账。其余结果不变。")
    return redirect("draw_amendments", asked.draw_id)


@desk_page(Role.APPROVER, Role.HEAD)
def amendment_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """With a reason; the draw stands as it stood."""
    asked = _asked(request, pk)
    check_may_decide_amendment(request.user, asked)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_amendment(asked, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "没有批准，抽取结果不变。")
            return redirect("draw_amendments", asked.draw_id)
    context = {"draw": asked.draw, "form": form, "title": "不批准变更", "verb": "不批准"}
    return render(request, "draws/reason.html", {**context, "back": reverse("draw_amendments", args=[asked.draw_id])})
