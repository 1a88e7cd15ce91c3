"""回避 at the desk: the list, a new one, the head's decision."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from draws.forms.small import RecusalForm
from draws.models import Recusal
from draws.policies import allows, check_may_ask_recusal
from draws.services.recusals import ask_recusal, grant_recusal, refuse_recusal
from draws.views.drafting import refused
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.errors import Refusal


class RecusalFilter(django_filters.FilterSet):
    """By state and reason."""

    state = django_filters.ChoiceFilter(choices=Recusal.State.choices, label="状态", empty_label="全部")
    reason = django_filters.ChoiceFilter(choices=Recusal.Reason.choices, label="事由", empty_label="全部")

    class Meta:
        model = Recusal
        fields = ["state", "reason"]


class RecusalTable(tables.Table):
    """One line a pair; the head decides on the line."""

    person = tables.TemplateColumn(
        '{{ record.inspector|default:record.expert }}<span class="soft small"> '
        "{% if record.inspector %}执法人员{% else %}专家{% endif %}</span>",
        verbose_name="回避人",
        orderable=False,
    )
    enterprise = tables.Column(verbose_name="企业", accessor="enterprise__name")
    reason = tables.Column(verbose_name="事由")
    source = tables.Column(verbose_name="来源")
    starts_on = tables.TemplateColumn(
        '<span class="nowrap">{{ record.starts_on|date:"Y-m-d" }} 至 '
        '{% if record.ends_on %}{{ record.ends_on|date:"Y-m-d" }}{% else %}长期{% endif %}</span>',
        verbose_name="期间",
    )
    state = tables.TemplateColumn(
        "{% load components %}{% state_chip record.get_state_display record.state %}", verbose_name="状态"
    )
    decide = tables.TemplateColumn(
        template_name="draws/parts/recusal_decide.html", verbose_name="决定", orderable=False
    )

    class Meta:
        order_by = "-asked_at"
        empty_text = "还没有回避登记。有近亲属、任职、持股、服务等关系的，登记后由主要负责人决定。"


@desk_page(Role.CLERK, Role.INSPECTOR, Role.HEAD)
def recusal_list(request: HttpRequest) -> HttpResponse:
    """All pairs for the office and the head; an officer's own for an officer."""
    found = RecusalFilter(request.GET, queryset=_visible(request.user))
    table = RecusalTable(found.qs, exclude=() if has_role(request.user, Role.HEAD) else ("decide",))
    tables.RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {"filter": found, "table": table, "may_ask": allows(check_may_ask_recusal, request.user)}
    return render(request, "draws/recusal_list.html", context)


def _visible(user) -> QuerySet[Recusal]:
    rows = Recusal.objects.select_related("inspector", "expert", "enterprise")
    return rows if has_role(user, Role.CLERK, Role.HEAD) else rows.filter(inspector__account=user)


@desk_page(Role.CLERK, Role.INSPECTOR)
def recusal_create(request: HttpRequest) -> HttpResponse:
    """Register one."""
    form = RecusalForm(request.POST or None, initial={"credit_code": request.GET.get("enterprise", "")})
    if request.method == "POST" and form.is_valid():
        try:
            ask_recusal(by=request.user, **form.wanted())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "已登记，等主要负责人决定。决定之前，现有检查工作不停止。")
            return redirect("recusal_list")
    return render(request, "draws/recusal_form.html", {"form": form})


@desk_page(Role.HEAD)
@require_POST
def recusal_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair never meets in a draw from now on."""
    grant_recusal(get_object_or_404(Recusal, pk=pk), by=request.user)
    messages.success(request, "已准予回避，以后的抽取不会让双方相遇。")
    return redirect("recusal_list")


@desk_page(Role.HEAD)
@require_POST
def recusal_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair may be drawn."""
    refuse_recusal(get_object_or_404(Recusal, pk=pk), by=request.user)
    messages.success(request, "已决定不予回避。")
    return redirect("recusal_list")
