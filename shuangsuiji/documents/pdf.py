"""From a template and plain values to a PDF: always A4, tagged, archivable, reproducible.

The same context gives the same bytes: nothing of the clock, the machine or the visitor
goes in. What differs between two machines is only which fonts they have.
"""

from __future__ import annotations

import functools
import hashlib
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from shuangsuiji.documents import fonts
from shuangsuiji.documents.assets import AssetFetcher, RefusedAddress
from shuangsuiji.documents.packing import pack_streams
from shuangsuiji.lib.context import bureau

STYLE_SHEET = "css/document.css"
VARIANT = "pdf/a-3a"


@dataclass(frozen=True)
class RenderedPdf:
    """A finished PDF."""

    content: bytes
    page_count: int
    sha256: str


def render_pdf(template: str, context: Mapping, *, pictures: Mapping[str, Path] | None = None) -> RenderedPdf:
    """Render a template under `documents/` to a PDF.

    `context` holds plain JSON values, dates as ISO text; `bureau` is added, and `qr_svg`
    where there is a `qr_link`. `pictures` maps the SHA-256 in a `picture:` address to the file.
    """
    document = lay_out(template, context, pictures=pictures)
    return to_pdf(document)


def lay_out(
    template: str, context: Mapping, *, pictures: Mapping[str, Path] | None = None, extra_css: str = ""
) -> Document:
    """Lay a document out in pages without writing it, for volumes that count pages first."""
    html = HTML(
        string=render_to_string(template, full_context(context)),
        base_url="asset:",
        url_fetcher=AssetFetcher(pictures=pictures),
    )
    sheets = [_style_sheet()]
    if extra_css:
        sheets.append(CSS(string=extra_css, font_config=font_configuration(), url_fetcher=AssetFetcher()))
    try:
        return html.render(font_config=font_configuration(), stylesheets=sheets, pdf_variant=VARIANT)
    except FatalURLFetchingError as error:
        raise RefusedAddress(str(error)) from error


def to_pdf(document: Document) -> RenderedPdf:
    """Write a laid-out document; the file identifier follows from its content."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        # WeasyPrint leaves its own colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        document.write_pdf(out, finisher=pack_streams, pdf_variant=VARIANT, pdf_identifier=True)
    content = out.getvalue()
    return RenderedPdf(content=content, page_count=len(document.pages), sha256=hashlib.sha256(content).hexdigest())


def full_context(context: Mapping) -> dict:
    """What every document template may rely on, under the caller's own values."""
    link = context.get("qr_link", "")
    return {"bureau": bureau(), "qr_svg": qr_svg(link) if link else "", **context}


def qr_svg(link: str) -> SafeString:
    """A QR code as inline SVG without a size of its own; the style sheet gives it one."""
    code = segno.make(link, error="m", micro=False)
    svg = code.svg_inline(border=2, omitsize=True, title="二维码", dark="#000", svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 # nosec B308 B703 - segno writes paths, the link is not in them


@functools.cache
def font_configuration() -> FontConfiguration:
    """One per process: each costs the memory of every font it opens."""
    return FontConfiguration()


@functools.cache
def _style_sheet() -> CSS:
    text = Path(str(finders.find(STYLE_SHEET))).read_text(encoding="utf-8")
    return CSS(string=f"{fonts.font_faces()}\n{text}", font_config=font_configuration(), url_fetcher=AssetFetcher())
