"""Many volumes at once: choosing them, and how far the workers are."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render

from inspections import selectors
from inspections.models import Dossier, DossierBatch
from inspections.services.batches import batch_candidates, queue_batch
from inspections.states import DossierState, TaskState
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

MOST_SHOWN = 300


@desk_page(Role.CLERK)
def dossier_batch_new(request):
    """The closed checks whose volumes can be assembled, to be ticked; the others with what they lack."""
    rows = selectors.dossiers_visible_to(request.user).filter(
        task__state=TaskState.CLOSED, state__in=(DossierState.OPEN, DossierState.RENDERED)
    )
    rows = rows.order_by("task__closed_on", "id")[:MOST_SHOWN]
    if request.method == "POST":
        return _queue(request)
    ready, held = batch_candidates(rows, by=request.user)
    return render(request, "inspections/batch_new.html", {"ready": ready, "held": held})


def _queue(request):
    wanted = [key for key in request.POST.getlist("dossier") if key.isdecimal()]
    rows = selectors.dossiers_visible_to(request.user).filter(pk__in=wanted)
    try:
        batch = queue_batch(list(rows), by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("dossier_batch_new")
    messages.success(request, f"已提交 {batch.count} 卷，后台正在生成。")
    return redirect("dossier_batch", pk=batch.pk)


@desk_page(Role.CLERK)
def dossier_batch(request, pk):
    """How many of the batch are done; the page asks again by itself while some are not."""
    batch = get_object_or_404(DossierBatch.objects.select_related("asked_by"), pk=pk)
    mine = selectors.dossiers_visible_to(request.user).filter(batch=batch)
    counts = dict(Dossier.objects.filter(batch=batch).order_by().values_list("state").annotate(Count("pk")))
    waiting = counts.get(DossierState.QUEUED, 0)
    context = {
        "batch": batch,
        "done": counts.get(DossierState.RENDERED, 0) + counts.get(DossierState.LOCKED, 0),
        "failed": counts.get(DossierState.OPEN, 0),
        "waiting": waiting,
        "total": sum(counts.values()),
        "dossiers": mine.order_by("state", "task__number")[:MOST_SHOWN],
    }
    name = "inspections/batch_progress.html" if request.htmx else "inspections/batch.html"
    return render(request, name, context)
