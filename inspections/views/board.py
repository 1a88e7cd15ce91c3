"""The board of checks and the page of one check."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone

from draws.policies import allows
from inspections import policies, selectors, services
from inspections.forms import VisitDayForm
from inspections.models import Task
from inspections.states import TaskState
from inspections.views.loading import visible_task
from inspections.views.next_step import next_step
from inspections.views.story import story_of
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import DayInput

ROWS = 30
TABS = (
    ("", "全部", ()),
    ("before", "检查前", (TaskState.ASSIGNED, TaskState.NOTICED, TaskState.WITHHELD, TaskState.READY)),
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
    words = django_filters.CharFilter(method="find", label="企业或任务号")

    class Meta:
        model = Task
        fields = ["state"]

    def find(self, rows, name, words):
        """Part of the enterprise's name, or of the number."""
        return rows.filter(Q(enterprise__name__icontains=words) | Q(number__icontains=words))


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
    states = next((states for code, _, states in TABS if code == tab), ())
    return rows.filter(state__in=states) if states else rows.exclude(state=TaskState.DROPPED)


def _tabs(request, *, today) -> list[dict]:
    counts = selectors.state_counts(selectors.tasks_visible_to(request.user), today=today)
    current = request.GET.get("tab", "")
    everything = sum(count for state, count in counts.items() if state not in ("late", TaskState.DROPPED))
    figures = {"": everything, "late": counts["late"]}
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
    task, today = visible_task(request, pk), timezone.localdate()
    context = {
        "task": task,
        "step": next_step(task, user=request.user, today=today),
        "is_late": selectors.is_late(task, today=today),
        "events": story_of(task),
        "officers": [seat.inspector for seat in task.drawn.seats.all() if seat.inspector],
        "experts": [seat.expert for seat in task.drawn.seats.all() if seat.expert],
        "expired": policies.expired_certificates(task, on=max(task.visit_on, today)),
        "items": [drawn.item for drawn in task.drawn.items.all()],
        "findings": selectors.former_findings(task.enterprise, user=request.user, besides=task)[:10],
        "papers": selectors.documents_of(task),
        "photo_count": task.evidence.count(),
        "may_move": allows(policies.check_may_move_visit, request.user, task),
        "may_edit_scheme": allows(policies.check_may_draft_scheme, request.user, task),
    }
    return render(request, "inspections/task_detail.html", context)


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
            messages.success(request, "检查日期已更改，改期原因已留痕。")
            return redirect("task_detail", pk=task.pk)
    return render(request, "inspections/visit_day.html", {"task": task, "form": form})
