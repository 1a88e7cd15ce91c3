"""What stands in a volume beside the issued papers: signed sheets, the enterprise's reports, what was paid."""

from __future__ import annotations

from inspections.documents.money import plain
from inspections.documents.words import day, enterprise_facts, moment, problem_text
from inspections.models import Case, Order, SignedScan, Task
from inspections.selectors import points_reported
from shuangsuiji.documents.registry import DocumentKind, register_kind


def _kind(code: str, name: str) -> DocumentKind:
    return register_kind(DocumentKind(code, name, "", f"documents/{code}.html", chained=False))


SIGNED_SCAN = _kind("signed_scan", "签字件")
RECTIFICATION = _kind("rectification_report", "企业整改情况报告")
PAYMENTS = _kind("payment_record", "罚款缴纳情况")


def scan_facts(scan: SignedScan) -> dict:
    """One scan: a picture is printed, a PDF is kept beside the volume."""
    return {
        "sha256": scan.sha256,
        "shown": scan.is_picture,
        "added_at": moment(scan.added_at),
        "added_by": scan.added_by.name,
    }


def scan_context(scan: SignedScan, *, of: str) -> dict:
    """The signed sheet of a paper."""
    return {"of": of, "scan": scan_facts(scan)}


def rectification_context(order: Order, task: Task) -> dict:
    """What the enterprise reported on an order, point by point, with its photos."""
    return {
        "enterprise": enterprise_facts(task),
        "order_number": order.document.number or "",
        "points": [
            {
                "text": problem_text(point.result),
                "rectify_by": day(point.rectify_by),
                "reports": [
                    {
                        "done": report.done,
                        "reporter": report.reporter_name,
                        "reported_at": moment(report.reported_at),
                        "photos": [photo.sha256 for photo in report.photos.all()],
                    }
                    for report in point.reports.all()
                ],
            }
            for point in points_reported(order)
        ],
    }


def payments_context(case: Case) -> dict:
    """What was paid on the fine of a case, with the receipts."""
    rows = case.payments.prefetch_related("scans__added_by").order_by("paid_on", "id")
    return {
        "case_name": f"{case.party_name}{case.cause}案",
        "party_name": case.party_name,
        "fine": plain(case.fine),
        "payments": [
            {
                "amount": plain(payment.amount),
                "paid_on": day(payment.paid_on),
                "receipt_number": payment.receipt_number,
                "scans": [scan_facts(scan) for scan in payment.scans.all()],
            }
            for payment in rows
        ],
    }
