"""Photos: the list, the original bytes, the small copy. Only people who may see the check get any."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from draws.policies import allows
from inspections import policies, services
from inspections.forms import CaptionForm
from inspections.models import Evidence, Task
from inspections.policies.dossiers import check_may_open
from inspections.policies.site import check_may_set_aside
from inspections.selectors import evidence_of, set_aside_of
from inspections.services.evidence import THUMBNAIL_EDGE, original_path, view_path
from inspections.services.openings import read_content
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.lib.errors import Refusal


@desk_page(*policies.READERS)
def task_evidence(request, pk):
    """All photos of a check with their hashes, and apart what was taken in error."""
    task = visible_task(request, pk)
    photos = [_shown(photo, user=request.user, task=task) for photo in evidence_of(task)]
    return render(request, "inspections/evidence.html", {"task": task, "photos": photos, "aside": set_aside_of(task)})


def _shown(photo: Evidence, *, user: User, task: Task) -> dict:
    photo.task = task
    return {"photo": photo, "may_set_aside": allows(check_may_set_aside, user, photo)}


@desk_page(Role.INSPECTOR)
@require_POST
def evidence_set_aside(request, pk):
    """Taken in error: kept, but no evidence."""
    evidence = _evidence(request, pk)
    services.set_evidence_aside(evidence, by=request.user, reason=request.POST.get("reason", "")[:200])
    messages.success(request, "已说明不作为证据，原件留存，理由写入检查记录。")
    return redirect("task_evidence", pk=evidence.task_id)


def _evidence(request, pk) -> Evidence:
    rows = Evidence.objects.select_related("task__drawn__draw")
    evidence = rows.filter(pk=pk).first()
    if evidence is None or not policies.may_see_task(request.user, evidence.task):
        raise Http404
    check_may_open(request.user, evidence.task)
    return evidence


@desk_page(*policies.READERS)
@cache_control(private=True, max_age=0, no_cache=True)
def evidence_file(request, pk):
    """The original, as it came: saved, not shown, under a name of ours."""
    evidence = _evidence(request, pk)
    read_content(evidence.task, by=request.user, what=f"{evidence.medium} {evidence.sha256[:12]}")
    path = original_path(evidence)
    name = f"{evidence.task.number}-{evidence.sha256[:12]}{path.suffix}"
    return _picture(path, media_type=evidence.media_type, name=name, as_attachment=True)


@desk_page(*policies.READERS)
@cache_control(private=True, max_age=86400)
def evidence_thumbnail(request, pk):
    """A small copy without EXIF, for the page."""
    evidence = _evidence(request, pk)
    if not evidence.is_picture:
        raise Http404
    path = view_path(evidence, edge=THUMBNAIL_EDGE)
    return _picture(path, media_type="image/jpeg", name=f"{evidence.sha256[:12]}.jpg", as_attachment=False)


@desk_page(Role.INSPECTOR)
@require_POST
def evidence_caption(request, pk):
    """The words under one photo, by themselves. Answers in JSON."""
    evidence = _evidence(request, pk)
    form = CaptionForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"refusal": form.errors["caption"][0]}, status=400)
    try:
        row = services.caption_evidence(evidence, by=request.user, caption=form.cleaned_data["caption"])
    except Refusal as refusal:
        return JsonResponse({"refusal": refusal.sentence}, status=refusal.status)
    return JsonResponse({"caption": row.caption})


def _picture(path, *, media_type: str, name: str, as_attachment: bool) -> FileResponse:
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=media_type, as_attachment=as_attachment, filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
