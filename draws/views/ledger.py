"""The public ledger: every sealed draw for ever, its records, and how to verify them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

import draws.engine
from draws.models import Draw, SealedDraw
from draws.policies import names_are_public
from draws.selectors.draws import result_rows, source_states
from draws.selectors.entry import entry_page
from draws.selectors.ledger import (
    drawing_of,
    envelopes_record,
    ledger_counts,
    ledger_entries,
    overdue_sentence,
    public_title,
    record_json,
    sealed_json,
)
from draws.states import DrawState
from draws.views.ceremony import absolute, qr_picture
from shuangsuiji.accounts.access import public_page
from shuangsuiji.lib.errors import Refusal

PER_PAGE = 30


@public_page
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The front: every sealed draw, how many were voided and amended, what is overdue."""
    page = Paginator(ledger_entries(), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = [
        {"entry": entry, "title": public_title(entry.draw), "overdue": overdue_sentence(entry.draw, today=today)}
        for entry in page
    ]
    counts = ledger_counts()
    stats = [
        {"label": "已封存", "value": counts.sealed, "note": "每次封存都在此留号"},
        {"label": "已抽取", "value": counts.drawn, "note": f"另有受阻 {counts.blocked} 次"},
        {"label": "作废", "value": counts.voided, "note": "原因逐条公开"},
        {"label": "有变更", "value": counts.amended, "note": "变更可逐条核验"},
    ]
    return render(request, "draws/ledger.html", {"rows": rows, "page_obj": page, "stats": stats})


def _sealed(number: str) -> SealedDraw:
    rows = SealedDraw.objects.select_related("draw", "draw__voided_by", "draw__plan")
    return get_object_or_404(rows, number=number)


@public_page
@require_safe
def ledger_entry(request: HttpRequest, number: str) -> HttpResponse:
    """One draw in public: what happened, what was filtered out, and the names once they may be shown."""
    sealed = _sealed(number)
    draw = sealed.draw
    drawing = drawing_of(draw)
    shows_names = names_are_public(draw)
    context = {
        "draw": draw,
        "sealed": sealed,
        "drawing": drawing,
        "title": public_title(draw),
        "shows_names": shows_names,
        "rows": result_rows(draw) if shows_names else [],
        "sources": source_states(draw),
        "overdue": overdue_sentence(draw, today=timezone.localdate()),
        "qr": qr_picture(absolute("ledger_entry", number)),
        **entry_page(draw, sealed=sealed, drawing=drawing, shows_names=shows_names),
    }
    return render(request, "draws/ledger_entry.html", context)


def _file(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@public_page
@require_safe
def ledger_sealed(request: HttpRequest, number: str) -> HttpResponse:
    """The sealed record, byte for byte what its hash covers."""
    return _file(sealed_json(_sealed(number)), name=f"{number}-sealed.json")


@public_page
@require_safe
def ledger_record(request: HttpRequest, number: str) -> HttpResponse:
    """The whole public record; a sentence while it is confidential."""
    try:
        content = record_json(_sealed(number).draw)
    except Refusal as refusal:
        return _not_yet(request, number, refusal.sentence)
    return _file(content, name=f"{number}-record.json")


@public_page
@require_safe
def ledger_envelopes(request: HttpRequest, number: str) -> HttpResponse:
    """The envelopes of a confidential draw and those opened so far."""
    draw = _sealed(number).draw
    if draw.mode == Draw.Mode.ANNOUNCED:
        return _not_yet(request, number, "公告后检查的抽取当场公开，没有信封。请看完整记录。")
    if draw.state not in (DrawState.DRAWN, DrawState.BLOCKED):
        return _not_yet(request, number, "这次抽取还没有结果，抽取完成时才有信封。")
    return _file(draws.engine.canonical_json(envelopes_record(draw)), name=f"{number}-envelopes.json")


def _not_yet(request: HttpRequest, number: str, sentence: str) -> HttpResponse:
    return render(request, "draws/not_yet.html", {"number": number, "sentence": sentence}, status=404)
