"""导入: file, preview, done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.imports.exporting import workbook_response
from shuangsuiji.imports.forms import UploadForm
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.registry import Importer, importer_for, registers
from shuangsuiji.imports.selectors import (
    CountedPaginator,
    Outcome,
    batches,
    faulty_cells,
    first_outcome,
    shown,
)
from shuangsuiji.imports.services import apply_batch, discard_batch, stage_upload
from shuangsuiji.imports.templates_to_fill import faulty_rows, template
from shuangsuiji.lib.errors import Refusal

PER_PAGE = 50
_STEPS = ("文件", "预览", "完成")


def _steps(at: int) -> list[dict[str, str]]:
    return [
        {"label": label, "state": "done" if place < at else "now" if place == at else ""}
        for place, label in enumerate(_STEPS)
    ]


@desk_page(Role.CLERK)
@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """Every upload so far, and where a new one begins."""
    page = Paginator(batches(), PER_PAGE).get_page(request.GET.get("page"))
    labels = dict(registers())
    rows = [{"batch": batch, "label": labels.get(batch.register, batch.register)} for batch in page]
    return render(request, "imports/list.html", {"page_obj": page, "rows": rows, "registers": registers()})


@desk_page(Role.CLERK)
def import_upload(request: HttpRequest, register: str) -> HttpResponse:
    """The file; read at once, and shown before anything changes."""
    importer = importer_for(register)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = stage_upload(
                register=register,
                content=file.read(),
                name=file.name,
                by=request.user,
                sheet=form.cleaned_data["sheet"],
            )
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("import_preview", batch.pk)
    context = {"form": form, "importer": importer, "steps": _steps(0)}
    return render(request, "imports/upload.html", context)


@desk_page(Role.CLERK)
@require_GET
def import_template(request: HttpRequest, register: str) -> HttpResponse:
    """An empty workbook to fill in."""
    importer = importer_for(register)
    return workbook_response(template(importer), name=f"{importer.label}导入模板.xlsx")


@desk_page(Role.CLERK)
@require_GET
def import_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do, or has done, row by row."""
    batch = get_object_or_404(batches(), pk=pk)
    importer = importer_for(batch.register)
    outcome = request.GET.get("show", "")
    outcome = outcome if outcome in Outcome.values else first_outcome(batch)
    page = CountedPaginator(batch, outcome, per_page=PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "importer": importer,
        "outcome": outcome,
        "page_obj": page,
        "shown": shown(list(page.object_list), importer=importer),
        "tabs": _tabs(batch, outcome=outcome),
        "steps": _steps(1 if batch.state == ImportBatch.State.STAGED else 3),
        "matched": _matched(batch, importer=importer),
    }
    return render(request, "imports/preview.html", context)


def _tabs(batch: ImportBatch, *, outcome: str) -> list[dict[str, object]]:
    here = reverse("import_preview", args=[batch.pk])
    return [
        {
            "label": choice.label,
            "url": f"{here}?show={choice.value}",
            "count": getattr(batch, f"{choice.value}_count"),
            "is_current": choice.value == outcome,
        }
        for choice in Outcome
    ]


def _matched(batch: ImportBatch, *, importer: Importer) -> list[dict[str, str]]:
    """Which title of the file was taken for which column."""
    return [
        {"header": column.header, "title": batch.header[batch.places[column.name]]}
        for column in importer.columns
        if column.name in batch.places
    ]


@desk_page(Role.CLERK)
@require_POST
def import_apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the good rows over; a second click changes nothing."""
    batch = apply_batch(get_object_or_404(ImportBatch, pk=pk).pk, by=request.user)
    if batch.state == ImportBatch.State.STAGED:
        messages.warning(
            request, "预览之后名录有改动，已按最新名录重新核对，还没有导入：请再看一遍预览，然后确认导入。"
        )
    return redirect("import_preview", pk)


@desk_page(Role.CLERK)
@require_POST
def import_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a batch go."""
    batch = discard_batch(get_object_or_404(ImportBatch, pk=pk).pk, by=request.user)
    messages.success(request, f"已放弃“{batch.file_name}”，名录没有改动。")
    return redirect("import_list")


@desk_page(Role.CLERK)
@require_GET
def import_faults(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The faulty rows in the same template, each with its reason."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    importer = importer_for(batch.register)
    content = faulty_rows(importer, faulty_cells(batch, importer=importer))
    return workbook_response(content, name=f"{importer.label}待改正.xlsx")
