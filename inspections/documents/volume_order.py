"""The order of the papers in a volume: of a check by time, of a penalty case by the archive's rule.

Penalty volume: filing, decision, other served papers, evidence, internal papers, closing; each
served paper is followed by its 送达回执. What no group names stands with the served papers
when it was served, else with the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shuangsuiji.documents.models import IssuedDocument

RECEIPT_KIND = "delivery_receipt"
SERVED_GROUP, EVIDENCE_GROUP = 2, 3
GROUPS: tuple[tuple[str, ...], ...] = (
    ("case_filing",),
    ("penalty_unit", "penalty_person", "penalty_spot", "no_penalty"),
    (
        "inspection_notice",
        "handling",
        "order",
        "reinspection",
        "inquiry_notice",
        "preservation",
        "preservation_outcome",
        "penalty_notice",
        "hearing_notice",
        "hearing_meeting",
        "notice_withdrawal",
        "recusal_decision",
        "reminder",
        "case_transfer",
    ),
    ("site_record", "inquiry_record", "survey_record", "sampling", "statement_record", "hearing_record"),
    ("check_approval", "scheme", "case_report", "legal_review", "discussion_record"),
    ("case_closing",),
)
_GROUP_OF = {kind: number for number, kinds in enumerate(GROUPS) for kind in kinds}


def check_order(documents: Iterable[IssuedDocument]) -> tuple[list[IssuedDocument], list[IssuedDocument]]:
    """A check-only volume: by time; what comes before the evidence list, and nothing after it."""
    return list(documents), []


def penalty_order(
    documents: Iterable[IssuedDocument], *, receipts: Mapping[object, IssuedDocument]
) -> tuple[list[IssuedDocument], list[IssuedDocument]]:
    """A penalty volume: what stands before the evidence list and what after it.

    `receipts` leads from a served document's key to its receipt; each receipt follows its document.
    """
    known = {receipt.pk for receipt in receipts.values()}
    before: list[IssuedDocument] = []
    after: list[IssuedDocument] = []
    for document in sorted(documents, key=lambda one: _rank(one, receipts)):
        if document.pk in known:
            continue
        side = before if _group(document, receipts) <= EVIDENCE_GROUP else after
        side.append(document)
        if document.pk in receipts:
            side.append(receipts[document.pk])
    return before, after


def _rank(document: IssuedDocument, receipts: Mapping[object, IssuedDocument]) -> tuple:
    return _group(document, receipts), document.issued_on, document.issued_at, str(document.pk)


def _group(document: IssuedDocument, receipts: Mapping[object, IssuedDocument]) -> int:
    if document.kind == RECEIPT_KIND:
        return SERVED_GROUP
    fallback = SERVED_GROUP if document.pk in receipts else EVIDENCE_GROUP
    return _GROUP_OF.get(document.kind, fallback)
