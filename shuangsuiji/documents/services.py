"""Issuing documents: number, PDF, file and row come together or not at all."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file, whole_path
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.numbering import take_number
from shuangsuiji.documents.pdf import RenderedPdf, render_pdf
from shuangsuiji.documents.registry import DocumentKind, kind_of
from shuangsuiji.documents.sealing import seal_address, signed
from shuangsuiji.lib.context import bureau
from shuangsuiji.lib.errors import Refusal


@transaction.atomic
def issue_document(
    kind_code: str,
    *,
    subject: tuple[str, str],
    context: Mapping,
    by: User | None,
    issued_on: dt.date,
    chain: tuple[str, str] | None = None,
    confidential: bool = False,
    replaces: IssuedDocument | None = None,
    qr_link: str = "",
    pictures: Mapping[str, Path] | None = None,
) -> IssuedDocument:
    """Number, render, store and record one document.

    `context` holds JSON values; number, date, bureau and links are added and kept with it.
    `qr_link` is where the QR code leads, else to the authenticity page. The file is on disk
    before the row. Calling twice issues twice: the caller knows what must happen once.
    """
    kind = kind_of(kind_code)
    _check_replaceable(replaces, kind=kind)
    taken = take_number(kind, issued_on=issued_on, chain=chain)
    token = secrets.token_urlsafe(32)
    full = _issued_context(
        context, kind=kind, number=taken.text, issued_on=issued_on, token=token, qr_link=qr_link, replaces=replaces
    )
    rendered = signed(render_pdf(kind.template, full, pictures=pictures), reason=f"签发{kind.name}")
    document = IssuedDocument.objects.create(
        kind=kind.code,
        title=str(context.get("title") or kind.name)[:200],
        number=taken.text,
        mark=kind.mark,
        year=taken.year,
        serial=taken.serial,
        part=taken.part,
        subject_kind=subject[0],
        subject_key=subject[1],
        context=full,
        file_name=keep_file(rendered.content),
        sha256=rendered.sha256,
        byte_count=len(rendered.content),
        page_count=rendered.page_count,
        token=token,
        is_confidential=confidential,
        issued_on=issued_on,
        issued_at=timezone.now(),
        issued_by=by,
        replaces=replaces,
    )
    _record_issue(document, by=by)
    return document


def replace_document(
    document: IssuedDocument,
    *,
    context: Mapping,
    by: User | None,
    issued_on: dt.date,
    reason: str,
    chain: tuple[str, str] | None = None,
    qr_link: str = "",
    pictures: Mapping[str, Path] | None = None,
) -> IssuedDocument:
    """Issue a new document in place of one already issued, which stays as it is.

    The new one names the old one and why; the old one's authenticity page names the new.
    """
    if not reason.strip():
        raise Refusal("请写明替换原文书的原因。", field="reason")
    return issue_document(
        document.kind,
        subject=(document.subject_kind, document.subject_key),
        context={**context, "replacement_reason": reason.strip()},
        by=by,
        issued_on=issued_on,
        chain=chain,
        confidential=document.is_confidential,
        replaces=document,
        qr_link=qr_link,
        pictures=pictures,
    )


def render_draft(kind_code: str, *, context: Mapping, pictures: Mapping[str, Path] | None = None) -> RenderedPdf:
    """The document as it would look, watermarked 草稿, without number and without a trace."""
    kind = kind_of(kind_code)
    return render_pdf(kind.template, {**context, "kind_name": kind.name, "is_draft": True}, pictures=pictures)


def document_path(document: IssuedDocument) -> Path:
    """Where the PDF lies; refused when it no longer holds the bytes that were issued."""
    return whole_path(document.file_name, sha256=document.sha256)


def download_name(document: IssuedDocument) -> str:
    """What the file is called where somebody keeps it: 行政检查通知书示应急检通〔2026〕3号.pdf."""
    return re.sub(r'[\\/:*?"<>|\s]+', "", f"{document.title}{document.number or ''}") + ".pdf"


def check_link(token: str) -> str:
    """The public address at which a document's authenticity is confirmed."""
    return f"{settings.BASE_URL}/documents/{token}/"


def _check_replaceable(old: IssuedDocument | None, *, kind: DocumentKind) -> None:
    if old is None:
        return
    if old.kind != kind.code:
        raise ValueError(f"a {kind.code} cannot replace a {old.kind}")
    if IssuedDocument.objects.filter(replaces=old).exists():
        raise Refusal(f"{old} 已被新文书替代，请在最新一份上操作。")


def _issued_context(
    context: Mapping,
    *,
    kind: DocumentKind,
    number: str | None,
    issued_on: dt.date,
    token: str,
    qr_link: str,
    replaces: IssuedDocument | None,
) -> dict:
    link = check_link(token)
    return {
        **context,
        "bureau": bureau(),
        "kind_name": kind.name,
        "number": number or "",
        "issued_on": issued_on.isoformat(),
        "check_link": link,
        "qr_link": qr_link or link,
        "seal": seal_address(),
        "replaces_number": (replaces.number or replaces.title) if replaces else "",
    }


def _record_issue(document: IssuedDocument, *, by: User | None) -> None:
    detail: dict[str, object] = {"number": document.number or "", "kind": document.kind, "sha256": document.sha256}
    if document.replaces_id:
        detail["replaces"] = str(document.replaces_id)
    record("document.issued", by=by, target=document, confidential=document.is_confidential, **detail)
