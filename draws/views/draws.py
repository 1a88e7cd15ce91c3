"""The list of draws, and one draw."""

from __future__ import annotations

import datetime
import secrets

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws import policies
from draws.models import Draw, DrawnSeat
from draws.policies import DESK_READERS, allows, may_see_names, refusal_of
from draws.selectors.answers import check_answers
from draws.selectors.approved_pool import pool_changes, pool_content, pool_fingerprint
from draws.selectors.caps import over_cap
from draws.selectors.draws import listed, moved_accounts, result_rows, source_states, visible_to
from draws.selectors.ledger import drawing_of, overdue_sentence
from draws.selectors.marks import draw_mark
from draws.selectors.note import people_names
from draws.selectors.preparation import Preparation, prepare
from draws.selectors.rehearsal import rehearse, scarce_enterprises, scarcity_of
from draws.selectors.timeline import draw_timeline
from draws.services import rehearse_again
from draws.services.approving import REHEARSALS
from draws.services.minutes import issue_minutes, minutes_of
from draws.services.reading import note_names_read
from draws.services.seats import admit_account
from draws.states import DrawState
from draws.views.drafting import find_draw
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.searching import WordsFilter


class DrawFilter(django_filters.FilterSet):
    """State, mode, and words in title or number."""

    q = WordsFilter("title", "number", label="名称或台账号")
    state = django_filters.ChoiceFilter(choices=DrawState.choices, label="状态", empty_label="全部")
    mode = django_filters.ChoiceFilter(choices=Draw.Mode.choices, label="公开方式", empty_label="全部")

    class Meta:
        model = Draw
        fields = ["q", "state", "mode"]


class DrawTable(tables.Table):
    """One line a draw."""

    title = tables.LinkColumn("draw_detail", args=[tables.A("pk")], verbose_name="名称")
    number = tables.Column(verbose_name="台账号", attrs={"td": {"class": "code nowrap"}})
    state = tables.TemplateColumn(
        "{% load components %}{% state_chip record.get_state_display record.state %}", verbose_name="状态"
    )
    mode = tables.Column(verbose_name="公开方式")
    take_total = tables.Column(verbose_name="抽取家数", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    visits_from = tables.TemplateColumn(
        '<span class="nowrap">{{ record.visits_from|date:"Y-m-d" }} 至 {{ record.visits_to|date:"m-d" }}</span>',
        verbose_name="检查时间",
    )
    drafted_by = tables.Column(verbose_name="起草人", accessor="drafted_by__name")

    class Meta:
        order_by = "-drafted_at"
        empty_text = "还没有抽取。起草、审批、封存之后，见证人到齐就能抽取。"


@desk_page(*DESK_READERS)
def draw_list(request: HttpRequest) -> HttpResponse:
    """Every draw this person may know of."""
    drawn = visible_to(request.user).filter(basis=Draw.Basis.DRAWN)
    found = DrawFilter(request.GET, queryset=listed(drawn))
    table = DrawTable(found.qs)
    tables.RequestConfig(request, paginate={"per_page": 30}).configure(table)
    context = {"filter": found, "table": table, "may_create": allows(policies.check_may_create, request.user)}
    return render(request, "draws/list.html", context)


@desk_page(*DESK_READERS)
def draw_detail(request: HttpRequest, pk) -> HttpResponse:
    """One draw: what it is, what happened, what may be done now."""
    draw = find_draw(request, pk)
    today = timezone.localdate()
    drawing = drawing_of(draw)
    context = {
        "draw": draw,
        "drawing": drawing,
        "events": draw_timeline(draw, drawing),
        "answers": check_answers(draw, today=today),
        "overdue": overdue_sentence(draw, today=today),
        "minutes": minutes_of(draw) if drawing and may_see_names(request.user, draw) else None,
        "may": _may(request.user, draw, today=today),
        **_approval(request.user, draw, today=today),
        "strange_accounts": _strange_accounts(request.user, draw) if drawing else [],
        **_result(request, draw, drawing),
    }
    if draw.number:
        context["sources"] = source_states(draw)
    return render(request, "draws/detail.html", context)


def _approval(user, draw: Draw, *, today) -> dict:
    """For whoever is about to approve: who is scarce and what the trial draws showed; afterwards, what has changed."""
    if draw.state == DrawState.APPROVED and has_role(user, Role.CLERK, Role.APPROVER):
        confirms = allows(policies.check_may_confirm_pool, user, draw)
        return {"pool_changes": pool_changes(draw, prepare(draw, today=today)), "may_confirm_pool": confirms}
    if not allows(policies.check_may_approve, user, draw):
        return {}
    preparation = prepare(draw, today=today)
    return {
        "scarce": scarce_enterprises(preparation),
        "rehearsal": _rehearsal(draw, preparation),
        "approves": True,
        "seen": draw_mark(draw, scarcity_of(preparation)),
    }


def _rehearsal(draw: Draw, preparation: Preparation) -> dict:
    """The rehearsal kept with the draft, and whether the register has changed since."""
    if not draw.rehearsal:
        return {}
    is_stale = draw.rehearsal["fingerprint"] != pool_fingerprint(pool_content(preparation))
    at = datetime.datetime.fromisoformat(draw.rehearsal["at"])
    return {**draw.rehearsal, "at": timezone.localtime(at), "is_stale": is_stale}


def _strange_accounts(user, draw: Draw) -> list:
    """Officers of a draw with kept names whose account is another than at the draw; for those who may admit it."""
    if draw.is_announced or policies.names_are_public(draw):
        return []
    return [seat for seat in moved_accounts(draw) if allows(policies.check_may_admit_account, user, draw, seat)]


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def seat_admit(request: HttpRequest, pk, seat_pk: int) -> HttpResponse:
    """The officer's account of today may see the kept task."""
    draw = find_draw(request, pk)
    seat = get_object_or_404(DrawnSeat, pk=seat_pk, drawn__draw=draw)
    admit_account(seat, by=request.user)
    messages.success(request, "已准许，该执法人员现在可以看到自己的任务。")
    return redirect("draw_detail", draw.pk)


def _result(request: HttpRequest, draw: Draw, drawing) -> dict:
    """The names, for those who may see them; a reading of kept names is noted."""
    if drawing is None or not may_see_names(request.user, draw):
        return {"names_withheld": drawing is not None}
    if not draw.is_announced:
        note_names_read(draw, by=request.user)
    rows = result_rows(draw)
    names = {row.credit_code: row.name for row in rows}
    blocked = drawing.result["blocked"] if draw.state == DrawState.BLOCKED else None
    return {
        "rows": rows,
        "over_cap": over_cap(draw) if draw.visits_to >= timezone.localdate() else [],
        "blocked": blocked,
        "blocked_names": [names.get(code, code) for code in blocked["enterprises"]] if blocked else [],
        "blocked_people": _people(blocked["inspectors"]) if blocked else [],
    }


def _people(keys: list[str]) -> list[str]:
    """Officers by name."""
    names = {key: name for (_, key), name in people_names().items()}
    return [names.get(key, key) for key in keys]


def _may(user, draw: Draw, *, today) -> dict:
    """What the buttons ask: the same policies as the services behind them."""
    return {
        "edit": allows(policies.check_may_edit, user, draw),
        "approve": allows(policies.check_may_approve, user, draw),
        "return": allows(policies.check_may_return, user, draw),
        "note": allows(policies.check_may_read_note, user, draw),
        "template": allows(policies.check_may_create, user),
        "void": allows(policies.check_may_void, user, draw)
        or allows(policies.check_may_ask_void, user, draw)
        or allows(policies.check_may_refuse_void, user, draw),
        "seal": allows(policies.check_may_seal, user, draw, today=today),
        "amend": allows(policies.check_may_amend, user, draw),
        "changes": draw.state in (DrawState.DRAWN, DrawState.BLOCKED)
        and has_role(user, Role.CLERK, Role.APPROVER, Role.HEAD)
        and may_see_names(user, draw),
        "late": refusal_of(policies.check_in_time, draw, today=today)
        if draw.state in (DrawState.SUBMITTED, DrawState.APPROVED)
        else "",
    }


@desk_page(Role.CLERK, Role.APPROVER)
def draw_rehearsal(request: HttpRequest, pk) -> HttpResponse:
    """Trial draws with throw-away seeds; nothing of them is kept, and no name is drawn on the screen."""
    draw = find_draw(request, pk)
    preparation = prepare(draw, today=timezone.localdate())
    if not preparation.strata:
        raise Refusal("还没有填写抽取家数，无法预演。请先在“分层与数量”填写，再回来预演。")
    seeds = [secrets.token_bytes(32) for _ in range(REHEARSALS)]
    context = {
        "draw": draw,
        "rehearsal": rehearse(preparation, seeds=seeds),
        "scarce": scarce_enterprises(preparation)[:20],
    }
    parts = "draws/parts/rehearsal.html" if getattr(request, "htmx", False) else "draws/rehearsal.html"
    return render(request, parts, context)


@desk_page(Role.CLERK, Role.APPROVER)
@require_POST
def draw_rehearse(request: HttpRequest, pk) -> HttpResponse:
    """Trial draws once more, kept with the draft for the approver."""
    draw = rehearse_again(find_draw(request, pk), by=request.user)
    messages.success(request, "已重新预演，结果在下面。")
    return redirect("draw_detail", draw.pk)


@desk_page(Role.CLERK)
@require_POST
def draw_minutes(request: HttpRequest, pk) -> HttpResponse:
    """Make the minutes, or open those that were made."""
    draw = find_draw(request, pk)
    document = issue_minutes(draw, by=request.user)
    messages.success(request, "抽取记录已制作，可以打印后由各方签字。")
    return redirect("document_file", document.pk)
