"""一企一档: everything about one enterprise on one page, and as PDF."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from enterprises.models import Enterprise
from inspections import policies, selectors
from inspections.documents import enterprise_file_context
from inspections.models import Dossier
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.pdf import render_pdf


def _enterprise(pk: int) -> Enterprise:
    return get_object_or_404(Enterprise.objects.select_related("field", "township"), pk=pk)


@desk_page(*policies.READERS)
def enterprise_file(request, pk):
    """Facts, checks, findings and volumes, as far as the person may know of them."""
    enterprise = _enterprise(pk)
    checks = selectors.checks_of(enterprise, user=request.user)
    context = {
        "enterprise": enterprise,
        "checks": checks,
        "findings": selectors.former_findings(enterprise, user=request.user),
        "volumes": _volumes(enterprise, user=request.user),
    }
    return render(request, "inspections/enterprise_file.html", context)


def _volumes(enterprise: Enterprise, *, user: User) -> QuerySet[Dossier]:
    rows = selectors.dossiers_visible_to(user).filter(task__enterprise=enterprise)
    return rows.order_by("-task__closed_on", "-id")


@desk_page(*policies.READERS)
def enterprise_file_pdf(request, pk):
    """The same on paper."""
    enterprise = _enterprise(pk)
    context = enterprise_file_context(
        enterprise,
        checks=selectors.checks_of(enterprise, user=request.user),
        findings=selectors.former_findings(enterprise, user=request.user),
        volumes=_volumes(enterprise, user=request.user),
        on=timezone.localdate(),
    )
    rendered = render_pdf("documents/enterprise_file.html", context)
    return HttpResponse(
        rendered.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{enterprise.credit_code}.pdf"'},
    )
