"""Finding what a page is about; what a person may not see is not found."""

from __future__ import annotations

from django.http import Http404

from inspections.models import Dossier, Task
from inspections.selectors import dossiers_visible_to, task_for


def visible_task(request, pk) -> Task:
    """The task, or 404: its existence is not told either."""
    try:
        return task_for(request.user, pk)
    except Task.DoesNotExist:
        raise Http404 from None


def visible_dossier(request, pk) -> Dossier:
    """The volume with its task, or 404."""
    try:
        dossier = dossiers_visible_to(request.user).get(pk=pk)
    except Dossier.DoesNotExist:
        raise Http404 from None
    dossier.task = task_for(request.user, dossier.task_id)
    return dossier
