"""The documents of a check: one module a noun; each kind is one registry record. Values are plain JSON."""

from inspections.documents import cases
from inspections.documents.approvals import approval_context
from inspections.documents.dossiers import closing_context, cover_context, outcome_text
from inspections.documents.enterprise_files import enterprise_file_context
from inspections.documents.evidence import EVIDENCE_LIST, evidence_context, evidence_row
from inspections.documents.orders import (
    DEFAULT_MEASURES,
    HANDLING,
    ORDER,
    RECEIPT,
    REINSPECTION,
    handling_context,
    order_context,
    revisit_context,
)
from inspections.documents.records import SITE_RECORD, record_context
from inspections.documents.schemes import (
    CHECK_APPROVAL,
    CHECK_BASIS,
    DEFAULT_METHOD,
    EQUIPMENT_KINDS,
    NOTICE_KIND,
    SCHEME,
    scheme_context,
)
from inspections.documents.words import day, enterprise_facts, moment, problem_text

__all__ = [
    "CHECK_APPROVAL",
    "CHECK_BASIS",
    "DEFAULT_MEASURES",
    "DEFAULT_METHOD",
    "EQUIPMENT_KINDS",
    "EVIDENCE_LIST",
    "HANDLING",
    "NOTICE_KIND",
    "ORDER",
    "RECEIPT",
    "REINSPECTION",
    "SCHEME",
    "SITE_RECORD",
    "approval_context",
    "cases",
    "closing_context",
    "cover_context",
    "day",
    "enterprise_facts",
    "enterprise_file_context",
    "evidence_context",
    "evidence_row",
    "handling_context",
    "moment",
    "order_context",
    "outcome_text",
    "problem_text",
    "record_context",
    "revisit_context",
    "scheme_context",
]
