"""现场检查方案 on the screen."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from draws.policies import allows, refusal_of
from inspections import policies, services
from inspections.documents import SCHEME, scheme_context
from inspections.forms import OpinionForm, ReviewOpinionForm, SchemeForm
from inspections.models import Scheme, Task
from inspections.selectors import experts_of, officers_of
from inspections.selectors.marks import scheme_mark
from inspections.services.schemes import proposed_scheme
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.services import render_draft
from shuangsuiji.lib.errors import Refusal


@desk_page(*policies.READERS)
def task_scheme(request, pk):
    """The scheme: a form for those who may write it, else as it stands; the approver's buttons below."""
    task = visible_task(request, pk)
    form = _form(request, task)
    if request.method == "POST":
        policies.check_may_draft_scheme(request.user, task)
        if form.is_valid() and _saved(request, task, form):
            return redirect("task_scheme", pk=task.pk)
    context = {
        "task": task,
        "scheme": getattr(task, "scheme", None),
        "seen": scheme_mark(task.scheme) if hasattr(task, "scheme") else "",
        "form": form,
        "opinion_form": OpinionForm(),
        "officers": officers_of(task),
        "experts": experts_of(task),
        "items": [drawn.item for drawn in task.drawn.items.prefetch_related("item__sub_items").order_by("item__code")],
        "may_edit": allows(policies.check_may_draft_scheme, request.user, task),
        "may_approve": allows(policies.check_may_approve_scheme, request.user, task),
        "may_return": allows(policies.check_may_return_scheme, request.user, task),
        "may_review": allows(policies.check_may_review_scheme, request.user, task),
        "review_form": ReviewOpinionForm(),
        "why_not": refusal_of(policies.check_may_approve_scheme, request.user, task),
    }
    return render(request, "inspections/scheme.html", context)


def _form(request, task: Task) -> SchemeForm:
    scheme = getattr(task, "scheme", None)
    if scheme:
        return SchemeForm(request.POST or None, instance=scheme)
    return SchemeForm(request.POST or None, initial=proposed_scheme(task))


def _saved(request, task: Task, form: SchemeForm) -> bool:
    try:
        services.draft_scheme(task, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_refusal(refusal)
        return False
    messages.success(request, "方案已保存，已提请审核和批准。")
    return True


@desk_page(*policies.READERS)
def task_scheme_draft(request, pk):
    """The scheme as it would print, marked as a draft."""
    task = visible_task(request, pk)
    scheme = Scheme.objects.filter(task=task).first()
    if scheme is None:
        raise Http404
    rendered = render_draft(SCHEME.code, context=scheme_context(scheme))
    return HttpResponse(
        rendered.content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{task.number}-draft.pdf"'},
    )


@desk_page(Role.APPROVER)
@require_POST
def task_scheme_approve(request, pk):
    """Approve and issue."""
    task = visible_task(request, pk)
    form = OpinionForm(request.POST)
    opinion = form.cleaned_data["opinion"] if form.is_valid() else "同意"
    scheme = services.approve_scheme(task, by=request.user, opinion=opinion, seen=request.POST.get("seen"))
    messages.success(request, f"方案已批准，文号 {scheme.document.number}。到检查日即可开始检查。")
    return redirect("task_detail", pk=task.pk)


@desk_page(Role.INSPECTOR, Role.CLERK, Role.APPROVER)
@require_POST
def task_scheme_review(request, pk):
    """审核: the other officer or the office looks through it before it is approved."""
    task = visible_task(request, pk)
    form = ReviewOpinionForm(request.POST)
    opinion = form.cleaned_data["review_opinion"] if form.is_valid() else "同意"
    services.review_scheme(task, by=request.user, opinion=opinion, seen=request.POST.get("seen"))
    messages.success(request, "方案已审核，等待批准。")
    return redirect("task_scheme", pk=task.pk)


@desk_page(Role.APPROVER)
@require_POST
def task_check_approve(request, pk):
    """Approve a check by itself: before its scheme, or afterwards when it was begun at once."""
    task = visible_task(request, pk)
    approval = services.approve_check(task, by=request.user, opinion=request.POST.get("opinion", "")[:300])
    messages.success(request, f"行政检查已批准，文号 {approval.document.number}。")
    return redirect("task_detail", pk=task.pk)


@desk_page(Role.APPROVER)
@require_POST
def task_scheme_return(request, pk):
    """Give the scheme back."""
    task = visible_task(request, pk)
    services.return_scheme(task, by=request.user, opinion=request.POST.get("opinion", ""))
    messages.success(request, "方案已退回，编制人会收到提醒。")
    return redirect("task_scheme", pk=task.pk)
