"""The documents of a check: their kinds, and what each says. Values are plain JSON, dates as ISO text."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from enterprises.models import Enterprise
from inspections.models import Dossier, Evidence, ItemResult, Order, OrderPoint, Scheme, SiteRecord, Task
from inspections.selectors import evidence_of, experts_of, officers_of, results_of
from shuangsuiji.documents.registry import DocumentKind, register_kind

SCHEME = register_kind(DocumentKind("scheme", "现场检查方案", "检查", "documents/scheme.html", chained=True))
SITE_RECORD = register_kind(
    DocumentKind("site_record", "现场检查记录", "检记", "documents/site_record.html", chained=True)
)
ORDER = register_kind(DocumentKind("order", "责令限期整改指令书", "责改", "documents/order.html", chained=True))
REINSPECTION = register_kind(
    DocumentKind("reinspection", "整改复查意见书", "复查", "documents/reinspection.html", chained=True)
)
EVIDENCE_LIST = register_kind(
    DocumentKind("evidence_list", "证据清单", "", "documents/evidence_list.html", chained=False)
)
register_kind(DocumentKind("check_approval", "行政检查审批表", "检批", "documents/check_approval.html", chained=True))
register_kind(DocumentKind("handling", "现场处理措施决定书", "现决", "documents/handling.html", chained=True))
register_kind(DocumentKind("delivery_receipt", "送达回执", "回", "documents/delivery_receipt.html", chained=True))
NOTICE_KIND = "inspection_notice"
DEFAULT_METHOD = "听取汇报、查阅资料、现场查看、询问有关人员，并全程音像记录。"
DEFAULT_EQUIPMENT = "执法记录仪、照相机、检测仪器、个人防护用品"
DEFAULT_MEASURES = "整改期间应当采取措施保证安全；无法保证安全的，应当撤出作业人员、暂停使用相关设施设备。"


def moment(value: dt.datetime | None) -> str:
    """A time as local ISO text to the minute; nothing for nothing."""
    return timezone.localtime(value).isoformat(timespec="minutes") if value else ""


def day(value: dt.date | None) -> str:
    """A date as ISO text; nothing for nothing."""
    return value.isoformat() if value else ""


def enterprise_facts(task: Task) -> dict:
    """The enterprise as every form of a check names it."""
    one = task.enterprise
    return {
        "name": one.name,
        "credit_code": one.credit_code,
        "address": one.address,
        "representative": one.representative,
        "contact_name": one.contact_name,
        "contact_phone": one.contact_phone,
        "field": one.field.name if one.field else "",
    }


def _items(task: Task) -> list[dict]:
    rows = [drawn.item for drawn in task.drawn.items.select_related("item__group").order_by("item__code")]
    return [
        {
            "code": item.code,
            "name": item.name,
            "group": item.group.name,
            "legal_basis": item.legal_basis,
            "sub_items": [sub.text for sub in item.sub_items.order_by("code")],
        }
        for item in rows
    ]


def scheme_context(scheme: Scheme) -> dict:
    """现场检查方案: unit, time, officers, items as content, method, approval."""
    task = scheme.task
    approval = {}
    if scheme.approved_at and scheme.approved_by:
        on = timezone.localtime(scheme.approved_at).date()
        approval = {"opinion": scheme.opinion, "name": scheme.approved_by.name, "on": day(on)}
    return {
        "enterprise": enterprise_facts(task),
        "starts_at": moment(scheme.starts_at),
        "ends_at": moment(scheme.ends_at),
        "officers": officers_of(task),
        "experts": experts_of(task),
        "items": _items(task),
        "method": scheme.method,
        "equipment": scheme.equipment,
        "review": {},
        "approval": approval,
        "remarks": scheme.remarks,
        "draw_number": task.drawn.draw.number,
    }


def _result_row(result: ItemResult) -> dict:
    item = result.drawn_item.item
    return {
        "code": item.code,
        "name": item.name,
        "legal_basis": item.legal_basis,
        "result": result.result,
        "result_label": result.get_result_display(),
        "seen": result.seen,
        "hazard_label": result.get_hazard_display() if result.hazard else "",
        "rectify_by": day(result.rectify_by),
    }


def record_context(record: SiteRecord) -> dict:
    """现场检查记录: place, from–to, the line about certificates, a result per item, signatures."""
    task = record.task
    return {
        "enterprise": enterprise_facts(task),
        "place": record.place,
        "started_at": moment(record.started_at),
        "ended_at": moment(record.ended_at),
        "representative": {
            "name": record.representative_name,
            "post": record.representative_post,
            "phone": record.representative_phone,
        },
        "officers": officers_of(task),
        "experts": experts_of(task),
        "certificates_shown": record.certificates_shown,
        "results": [_result_row(result) for result in results_of(record)],
        "findings": record.findings,
        "evidence_count": task.evidence.count(),
        "signature": record.signature,
        "refusal_reason": record.refusal_reason,
        "witness": "",
    }


def problem_text(result: ItemResult) -> str:
    """One problem as an order words it: the item, then what was seen."""
    return f"{result.drawn_item.item.name}：{result.seen}"


def order_context(task: Task, *, points: list[OrderPoint], measures: str, authority: dict) -> dict:
    """责令限期整改指令书: the problems, each with its last day; measures meanwhile; the ways to appeal."""
    problems = [
        {
            "text": problem_text(point.result),
            "basis": point.result.drawn_item.item.legal_basis,
            "is_major": point.result.hazard == ItemResult.Hazard.MAJOR,
            "rectify_by": day(point.rectify_by),
        }
        for point in points
    ]
    return {
        "enterprise": enterprise_facts(task),
        "checked_on": day(task.visited_on),
        "record_number": task.record.document.number if task.record.document else "",
        "problems": problems,
        "measures": measures,
        "officers": officers_of(task),
        "appeal": authority,
    }


def reinspection_context(order: Order, *, on: dt.date, opinion: str, outcomes: list[dict]) -> dict:
    """整改复查意见书: the order it follows, each item put right or not. `outcomes`: point, is_passed, seen."""
    return {
        "enterprise": enterprise_facts(order.task),
        "order_name": ORDER.name,
        "order_number": order.document.number,
        "order_on": day(order.document.issued_on),
        "reinspected_on": day(on),
        "items": [
            {
                "text": problem_text(outcome["point"].result),
                "passed": outcome["is_passed"],
                "seen": outcome["seen"],
                "rectified_on": day(on) if outcome["is_passed"] else "",
            }
            for outcome in outcomes
        ],
        "opinion": opinion,
        "officers": officers_of(order.task),
    }


def evidence_row(one: Evidence) -> dict:
    """One photo of the evidence list; its picture is found by the hash."""
    return {
        "sha256": one.sha256,
        "caption": one.caption,
        "item": str(one.drawn_item.item) if one.drawn_item else "",
        "uploaded_at": moment(one.uploaded_at),
        "device_time": moment(one.device_time),
        "uploaded_by": one.uploaded_by.name,
        "byte_count": one.byte_count,
        "media_type": one.media_type,
    }


def evidence_context(task: Task) -> dict:
    """证据清单: every photo with its hash, whose bytes lie in the store."""
    return {
        "task_number": task.number,
        "enterprise": enterprise_facts(task),
        "evidence": [evidence_row(one) for one in evidence_of(task)],
    }


def outcome_text(task: Task) -> str:
    """处理结果 on the cover, in one line."""
    record = task.record
    if not record.results.filter(result=ItemResult.Result.FAILED).exists():
        return "未发现问题"
    if not task.orders.exists():
        return "发现的问题已当场整改"
    return "责令限期整改，经复查已整改到位"


def cover_context(dossier: Dossier) -> dict:
    """案卷首页."""
    task = dossier.task
    number = task.scheme.document.number if hasattr(task, "scheme") and task.scheme.document else ""
    filed = dossier.locked_at
    return {
        "enterprise_name": task.enterprise.name,
        "number": number or task.number,
        "case_name": f"{task.enterprise.name}“双随机、一公开”安全生产执法检查",
        "cause": f"{task.drawn.draw.title}（抽取台账号 {task.drawn.draw.number}）",
        "outcome": outcome_text(task),
        "opened_on": day(timezone.localtime(task.created_at).date()),
        "closed_on": day(task.closed_on),
        "undertakers": [one["name"] for one in officers_of(task)],
        "archive_number": dossier.archive_number or "",
        "archived_on": day(timezone.localtime(filed).date()) if filed else "",
        "retention": dossier.retention,
        "year": str(task.closed_on.year) if task.closed_on else "",
        "volume_label": "一案一卷",
    }


def enterprise_file_context(enterprise: Enterprise, *, checks, findings, volumes, on: dt.date) -> dict:
    """一企一档 on paper: facts, checks, findings, volumes. Phones stay out of it."""
    return {
        "kind_name": "一企一档",
        "issued_on": day(on),
        "enterprise": {
            "name": enterprise.name,
            "credit_code": enterprise.credit_code,
            "address": enterprise.address,
            "township": enterprise.township.name if enterprise.township else "",
            "field": enterprise.field.name if enterprise.field else "",
            "risk_class": enterprise.get_risk_class_display(),
            "state": enterprise.get_state_display(),
            "business_scope": enterprise.business_scope,
        },
        "checks": [
            {
                "number": task.number,
                "draw": task.drawn.draw.title,
                "visited_on": day(task.visited_on or task.visit_on),
                "officers": [one["name"] for one in officers_of(task)],
                "state": task.get_state_display(),
            }
            for task in checks
        ],
        "findings": [
            {
                "number": result.record.task.number,
                "on": day(result.record.task.visited_on),
                "text": problem_text(result),
                "hazard": result.get_hazard_display(),
                "rectify_by": day(result.rectify_by),
                "rectified_on": day(result.rectified_on),
            }
            for result in findings
        ],
        "volumes": [
            {
                "archive_number": one.archive_number or "",
                "number": one.task.number,
                "state": one.get_state_display(),
                "page_count": one.page_count,
                "sha256": one.sha256,
            }
            for one in volumes
        ],
    }


def closing_context(dossier: Dossier) -> dict:
    """备考表. Its day is the day on which the volume was asked for, so the same volume renders the same bytes."""
    on = timezone.localtime(dossier.locked_at or dossier.queued_at).date() if dossier.queued_at else None
    return {
        "counts": {"photos": dossier.task.evidence.count()},
        "remarks": f"照片 {dossier.task.evidence.count()} 张，原件以电子形式随卷保存，文件指纹见证据清单。",
        "compiled_by": dossier.queued_by.name if dossier.queued_by else "",
        "checked_by": dossier.locked_by.name if dossier.locked_by else "",
        "on": day(on),
    }
