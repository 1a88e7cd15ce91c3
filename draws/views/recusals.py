"""回避 at the desk: the list, a new one, the head's decision."""

from __future__ import annotations

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from draws.forms.small import ReasonForm, RecusalForm
from draws.models import Recusal
from draws.past_services import PastServiceImporter
from draws.policies import allows, check_may_ask_recusal, check_may_end_recusal
from draws.services.recusals import ask_recusal, end_recusal, grant_recusal, grant_recusals, refuse_recusal
from draws.views.drafting import refused
from inspectors.models import Inspector
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.imports.exporting import export_register
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.filtering import exactly


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
    reason = tables.TemplateColumn(
        '{{ record.reason_words }}{% if record.note %}<br><span class="small soft">{{ record.note }}</span>{% endif %}',
        verbose_name="事由",
    )
    source = tables.TemplateColumn(
        '{{ record.source }}{% if record.report_number %}<br><span class="small soft">{{ record.report_number }}</span>'
        "{% endif %}",
        verbose_name="来源",
    )
    starts_on = tables.TemplateColumn(
        '<span class="nowrap">{{ record.starts_on|date:"Y-m-d" }} 至 '
        '{% if record.ends_on %}{{ record.ends_on|date:"Y-m-d" }}{% else %}长期{% endif %}</span>',
        verbose_name="期间",
    )
    state = tables.TemplateColumn(
        "{% load components %}{% state_chip record.get_state_display record.state %}"
        '{% if record.end_reason %}<br><span class="small soft">{{ record.end_reason }}</span>{% endif %}',
        verbose_name="状态",
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
    waiting = _waiting_services() if has_role(request.user, Role.HEAD) else 0
    context = {
        "filter": found,
        "table": table,
        "may_ask": allows(check_may_ask_recusal, request.user),
        "may_import": has_role(request.user, Role.CLERK),
        "may_export": has_role(request.user, Role.CLERK, Role.HEAD),
        "waiting_services": waiting,
        "register": PastServiceImporter.register,
    }
    return render(request, "draws/recusal_list.html", context)


@desk_page(Role.CLERK, Role.HEAD)
@require_GET
def past_service_export(request: HttpRequest) -> HttpResponseBase:
    """The past services of experts among exactly the pairs that the list shows, as they could be imported again."""
    found = exactly(RecusalFilter(request.GET, queryset=_visible(request.user)))
    services = found.filter(reason=Recusal.Reason.PAST_SERVICE).exclude(report_number="").order_by("report_number")
    return export_register(
        PastServiceImporter(),
        keys=services.values_list("report_number", flat=True),
        without=frozenset(),
        today=timezone.localdate(),
        by=request.user,
        kind=request.GET.get("as", ""),
    )


def _visible(user) -> QuerySet[Recusal]:
    rows = Recusal.objects.select_related("inspector", "expert", "enterprise")
    return rows if has_role(user, Role.CLERK, Role.HEAD) else rows.filter(inspector__account=user)


def _waiting_services() -> int:
    """Imported past services that nobody has decided on."""
    return Recusal.objects.filter(state=Recusal.State.ASKED, reason=Recusal.Reason.PAST_SERVICE).count()


@desk_page(Role.HEAD)
@require_POST
def recusals_grant(request: HttpRequest) -> HttpResponse:
    """Grant every past service that waits: the reports are on file, there is nothing to weigh."""
    waiting = Recusal.objects.filter(state=Recusal.State.ASKED, reason=Recusal.Reason.PAST_SERVICE)
    count = grant_recusals(list(waiting.values_list("pk", flat=True)), by=request.user)
    messages.success(request, f"已准予 {count} 项，以后的抽取不会让双方相遇。")
    return redirect("recusal_list")


def _own_inspector(user) -> Inspector | None:
    """An officer who does not sit in the office declares for themselves only."""
    return None if has_role(user, Role.CLERK) else Inspector.objects.filter(account=user).first()


@desk_page(Role.CLERK, Role.INSPECTOR)
def recusal_create(request: HttpRequest) -> HttpResponse:
    """Register one; an officer declares their own."""
    own = _own_inspector(request.user)
    if own is None and not has_role(request.user, Role.CLERK):
        raise Refusal("您的账号还没有关联执法人员，请经办人先在执法人员名录里关联账号。")
    form = RecusalForm(request.POST or None, own=own, initial={"credit_code": request.GET.get("enterprise", "")})
    if request.method == "POST" and form.is_valid():
        try:
            ask_recusal(by=request.user, **form.wanted())
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "已登记，等主要负责人决定。决定之前，现有检查工作不停止。")
            return redirect("recusal_list")
    return render(request, "draws/recusal_form.html", {"form": form, "own": own})


@desk_page(Role.HEAD)
@require_POST
def recusal_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair never meets in a draw from now on."""
    grant_recusal(get_object_or_404(Recusal, pk=pk), by=request.user)
    messages.success(request, "已准予回避，以后的抽取不会让双方相遇。")
    return redirect("recusal_list")


@desk_page(Role.HEAD)
def recusal_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair may be drawn again before the term is over; the head says why."""
    recusal = get_object_or_404(Recusal.objects.select_related("inspector", "expert", "enterprise"), pk=pk)
    check_may_end_recusal(request.user, recusal)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_recusal(recusal, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "已解除，以后的抽取双方可以相遇。原来的登记和决定照样保留。")
            return redirect("recusal_list")
    return render(request, "draws/recusal_end.html", {"recusal": recusal, "form": form})


@desk_page(Role.HEAD)
@require_POST
def recusal_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The pair may be drawn."""
    refuse_recusal(get_object_or_404(Recusal, pk=pk), by=request.user)
    messages.success(request, "已决定不予回避。")
    return redirect("recusal_list")
