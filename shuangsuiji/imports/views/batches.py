"""The history of imports, and one batch: preview, progress, taking over, letting go, taking back."""

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
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.registry import Importer, grouped_registers, importer_for, registers
from shuangsuiji.imports.selectors import (
    CountedPaginator,
    Outcome,
    batches,
    faulty_cells,
    first_outcome,
    progress_of,
    shown,
)
from shuangsuiji.imports.services import (
    Touched,
    apply_batch,
    discard_batch,
    order_apply,
    order_undo,
    undo_batch,
    undo_rest,
)
from shuangsuiji.imports.states import ImportState
from shuangsuiji.imports.staying import rows_that_stay
from shuangsuiji.imports.templates_to_fill import faulty_rows
from shuangsuiji.imports.views.steps import steps
from shuangsuiji.lib.errors import Refusal

PER_PAGE = 50
FEW_ROWS = 3_000
"""So many are taken over, or back, while one waits."""
_DONE = (ImportState.APPLIED, ImportState.UNDOING, ImportState.UNDONE)


@desk_page(Role.CLERK)
@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """Every upload so far, and where a new one begins."""
    page = Paginator(batches(), PER_PAGE).get_page(request.GET.get("page"))
    labels = dict(registers())
    rows = [{"batch": batch, "label": labels.get(batch.register, batch.register)} for batch in page]
    return render(request, "imports/list.html", {"page_obj": page, "rows": rows, "groups": grouped_registers()})


@desk_page(Role.CLERK)
@require_GET
def import_preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do, or has done, row by row; while a worker is at it, how far it has come."""
    batch = get_object_or_404(batches(), pk=pk)
    importer = importer_for(batch.register)
    if batch.state == ImportState.UNMATCHED:
        return redirect("import_columns", pk)
    if batch.is_waiting:
        context = {"batch": batch, "importer": importer, "progress": progress_of(batch), "steps": _steps_of(batch)}
        return render(request, "imports/waiting.html", context)
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
        "steps": _steps_of(batch),
        "matched": _matched(batch, importer=importer),
        **_staying(request, batch=batch, importer=importer),
    }
    return render(request, "imports/preview.html", context)


def _staying(request: HttpRequest, *, batch: ImportBatch, importer: Importer) -> dict[str, object]:
    """The rows that stay, and how many could go; asked for once the whole batch could not be taken back."""
    is_asked = "rest" in request.GET and batch.state == ImportState.APPLIED and batch.good_count <= FEW_ROWS
    staying = rows_that_stay(batch, importer=importer) if is_asked else []
    return {"staying": staying, "rest_count": batch.good_count - len(staying)}


def _steps_of(batch: ImportBatch) -> list[dict[str, str]]:
    return steps(at=3 if batch.state in _DONE else 1 if batch.state == ImportState.STAGED else 0)


@desk_page(Role.CLERK)
@require_GET
def import_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a worker has come, as a piece of a page; done, the whole page is asked for anew."""
    batch = get_object_or_404(batches(), pk=pk)
    response = render(request, "imports/progress.html", {"batch": batch, "progress": progress_of(batch)})
    if not batch.is_waiting:
        response["HX-Refresh"] = "true"
    return response


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
    batch = get_object_or_404(ImportBatch, pk=pk)
    take_over = apply_batch if batch.good_count <= FEW_ROWS else order_apply
    take_over(pk, by=request.user)
    return redirect("import_preview", pk)


@desk_page(Role.CLERK)
@require_POST
def import_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a batch back; refused with the rows that somebody touched meanwhile."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    take_back = undo_batch if batch.good_count <= FEW_ROWS else order_undo
    try:
        take_back(pk, by=request.user)
    except Touched as refusal:
        messages.error(request, refusal.sentence)
        return redirect(f"{reverse('import_preview', args=[pk])}?rest=1")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("import_preview", pk)


@desk_page(Role.CLERK)
@require_POST
def import_undo_rest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what nobody touched; the page then lists what stays."""
    get_object_or_404(ImportBatch, pk=pk)
    try:
        undo_rest(pk, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
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
