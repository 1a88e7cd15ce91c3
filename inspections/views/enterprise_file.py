"""一企一档: everything about one enterprise on one page, and as PDF."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from enterprises.models import Enterprise
from enterprises.selectors import enterprises, file_facts, history_of
from enterprises.views.tabs import tabs_of
from inspections import policies, selectors
from inspections.documents import enterprise_file_context
from inspections.models import Case, Dossier
from inspections.selectors.cases import cases_visible_to
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import User
from shuangsuiji.documents.pdf import render_pdf

CHANGES_SHOWN = 30


def _enterprise(pk: int) -> Enterprise:
    return get_object_or_404(enterprises(), pk=pk)


@desk_page(*policies.READERS)
def enterprise_file(request, pk):
    """All that the register and the visits hold of one enterprise, as far as the person may know of it."""
    enterprise = _enterprise(pk)
    changes = history_of(enterprise)
    context = {
        "enterprise": enterprise,
        "tabs": tabs_of(enterprise, current="file", user=request.user),
        "today": timezone.localdate(),
        "facts": file_facts(enterprise),
        "changes": changes[:CHANGES_SHOWN],
        "change_count": len(changes),
        **_visits(enterprise, user=request.user),
    }
    return render(request, "inspections/enterprise_file.html", context)


def _visits(enterprise: Enterprise, *, user: User) -> dict[str, Any]:
    return {
        "checks": selectors.checks_of(enterprise, user=user),
        "findings": selectors.former_findings(enterprise, user=user),
        "volumes": _volumes(enterprise, user=user),
        "cases": _cases(enterprise, user=user),
    }


def _cases(enterprise: Enterprise, *, user: User) -> QuerySet[Case]:
    return cases_visible_to(user).filter(task__enterprise=enterprise).order_by("-proposed_at", "number")


def _volumes(enterprise: Enterprise, *, user: User) -> QuerySet[Dossier]:
    rows = selectors.dossiers_visible_to(user).filter(task__enterprise=enterprise)
    return rows.order_by("-task__closed_on", "-id")


@desk_page(*policies.READERS)
def enterprise_file_pdf(request, pk):
    """The same on paper."""
    enterprise = _enterprise(pk)
    context = enterprise_file_context(
        enterprise,
        facts=file_facts(enterprise),
        changes=history_of(enterprise)[:CHANGES_SHOWN],
        on=timezone.localdate(),
        **_visits(enterprise, user=request.user),
    )
    rendered = render_pdf("documents/enterprise_file.html", context)
    return HttpResponse(
        rendered.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{enterprise.credit_code}.pdf"'},
    )
