"""扫码入企: the code on the officer's phone, and the page behind it for the enterprise."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inspections import services
from inspections.models import SiteCode, Task
from inspections.policies.site import check_may_show_code
from inspections.selectors import people_of_drawn
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page, token_page
from shuangsuiji.accounts.models import Role


@desk_page(Role.INSPECTOR)
def task_site_code(request, pk):
    """The code to be held out; shown by a press, so that looking alone makes none."""
    task = visible_task(request, pk)
    check_may_show_code(request.user, task, today=timezone.localdate())
    if request.method == "POST":
        services.show_code(task, by=request.user)
        return redirect("task_site_code", pk=task.pk)
    code = task.site_codes.filter(revoked_at=None, expires_at__gt=timezone.now()).order_by("-made_at").first()
    context: dict[str, Any] = {"task": task, "code": code, "officers": officers(task)}
    if code:
        link = services.code_link(code)
        context |= {"link": link, "qr_url": segno.make(link, error="m").svg_data_uri(scale=10, border=4)}
    return render(request, "inspections/site_code.html", context)


@desk_page(Role.INSPECTOR)
@require_POST
def task_site_code_revoke(request, pk):
    """Stop the code at once."""
    task = visible_task(request, pk)
    services.revoke_code(task, by=request.user)
    messages.success(request, "入企码已停用。需要时可以重新出示一个新的。")
    return redirect("task_site_code", pk=task.pk)


@token_page
def site_visit(request, token):
    """Who came, with which certificate, for which task; nothing more, and only while the code runs."""
    known = SiteCode.objects.filter(token=token).exists()
    if not known:
        raise Http404
    code = services.scanned(token)
    if code is None:
        return _private(render(request, "inspections/site_visit_ended.html", status=410))
    tasks = Task.objects.select_related("enterprise", "drawn__draw", "approval__document", "record")
    task = tasks.prefetch_related(*people_of_drawn()).get(pk=code.task_id)
    context = {
        "task": task,
        "code": code,
        "officers": officers(task),
        "experts": [seat.expert for seat in task.drawn.seats.all() if seat.expert],
        "items": [drawn.item for drawn in task.drawn.items.all()],
        "phone": settings.BUREAU_PHONE,
        "today": timezone.localdate(),
    }
    return _private(render(request, "inspections/site_visit.html", context))


def officers(task: Task) -> list:
    """The officers in seat order."""
    return [seat.inspector for seat in task.drawn.seats.all() if seat.inspector]


def _private(response):
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
