"""The board of checks and the page of one check."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone

from draws.policies import allows
from inspections import policies, selectors, services
from inspections.forms import UrgentForm, VisitDayForm
from inspections.models import CheckApproval, Task
from inspections.policies.cases import SERVED_OF_CHECK, check_may_propose_case, check_registers_deliveries
from inspections.policies.dossiers import is_shut
from inspections.policies.scans import check_may_add_scan
from inspections.selectors.before import preparations
from inspections.selectors.cases import SCANS, cases_of
from inspections.states import TaskState
from inspections.views.further import further_steps
from inspections.views.loading import summarised_task, visible_task
from inspections.views.next_step import next_step
from inspections.views.story import story_of
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import DayInput
from shuangsuiji.lib.searching import WordsFilter

ROWS = 30
TABS = (
    ("", "全部", ()),
    ("before", "检查前", (TaskState.ASSIGNED, TaskState.NOTICED, TaskState.WITHHELD, TaskState.READY)),
    ("due", "近七日", ()),
    ("noticed", "已通知", (TaskState.NOTICED, TaskState.WITHHELD)),
    ("ready", "已批准", (TaskState.READY,)),
    ("on_site", "检查中", (TaskState.ON_SITE,)),
    ("recorded", "待审核", (TaskState.RECORDED,)),
    ("ordered", "整改中", (TaskState.ORDERED, TaskState.REINSPECTED)),
    ("done", "已办结", (TaskState.CLOSED, TaskState.ARCHIVED)),
    ("late", "逾期", ()),
)


class TaskFilter(django_filters.FilterSet):
    """By state, days and words."""

    state = django_filters.ChoiceFilter(choices=TaskState.choices, label="状态", empty_label="全部")
    visits_from = django_filters.DateFilter("visit_on", "gte", label="检查日期自", widget=DayInput())
    visits_to = django_filters.DateFilter("visit_on", "lte", label="检查日期至", widget=DayInput())
    words = WordsFilter("enterprise__name", "enterprise__name_initials", "number", label="企业或任务号")

    class Meta:
        model = Task
        fields = ["state"]


@desk_page(*policies.READERS)
def task_list(request):
    """Own tasks for officers, all that may be known for the office."""
    today = timezone.localdate()
    found = TaskFilter(request.GET, selectors.task_rows(request.user))
    tab = request.GET.get("tab", "")
    page = Paginator(_in_tab(found.qs, tab, today=today), ROWS).get_page(request.GET.get("page"))
    for task in page.object_list:
        task.is_late = selectors.is_late(task, today=today)
        task.lead = selectors.lead_name(task)
    context = {"filter": found, "page_obj": page, "tabs": _tabs(request, today=today), "today": today}
    return render(request, "inspections/task_list.html", context)


def _in_tab(rows, tab: str, *, today):
    if tab == "late":
        return rows.filter(selectors.late_condition(today))
    if tab == "due":
        return rows.filter(selectors.due_condition(today))
    states = next((states for code, _, states in TABS if code == tab), ())
    return rows.filter(state__in=states) if states else rows.exclude(state=TaskState.DROPPED)


def _tabs(request, *, today) -> list[dict]:
    counts = selectors.state_counts(selectors.tasks_visible_to(request.user), today=today)
    current = request.GET.get("tab", "")
    everything = sum(count for state, count in counts.items() if state not in ("late", "due", TaskState.DROPPED))
    figures = {"": everything, "late": counts["late"], "due": counts["due"]}
    return [
        {
            "label": label,
            "url": f"?tab={code}" if code else "?",
            "count": figures.get(code, sum(counts[state] for state in states)),
            "is_current": code == current,
        }
        for code, label, states in TABS
    ]


@desk_page(*policies.READERS)
def task_detail(request, pk):
    """One check: what comes next, its story, the enterprise and what was found there before, people, items, papers."""
    task, today = summarised_task(request, pk), timezone.localdate()
    shut = is_shut(request.user, getattr(task, "dossier", None), at=timezone.now())
    context = {
        "task": task,
        "step": next_step(task, user=request.user, today=today),
        "is_late": selectors.is_late(task, today=today),
        "is_shut": shut,
        "events": story_of(task, is_shut=shut),
        "officers": [seat.inspector for seat in task.drawn.seats.all() if seat.inspector],
        "experts": [seat.expert for seat in task.drawn.seats.all() if seat.expert],
        "expired": policies.expired_certificates(task, on=max(task.visit_on, today)),
        "items": [drawn.item for drawn in task.drawn.items.all()],
        "findings": selectors.former_findings(task.enterprise, user=request.user, besides=task)[:10],
        "papers": selectors.documents_of(task).prefetch_related(*SCANS),
        "may_scan": allows(check_may_add_scan, request.user, task=task, case=None),
        "may_deliver": allows(check_registers_deliveries, request.user, task=task, case=None),
        "own_findings": selectors.own_findings(task),
        "today": today,
        "served_kinds": SERVED_OF_CHECK,
        "photo_count": selectors.evidence_of(task).count(),
        "preparations": preparations(task) if task.state in PREPARING else [],
        "more": [] if shut else further_steps(task, user=request.user, today=today),
        "urgent_form": _urgent_form(request, task, today=today),
        "approval": CheckApproval.objects.filter(task=task).select_related("document", "applied_by").first(),
        "may_approve_check": allows(policies.check_may_approve_check, request.user, task),
        "may_move": allows(policies.check_may_move_visit, request.user, task),
        "cases": cases_of(task),
        "may_propose_case": allows(check_may_propose_case, request.user, task),
        "may_edit_scheme": allows(policies.check_may_draft_scheme, request.user, task),
    }
    return render(request, "inspections/task_detail.html", context)


PREPARING = (*policies.BEFORE_VISIT, TaskState.READY)


def _urgent_form(request, task: Task, *, today) -> UrgentForm | None:
    """Offered to own officers only where the ordinary way is still closed."""
    if allows(policies.check_may_start, request.user, task, today=today):
        return None
    may = allows(policies.check_may_start, request.user, task, today=today, urgent_reason="?")
    return UrgentForm() if may else None


def _moved(task: Task) -> str:
    said = "检查日期已更改，改期原因已留痕。"
    if task.state in (TaskState.NOTICED, TaskState.READY) and not task.is_covert:
        said += "公告和通知书写的还是原来的日期：请到“公告与结果”更正公告，通知书随更正另发。"
    return said


@desk_page(Role.CLERK)
def task_visit_day(request, pk):
    """Another day for the visit, within the period of the draw."""
    task = visible_task(request, pk)
    policies.check_may_move_visit(request.user, task)
    form = VisitDayForm(request.POST or None, initial={"visit_on": task.visit_on})
    if request.method == "POST" and form.is_valid():
        try:
            services.move_visit(task, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _moved(task))
            return redirect("task_detail", pk=task.pk)
    return render(request, "inspections/visit_day.html", {"task": task, "form": form})
