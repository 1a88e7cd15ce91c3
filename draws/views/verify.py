"""Verify it yourself: a page that computes a draw again in the browser, and the engine to take home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import quote_etag
from django.views.decorators.http import condition, require_safe

from draws.selectors.verifying import engine_program, recent_numbers, sealed_draw, verifiable_files
from shuangsuiji.accounts.access import public_page

_URL_NAMES = {"record.json": "ledger_record", "sealed.json": "ledger_sealed", "envelopes.json": "ledger_envelopes"}


@public_page
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The page. `?draw=` names a draw of the ledger; without it a file is chosen, and never sent here."""
    number = request.GET.get("draw", "").strip()
    sealed = sealed_draw(number) if number and "\x00" not in number else None
    names = verifiable_files(sealed.draw) if sealed else []
    context = {
        "number": number,
        "sealed": sealed,
        "files": [{"name": name, "url": reverse(_URL_NAMES[name], args=[number])} for name in names],
        "recent": recent_numbers(),
        "program": engine_program(),
    }
    return render(request, "draws/verify.html", context)


def _program_etag(request: HttpRequest) -> str:
    return quote_etag(engine_program().sha256)


@public_page
@require_safe
@condition(etag_func=_program_etag)
def verify_program(request: HttpRequest) -> HttpResponse:
    """The engine as one file that any Python from 3.9 on runs."""
    response = HttpResponse(engine_program().content, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="draw.pyz"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response
