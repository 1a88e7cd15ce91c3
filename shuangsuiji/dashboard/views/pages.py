"""Read-only pages across rooms: 今日待办, dashboard, deadlines, search."""

from __future__ import annotations

import django_filters
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone

from draws.models import Draw
from draws.policies import DESK_READERS
from draws.selectors.draws import visible_to as draws_visible_to
from enterprises import selectors as register
from enterprises.selectors import search
from inspections.selectors import tasks_visible_to
from inspectors import selectors as people
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import ADMIN_ROLES, Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.dashboard import figures
from shuangsuiji.dashboard.places import places_of
from shuangsuiji.dashboard.todo import todos_for
from shuangsuiji.lib.models import Deadline
from shuangsuiji.lib.searching import WordsFilter, in_columns
from shuangsuiji.lib.selectors import calendar_gap, deadline_counts, late_deadlines, open_deadlines

BUSINESS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.LEADER, Role.SUPERVISOR)
FOUND_AT_MOST = 30


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
        "sees_dashboard": has_role(request.user, *BUSINESS),
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
    label = WordsFilter("label", label="事项")
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
    page = Paginator(found.qs, 40).get_page(request.GET.get("page"))
    places = places_of(page, user=request.user)
    context = {
        "filter": found,
        "page_obj": page,
        "rows": [(deadline, places.get(deadline.pk, "")) for deadline in page],
        "counts": deadline_counts(today=today, year=today.year),
        "open_count": open_deadlines().count(),
        "late_count": late_deadlines(today=today).count(),
        "today": today,
    }
    return render(request, "dashboard/deadlines.html", context)


def _draws_named(user, words: str):
    """Draws this person may open, by title or number; a covert one for those who are named for it."""
    if not has_role(user, *DESK_READERS):
        return Draw.objects.none()
    drawn = draws_visible_to(user).filter(basis=Draw.Basis.DRAWN)
    return drawn.filter(in_columns(words, "title", "number")).order_by("-drafted_at", "id")


@desk_page(*BUSINESS, Role.INSPECTOR)
def desk_search(request):
    """Enterprises, people, tasks and draws by name, pinyin, initials, code or number; every word must be found."""
    words = request.GET.get("q", "").strip()[:60]
    if not words:
        return redirect("desk_home")
    enterprises = search(register.enterprises(), words)
    named = Q(enterprise__in=enterprises.order_by().values("pk"))
    tasks = tasks_visible_to(request.user).filter(in_columns(words, "number") | named)
    context = {
        "words": words,
        "enterprises": enterprises[:FOUND_AT_MOST],
        "tasks": tasks.select_related("enterprise").order_by("-visit_on", "number")[:FOUND_AT_MOST],
        "inspectors": people.search(people.inspectors(), words, number="certificate_number")[:FOUND_AT_MOST],
        "experts": people.search(people.experts(), words, number="number")[:FOUND_AT_MOST],
        "draws": _draws_named(request.user, words)[:FOUND_AT_MOST],
    }
    return render(request, "dashboard/search.html", context)
