"""Read-only pages across rooms: 今日待办, dashboard, deadlines, search."""

from __future__ import annotations

import django_filters
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone

from enterprises.models import Enterprise
from inspections.selectors import tasks_visible_to
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import ADMIN_ROLES, Role
from shuangsuiji.dashboard import figures
from shuangsuiji.dashboard.todo import todos_for
from shuangsuiji.lib.models import Deadline
from shuangsuiji.lib.selectors import calendar_gap, deadline_counts

BUSINESS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.LEADER, Role.SUPERVISOR)


@desk_page()
def desk_home(request):
    """What waits for this person today."""
    today = timezone.localdate()
    todos = todos_for(request.user, today=today)
    context = {
        "todos": todos,
        "todo_count": sum(len(entries) for entries in todos.values()),
        "gaps": calendar_gap(today),
        "is_administrator": bool(request.user.role_codes & ADMIN_ROLES),
    }
    return render(request, "dashboard/home.html", context)


@desk_page(*BUSINESS)
def dashboard(request):
    """The leading group's page: readable in a meeting room, printed on paper."""
    today = timezone.localdate()
    charts = (
        figures.plan_chart(today=today),
        figures.deadline_chart(today=today),
        figures.hazard_chart(today=today),
        figures.load_chart(today=today),
    )
    coming = Deadline.objects.filter(kept_on=None, cancelled_at=None, due_on__gte=today)
    context = {
        "today": today,
        "stats": figures.headline(today=today),
        "charts": [chart for chart in charts if chart],
        "next_due": coming.select_related("rule")[:10],
        "gaps": calendar_gap(today),
    }
    return render(request, "dashboard/dashboard.html", context)


class DeadlineFilter(django_filters.FilterSet):
    """By rule and how it stands."""

    STANDS = (("open", "进行中"), ("kept", "按时完成"), ("missed", "逾期"))
    label = django_filters.CharFilter(lookup_expr="icontains", label="事项")
    stands = django_filters.ChoiceFilter(choices=STANDS, method="filter_stands", label="状态", empty_label="全部")

    class Meta:
        model = Deadline
        fields = ["label", "stands"]

    def filter_stands(self, queryset, name, value):
        missed = Q(missed_at__isnull=False)
        choices = {
            "open": Q(kept_on=None, cancelled_at=None) & ~missed,
            "kept": Q(kept_on__isnull=False) & ~missed,
            "missed": missed,
        }
        return queryset.filter(choices[value])


@desk_page(*BUSINESS)
def deadline_list(request):
    """Every deadline: what is due, kept, missed, and by which rule."""
    today = timezone.localdate()
    found = DeadlineFilter(request.GET, Deadline.objects.select_related("rule").order_by("-due_on", "id"))
    context = {
        "filter": found,
        "page_obj": Paginator(found.qs, 40).get_page(request.GET.get("page")),
        "counts": deadline_counts(today=today, year=today.year),
        "today": today,
    }
    return render(request, "dashboard/deadlines.html", context)


@desk_page(*BUSINESS, Role.INSPECTOR)
def desk_search(request):
    """Enterprises and tasks by name, pinyin, initials, code or number."""
    words = request.GET.get("q", "").strip()[:60]
    if not words:
        return redirect("desk_home")
    named = Q(name__icontains=words) | Q(name_initials__istartswith=words) | Q(name_key__icontains=words.lower())
    enterprises = Enterprise.objects.filter(named | Q(credit_code__istartswith=words)).order_by(
        "name_key", "credit_code"
    )
    tasks = tasks_visible_to(request.user).filter(Q(number__icontains=words) | Q(enterprise__name__icontains=words))
    context = {
        "words": words,
        "enterprises": enterprises[:30],
        "tasks": tasks.select_related("enterprise").order_by("-visit_on", "number")[:30],
    }
    return render(request, "dashboard/search.html", context)
