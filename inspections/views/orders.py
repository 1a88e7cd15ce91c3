"""Registering a re-inspection."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from inspections import policies, services
from inspections.forms import PointForm, ReinspectionForm
from inspections.models import Order, Task
from inspections.selectors import open_order
from inspections.states import TaskState
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal


@desk_page(Role.CLERK, Role.INSPECTOR)
def task_reinspection(request, pk):
    """Point by point: put right or not, with a new limit where not."""
    task = visible_task(request, pk)
    order = open_order(task)
    if order is None:
        raise Http404
    policies.check_may_reinspect(request.user, order)
    form = ReinspectionForm(request.POST or None, initial={"reinspected_on": timezone.localdate()})
    points = [PointForm.of(point, request.POST or None) for point in _points(order)]
    if request.method == "POST" and all([form.is_valid(), *(point.is_valid() for point in points)]):
        try:
            services.reinspect(
                order,
                by=request.user,
                outcomes={point.point.pk: point.answer for point in points},
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            _tell(request, Task.objects.get(pk=task.pk))
            return redirect("task_detail", pk=task.pk)
    return render(
        request, "inspections/reinspection.html", {"task": task, "order": order, "form": form, "points": points}
    )


def _points(order: Order):
    return order.points.select_related("result__drawn_item__item").order_by("result__drawn_item__item__code")


def _tell(request, task: Task) -> None:
    if task.state == TaskState.CLOSED:
        messages.success(request, "复查意见书已签发，全部整改到位，检查已办结，可以组卷。")
    else:
        messages.warning(request, "复查意见书已签发；没有整改到位的，已按新期限再次下达指令书。")
