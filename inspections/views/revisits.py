"""整改复查: written on a phone like the record of a check, signed, submitted; looked through and issued by others."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from draws.policies import refusal_of
from inspections import policies, services
from inspections.forms import ReturnForm, RevisitHeadForm, RevisitPointForm, SignatureForm
from inspections.models import Revisit, Task
from inspections.policies.revisits import orders_again
from inspections.selectors import evidence_of, lead_name, open_order, revisit_points
from inspections.selectors.marks import submission_mark
from inspections.services.signing import outdated_names
from inspections.states import TaskState
from inspections.views.loading import visible_task
from inspections.views.record_page import HEAD_PREFIX
from inspections.views.revisit_page import RevisitPage
from inspections.views.signing import signers_of
from inspections.views.site import saved_part
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal


@desk_page(Role.INSPECTOR)
def task_reinspection(request, pk):
    """The record of a re-inspection, card by card; begun by a press, so that looking alone makes none."""
    task = visible_task(request, pk)
    order = open_order(task)
    if order is None:
        return _nothing_waits(request, task)
    order.task = task
    policies.check_may_reinspect(request.user, order)
    if not hasattr(order, "revisit"):
        return render(request, "inspections/revisit_begin.html", {"task": task, "order": order})
    page = RevisitPage.of(_with_task(order.revisit, task, order))
    if request.method == "POST":
        page.save(request.POST, request.FILES, by=request.user)
        if page.is_clean:
            messages.success(request, "已保存。" if page.saved_count else "没有改动，不用保存。")
            return redirect("revisit_submit" if "finish" in request.POST else "task_reinspection", pk=task.pk)
        page = page.with_what_stands()
    context = {
        "page": page,
        "task": task,
        "revisit": page.revisit,
        "order": order,
        "lead": lead_name(task),
        "officers": _officers(task),
        "signed": page.revisit.signatures.exists(),
    }
    return render(request, "inspections/revisit.html", context)


@desk_page(Role.INSPECTOR)
@require_POST
def revisit_begin(request, pk):
    """Begin it; begun already, the same goes on."""
    task = visible_task(request, pk)
    order = open_order(task)
    if order is None:
        raise Http404
    services.open_revisit(order, by=request.user)
    return redirect("task_reinspection", pk=task.pk)


@desk_page(Role.INSPECTOR)
@require_POST
def revisit_head_save(request, pk):
    """One save of the head by itself; answers in JSON."""
    revisit = _open_revisit(request, pk)
    form = RevisitHeadForm(request.POST, instance=revisit, prefix=HEAD_PREFIX)
    return saved_part(form, lambda values: services.save_revisit(revisit, by=request.user, **values), sheet=revisit)


@desk_page(Role.INSPECTOR)
@require_POST
def revisit_point_save(request, pk, point_pk):
    """One save of one card by itself; answers in JSON."""
    revisit = _open_revisit(request, pk)
    point = get_object_or_404(revisit_points(revisit), pk=point_pk)
    form = RevisitPointForm.of(point, request.POST)
    return saved_part(form, lambda values: services.save_revisit_point(point, by=request.user, **values), sheet=revisit)


@desk_page(Role.INSPECTOR)
def revisit_submit(request, pk):
    """Look through everything, sign or note the refusal, submit."""
    revisit = _open_revisit(request, pk)
    policies.check_may_reinspect(request.user, revisit.order)
    read = _read(revisit)
    is_signed = any(one.signature and one.inspector is None for one in read["signers"])
    form = SignatureForm(request.POST or None, initial={"signature": "signed"} if is_signed else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.submit_revisit(revisit, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "复查记录已提交，等待审核。")
            return redirect("task_detail", pk=revisit.task.pk)
    context = {**read, "missing": services.missing_in_revisit(revisit), "form": form}
    return render(request, "inspections/revisit_submit.html", context)


@desk_page(*policies.READERS)
def revisit_review(request, pk):
    """The re-inspection as it was submitted; approving issues the opinion, and the second order where one follows."""
    task = visible_task(request, pk)
    if request.method == "GET" and not Revisit.objects.filter(order=open_order(task)).exists():
        return _nothing_waits(request, task)
    revisit = _open_revisit(request, pk)
    if request.method == "POST":
        services.approve_revisit(revisit, by=request.user, seen=request.POST.get("seen"))
        _tell(request, Task.objects.get(pk=revisit.task.pk))
        return redirect("task_detail", pk=revisit.task.pk)
    refusal = refusal_of(policies.check_may_approve_revisit, request.user, revisit)
    context = {
        **_read(revisit),
        "orders_again": orders_again(revisit),
        "seen": submission_mark(revisit),
        "return_form": ReturnForm(),
        "may_approve": not refusal,
        "why_not": refusal,
    }
    return render(request, "inspections/revisit_review.html", context)


@desk_page(*policies.READERS)
@require_POST
def revisit_return(request, pk):
    """Give it back to the officers."""
    revisit = _open_revisit(request, pk)
    services.return_revisit(revisit, by=request.user, reason=request.POST.get("reason", "")[:300])
    messages.success(request, "复查记录已退回，执法人员会收到提醒。")
    return redirect("task_detail", pk=revisit.task.pk)


def _read(revisit: Revisit) -> dict:
    """What the page shows of a re-inspection before it is signed, and before it is approved."""
    return {
        "task": revisit.task,
        "revisit": revisit,
        "record": revisit,
        "order": revisit.order,
        "officers": _officers(revisit.task),
        "points": revisit_points(revisit),
        "photos": evidence_of(revisit.task).filter(revisit=revisit),
        "signers": signers_of(revisit),
        "unsigned": outdated_names(revisit),
    }


def _nothing_waits(request, task: Task) -> HttpResponse:
    """A message's link outlives what it was about: back to the task, which tells how it stands."""
    messages.info(request, f"任务 {task.number} 没有待办理的复查：可能已经审核，情况见本页。")
    return redirect("task_detail", pk=task.pk)


def _open_revisit(request, pk) -> Revisit:
    task = visible_task(request, pk)
    order = open_order(task)
    revisit = get_object_or_404(Revisit.objects.select_related("submitted_by", "approved_by"), order=order)
    return _with_task(revisit, task, order)


def _with_task(revisit: Revisit, task: Task, order) -> Revisit:
    revisit.order = order
    revisit.order.task = task
    return revisit


def _officers(task: Task) -> list:
    return [seat.inspector for seat in task.drawn.seats.all() if seat.inspector]


def _tell(request, task: Task) -> None:
    if task.state == TaskState.CLOSED:
        messages.success(request, "复查意见书已签发，全部整改到位，检查已办结，可以组卷。")
    else:
        messages.warning(request, "复查意见书已签发；没有整改到位的，已按新期限再次下达指令书。")
