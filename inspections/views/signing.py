"""Signatures on the screen: each hand by itself, seen again by those who may see the check."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from inspections import policies, services
from inspections.forms import DrawingForm
from inspections.models import Revisit, Signature, SiteRecord
from inspections.policies.dossiers import check_may_open
from inspections.selectors import open_order
from inspections.services.signing import Sheet, standing_signatures
from inspections.views.loading import visible_task
from inspectors.models import Inspector
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.files import whole_path


@dataclass(frozen=True)
class Signer:
    """A hand that signs, and what it drew under the record as it reads now."""

    name: str
    role: str
    inspector: Inspector | None
    signature: Signature | None


def signers_of(sheet: Sheet) -> list[Signer]:
    """The officers in seat order, then the enterprise's person."""
    drawn = {one.inspector_id: one for one in standing_signatures(sheet)}
    people = [seat.inspector for seat in sheet.task.drawn.seats.all() if seat.inspector]
    signers = [Signer(one.name, "检查人员", one, drawn.get(one.pk)) for one in people]
    if sheet.representative_name:
        signers.append(Signer(sheet.representative_name, "被检查单位在场人员", None, drawn.get(None)))
    return signers


@desk_page(Role.INSPECTOR)
@require_POST
def record_sign(request, pk):
    """One signature."""
    task = visible_task(request, pk)
    record = get_object_or_404(SiteRecord, task=task)
    form = DrawingForm(request.POST, task=task)
    _take(request, form, lambda drawn: services.sign_record(record, by=request.user, **drawn))
    return redirect("task_submit", pk=task.pk)


@desk_page(Role.INSPECTOR)
@require_POST
def revisit_sign(request, pk):
    """One signature under a re-inspection."""
    task = visible_task(request, pk)
    revisit = get_object_or_404(Revisit, order=open_order(task))
    form = DrawingForm(request.POST, task=task)
    _take(request, form, lambda drawn: services.sign_revisit(revisit, by=request.user, **drawn))
    return redirect("revisit_submit", pk=task.pk)


def _take(request, form: DrawingForm, sign) -> None:
    if not form.is_valid():
        messages.error(request, "没有收到签名，请在方框内手写签名后再确认。")
        return
    messages.success(request, f"已收下{sign(form.cleaned_data).name}的手写签名。")


@desk_page(*policies.READERS)
def signature_picture(request, pk):
    """The drawing; with the check it belongs to."""
    signature = get_object_or_404(
        Signature.objects.select_related("record__task__drawn__draw", "revisit__order__task__drawn__draw"), pk=pk
    )
    if not policies.may_see_task(request.user, signature.task):
        raise Http404
    check_may_open(request.user, signature.task)
    path = whole_path(signature.file_name, sha256=signature.sha256)
    response = FileResponse(path.open("rb"), content_type="image/png")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
