"""The public ledger: every sealed draw for ever, its records, and how to verify them."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

import draws.engine
from draws.models import SealedDraw
from draws.policies import has_result, names_are_public
from draws.selectors.draws import public_result_rows, source_states
from draws.selectors.entry import entry_page
from draws.selectors.ledger import (
    OverdueCounts,
    drawing_of,
    envelopes_record,
    ledger_counts,
    ledger_entries,
    overdue_counts,
    overdue_sentence,
    public_title,
    record_json,
    sealed_json,
)
from draws.views.ceremony import absolute, qr_picture
from shuangsuiji.accounts.access import public_page
from shuangsuiji.lib.errors import Refusal

PER_PAGE = 30
BROKEN = (KeyError, TypeError, ValueError, ObjectDoesNotExist, draws.engine.ProtocolError)
"""What reading a record raises that somebody has been at."""
DISAGREES = "记录与封存不一致，见审计。本单位正在查明，封存指纹和台账号照样保留。"


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
    counts, late = ledger_counts(), overdue_counts(today=today)
    stats = [
        {"label": "已封存", "value": counts.sealed, "note": "每次封存都在此留号"},
        {"label": "已抽取", "value": counts.drawn, "note": f"另有受阻 {counts.blocked} 次"},
        {"label": "作废", "value": counts.voided, "note": f"原因逐条公开；受阻后作废 {counts.voided_after_result} 次"},
        {"label": "有变更", "value": counts.amended, "note": "变更可逐条核验"},
        {"label": "逾期", "value": late.undrawn + late.unopened, "note": _late_words(late)},
    ]
    return render(request, "draws/ledger.html", {"rows": rows, "page_obj": page, "stats": stats})


def _late_words(late: OverdueCounts) -> str:
    if not late.undrawn + late.unopened:
        return "没有过期未抽、未公开的"
    return f"到期未抽取 {late.undrawn} 次，到期未公开 {late.unopened} 次"


def _sealed(number: str) -> SealedDraw:
    rows = SealedDraw.objects.select_related("draw", "draw__voided_by", "draw__plan")
    return get_object_or_404(rows, number=number)


@public_page
@require_safe
def ledger_entry(request: HttpRequest, number: str) -> HttpResponse:
    """One draw in public: what happened, what was filtered out, and the names once they may be shown."""
    sealed = _sealed(number)
    try:
        context = _entry(sealed)
    except BROKEN:
        return render(request, "draws/ledger_broken.html", {"sealed": sealed, "sentence": DISAGREES})
    return render(request, "draws/ledger_entry.html", context)


def _entry(sealed: SealedDraw) -> dict:
    draw = sealed.draw
    drawing = drawing_of(draw)
    shows_names = names_are_public(draw)
    return {
        "draw": draw,
        "sealed": sealed,
        "drawing": drawing,
        "title": public_title(draw),
        "shows_names": shows_names,
        "rows": public_result_rows(draw) if shows_names else [],
        "sources": source_states(draw),
        "overdue": overdue_sentence(draw, today=timezone.localdate()),
        "qr": qr_picture(absolute("ledger_entry", sealed.number)),
        **entry_page(draw, sealed=sealed, drawing=drawing, shows_names=shows_names),
    }


def _file(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@public_page
@require_safe
@conditional_page
def ledger_sealed(request: HttpRequest, number: str) -> HttpResponse:
    """The sealed record, byte for byte what its hash covers."""
    return _file(sealed_json(_sealed(number)), name=f"{number}-sealed.json")


@public_page
@require_safe
@conditional_page
def ledger_record(request: HttpRequest, number: str) -> HttpResponse:
    """The whole public record; a sentence while it is confidential."""
    try:
        content = record_json(_sealed(number).draw)
    except Refusal as refusal:
        return _not_yet(request, number, refusal.sentence)
    except BROKEN:
        return _not_yet(request, number, DISAGREES)
    return _file(content, name=f"{number}-record.json")


@public_page
@require_safe
@conditional_page
def ledger_envelopes(request: HttpRequest, number: str) -> HttpResponse:
    """The envelopes of a confidential draw and those opened so far."""
    draw = _sealed(number).draw
    if draw.is_announced:
        return _not_yet(request, number, "公告后检查的抽取当场公开，没有信封。请看完整记录。")
    if not has_result(draw):
        return _not_yet(request, number, "这次抽取还没有结果，抽取完成时才有信封。")
    return _file(draws.engine.canonical_json(envelopes_record(draw)), name=f"{number}-envelopes.json")


def _not_yet(request: HttpRequest, number: str, sentence: str) -> HttpResponse:
    return render(request, "draws/not_yet.html", {"number": number, "sentence": sentence}, status=404)
