"""现场检查 on a phone: begin, record, submit. With scripts every field saves itself; without, one form does."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from inspections import policies, services
from inspections.forms import DeviceForm, HeadForm, PhotoForm, ResultForm, SavedForm, SignatureForm
from inspections.models import SiteRecord
from inspections.selectors import lead_name, measurements_of, results_of
from inspections.services import StaleSave
from inspections.services.signing import Sheet, outdated_names
from inspections.states import TaskState
from inspections.views.loading import visible_task
from inspections.views.record_page import HEAD_PREFIX, RecordPage, in_words
from inspections.views.record_read import record_read
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

WORKER = settings.BASE_DIR / "static/js/record-worker.js"


@desk_page(Role.INSPECTOR)
@require_POST
def task_start(request, pk):
    """Begin the visit; what the phone says of its clock and place is noted beside the server's time."""
    task = visible_task(request, pk)
    device = services.Device(**DeviceForm(request.POST).given)
    reason = request.POST.get("urgent_reason", "")
    services.start_visit(task, by=request.user, urgent_reason=reason[:300], device=device)
    messages.success(request, "检查已开始，系统已记下时间。请先向被检查单位出示执法证件。")
    return redirect("task_record", pk=task.pk)


@desk_page(Role.INSPECTOR)
def task_record(request, pk):
    """The record, card by card."""
    task = visible_task(request, pk)
    if task.state != TaskState.ON_SITE:
        messages.info(request, f"任务 {task.number} 现为“{task.get_state_display()}”，现场检查记录不在填写中。")
        return redirect("task_detail", pk=task.pk)
    policies.check_may_record(request.user, task)
    page = RecordPage.of(task)
    if request.method == "POST":
        page.save(request.POST, request.FILES, by=request.user)
        if page.is_clean:
            messages.success(request, "已保存。" if page.saved_count else "没有改动，不用保存。")
            return redirect("task_submit" if "finish" in request.POST else "task_record", pk=task.pk)
        page = _with_what_stands(page)
    return render(request, "inspections/record.html", _page_context(page))


@desk_page(Role.INSPECTOR)
def record_worker(request, pk):
    """The script that keeps this one page on the officer's phone: from below its address, it reaches no further."""
    policies.check_may_record(request.user, visible_task(request, pk))
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


def _with_what_stands(page: RecordPage) -> RecordPage:
    """Read the saved parts anew; the refused ones keep their typed words."""
    fresh = RecordPage.of(page.task)
    refused = {card.result.pk: card for card in page.cards if card.refusal}
    for card in fresh.cards:
        if old := refused.get(card.result.pk):
            card.form, card.refusal, card.stands = old.form, old.refusal, old.stands
    if page.head_refusal:
        fresh.head, fresh.head_refusal = page.head, page.head_refusal
    fresh.photo_refusals = page.photo_refusals
    return fresh


def _page_context(page: RecordPage) -> dict:
    return {
        "page": page,
        "task": page.task,
        "record": page.record,
        "lead": lead_name(page.task),
        "officers": [seat.inspector for seat in page.task.drawn.seats.all() if seat.inspector],
        "today": timezone.localdate(),
        "measure_key": secrets.token_hex(16),
        "measurements": measurements_of(page.task),
        "signed": page.record.signatures.exists(),
    }


@desk_page(Role.INSPECTOR)
@require_POST
def record_head_save(request, pk):
    """One save of the head by itself; answers in JSON."""
    task = visible_task(request, pk)
    record = get_object_or_404(SiteRecord, task=task)
    form = HeadForm(request.POST, instance=record, prefix=HEAD_PREFIX)
    record.task = task
    return saved_part(form, lambda values: services.save_head(record, by=request.user, **values), sheet=record)


@desk_page(Role.INSPECTOR)
@require_POST
def record_item_save(request, pk, result_pk):
    """One save of one card by itself; answers in JSON."""
    task = visible_task(request, pk)
    record = get_object_or_404(SiteRecord, task=task)
    result = get_object_or_404(results_of(record), pk=result_pk)
    form = ResultForm.of(result, request.POST)
    record.task = task
    return saved_part(form, lambda values: services.save_result(result, by=request.user, **values), sheet=record)


def saved_part(form: SavedForm, save, *, sheet: Sheet) -> JsonResponse:
    """Save one part of a sheet by itself: what stands then, or the sentence why not; and who has to sign again."""
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        return JsonResponse({"refusal": errors[0], "field": name}, status=400)
    try:
        row = save({"revision": form.cleaned_data["revision"] or 0, **form.values})
    except StaleSave as stale:
        return JsonResponse(
            {"refusal": stale.sentence, "stands": in_words(stale.current), "revision": stale.current.revision},
            status=409,
        )
    except Refusal as refusal:
        return JsonResponse({"refusal": refusal.sentence, "field": refusal.field}, status=refusal.status)
    fresh = type(form)(instance=row, prefix=form.prefix)
    return JsonResponse(
        {
            "revision": row.revision,
            "shown": fresh.stored,
            "basis": getattr(row, "basis", ""),
            "unsigned": _unsigned(sheet),
        }
    )


def _unsigned(sheet: Sheet) -> list[str]:
    """Who signed before this save and has to sign again."""
    if not sheet.signatures.exists():
        return []
    sheet.refresh_from_db()
    return outdated_names(sheet)


@desk_page(Role.INSPECTOR)
@require_POST
def record_photo_add(request: HttpRequest, pk) -> HttpResponse:
    """One photo, sound or film by itself; the upload key makes a repeated one the same. Answers in JSON."""
    task = visible_task(request, pk)
    form = PhotoForm(request.POST, task=task)
    file = request.FILES.get("photo")
    if file is None or not form.is_valid():
        return JsonResponse({"refusal": "没有收到照片，请重新选择。"}, status=400)
    try:
        evidence = services.add_evidence(task, by=request.user, file=file, **form.cleaned_data)
    except Refusal as refusal:
        return JsonResponse({"refusal": f"“{file.name}”：{refusal.sentence}"}, status=refusal.status)
    return JsonResponse(
        {
            "id": str(evidence.pk),
            "sha256": evidence.sha256,
            "thumbnail": reverse("evidence_thumbnail", args=[evidence.pk]) if evidence.is_picture else "",
            "url": reverse("evidence_file", args=[evidence.pk]),
            "caption_url": reverse("evidence_caption", args=[evidence.pk]),
        }
    )


@desk_page(Role.INSPECTOR)
def task_submit(request, pk):
    """Look through everything, sign or note the refusal, submit."""
    task = visible_task(request, pk)
    policies.check_may_record(request.user, task)
    record = SiteRecord.objects.get(task=task)
    record.task = task
    read = record_read(record)
    is_signed = any(one.signature and one.inspector is None for one in read["signers"])
    form = SignatureForm(request.POST or None, initial={"signature": "signed"} if is_signed else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.submit_record(record, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "检查记录已提交，等待审核。")
            return redirect("task_detail", pk=task.pk)
    context = {**read, "missing": services.missing_answers(record), "form": form}
    return render(request, "inspections/submit.html", context)
