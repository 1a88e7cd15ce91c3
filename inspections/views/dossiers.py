"""Volumes: the list, the reading view with its checklist, asking, locking, the file."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from draws.policies import allows, refusal_of
from inspections import policies, selectors, services
from inspections.models import Dossier
from inspections.states import DossierState
from inspections.views.loading import visible_dossier
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.files import path_of

ROWS = 30


class DossierFilter(django_filters.FilterSet):
    """By state and words."""

    state = django_filters.ChoiceFilter(choices=DossierState.choices, label="状态", empty_label="全部")
    words = django_filters.CharFilter(method="find", label="企业、任务号或归档号")

    class Meta:
        model = Dossier
        fields = ["state"]

    def find(self, rows, name, words):
        """Part of the enterprise's name, of the task's number or of the archive number."""
        return rows.filter(
            Q(task__enterprise__name__icontains=words)
            | Q(task__number__icontains=words)
            | Q(archive_number__icontains=words)
        )


@desk_page(*policies.READERS)
def dossier_list(request):
    """Volumes of closed checks."""
    found = DossierFilter(request.GET, selectors.dossiers_visible_to(request.user).order_by("-task__closed_on", "-id"))
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    return render(request, "inspections/dossier_list.html", {"filter": found, "page_obj": page})


@desk_page(*policies.READERS)
def dossier_detail(request, pk):
    """What is in the volume, what is missing, its catalogue, its file."""
    dossier = visible_dossier(request, pk)
    context = {
        "dossier": dossier,
        "task": dossier.task,
        "pieces": selectors.pieces_of(dossier.task),
        "papers": selectors.documents_of(dossier.task),
        "photo_count": dossier.task.evidence.count(),
        "may_queue": allows(policies.check_may_queue, request.user, dossier),
        "queue_refusal": refusal_of(policies.check_may_queue, request.user, dossier),
        "may_lock": allows(policies.check_may_lock, request.user, dossier),
        "lock_refusal": refusal_of(policies.check_may_lock, request.user, dossier),
    }
    return render(request, "inspections/dossier_detail.html", context)


@desk_page(Role.CLERK, Role.INSPECTOR)
@require_POST
def dossier_queue(request, pk):
    """Have the volume assembled."""
    dossier = services.queue_dossier(visible_dossier(request, pk), by=request.user)
    messages.success(request, "已提交组卷，通常几秒钟后生成；刷新本页查看。")
    return redirect("dossier_detail", pk=dossier.pk)


@desk_page(Role.CLERK)
@require_POST
def dossier_lock(request, pk):
    """File the volume."""
    dossier = services.lock_dossier(visible_dossier(request, pk), by=request.user)
    messages.success(request, f"案卷已归档，归档号 {dossier.archive_number}。此后不能再增减或改动。")
    return redirect("dossier_detail", pk=dossier.pk)


@desk_page(*policies.READERS)
def dossier_file(request, pk):
    """The volume's PDF; opening a filed one stands in the trail."""
    dossier = visible_dossier(request, pk)
    if not dossier.file_name:
        raise Http404
    services.note_opening(dossier, by=request.user)
    name = f"{dossier.archive_number or dossier.task.number}.pdf"
    path = path_of(dossier.file_name)
    return FileResponse(
        path.open("rb"), content_type="application/pdf", as_attachment="download" in request.GET, filename=name
    )
