"""The trail on the desk: the audit administrator's and the supervisor's page."""

from __future__ import annotations

import django_filters
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.shortcuts import render

from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.details import shown_detail
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.audit.selectors import chain_fault
from shuangsuiji.audit.words import action_choices, action_label
from shuangsuiji.lib.forms import DayInput
from shuangsuiji.lib.searching import WordsFilter


class AuditFilter(django_filters.FilterSet):
    """By action, person, target and day."""

    action = django_filters.ChoiceFilter(choices=action_choices, label="动作", empty_label="全部", method="find_action")
    actor_name = WordsFilter("actor_name", label="操作人")
    target_key = django_filters.CharFilter(lookup_expr="exact", label="对象标识")
    since = django_filters.DateFilter("at", "date__gte", label="日期自", widget=DayInput())
    until = django_filters.DateFilter("at", "date__lte", label="日期至", widget=DayInput())

    class Meta:
        model = AuditEvent
        fields = ["action", "actor_name", "target_key", "since", "until"]

    def find_action(self, rows: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        """One action, or a whole family (`draw.`)."""
        return rows.filter(action__startswith=value) if value.endswith(".") else rows.filter(action=value)


@desk_page(Role.AUDITADMIN, Role.SUPERVISOR)
def audit_list(request):
    """The events, newest first, with the state of the chain on request."""
    events = AuditFilter(request.GET, AuditEvent.objects.all())
    page = Paginator(events.qs, 50).get_page(request.GET.get("page"))
    verdict = {"checked": "verify" in request.GET, "fault": chain_fault() if "verify" in request.GET else None}
    rows = [(event, action_label(event.action), shown_detail(event)) for event in page]
    return render(request, "audit/list.html", {"filter": events, "page": page, "rows": rows, "verdict": verdict})
