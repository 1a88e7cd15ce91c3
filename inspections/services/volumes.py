"""What lies in a volume, in its order: issued papers, receipts, signed sheets, reports, evidence, payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils import timezone

from inspections.documents import EVIDENCE_LIST, evidence_context
from inspections.documents.attachments import (
    PAYMENTS,
    RECTIFICATION,
    SIGNED_SCAN,
    payments_context,
    rectification_context,
    scan_context,
)
from inspections.documents.volume_order import check_order, penalty_order
from inspections.models import Dossier, Order, RectificationPhoto, RectificationReport, Signature, SignedScan, Task
from inspections.selectors import documents_of, evidence_of, orders_of, scans_of
from inspections.selectors.cases import case_documents, cases_of, deliveries_of, withdrawal_notes
from inspections.services.evidence import PRINT_EDGE, small_copy, view_path
from inspections.states import CaseState
from shuangsuiji.documents.files import path_of
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.registry import DocumentKind
from shuangsuiji.documents.volume import VolumePart

REINSPECTION_KIND, CLOSING_KIND = "reinspection", "case_closing"


def volume_parts(dossier: Dossier) -> list[VolumePart]:
    """The parts of the volume: of a check by time, of a penalty case by the archive's rule."""
    task = dossier.task
    on = timezone.localtime(dossier.queued_at).date().isoformat() if dossier.queued_at else ""
    evidence = _made(EVIDENCE_LIST, on=on, context=evidence_context(task))
    if task.cases.exclude(state=CaseState.REFUSED).exists():
        return _penalty_parts(task, evidence)
    return [*_check_parts(task), evidence]


def pictures_of(dossier: Dossier) -> dict[str, Path]:
    """What is printed, by hash: photos and scans as small copies without EXIF, signatures as they were drawn."""
    task = dossier.task
    photos = {one.sha256: view_path(one, edge=PRINT_EDGE) for one in evidence_of(task) if one.is_picture}
    reported = RectificationPhoto.objects.filter(report__order_point__order__task=task).order_by("pk")
    copied: list[Any] = [*reported, *(one for one in scans_of(task) if one.is_picture)]
    copies = {one.sha256: small_copy(one.file_name, sha256=one.sha256, edge=PRINT_EDGE) for one in copied}
    own = Q(record__task=task) | Q(revisit__order__task=task)
    drawn = Signature.objects.filter(own).order_by("signed_at", "id")
    return {**photos, **copies, **{one.sha256: path_of(one.file_name) for one in drawn}}


def documents_in_volume(task: Task) -> list[IssuedDocument]:
    """Every issued paper of a check and its cases, replaced ones among them."""
    found = list(documents_of(task))
    for case in cases_of(task):
        found += case_documents(case)
    return found


def _check_parts(task: Task) -> list[VolumePart]:
    """By time; what the enterprise reported stands before the re-inspection that looked at it."""
    before, _ = check_order(documents_of(task))
    reports = {_reinspection_of(order): _report_part(order, task) for order in orders_of(task) if _is_reported(order)}
    scans, parts = _scans_by_document(task), []
    for document in before:
        if document.kind == REINSPECTION_KIND and document.pk in reports:
            parts.append(reports.pop(document.pk))
        parts += _with_scans(document, scans)
    return [*parts, *reports.values()]


def _penalty_parts(task: Task, evidence: VolumePart) -> list[VolumePart]:
    """Reports among the evidence; what was paid before the closing sheet."""
    receipts = {key: delivery.receipt for key, delivery in deliveries_of(task).items()}
    before, after = penalty_order(documents_in_volume(task), receipts=receipts)
    scans = _scans_by_document(task)
    notes = withdrawal_notes(task)
    reports = [_report_part(order, task) for order in orders_of(task) if _is_reported(order)]
    inner = [document for document in after if document.kind != CLOSING_KIND]
    closing = [document for document in after if document.kind == CLOSING_KIND]
    return [
        *_all_with_scans(before, scans, notes),
        *reports,
        evidence,
        *_all_with_scans(inner, scans, notes),
        *_payment_parts(task),
        *_all_with_scans(closing, scans, notes),
    ]


def _all_with_scans(documents: Iterable[IssuedDocument], scans: dict, notes: Mapping) -> list[VolumePart]:
    return [part for document in documents for part in _with_scans(document, scans, notes)]


def _with_scans(
    document: IssuedDocument, scans: dict[object, list[SignedScan]], notes: Mapping[object, str] | None = None
) -> list[VolumePart]:
    """A paper, then its signed sheets. One that was replaced or withdrawn stays, with a note beside it."""
    new = getattr(document, "replaced_by", None)
    note = f"已被{new.number or new.title}替代" if new else (notes or {}).get(document.pk, "")
    return [VolumePart.issued(document, note=note), *(_scan_part(one, document) for one in scans.get(document.pk, ()))]


def _scan_part(scan: SignedScan, document: IssuedDocument) -> VolumePart:
    on = timezone.localtime(scan.added_at).date().isoformat()
    return _made(SIGNED_SCAN, on=on, context=scan_context(scan, of=str(document)), title=f"{document.title}（签字件）")


def _scans_by_document(task: Task) -> dict[object, list[SignedScan]]:
    found: dict[object, list[SignedScan]] = {}
    for scan in scans_of(task).filter(document__isnull=False):
        found.setdefault(scan.document_id, []).append(scan)
    return found


def _is_reported(order: Order) -> bool:
    return RectificationReport.objects.filter(order_point__order=order).exists()


def _reinspection_of(order: Order) -> object:
    looked = getattr(order, "reinspection", None)
    return looked.document_id if looked else order.pk


def _report_part(order: Order, task: Task) -> VolumePart:
    last = RectificationReport.objects.filter(order_point__order=order).latest("reported_at")
    on = timezone.localtime(last.reported_at).date().isoformat()
    return _made(RECTIFICATION, on=on, context=rectification_context(order, task))


def _payment_parts(task: Task) -> list[VolumePart]:
    parts = []
    for case in cases_of(task):
        last = case.payments.order_by("-paid_on", "-id").first()
        if last is not None:
            parts.append(_made(PAYMENTS, on=last.paid_on.isoformat(), context=payments_context(case)))
    return parts


def _made(kind: DocumentKind, *, on: str, context: dict, title: str = "") -> VolumePart:
    """A part that is made for the volume and issued nowhere."""
    return VolumePart(
        title=title or kind.name,
        on=on,
        template=kind.template,
        context={**context, "kind_name": title or kind.name},
    )
