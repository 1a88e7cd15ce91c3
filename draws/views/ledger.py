"""The public ledger: every sealed draw for ever, its records, and how to verify them."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path

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
ZIP_TIME = (2020, 1, 1, 0, 0, 0)
"""A fixed time in the zipapp: the same engine gives the same bytes on every machine."""


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


@public_page
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """How anybody verifies a draw at home."""
    example = ledger_entries().filter(draw__state=DrawState.DRAWN, draw__mode=Draw.Mode.ANNOUNCED).first()
    return render(request, "draws/verify.html", {"example": example})


@public_page
@require_safe
def verify_program(request: HttpRequest) -> HttpResponse:
    """The engine as one file that any Python from 3.9 on runs."""
    response = HttpResponse(engine_zipapp(), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="draw.pyz"'
    return response


@lru_cache(maxsize=1)
def engine_zipapp() -> bytes:
    """The package `draws.engine` as a zipapp, the same bytes every time."""
    folder = Path(draws.engine.__file__).parent
    files = {f"draws/engine/{file.name}": file.read_bytes() for file in sorted(folder.glob("*.py"))}
    files = {"__main__.py": _MAIN, "draws/__init__.py": b"", **files}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, ZIP_TIME), files[name], zipfile.ZIP_DEFLATED)
    return b"#!/usr/bin/env python3\n" + buffer.getvalue()


_MAIN = b"import runpy\n\nrunpy.run_module('draws.engine', run_name='__main__', alter_sys=True)\n"
