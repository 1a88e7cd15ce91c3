"""Sealing, the room, the projector, and the pages on which sources contribute."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from draws.forms.small import ContributionForm, EventForm, PasswordAgainForm
from draws.models import Contribution, Draw, DrawSource
from draws.policies import DESK_READERS, EVENT_PEOPLE, check_may_seal, refusal_of
from draws.selectors.answers import check_answers
from draws.selectors.approved_pool import pool_changes
from draws.selectors.drafting import draft_problems
from draws.selectors.draws import source_states, standing_entry
from draws.selectors.ledger import drawing_of, public_title
from draws.selectors.preparation import prepare
from draws.selectors.rehearsal import fewest_eligible, scarce_enterprises
from draws.selectors.screen import screen_story
from draws.services import contribute, enter_event, make_link, seal_draw, withdraw_event
from draws.services.links import make_first_links, source_of_link
from draws.states import DrawState
from draws.views.drafting import find_draw, refused
from shuangsuiji.accounts.access import desk_page, token_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.lib.errors import Refusal

UNKNOWN_LINK = "这个链接不对、不完整，或者已经换过新的。请重新扫描见证人最新的二维码，或向经办人索取新的链接。"
FRESH_LINKS = "fresh-links-"


def qr_picture(address: str) -> str:
    """A QR code as a data: address, for an <img>."""
    return segno.make(address, error="m").svg_data_uri(scale=4, border=2)


def absolute(name: str, *args) -> str:
    """An address as it stands in a QR code."""
    return settings.BASE_URL + reverse(name, args=args)


@desk_page(Role.CLERK)
def draw_seal(request: HttpRequest, pk) -> HttpResponse:
    """What is about to be fixed, who could come, and the password once more."""
    draw, today = find_draw(request, pk), timezone.localdate()
    if draw.number:
        messages.info(request, f"这次抽取已经封存，台账号 {draw.number}，不能再次封存，也不能再改。")
        return redirect("draw_detail", draw.pk)
    form = PasswordAgainForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        sealed = seal_draw(draw, by=request.user)
        _show_once(request, draw, make_first_links(draw, by=request.user))
        messages.success(request, f"已封存，台账号 {sealed.number}。见证人现在可以投入。")
        return redirect("ceremony", draw.pk)
    preparation = prepare(draw, today=today)
    problems = draft_problems(draw, now=timezone.now())
    context = {
        "draw": draw,
        "form": form,
        "refusal": refusal_of(check_may_seal, request.user, draw, today=today)
        or (problems[0].sentence if problems else ""),
        "pool_changes": pool_changes(draw, preparation),
        "answers": check_answers(draw, today=today),
        "pool_count": len(preparation.candidates),
        "officer_count": len(preparation.officers.able),
        "expert_count": len(preparation.experts.able),
        "left_out": preparation.officers.left_out,
        "scarce": scarce_enterprises(preparation)[:30],
        "fewest": fewest_eligible(draw),
    }
    return render(request, "draws/seal.html", context)


@desk_page(*DESK_READERS)
@never_cache
def ceremony(request: HttpRequest, pk) -> HttpResponse:
    """The room: who has come, when, and nothing of what they gave."""
    draw = find_draw(request, pk)
    if not draw.number:
        messages.info(request, "这次抽取还没有封存。封存之后才有抽取现场。")
        return redirect("draw_detail", draw.pk)
    return render(request, "draws/ceremony.html", {**_room(request, draw), "fresh_links": _fresh_links(request, draw)})


def _show_once(request: HttpRequest, draw: Draw, tokens: dict[int, str]) -> None:
    """Keep new links for the next look at the room, and no longer."""
    request.session[f"{FRESH_LINKS}{draw.pk}"] = {str(pk): token for pk, token in tokens.items()}


def _fresh_links(request: HttpRequest, draw: Draw) -> list[dict]:
    tokens = request.session.pop(f"{FRESH_LINKS}{draw.pk}", {})
    names = dict(draw.sources.filter(pk__in=tokens).values_list("pk", "name"))
    links = [(names[int(pk)], absolute("witness", token)) for pk, token in tokens.items() if int(pk) in names]
    return [{"name": name, "url": url, "qr": qr_picture(url)} for name, url in links]


@desk_page(Role.CLERK)
@require_POST
def draw_link(request: HttpRequest, pk, source_pk: int) -> HttpResponse:
    """A new link for a witness, shown on the next page only; the old one no longer opens."""
    draw = find_draw(request, pk)
    source = get_object_or_404(draw.sources, pk=source_pk)
    _show_once(request, draw, {source.pk: make_link(source, by=request.user)})
    messages.success(request, f"“{source.name}”的新链接已生成，以前给过的链接不再有效。")
    return redirect("ceremony", draw.pk)


@desk_page(*DESK_READERS)
@never_cache
def ceremony_sources(request: HttpRequest, pk) -> HttpResponse:
    """The part of the room that htmx fetches again and again; it stops when the draw is over."""
    draw = find_draw(request, pk)
    response = render(request, "draws/parts/sources.html", _room(request, draw))
    if draw.state != DrawState.SEALED:
        response.headers["HX-Refresh"] = "true"
    return response


def _room(request: HttpRequest, draw: Draw) -> dict:
    states = source_states(draw)
    may_enter = has_role(request.user, *EVENT_PEOPLE)
    is_clerk = Role.CLERK in request.user.role_codes
    rows = [_source_row(one, user=request.user, is_clerk=is_clerk, may_enter=may_enter) for one in states]
    return {
        "draw": draw,
        "sealed": draw.sealed,
        "rows": rows,
        "come_count": sum(one.has_come for one in states),
        "is_collecting": draw.state == DrawState.SEALED,
        "ledger_url": absolute("ledger_entry", draw.number),
    }


def _source_row(state, *, user, is_clerk: bool, may_enter: bool) -> dict:
    """What the room shows of a source, and what this person may do for it."""
    source = state.source
    row = {"source": source, "given_at": state.given_at, "has_come": state.has_come}
    if state.has_come:
        return row
    if source.kind == DrawSource.Kind.LINK and is_clerk:
        row["link_url"] = reverse("draw_link", args=[source.draw_id, source.pk])
        row["link_made"] = state.link
    is_event = source.kind == DrawSource.Kind.EVENT
    row["entered_by"] = state.entered_by
    may_here = source.user_id == user.pk or (is_event and may_enter)
    row["url"] = reverse("draw_contribute", args=[source.draw_id, source.pk]) if may_here else ""
    return row


@desk_page()
@never_cache
def draw_contribute(request: HttpRequest, pk, source_pk: int) -> HttpResponse:
    """A witness with an account gives a text; the clerk enters a public event's value."""
    source = get_object_or_404(DrawSource.objects.select_related("draw"), draw=pk, pk=source_pk)
    if source.kind == DrawSource.Kind.EVENT:
        return _event_page(request, source)
    if source.user_id != request.user.pk:
        raise Http404
    return _contribution_page(request, source, template="draws/contribute.html", by=request.user)


def _event_page(request: HttpRequest, source: DrawSource) -> HttpResponse:
    """A public event's value: entered by one person, then by another, who does not see the first."""
    draw = find_draw(request, source.draw_id)
    if not has_role(request.user, *EVENT_PEOPLE):
        raise Http404
    form = EventForm(request.POST or None, source=source)
    if request.method == "POST" and form.is_valid():
        try:
            entry = enter_event(source, text=form.value(), by=request.user)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            told = "两人录入一致，已投入。" if entry.confirmed_at else "已录入，等另一个人录入同样的数值。"
            messages.success(request, told)
            return redirect("ceremony", draw.pk)
    standing = standing_entry(source)
    context = {
        "draw": draw,
        "source": source,
        "form": form,
        "given": Contribution.objects.filter(source=source).first(),
        "standing": standing,
        "is_own": bool(standing and standing.entered_by_id == request.user.pk),
        "may_fetch": bool(settings.DRAND_URL) and source.event == DrawSource.Event.DRAND,
        "is_collecting": draw.state == DrawState.SEALED,
    }
    return render(request, "draws/event.html", context)


@desk_page(*EVENT_PEOPLE)
@require_POST
def event_withdraw(request: HttpRequest, pk, source_pk: int) -> HttpResponse:
    """Take one's own entry back while nobody has confirmed it."""
    draw = find_draw(request, pk)
    source = get_object_or_404(draw.sources, pk=source_pk)
    withdraw_event(source, by=request.user)
    messages.success(request, "已撤回，可以重新录入。")
    return redirect("draw_contribute", draw.pk, source.pk)


@token_page
@never_cache
def witness(request: HttpRequest, token: str) -> HttpResponse:
    """The phone page of a witness without an account: one link, one text, once."""
    source = source_of_link(token)
    if source is None:
        return render(request, "draws/witness_unknown.html", {"sentence": UNKNOWN_LINK}, status=404)
    response = _contribution_page(request, source, template="draws/witness.html", by=None)
    # Not "no-referrer": a browser then sends its form with `Origin: null`, and it is refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _contribution_page(request: HttpRequest, source: DrawSource, *, template: str, by) -> HttpResponse:
    form = ContributionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contribute(source, text=form.cleaned_data["text"], by=by)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            return redirect(request.path)
    draw = Draw.objects.get(pk=source.draw_id)
    context = {
        "source": source,
        "draw": draw,
        "public_name": public_title(draw) if draw.number else draw.title,
        "form": form,
        "given": Contribution.objects.filter(source=source).first(),
        "is_collecting": draw.state == DrawState.SEALED,
        "is_over": draw.state in (DrawState.DRAWN, DrawState.BLOCKED),
        "sealed": draw.sealed if draw.number else None,
    }
    return render(request, template, context)


@desk_page(*DESK_READERS)
@never_cache
def screen(request: HttpRequest, pk) -> HttpResponse:
    """The projector: the pool rolls, then the committed result is shown stratum by stratum."""
    draw = find_draw(request, pk)
    if not draw.number:
        return redirect("draw_detail", draw.pk)
    story = screen_story(draw, drawing_of(draw))
    context = {
        "draw": draw,
        "story": story,
        "sources": source_states(draw),
        "qr": qr_picture(absolute("ledger_entry", draw.number)),
    }
    return render(request, "draws/screen.html", context)


@desk_page(*DESK_READERS)
@never_cache
def screen_state(request: HttpRequest, pk) -> JsonResponse:
    """What the projector asks every second: who has come, and whether the result is committed."""
    draw = find_draw(request, pk)
    sources = [{"name": one.source.name, "has_come": one.has_come} for one in source_states(draw)]
    return JsonResponse({"state": draw.state, "sources": sources})
