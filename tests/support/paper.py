"""Blank sheets: an issued paper's words are composed for real, and only its pages are not set.

Setting a page is more than half of what a test of an order or a case would cost, and those tests do
not look at it. Whoever looks, marks the file: `pytestmark = pytest.mark.paper`. A volume is put together
for real, and each document in it is one sheet with a line that follows from its words; who looks at the
pages marks `volume`. Drafts are always set for real.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from weasyprint import HTML, Document

from shuangsuiji.documents import pdf, services, volume


def sheet_for(template: str, context: Mapping, *, pictures: Mapping[str, Path] | None = None) -> pdf.RenderedPdf:
    """What `render_pdf` returns, on a blank sheet: other words, another file. A draft is set for real."""
    if context.get("is_draft"):
        return pdf.render_pdf(template, context, pictures=pictures)
    words = render_to_string(template, pdf.full_context(context))
    content = _blank() + b"%" + hashlib.sha256(words.encode()).hexdigest().encode() + b"\n"
    return pdf.RenderedPdf(content=content, page_count=1, sha256=hashlib.sha256(content).hexdigest())


@contextmanager
def blank_sheets() -> Iterator[None]:
    """Papers issued meanwhile are blank sheets."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "render_pdf", sheet_for)
        yield


def part_for(template: str, context: Mapping, *, extra_css: str = "", **_more: object) -> Document:
    """What `lay_out` returns for a part of a volume: one sheet, which differs where its words do."""
    words = render_to_string(template, pdf.full_context(context)) + extra_css
    line = f"<html lang=zh><title>-</title><p>{hashlib.sha256(words.encode()).hexdigest()}</p></html>"
    return HTML(string=line).render(font_config=pdf.font_configuration(), pdf_variant=pdf.VARIANT)


@contextmanager
def short_volumes() -> Iterator[None]:
    """Volumes put together meanwhile have one sheet a document."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(volume, "lay_out", part_for)
        yield


def speak(patch: pytest.MonkeyPatch) -> None:
    """From now on what would be a PDF is the words of it, so that a search finds them."""

    def words(template: str, context: Mapping, **_how: object) -> str:
        return render_to_string(template, pdf.full_context(context))

    def sheet(text: str) -> pdf.RenderedPdf:
        return pdf.RenderedPdf(content=text.encode(), page_count=1, sha256=hashlib.sha256(text.encode()).hexdigest())

    patch.setattr(pdf, "lay_out", words)
    patch.setattr(pdf, "to_pdf", sheet)


@functools.cache
def _blank() -> bytes:
    return pdf.to_pdf(HTML(string="<html lang=zh><title>-</title></html>").render(pdf_variant=pdf.VARIANT)).content
