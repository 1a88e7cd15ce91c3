"""What an exposure says: the facts relied on, and how far they have been put right."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from inspections.models import ItemResult, Order, Task
from publication.contents import check_facts, iso_day
from publication.models import Listing


def exposure_content(task: Task, *, ground: str) -> dict:
    """曝光: which duties were left undone, by item and grade, and how far each has been put right.

    The facts relied on are the record's own marks (grade, 隐瞒不报, last day, re-inspection); what was seen on
    site stays inside.
    """
    is_about = _is_failed if ground == Listing.Ground.CONCEALED else _is_undone
    return {
        **check_facts(task),
        "ground": ground,
        "ground_label": Listing.Ground(ground).label,
        "as_of": timezone.localdate().isoformat(),
        "hazards": [row for one, row in hazards_of(task) if is_about(one)],
        "order_numbers": [order.document.number or "" for order in task.orders.all()],
    }


def hazards_of(task: Task) -> list[tuple[ItemResult, dict]]:
    """What a check found and how far each was put right by today; `task` with its findings read."""
    return [(one, _hazard_row(one, task)) for one in task.record.results.all() if _is_failed(one)]


def is_all_in_time(task: Task) -> bool:
    """Whether nothing was found, or all was found put right by its last day, and no re-inspection found otherwise."""
    points = [point for order in task.orders.all() for point in order.points.all() if hasattr(point, "outcome")]
    return all(_is_in_time(one) for one, _ in hazards_of(task)) and all(point.outcome.is_passed for point in points)


def _is_in_time(result: ItemResult) -> bool:
    done, limit = result.rectified_on, result.rectify_by
    return done is not None and (limit is None or done <= limit)


def _is_failed(result: ItemResult) -> bool:
    return result.result == ItemResult.Result.FAILED


def _is_undone(result: ItemResult) -> bool:
    return result.result == ItemResult.Result.FAILED and result.rectified_on is None


def _hazard_row(result: ItemResult, task: Task) -> dict:
    item = result.drawn_item.item
    return {
        "code": item.code,
        "name": item.name,
        "legal_basis": item.legal_basis,
        "hazard_label": result.get_hazard_display() if result.hazard else "",
        "is_concealed": result.is_concealed,
        "rectify_by": iso_day(result.rectify_by),
        "state_label": _state_of(result, task),
    }


def _state_of(result: ItemResult, task: Task) -> str:
    """How far a hazard has been put right, by the last re-inspection that looked at it."""
    looked = [order.reinspection.reinspected_on for order in task.orders.all() if _was_looked_at(order, result)]
    if result.rectified_on is not None:
        return f"已整改到位（{_cn_day(result.rectified_on)}{'复查' if looked else ''}）"
    if looked:
        return f"未整改到位（{_cn_day(max(looked))}复查）"
    is_late = result.rectify_by is not None and result.rectify_by < timezone.localdate()
    return "期限已过，尚未复查" if is_late else "整改期限内，尚未复查"


def _was_looked_at(order: Order, result: ItemResult) -> bool:
    if getattr(order, "reinspection", None) is None:
        return False
    return any(point.result_id == result.pk and hasattr(point, "outcome") for point in order.points.all())


def _cn_day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
