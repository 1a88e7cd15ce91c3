"""The file comes in; a short one is read while one waits, a long one by a worker."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.imports.exporting import workbook_response
from shuangsuiji.imports.forms import UploadForm
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.registry import grouped_registers, importer_for
from shuangsuiji.imports.services import receive_upload, stage_upload
from shuangsuiji.imports.templates_to_fill import template
from shuangsuiji.imports.views.steps import steps
from shuangsuiji.lib.errors import Refusal

SMALL_FILE = 1024 * 1024
"""Some ten thousand rows: read in about a second."""


@desk_page(Role.CLERK)
def import_upload(request: HttpRequest, register: str) -> HttpResponse:
    """The file; shown before anything changes."""
    importer = importer_for(register)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = _take_in(register, form=form, by=request.user)
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("import_preview", batch.pk)
    others = [pair for pair in grouped_registers()[importer.group] if pair[0] != register]
    context = {"form": form, "importer": importer, "others": others, "steps": steps(at=0)}
    return render(request, "imports/upload.html", context)


def _take_in(register: str, *, form: UploadForm, by: Any) -> ImportBatch:
    file = form.cleaned_data["file"]
    take = stage_upload if file.size <= SMALL_FILE else receive_upload
    return take(register=register, content=file.read(), name=file.name, by=by, sheet=form.cleaned_data["sheet"])


@desk_page(Role.CLERK)
@require_GET
def import_template(request: HttpRequest, register: str) -> HttpResponse:
    """An empty workbook to fill in."""
    importer = importer_for(register)
    return workbook_response(template(importer), name=f"{importer.label}导入模板.xlsx")
