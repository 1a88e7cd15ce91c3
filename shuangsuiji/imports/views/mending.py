"""Putting right what the file says: which column is which, and one faulty row."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.imports.forms import ColumnsForm, RowForm
from shuangsuiji.imports.models import ImportBatch, ImportRow
from shuangsuiji.imports.registry import importer_for
from shuangsuiji.imports.selectors import batches
from shuangsuiji.imports.services import choose_columns, mend_row, read_again
from shuangsuiji.imports.states import ImportState
from shuangsuiji.imports.views.steps import steps
from shuangsuiji.imports.views.uploading import SMALL_FILE
from shuangsuiji.lib.errors import Refusal


@desk_page(Role.CLERK)
def import_columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which column of the file is which; remembered for the next file."""
    batch = get_object_or_404(batches(), pk=pk)
    if batch.state not in (ImportState.STAGED, ImportState.UNMATCHED):
        return redirect("import_preview", pk)
    importer = importer_for(batch.register)
    form = ColumnsForm(request.POST or None, batch=batch, importer=importer)
    if request.method == "POST" and form.is_valid():
        try:
            choose_columns(pk, places=form.places(), by=request.user)
            if len(batch.file.content) <= SMALL_FILE:
                read_again(pk)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("import_preview", pk)
    context = {"batch": batch, "importer": importer, "form": form, "steps": steps(at=1)}
    return render(request, "imports/columns.html", context)


@desk_page(Role.CLERK)
def import_row(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One faulty row: its cells as typed, to be put right in place."""
    batch = get_object_or_404(batches(), pk=pk)
    row = get_object_or_404(batch.rows, row_number=number)
    if batch.state == ImportState.STAGED and row.outcome != ImportRow.Outcome.FAULT and _is_htmx(request):
        return _mended(request, batch=batch, row=row)
    if batch.state != ImportState.STAGED or row.outcome != ImportRow.Outcome.FAULT:
        return redirect(f"{reverse('import_preview', args=[pk])}?show=fault")
    importer = importer_for(batch.register)
    form = RowForm(request.POST or None, batch=batch, row=row, importer=importer)
    if request.method == "POST" and form.is_valid():
        row = mend_row(pk, number=number, cells=form.cells(), by=request.user)
        if row.outcome != ImportRow.Outcome.FAULT:
            return _mended(request, batch=batch, row=row)
        form = RowForm(batch=batch, row=row, importer=importer)
    context = {"batch": batch, "importer": importer, "row": row, "form": form, "is_fragment": _is_htmx(request)}
    template = "imports/row_form.html" if _is_htmx(request) else "imports/row.html"
    return render(request, template, context)


def _mended(request: HttpRequest, *, batch: ImportBatch, row: ImportRow) -> HttpResponse:
    sentence = f"第 {row.row_number} 行已改正，归入“{row.get_outcome_display()}”。"
    if _is_htmx(request):
        return render(request, "imports/row_mended.html", {"sentence": sentence, "number": row.row_number})
    messages.success(request, sentence)
    return redirect(f"{reverse('import_preview', args=[batch.pk])}?show=fault")


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
