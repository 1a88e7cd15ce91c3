"""现场检查方案 and the approval of a check."""

from __future__ import annotations

from django.utils import timezone

from inspections.documents.words import day, enterprise_facts, moment
from inspections.models import Scheme, Task
from inspections.selectors import experts_of, officers_of
from shuangsuiji.documents.registry import DocumentKind, register_kind

SCHEME = register_kind(DocumentKind("scheme", "现场检查方案", "检查", "documents/scheme.html", chained=True))
CHECK_APPROVAL = register_kind(
    DocumentKind("check_approval", "行政检查审批表", "检批", "documents/check_approval.html", chained=True)
)
NOTICE_KIND = "inspection_notice"
DEFAULT_METHOD = "听取汇报、查阅资料、现场查看、询问有关人员，并全程音像记录。"
CHECK_BASIS = [
    "《中华人民共和国安全生产法》第六十二条、第六十五条",
    "《国务院办公厅关于推广随机抽查规范事中事后监管的通知》（国办发〔2015〕58号）",
]
EQUIPMENT_KINDS = ("照相机", "执法记录仪（录音录像）", "检测仪器", "个人防护用品")
"""What a visit takes along as a rule: picture, sound, measurement, protection."""


def item_rows(task: Task) -> list[dict]:
    """The drawn items as the forms list them."""
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
        "items": item_rows(task),
        "method": scheme.method,
        "equipment": _equipment(scheme),
        "review": _review(scheme),
        "approval": approval,
        "remarks": scheme.remarks,
        "draw_number": task.drawn.draw.ledger_number,
        "source": task.drawn.draw.source_words,
    }


def _equipment(scheme: Scheme) -> list[dict]:
    """Every kind with its tick, then what was added in words."""
    rows = [{"name": name, "taken": name in scheme.equipment_kinds} for name in EQUIPMENT_KINDS]
    return [*rows, {"name": scheme.equipment, "taken": True}] if scheme.equipment else rows


def _review(scheme: Scheme) -> dict:
    if not scheme.reviewed_at or not scheme.reviewed_by:
        return {}
    on = timezone.localtime(scheme.reviewed_at).date()
    return {"opinion": scheme.review_opinion, "name": scheme.reviewed_by.name, "on": day(on)}
