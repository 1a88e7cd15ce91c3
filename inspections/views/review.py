"""Looking through a submitted record and approving it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from draws.policies import refusal_of
from inspections import policies, services
from inspections.forms import ReturnForm, ReviewForm
from inspections.models import SiteRecord, Task
from inspections.selectors import failed_results
from inspections.selectors.marks import submission_mark
from inspections.states import TaskState
from inspections.views.loading import visible_task
from inspections.views.record_read import record_read
from shuangsuiji.accounts.access import desk_page


def _record(request, pk) -> tuple[Task, SiteRecord]:
    task = visible_task(request, pk)
    record = getattr(task, "record", None)
    if record is None:
        raise Http404
    record.task = task
    return task, record


@desk_page(*policies.READERS)
def task_review(request, pk):
    """The record as it was submitted; approving issues it, and the order where something failed."""
    task, record = _record(request, pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        measures, seen = form.cleaned_data["measures"], request.POST.get("seen")
        services.approve_record(record, by=request.user, measures=measures, seen=seen)
        _tell(request, Task.objects.get(pk=task.pk))
        return redirect("task_detail", pk=task.pk)
    refusal = refusal_of(policies.check_may_review, request.user, record)
    context = {
        **record_read(record),
        "failed": failed_results(record),
        "seen": submission_mark(record),
        "form": form,
        "return_form": ReturnForm(),
        "may_review": not refusal,
        "why_not": refusal,
    }
    return render(request, "inspections/review.html", context)


def _tell(request, task: Task) -> None:
    if task.state == TaskState.ORDERED:
        messages.success(request, "记录已审核，责令限期整改指令书已签发。整改到期后请登记复查。")
    else:
        messages.success(request, "记录已审核，检查已办结，可以组卷。")


@desk_page(*policies.READERS)
@require_POST
def task_review_return(request, pk):
    """Give the record back to the officers."""
    task, record = _record(request, pk)
    services.return_record(record, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, "记录已退回，执法人员会收到提醒。")
    return redirect("task_detail", pk=task.pk)
