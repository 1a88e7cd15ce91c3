"""One measurement by itself: JSON for the phone's queue, a page for everybody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from inspections import services
from inspections.forms import MeasurementForm
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

PREFIX = "measure"


@desk_page(Role.INSPECTOR)
@require_POST
def measurement_add(request, pk):
    """Keep a value; the upload key makes a repeated one the same."""
    task = visible_task(request, pk)
    form = MeasurementForm(request.POST, task=task, prefix=PREFIX)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        sentence = f"{form.fields[name].label}：{errors[0]}"
        return _answer(request, task, {"refusal": sentence, "field": name}, status=400)
    try:
        row = services.add_measurement(task, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return _answer(request, task, {"refusal": refusal.sentence, "field": refusal.field}, status=refusal.status)
    return _answer(request, task, {"text": f"{row}（{row.instrument}）"})


def _answer(request, task, body: dict, *, status: int = 200):
    if "json" in request.headers.get("Accept", ""):
        return JsonResponse(body, status=status)
    if status == 200:
        messages.success(request, f"已登记测量：{body['text']}")
    else:
        messages.error(request, f"测量没有登记。{body['refusal']}")
    return redirect("task_record", pk=task.pk)
