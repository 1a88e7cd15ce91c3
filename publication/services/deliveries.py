"""送达: how a letter reached its enterprise besides by e-mail, with the proof and the 送达回执."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from pypdf import PdfWriter

from inspections.policies import is_officer
from inspections.policies.cases import check_volume_open
from publication.models import Letter, LetterEvent
from publication.policies import check_may_serve_letter
from publication.services.letter_trail import locked_letter, note_event
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.documents.files import keep_file, path_of
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.services import document_path, issue_document
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.uploads import CheckedUpload, check_image, check_pdf

Kind = LetterEvent.Kind
FOLDER = "deliveries"
RECEIPT = "delivery_receipt"
MOST_PRINTED = 400
SERVED_BY_HAND = (Kind.HANDED, Kind.REFUSED, Kind.POSTED)


def print_letters(letters: Iterable[Letter], *, by: User, now: dt.datetime | None = None) -> bytes:
    """The issued letters as one PDF, in the order given; each is noted as printed."""
    rows = [letter for letter in letters if letter.document is not None]
    if not rows:
        raise Refusal("还没有签发的通知书可以打印，请稍候再试。")
    if len(rows) > MOST_PRINTED:
        raise Refusal(f"一次最多打印 {MOST_PRINTED} 份，请分批打印。")
    content = _joined(letter.document for letter in rows)
    _note_printed(rows, by=by, now=now or timezone.now())
    return content


@transaction.atomic
def _note_printed(letters: list[Letter], *, by: User, now: dt.datetime) -> None:
    for letter in sorted(letters, key=lambda one: one.pk):
        letter = locked_letter(letter)
        check_may_serve_letter(letter, by=by)
        note_event(letter, Kind.PRINTED, at=now, by=by)
    record("letters.printed", by=by, count=len(letters))


def _joined(documents: Iterable[IssuedDocument | None]) -> bytes:
    """The files as they were issued, one behind the other: what is printed is what is filed."""
    out, writer = io.BytesIO(), PdfWriter()
    for document in documents:
        if document is not None:
            writer.append(str(document_path(document)), import_outline=False)
    writer.write(out)
    return out.getvalue()


def record_delivery(
    letter: Letter,
    *,
    kind: str,
    delivered_at: dt.datetime,
    by: User,
    receiver: str = "",
    place: str = "",
    note: str = "",
    proof: UploadedFile | None = None,
) -> LetterEvent:
    """Note a delivery by hand, a refusal or a posting; the proof is checked and on disk before the row is written.

    A letter handed over or refused needs a photo or scan of the signed receipt, or of the scene
    (行政诉讼法 and 民事诉讼法 on 送达). The 送达回执 is issued in the number of the check.
    """
    check_may_serve_letter(letter, by=by)
    check_volume_open(letter.task)
    _check_delivery(kind, receiver=receiver, note=note, proof=proof, delivered_at=delivered_at)
    checked = _checked(proof) if proof else None
    with transaction.atomic():
        letter = locked_letter(letter)
        check_may_serve_letter(letter, by=by)
        if letter.document is None:
            raise Refusal("通知书还没有签发，签发之后才能登记送达。")
        kept = _proof(checked) if checked else {}
        values = {"receiver": receiver.strip(), "place": place.strip(), "note": note.strip()[:300]}
        receipt = _issue_receipt(letter, kind=kind, at=delivered_at, by=by, **values)
        event = note_event(letter, Kind(kind), at=delivered_at, by=by, receipt=receipt, **values, **kept)
        record("letter.delivered", by=by, target=letter, way=kind, receipt=receipt.number)
    return event


def proof_path(event: LetterEvent) -> Path:
    """Where the proof lies."""
    return path_of(event.proof_name)


def _check_delivery(
    kind: str, *, receiver: str, note: str, proof: UploadedFile | None, delivered_at: dt.datetime
) -> None:
    if kind not in SERVED_BY_HAND:
        raise Refusal("请选择送达方式：当面送达、拒收留置或邮寄。", field="kind")
    if delivered_at > timezone.now():
        raise Refusal("送达时间不能晚于现在。", field="delivered_at")
    if kind == Kind.HANDED and not receiver.strip():
        raise Refusal("当面送达须填写收件人姓名。", field="receiver")
    if kind == Kind.REFUSED and not note.strip():
        raise Refusal("拒收的，请写明拒收的事由和见证人。", field="note")
    if kind in (Kind.HANDED, Kind.REFUSED) and not proof:
        raise Refusal("请上传签收照片或扫描件（拒收的上传现场照片）。", field="proof")


def _checked(proof: UploadedFile) -> CheckedUpload:
    """A photo or a PDF, by content."""
    head = proof.read(5)
    proof.seek(0)
    try:
        return check_pdf(proof) if head == b"%PDF-" else check_image(proof)
    except Refusal as refusal:
        raise Refusal(refusal.sentence, field="proof") from refusal


def _proof(checked: CheckedUpload) -> dict[str, str]:
    return {
        "proof_name": keep_file(checked.content, folder=FOLDER, suffix=checked.suffix),
        "proof_sha256": checked.sha256,
        "proof_type": checked.media_type,
    }


def _issue_receipt(
    letter: Letter, *, kind: str, at: dt.datetime, by: User, receiver: str, place: str, note: str
) -> IssuedDocument:
    enterprise, document = letter.task.enterprise, letter.document
    assert document is not None  # nosec B101 - looked at by the caller
    subject = ("task", str(letter.task_id))
    row = {
        "name": document.title,
        "number": document.number or "",
        "receiver": receiver,
        "place": place,
        "delivered_at": timezone.localtime(at).isoformat(timespec="minutes"),
        "way": Kind(kind).label,
        "deliverers": _deliverers(letter, by=by),
    }
    context = {
        "recipient": {"name": enterprise.name, "address": enterprise.address},
        "deliveries": [row],
        "blank_rows": [1, 2],
        "remarks": note,
    }
    return issue_document(
        RECEIPT, subject=subject, chain=subject, context=context, by=by, issued_on=timezone.localdate()
    )


def _deliverers(letter: Letter, *, by: User) -> list[str]:
    """Two deliverers sign (送达回执 has room for both): the own officers, where one of them noted it."""
    if not is_officer(by, letter.task):
        return [by.name]
    seats = letter.task.drawn.seats.filter(inspector__isnull=False).select_related("inspector").order_by("seat")
    return [seat.inspector.name for seat in seats if seat.inspector]
