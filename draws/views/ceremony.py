"""Sealing, the room, the projector, and the pages on which sources contribute."""

from __future__ import annotations

import secrets

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from draws.forms.small import ContributionForm, PasswordAgainForm
from draws.models import Contribution, Draw, DrawSource
from draws.policies import DESK_READERS, check_may_seal, refusal_of
from draws.selectors.answers import check_answers
from draws.selectors.drafting import draft_problems
from draws.selectors.draws import source_states
from draws.selectors.ledger import drawing_of, public_title
from draws.selectors.preparation import prepare
from draws.selectors.rehearsal import fewest_eligible, scarce_enterprises
from draws.selectors.screen import screen_story
from draws.services import contribute, seal_draw
from draws.states import DrawState
from draws.views.drafting import find_draw, refused
from shuangsuiji.accounts.access import desk_page, token_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

UNKNOWN_LINK = "这个链接不对，或者不完整。请重新扫描见证人的二维码，或向经办人索取完整的链接。"


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
        messages.success(request, f"已封存，台账号 {sealed.number}。见证人现在可以投入。")
        return redirect("ceremony", draw.pk)
    preparation = prepare(draw, today=today)
    problems = draft_problems(draw, today=today)
    context = {
        "draw": draw,
        "form": form,
        "refusal": refusal_of(check_may_seal, request.user, draw, today=today)
        or (problems[0].sentence if problems else ""),
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
    return render(request, "draws/ceremony.html", _room(request, draw))


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
    is_clerk = Role.CLERK in request.user.role_codes
    rows = [_source_row(one, user=request.user, is_clerk=is_clerk) for one in states]
    return {
        "draw": draw,
        "sealed": draw.sealed,
        "rows": rows,
        "come_count": sum(one.has_come for one in states),
        "is_collecting": draw.state == DrawState.SEALED,
        "ledger_url": absolute("ledger_entry", draw.number),
    }


def _source_row(state, *, user, is_clerk: bool) -> dict:
    """What the room shows of a source; its link only to the clerk, only until it was used."""
    source = state.source
    row = {"source": source, "given_at": state.given_at, "has_come": state.has_come}
    if state.has_come:
        return row
    if source.kind == DrawSource.Kind.LINK and is_clerk and source.token:
        row["link"] = absolute("witness", source.token)
        row["qr"] = qr_picture(row["link"])
    may_here = source.user_id == user.pk or (source.kind == DrawSource.Kind.EVENT and is_clerk)
    row["url"] = reverse("draw_contribute", args=[source.draw_id, source.pk]) if may_here else ""
    return row


@desk_page()
@never_cache
def draw_contribute(request: HttpRequest, pk, source_pk: int) -> HttpResponse:
    """A witness with an account gives a text; the clerk enters a public event's value."""
    source = get_object_or_404(DrawSource.objects.select_related("draw"), draw=pk, pk=source_pk)
    is_event = source.kind == DrawSource.Kind.EVENT
    if source.user_id != request.user.pk and not (is_event and Role.CLERK in request.user.role_codes):
        raise Http404
    return _contribution_page(request, source, template="draws/contribute.html", by=request.user)


@token_page
@never_cache
def witness(request: HttpRequest, token: str) -> HttpResponse:
    """The phone page of a witness without an account: one link, one text, once."""
    source = _source_of(token)
    if source is None:
        return render(request, "draws/witness_unknown.html", {"sentence": UNKNOWN_LINK}, status=404)
    response = _contribution_page(request, source, template="draws/witness.html", by=None)
    # Not "no-referrer": a browser then sends its form with `Origin: null`, and it is refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _source_of(token: str) -> DrawSource | None:
    """The source of a link; a wrong one takes the same path and the same time as a right one."""
    found = DrawSource.objects.select_related("draw").filter(token=token, kind=DrawSource.Kind.LINK).first()
    known = (found.token or "") if found else secrets.token_urlsafe(32)
    return found if secrets.compare_digest(known.encode(), token.encode()) else None


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
