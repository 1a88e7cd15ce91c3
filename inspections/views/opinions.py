"""Experts' written opinions and their evaluation after the visit."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inspections import policies, services
from inspections.forms import EvaluationForm, ExpertOpinionForm
from inspections.models import Task
from inspections.policies.site import check_may_give_opinion
from inspections.views.loading import visible_task
from inspectors.models import Expert, ExpertEvaluation
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal


def _experts(task: Task) -> list[Expert]:
    return [seat.expert for seat in task.drawn.seats.all() if seat.expert]


@desk_page(Role.CLERK, Role.INSPECTOR)
def task_opinions(request, pk):
    """What the experts of this check wrote, a form for more, an evaluation for each."""
    task = visible_task(request, pk)
    check_may_give_opinion(request.user, task)
    experts = _experts(task)
    form = ExpertOpinionForm(request.POST or None, experts=experts, initial={"given_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _given(request, task, form, experts):
        return redirect("task_opinions", pk=task.pk)
    given = {one.expert_id: one for one in ExpertEvaluation.objects.filter(expert__in=experts, task_key=task.number)}
    context = {
        "task": task,
        "form": form,
        "opinions": task.expert_opinions.select_related("expert", "recorded_by").order_by("given_on", "id"),
        "experts": [(one, given.get(one.pk), _evaluation_form(one, given.get(one.pk))) for one in experts],
    }
    return render(request, "inspections/opinions.html", context)


def _evaluation_form(expert: Expert, given: ExpertEvaluation | None) -> EvaluationForm:
    initial = {"score": given.score, "comment": given.comment} if given else None
    return EvaluationForm(initial=initial, auto_id=f"expert-{expert.pk}-%s")


def _given(request, task: Task, form: ExpertOpinionForm, experts: list[Expert]) -> bool:
    said = dict(form.cleaned_data)
    chosen = said.pop("expert")
    expert = next(one for one in experts if str(one.pk) == chosen)
    try:
        services.give_opinion(task, by=request.user, expert=expert, **said)
    except Refusal as refusal:
        form.add_refusal(refusal)
        return False
    messages.success(request, "专家意见已登记，会写入现场检查记录。")
    return True


@desk_page(*policies.READERS)
@require_POST
def expert_evaluate(request, pk, expert_pk):
    """One evaluation."""
    task = visible_task(request, pk)
    expert = next((one for one in _experts(task) if one.pk == expert_pk), None)
    if expert is None:
        raise Http404
    form = EvaluationForm(request.POST)
    if not form.is_valid():
        raise Refusal("请选择 1 至 5 的评分。")
    services.evaluate_expert(task, by=request.user, expert=expert, **form.cleaned_data)
    messages.success(request, f"已评价{expert.name}。")
    return redirect("task_opinions", pk=task.pk)
