"""签字件: added beside a paper, looked at by those who may see its check."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from inspections import policies
from inspections.models import SignedScan
from inspections.policies.scans import check_may_add_scan
from inspections.selectors.cases import case_of_paper, task_of_paper
from inspections.services.openings import read_content
from inspections.services.scans import add_scan
from inspections.views.case_forms import ScanForm
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.files import whole_path
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.policies import may_read_document
from shuangsuiji.lib.errors import Refusal


@desk_page(Role.CLERK, Role.INSPECTOR)
def paper_scan_add(request, document):
    """The signed sheet of one paper."""
    paper = get_object_or_404(IssuedDocument, pk=document)
    task, case = task_of_paper(paper), case_of_paper(paper)
    if task is None or not may_read_document(request.user, paper):
        raise Http404
    check_may_add_scan(request.user, task=task, case=case)
    back = reverse("case_detail", args=[case.pk]) if case else reverse("task_detail", args=[task.pk])
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_scan(paper, task=task, case=case, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "签字件已附在文书后面，随卷归档。")
            return redirect(back)
    words = {"title": "附签字件", "verb": "上传", "back": back, "lead": str(paper), "case": case}
    empty = {"warning": "", "has_draft": False, "print_label": ""}
    return render(request, "inspections/cases/form.html", {"form": form, **words, **empty})


@desk_page(*policies.READERS)
def scan_file(request, pk):
    """The scan as it came, saved under a name of ours."""
    scan = get_object_or_404(SignedScan.objects.select_related("task__drawn__draw"), pk=pk)
    if not policies.may_see_task(request.user, scan.task):
        raise Http404
    read_content(scan.task, by=request.user, what=f"签字件 {scan.sha256[:12]}")
    path = whole_path(scan.file_name, sha256=scan.sha256)
    name = f"{scan.task.number}-{scan.sha256[:12]}{path.suffix}"
    response = FileResponse(path.open("rb"), content_type=scan.media_type, as_attachment=True, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
