"""行政检查审批表."""

from __future__ import annotations

from django.utils import timezone

from draws.selectors.caps import published_cap
from inspections.documents.schemes import CHECK_BASIS, DEFAULT_METHOD, item_rows
from inspections.documents.words import day, enterprise_facts
from inspections.models import CheckApproval
from inspections.selectors import experts_of, officers_of
from inspections.selectors.before import check_count_in_year


def approval_context(approval: CheckApproval) -> dict:
    """行政检查审批表: whom, why, on what basis, what, when, who, which check of the year, before or afterwards."""
    task, scheme = approval.task, getattr(approval.task, "scheme", None)
    draw = task.drawn.draw
    on = day(task.visited_on or task.visit_on)
    decided = {}
    if approval.approved_at and approval.approved_by:
        decided_on = timezone.localtime(approval.approved_at).date()
        decided = {"opinion": approval.opinion, "name": approval.approved_by.name, "on": day(decided_on)}
    applied_on = timezone.localtime(approval.applied_at).date()
    return {
        "enterprise": enterprise_facts(task),
        "source": draw.source_words,
        "reason": approval.reason,
        "basis": CHECK_BASIS,
        "items": item_rows(task),
        "method": scheme.method if scheme else DEFAULT_METHOD,
        "visit_from": on,
        "visit_to": on,
        "officers": officers_of(task),
        "experts": experts_of(task),
        "year": (task.visited_on or task.visit_on).year,
        "check_count": check_count_in_year(task),
        "check_limit": published_cap((task.visited_on or task.visit_on).year),
        "is_urgent": approval.is_afterwards,
        "urgent_reason": approval.afterwards_reason,
        "undertaker": {"opinion": "提请批准", "name": approval.applied_by.name, "on": day(applied_on)},
        "department": {},
        "head": decided,
        "remarks": "",
    }
