"""Finding what a page is about; what a person may not see is not found."""

from __future__ import annotations

from django.http import Http404

from inspections.models import Dossier, Task
from inspections.selectors import dossiers_visible_to, task_for
from inspections.services.openings import read_content
from inspections.states import DossierState


def summarised_task(request, pk) -> Task:
    """The task for a page that shows no more than state, numbers and result; or 404: its existence is not told."""
    try:
        return task_for(request.user, pk)
    except Task.DoesNotExist:
        raise Http404 from None


def visible_task(request, pk) -> Task:
    """The task with all that is in it. Of a filed one only under the head's approval, and the reading is noted."""
    task = summarised_task(request, pk)
    if is_filed(task):
        read_content(task, by=request.user)
    return task


def is_filed(task: Task) -> bool:
    """Whether the volume of the check is locked."""
    dossier = getattr(task, "dossier", None)
    return dossier is not None and dossier.state == DossierState.LOCKED


def visible_dossier(request, pk) -> Dossier:
    """The volume with its task, or 404."""
    try:
        dossier = dossiers_visible_to(request.user).get(pk=pk)
    except Dossier.DoesNotExist:
        raise Http404 from None
    dossier.task = task_for(request.user, dossier.task_id)
    return dossier
