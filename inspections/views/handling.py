"""现场处理措施决定书 on the screen: drafted by the officers on site, approved or refused, or decided by an approver."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from draws.policies import allows, refusal_of
from inspections import services
from inspections.forms import HandlingDraftForm, HandlingForm, ReturnForm
from inspections.models import HandlingDraft, Task
from inspections.policies.site import (
    check_handling_in_time,
    check_may_draft_handling,
    check_may_handle,
    check_may_settle_handling,
)
from inspections.selectors import own_findings
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

USUAL_BASIS = "《中华人民共和国安全生产法》第六十五条第一款第三项"


@desk_page(Role.APPROVER, Role.HEAD, Role.INSPECTOR)
def task_handling(request, pk):
    """What waits for approval; below it the form: of the officers a draft, of an approver the decision itself."""
    task = visible_task(request, pk)
    may_decide = allows(check_may_handle, request.user, task)
    may_draft = allows(check_may_draft_handling, request.user, task)
    failed = own_findings(task)
    form = None
    if may_decide or may_draft:
        kind = HandlingForm if may_decide else HandlingDraftForm
        form = kind(request.POST or None, failed=failed, initial={"basis": USUAL_BASIS})
    if request.method == "POST" and form and form.is_valid() and _saved(request, task, form, may_decide=may_decide):
        return redirect("task_detail", pk=task.pk)
    context = {
        "task": task,
        "form": form,
        "failed": failed,
        "may_decide": may_decide,
        "drafts": [_shown(draft, user=request.user, task=task) for draft in _drafts(task)],
        "return_form": ReturnForm(),
    }
    return render(request, "inspections/handling.html", context)


def _saved(request, task: Task, form: HandlingForm, *, may_decide: bool) -> bool:
    said = {**form.cleaned_data, "results": list(form.cleaned_data["results"])}
    try:
        if may_decide:
            decision = services.decide_handling(task, by=request.user, **said)
            messages.success(request, f"现场处理措施决定书已签发，文号 {decision.document.number}。")
        else:
            draft = services.draft_handling(task, by=request.user, **said)
            urgent = "措施当场实施，请立即告知企业；已提醒负责人在二十四小时内审批。" if draft.is_urgent else ""
            messages.success(request, f"现场处理措施已拟定，等待审批。{urgent}")
    except Refusal as refusal:
        form.add_refusal(refusal)
        return False
    return True


def _drafts(task: Task):
    rows = task.handling_drafts.select_related("drafted_by", "settled_by", "decision__document")
    return rows.prefetch_related("results__drawn_item__item").order_by("drafted_at", "id")


def _shown(draft: HandlingDraft, *, user, task: Task) -> dict:
    draft.task = task
    may_settle = allows(check_may_settle_handling, user, draft)
    return {"draft": draft, "may_settle": may_settle, "why_not": refusal_of(check_handling_in_time, draft)}


def _draft(request, pk, draft_pk) -> HandlingDraft:
    task = visible_task(request, pk)
    return get_object_or_404(HandlingDraft, task=task, pk=draft_pk)


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def handling_approve(request, pk, draft_pk):
    """Issue what the officers drafted."""
    decision = services.approve_handling(_draft(request, pk, draft_pk), by=request.user)
    messages.success(request, f"现场处理措施决定书已签发，文号 {decision.document.number}。")
    return redirect("task_detail", pk=pk)


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def handling_refuse(request, pk, draft_pk):
    """Not approved; what was carried out is lifted."""
    services.refuse_handling(
        _draft(request, pk, draft_pk), by=request.user, reason=request.POST.get("reason", "")[:300]
    )
    messages.success(request, "没有批准，执法人员会收到提醒；已当场实施的立即解除。")
    return redirect("task_handling", pk=pk)
