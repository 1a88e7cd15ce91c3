"""A volume (一案一卷): cover, catalogue with true page numbers, the documents, closing sheet.

Cover, catalogue and closing sheet carry no number; pages count from 1. Every part is laid
out by itself, in order, so the number of its first page is known when its turn comes; the
catalogue is laid out last and put in front. All pages are then written as one file, so a
face is embedded once, however many documents use it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from weasyprint import Document

from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.pdf import lay_out, to_pdf
from shuangsuiji.documents.registry import kind_of

COVER, CATALOGUE, CLOSING = (f"documents/dossier_{name}.html" for name in ("cover", "catalogue", "closing"))
ROWS_ON_A_SHEET = 15


@dataclass(frozen=True)
class VolumePart:
    """One document of a volume: an issued one, or a template with its context."""

    title: str
    number: str = ""
    on: str = ""
    template: str = ""
    context: Mapping = field(default_factory=dict)
    document: IssuedDocument | None = None
    note: str = ""

    @classmethod
    def issued(cls, document: IssuedDocument, *, note: str = "") -> VolumePart:
        """A part from an issued document, with its own title, number and date."""
        on = document.issued_on.isoformat()
        return cls(title=document.title, number=document.number or "", on=on, document=document, note=note)


@dataclass(frozen=True)
class CatalogueRow:
    """One line of the 卷内目录; pages as they are printed on the sheets."""

    sequence: int
    title: str
    number: str
    on: str
    page_from: int
    page_to: int
    note: str
    document_key: str = ""


@dataclass(frozen=True)
class RenderedVolume:
    """A finished volume. `page_count` counts every sheet, `body_page_count` the numbered ones."""

    content: bytes
    page_count: int
    body_page_count: int
    sha256: str
    catalogue: list[dict]


def render_volume(
    cover: Mapping, parts: Sequence[VolumePart], closing: Mapping, *, pictures: Mapping[str, Path] | None = None
) -> RenderedVolume:
    """Put a volume together. Same parts, same bytes.

    `cover` and `closing` are the contexts of dossier_cover and dossier_closing; counts of
    documents and pages are filled in. `pictures` serves all parts.
    """
    laid_out, rows = _lay_out_parts(parts, pictures=pictures)
    body_page_count = rows[-1].page_to if rows else 0
    common = {"issued_on": _day(cover.get("archived_on"))}
    counts = {
        "pages": body_page_count,
        "documents": len(rows),
        "photos": len(pictures or {}),
        **closing.get("counts", {}),
    }
    front = lay_out(COVER, {**common, "kind_name": "案卷", "part_label": "封面", **cover})
    catalogue = lay_out(CATALOGUE, {**common, "kind_name": "卷内目录", **_catalogue_context(rows)})
    back = lay_out(CLOSING, {**common, "kind_name": "备考表", **closing, "counts": counts})
    sheets = [front, catalogue, *laid_out, back]
    rendered = to_pdf(_joined(front, sheets))
    return RenderedVolume(
        content=rendered.content,
        page_count=rendered.page_count,
        body_page_count=body_page_count,
        sha256=rendered.sha256,
        catalogue=[asdict(row) for row in rows],
    )


def _lay_out_parts(
    parts: Sequence[VolumePart], *, pictures: Mapping[str, Path] | None
) -> tuple[list[Document], list[CatalogueRow]]:
    laid_out, rows, last_page = [], [], 0
    for sequence, part in enumerate(parts, start=1):
        document = _lay_out_part(part, sequence=sequence, first_page=last_page + 1, pictures=pictures)
        first_page, last_page = last_page + 1, last_page + len(document.pages)
        laid_out.append(document)
        key = str(part.document.pk) if part.document else ""
        rows.append(CatalogueRow(sequence, part.title, part.number, part.on, first_page, last_page, part.note, key))
    return laid_out, rows


def _lay_out_part(part: VolumePart, *, sequence: int, first_page: int, pictures: Mapping[str, Path] | None) -> Document:
    own = {"part_anchor": _anchor(sequence), "part_label": part.title}
    if part.document is None:
        template, context = part.template, {"number": part.number, **part.context, **own}
        context.setdefault("kind_name", part.title)
    else:
        template, context = kind_of(part.document.kind).template, {**part.document.context, **own}
    digest = part.document.sha256 if part.document else ""
    css = _page_css(first_page=first_page, digest=digest, note=part.note if part.document else "")
    return lay_out(template, context, pictures=pictures, extra_css=css)


def _page_css(*, first_page: int, digest: str, note: str) -> str:
    """The volume's number at the outer upper corner; over an issued document its hash and what became of it."""
    mark = f"@top-center {{ content: {json.dumps(note, ensure_ascii=False)}; }}" if note else ""
    foot = (
        f'@bottom-left-corner {{ content: ""; }} @top-left {{ content: "原件 SHA-256 {digest}"; }} {mark}'
        if digest
        else ""
    )
    return (
        f"@page :first {{ counter-reset: volume {first_page - 1}; }}"
        "@page { counter-increment: volume; "
        "@top-right { content: counter(volume); }"
        f"{foot} }}"
    )


def _joined(first: Document, documents: Sequence[Document]) -> Document:
    return first.copy([page for document in documents for page in document.pages])


def _catalogue_context(rows: Sequence[CatalogueRow]) -> dict:
    shown = [{**asdict(row), "anchor": _anchor(row.sequence)} for row in rows]
    return {"rows": shown, "blank_rows": list(range(max(0, ROWS_ON_A_SHEET - len(rows))))}


def _anchor(sequence: int) -> str:
    return f"part-{sequence}"


def _day(value: str | dt.date | None) -> str:
    return value.isoformat() if isinstance(value, dt.date) else value or ""
