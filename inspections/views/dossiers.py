"""Volumes: the list, the reading view with its checklist, asking, locking, the file."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws.policies import allows, refusal_of
from inspections import policies, selectors, services
from inspections.models import Dossier, DossierOpening, DossierReading
from inspections.policies import dossiers as rules
from inspections.services import openings
from inspections.services.bundles import write_bundle
from inspections.services.dossiers import excuse_gaps
from inspections.states import DossierState
from inspections.views.dossier_forms import OpeningDecisionForm, OpeningForm
from inspections.views.loading import visible_dossier
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.files import whole_path
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.searching import WordsFilter

ROWS = 30


class DossierFilter(django_filters.FilterSet):
    """By state and words."""

    state = django_filters.ChoiceFilter(choices=DossierState.choices, label="状态", empty_label="全部")
    words = WordsFilter("task__enterprise__name", "task__number", "archive_number", label="企业、任务号或归档号")

    class Meta:
        model = Dossier
        fields = ["state"]


@desk_page(*policies.READERS)
def dossier_list(request):
    """Volumes of closed checks."""
    found = DossierFilter(request.GET, selectors.dossiers_visible_to(request.user).order_by("-task__closed_on", "-id"))
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    return render(request, "inspections/dossier_list.html", {"filter": found, "page_obj": page})


@desk_page(*policies.READERS)
def dossier_detail(request, pk):
    """What is in the volume, what is missing, its catalogue, its file, who asked to read it."""
    dossier, now = visible_dossier(request, pk), timezone.now()
    context = {
        "dossier": dossier,
        "task": dossier.task,
        "pieces": selectors.pieces_of(dossier.task),
        "papers": selectors.documents_of(dossier.task),
        "photo_count": selectors.evidence_of(dossier.task).count(),
        "retentions": Dossier.Retention.values,
        "may_queue": allows(policies.check_may_queue, request.user, dossier),
        "queue_refusal": refusal_of(policies.check_may_queue, request.user, dossier),
        "may_lock": allows(policies.check_may_lock, request.user, dossier),
        "lock_refusal": refusal_of(policies.check_may_lock, request.user, dossier),
        "may_read": bool(dossier.file_name) and allows(rules.check_may_read, request.user, dossier, at=now),
        "may_open": not rules.is_shut(request.user, dossier, at=now),
        "may_ask": allows(rules.check_may_ask_opening, request.user, dossier, at=now),
        "gaps": [gap for gap in selectors.filing_gaps(dossier.task) if gap not in dossier.excused_gaps],
        "may_excuse": allows(rules.check_may_excuse, request.user, dossier),
        "own_opening": rules.opening_for(request.user, dossier, at=now),
        "openings": _openings(request.user, dossier),
        "readings": dossier.readings.select_related("read_by").order_by("-read_at", "-id")[:20],
        "opening_form": OpeningForm(),
        "decision_form": OpeningDecisionForm(),
    }
    return render(request, "inspections/dossier_detail.html", context)


def _openings(user, dossier: Dossier) -> list[dict]:
    rows = dossier.openings.select_related("asked_by", "decided_by").order_by("-asked_at", "-id")[:20]
    return [
        {
            "opening": one,
            "may_decide": allows(rules.check_may_decide_opening, user, one),
            "may_close": allows(rules.check_may_close_opening, user, one),
        }
        for one in rows
    ]


@desk_page(Role.CLERK, Role.INSPECTOR)
@require_POST
def dossier_queue(request, pk):
    """Have the volume assembled."""
    dossier = services.queue_dossier(visible_dossier(request, pk), by=request.user)
    messages.success(request, "已提交组卷，通常几秒钟后生成；刷新本页查看。")
    return redirect("dossier_detail", pk=dossier.pk)


@desk_page(Role.CLERK, Role.APPROVER)
@require_POST
def dossier_lock(request, pk):
    """File the volume."""
    retention = request.POST.get("retention", Dossier.Retention.YEARS_30)
    dossier = services.lock_dossier(visible_dossier(request, pk), by=request.user, retention=retention)
    messages.success(request, f"案卷已归档，归档号 {dossier.archive_number}。此后不能再增减或改动。")
    return redirect("dossier_detail", pk=dossier.pk)


@desk_page(Role.HEAD)
@require_POST
def dossier_excuse(request, pk):
    """Let a volume be filed without what cannot come any more, with the reason."""
    dossier = excuse_gaps(visible_dossier(request, pk), by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, "已准予缺项归档，缺项和原因印在备考表上。")
    return redirect("dossier_detail", pk=dossier.pk)


@desk_page(*policies.READERS)
def dossier_file(request, pk):
    """The volume's PDF; a filed one under the head's approval, and every opening stands in the trail."""
    dossier = visible_dossier(request, pk)
    if not dossier.file_name:
        raise Http404
    openings.read_dossier(dossier, by=request.user, file=DossierReading.File.VOLUME)
    path = whole_path(dossier.file_name, sha256=dossier.sha256)
    name = f"{dossier.archive_number or dossier.task.number}.pdf"
    return FileResponse(
        path.open("rb"), content_type="application/pdf", as_attachment="download" in request.GET, filename=name
    )


@desk_page(*policies.READERS)
def dossier_bundle(request, pk):
    """The volume with its originals and their hashes as a zip; read under the same rule as the volume."""
    dossier = visible_dossier(request, pk)
    if not dossier.file_name:
        raise Http404
    with ExitStack() as failing:
        out = failing.enter_context(tempfile.TemporaryFile())
        write_bundle(dossier, out)
        openings.read_dossier(dossier, by=request.user, file=DossierReading.File.BUNDLE)
        out.seek(0)
        failing.pop_all()
    name = f"{dossier.archive_number or dossier.task.number}.zip"
    return FileResponse(out, content_type="application/zip", as_attachment=True, filename=name)


@desk_page(*policies.READERS)
@require_POST
def dossier_opening_ask(request, pk):
    """Ask to read a filed volume."""
    dossier = visible_dossier(request, pk)
    openings.ask_opening(dossier, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, "查阅申请已提交，负责人批准后可以在开放时间内查阅。")
    return redirect("dossier_detail", pk=dossier.pk)


@desk_page(Role.HEAD)
@require_POST
def dossier_opening_decide(request, pk, opening):
    """Grant for some hours, or refuse."""
    dossier = visible_dossier(request, pk)
    asked = get_object_or_404(DossierOpening, pk=opening, dossier=dossier)
    form = OpeningDecisionForm(request.POST)
    if not form.is_valid():
        raise Refusal("请选择是否批准，并填写 1 至 72 小时的开放时间。")
    given = form.cleaned_data
    openings.decide_opening(
        asked, by=request.user, is_granted=given["answer"] == "granted", hours=given["hours"], opinion=given["opinion"]
    )
    messages.success(request, "查阅申请已办理，申请人会收到提醒。")
    return redirect("dossier_detail", pk=dossier.pk)


@desk_page(*policies.READERS)
@require_POST
def dossier_opening_close(request, pk, opening):
    """Close the volume again."""
    dossier = visible_dossier(request, pk)
    openings.close_opening(get_object_or_404(DossierOpening, pk=opening, dossier=dossier), by=request.user)
    messages.success(request, "案卷已合上，再次查阅须重新申请。")
    return redirect("dossier_detail", pk=dossier.pk)
