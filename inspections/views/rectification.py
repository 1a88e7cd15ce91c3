"""What the enterprise reported on its orders, for those who come to look again."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render

from inspections import policies
from inspections.models import OrderPoint, RectificationPhoto
from inspections.policies.dossiers import check_may_open
from inspections.services.evidence import THUMBNAIL_EDGE
from inspections.services.rectification import report_view
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page


@desk_page(*policies.READERS)
def task_rectification(request, pk):
    """Point by point: the limit, and every report with its photos."""
    task = visible_task(request, pk)
    points = OrderPoint.objects.filter(order__task=task).select_related(
        "order__document", "result__drawn_item__item", "outcome"
    )
    points = points.prefetch_related("reports__photos").order_by("order__position", "result__drawn_item__item__code")
    return render(request, "inspections/rectification.html", {"task": task, "points": points})


@desk_page(*policies.READERS)
def rectification_photo(request, pk):
    """A small copy without EXIF, for those who may see the check."""
    rows = RectificationPhoto.objects.select_related("report__order_point__order__task__drawn__draw")
    photo = get_object_or_404(rows, pk=pk)
    if not policies.may_see_task(request.user, photo.report.order_point.order.task):
        raise Http404
    check_may_open(request.user, photo.report.order_point.order.task)
    response = FileResponse(report_view(photo, edge=THUMBNAIL_EDGE * 3).open("rb"), content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
