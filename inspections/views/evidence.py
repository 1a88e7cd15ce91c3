"""Photos: the list, the original bytes, the small copy. Only people who may see the check get any."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from inspections import policies
from inspections.models import Evidence
from inspections.selectors import evidence_of
from inspections.services.evidence import THUMBNAIL_EDGE, original_path, view_path
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page


@desk_page(*policies.READERS)
def task_evidence(request, pk):
    """All photos of a check with their hashes."""
    task = visible_task(request, pk)
    return render(request, "inspections/evidence.html", {"task": task, "photos": evidence_of(task)})


def _evidence(request, pk) -> Evidence:
    rows = Evidence.objects.select_related("task__drawn__draw")
    evidence = rows.filter(pk=pk).first()
    if evidence is None or not policies.may_see_task(request.user, evidence.task):
        raise Http404
    return evidence


@desk_page(*policies.READERS)
@cache_control(private=True, max_age=0, no_cache=True)
def evidence_file(request, pk):
    """The original, as it came: saved, not shown, under a name of ours."""
    evidence = _evidence(request, pk)
    path = original_path(evidence)
    name = f"{evidence.task.number}-{evidence.sha256[:12]}{path.suffix}"
    return _picture(path, media_type=evidence.media_type, name=name, as_attachment=True)


@desk_page(*policies.READERS)
@cache_control(private=True, max_age=86400)
def evidence_thumbnail(request, pk):
    """A small copy without EXIF, for the page."""
    evidence = _evidence(request, pk)
    path = view_path(evidence, edge=THUMBNAIL_EDGE)
    return _picture(path, media_type="image/jpeg", name=f"{evidence.sha256[:12]}.jpg", as_attachment=False)


def _picture(path, *, media_type: str, name: str, as_attachment: bool) -> FileResponse:
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=media_type, as_attachment=as_attachment, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
