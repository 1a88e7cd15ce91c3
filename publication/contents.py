"""What each kind says, as named values: built of the pieces that `disclosure` lets out, never of free text.

Every function returns a fresh snapshot; the page, the paper, the feed and the open data read the same keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from draws.models import Item
from inspections.models import Order, Task
from inspectors.models import Inspector
from publication.disclosure import public_enterprise, public_officers
from publication.models import Listing
from shuangsuiji.documents.models import IssuedDocument


def items_content(items: Iterable[Item], *, on: dt.date) -> dict:
    """抽查事项清单: every published item by group, with its legal basis and way (国办发〔2015〕58号)."""
    groups: dict[str, dict] = {}
    for item in items:
        group = groups.setdefault(item.group.code, {"code": item.group.code, "name": item.group.name, "items": []})
        group["items"].append(
            {
                "code": item.code,
                "name": item.name,
                "legal_basis": item.legal_basis,
                "method": item.method,
                "fields": [field.name for field in item.fields.all()],
                "sub_items": [{"code": one.code, "text": one.text} for one in item.sub_items.all()],
            }
        )
    rows = [groups[code] for code in sorted(groups)]
    return {"on": on.isoformat(), "groups": rows, "item_count": sum(len(group["items"]) for group in rows)}


def officers_content(officers: Iterable[Inspector], *, on: dt.date) -> dict:
    """执法人员名录: name, certificate number and department; never a phone (三项制度, 国办发〔2018〕118号)."""
    rows = [
        {
            "name": one.name,
            "certificate_number": one.certificate_number,
            "certificate_expires_on": one.certificate_expires_on.isoformat(),
            "department": one.department.name,
        }
        for one in officers
    ]
    return {"on": on.isoformat(), "officers": rows, "officer_count": len(rows)}


def check_facts(task: Task) -> dict:
    """Whom a text about a check is about, and when it was."""
    return {
        "draw_number": task.drawn.draw.ledger_number,
        "task_number": task.number,
        "enterprise": public_enterprise(task.enterprise),
        "visited_on": iso_day(task.visited_on),
    }


def handling_content(task: Task) -> dict:
    """查处结果: the orders of a check, each item with its grade, its last day and what the re-inspection found."""
    orders = [_order_row(order) for order in task.orders.all()]
    points = [point for order in orders for point in order["points"]]
    open_count = len({point["code"] for point in points}) - len({p["code"] for p in points if p["is_passed"]})
    return {
        **check_facts(task),
        "officers": public_officers(task.drawn),
        "orders": orders,
        "open_count": open_count,
        "outcome": "已整改到位" if not open_count else f"尚有{open_count}项未整改到位",
    }


def _order_row(order: Order) -> dict:
    reinspection = getattr(order, "reinspection", None)
    return {
        "number": order.document.number or "",
        "issued_on": order.document.issued_on.isoformat(),
        "reinspected_on": iso_day(reinspection.reinspected_on) if reinspection else "",
        "reinspection_number": (reinspection.document.number or "") if reinspection else "",
        "points": [_point_row(point) for point in order.points.all()],
    }


def _point_row(point) -> dict:
    item, outcome = point.result.drawn_item.item, getattr(point, "outcome", None)
    return {
        "code": item.code,
        "name": item.name,
        "hazard_label": point.result.get_hazard_display() if point.result.hazard else "",
        "rectify_by": point.rectify_by.isoformat(),
        "is_passed": outcome.is_passed if outcome else None,
        "outcome_label": ("已整改到位" if outcome.is_passed else "未整改到位") if outcome else "尚未复查",
    }


def listing_content(listing: Listing) -> dict:
    """列入严重失信名单: ground, the penalty behind it, the decision and the term (应急管理部令第11号)."""
    return {
        "listing_number": listing.number,
        "enterprise": public_enterprise(listing.enterprise),
        "ground": listing.ground,
        "ground_label": listing.get_ground_display(),
        "penalty_number": listing.penalty_number,
        "penalty_on": listing.penalty_on.isoformat(),
        "penalty_authority": listing.penalty_authority,
        "decision_number": _number(listing.decision),
        "decided_on": _issued_on(listing.decision),
    }


def removal_content(listing: Listing) -> dict:
    """移出严重失信名单: from when to when, and by which decision."""
    return {
        "listing_number": listing.number,
        "enterprise": public_enterprise(listing.enterprise),
        "listed_on": iso_day(listing.listed_on),
        "is_revoked": bool(listing.revoked_reason),
        "removed_on": iso_day(listing.removed_on),
        "decision_number": _number(listing.removal),
        "decided_on": _issued_on(listing.removal),
    }


def _number(document: IssuedDocument | None) -> str:
    return (document.number or "") if document else ""


def _issued_on(document: IssuedDocument | None) -> str:
    return document.issued_on.isoformat() if document else ""


def iso_day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
