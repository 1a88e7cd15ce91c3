"""现场处理措施决定书, 责令限期整改指令书, 整改复查意见书 and the receipt of their service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from inspections.documents.signing import drawings, set_aside_rows
from inspections.documents.words import day, enterprise_facts, moment, problem_text
from inspections.models import (
    HandlingDraft,
    ItemResult,
    OrderPoint,
    Reinspection,
    Revisit,
    RevisitPoint,
    Signature,
    Task,
)
from inspections.selectors import evidence_of, officers_of, revisit_points, set_aside_of
from shuangsuiji.documents.registry import DocumentKind, register_kind

HANDLING = register_kind(
    DocumentKind("handling", "现场处理措施决定书", "现决", "documents/handling.html", chained=True)
)
ORDER = register_kind(DocumentKind("order", "责令限期整改指令书", "责改", "documents/order.html", chained=True))
REINSPECTION = register_kind(
    DocumentKind("reinspection", "整改复查意见书", "复查", "documents/reinspection.html", chained=True)
)
RECEIPT = register_kind(
    DocumentKind("delivery_receipt", "送达回执", "回", "documents/delivery_receipt.html", chained=True)
)
DEFAULT_MEASURES = "整改期间应当采取措施保证安全；无法保证安全的，应当撤出作业人员、暂停使用相关设施设备。"


def order_context(
    task: Task, *, points: list[OrderPoint], measures: str, authority: dict, follows: Reinspection | None = None
) -> dict:
    """责令限期整改指令书: the problems, each with its last day; measures meanwhile; the ways to appeal.

    A second one names the order before it and the re-inspection that found things undone.
    """
    problems = [
        {
            "text": problem_text(point.result),
            "basis": point.result.basis or point.result.drawn_item.item.legal_basis,
            "responsible": point.result.responsible,
            "is_major": point.result.hazard == ItemResult.Hazard.MAJOR,
            "rectify_by": day(point.rectify_by),
        }
        for point in points
    ]
    return {
        "enterprise": enterprise_facts(task),
        "checked_on": day(task.visited_on),
        "record_number": task.record.document.number if task.record.document else "",
        "follows": _followed(follows) if follows else {},
        "problems": problems,
        "measures": measures,
        "officers": officers_of(task),
        "appeal": authority,
    }


def _followed(one: Reinspection) -> dict:
    return {
        "order_number": one.order.document.number,
        "order_on": day(one.order.document.issued_on),
        "reinspection_number": one.document.number,
        "reinspected_on": day(one.reinspected_on),
    }


def revisit_context(revisit: Revisit, *, signatures: Sequence[Signature] = ()) -> dict:
    """整改复查意见书: the order it follows, each item put right or not, photos, the signatures under it."""
    order, task = revisit.order, revisit.order.task
    return {
        "enterprise": enterprise_facts(task),
        "order_name": ORDER.name,
        "order_number": order.document.number,
        "order_on": day(order.document.issued_on),
        "reinspected_on": day(revisit.reinspected_on),
        "items": [_revisit_row(point, on=revisit.reinspected_on) for point in revisit_points(revisit)],
        "opinion": revisit.opinion,
        "officers": officers_of(task),
        "representative": {"name": revisit.representative_name, "post": revisit.representative_post},
        "certificates_shown": revisit.certificates_shown,
        "evidence_count": evidence_of(task).filter(revisit=revisit).count(),
        "set_aside": set_aside_rows(set_aside_of(task).filter(revisit=revisit)),
        "signature": revisit.signature,
        "refusal_reason": revisit.refusal_reason,
        "signatures": drawings(signatures),
    }


def _revisit_row(point: RevisitPoint, *, on: dt.date | None) -> dict:
    return {
        "text": problem_text(point.order_point.result),
        "passed": point.is_passed,
        "undone": point.outcome == RevisitPoint.Outcome.UNDONE,
        "seen": point.seen,
        "rectified_on": day(on) if point.is_passed else "",
        "rectify_by": day(point.rectify_by),
    }


def handling_context(
    task: Task, *, results: Sequence[ItemResult], basis: str, measures: str, draft: HandlingDraft | None = None
) -> dict:
    """现场处理措施决定书: the problems, the basis, the measures line by line, the ways to appeal.

    What was carried out at once says when, and why.
    """
    record = getattr(task, "record", None)
    return {
        "enterprise": enterprise_facts(task),
        "checked_on": day(task.visited_on),
        "record_number": record.document.number if record and record.document else "",
        "problems": [{"text": problem_text(one), "is_major": one.hazard == ItemResult.Hazard.MAJOR} for one in results],
        "basis": [line.strip() for line in basis.splitlines() if line.strip()],
        "measures": [line.strip() for line in measures.splitlines() if line.strip()],
        "carried_out_at": moment(draft.drafted_at) if draft and draft.is_urgent else "",
        "urgent_reason": draft.urgent_reason if draft else "",
        "officers": officers_of(task),
        "appeal": {},
    }
