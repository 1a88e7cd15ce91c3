"""Reading proposals, and what gives rise to them."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from inspections.models import ItemResult, Order, OrderPoint, Proposal
from inspections.selectors.reading import tasks_visible_to
from inspections.states import ProposalState, TaskState
from shuangsuiji.accounts.models import User


def proposals_visible_to(user: User) -> QuerySet[Proposal]:
    """Proposals of checks this person may know of, newest first."""
    seen = Q(task__isnull=True) | Q(task__in=tasks_visible_to(user).values("pk"))
    rows = Proposal.objects.filter(seen).select_related("enterprise", "task__drawn__draw", "order__document")
    return rows.select_related("proposed_by", "settled_by").order_by("-proposed_at", "id")


def open_proposals(user: User, *, kind: str) -> QuerySet[Proposal]:
    """Proposals of a kind that wait for somebody, oldest first."""
    return proposals_visible_to(user).filter(kind=kind, state=ProposalState.OPEN).order_by("proposed_at", "id")


def overdue_points(*, today: dt.date) -> QuerySet[OrderPoint]:
    """Points of orders past their last day, neither put right nor looked at again.

    What the enterprise reported done in time waits for the officers, and what they wrote down for its approval.
    """
    rows = OrderPoint.objects.filter(
        order__reinspection=None,
        order__task__state=TaskState.ORDERED,
        rectify_by__lt=today,
        result__rectified_on=None,
    )
    rows = rows.exclude(order__revisit__submitted_at__isnull=False)
    rows = rows.exclude(reports__reported_at__date__lte=F("rectify_by"))
    return rows.select_related("order__task__enterprise", "order__document", "result__drawn_item__item").order_by(
        "order_id", "result__drawn_item__item__code", "id"
    )


def overdue_orders(*, today: dt.date) -> dict[Order, list[OrderPoint]]:
    """Orders with points past their last day, each with those points."""
    found: dict[Order, list[OrderPoint]] = {}
    for point in overdue_points(today=today):
        found.setdefault(point.order, []).append(point)
    return found


def open_on_limits(order: Order) -> list[Proposal]:
    """What the house itself proposed because points of this order were not put right in time, still open."""
    origins = [f"overdue:{order.pk}", f"undone:{order.pk}"]
    rows = Proposal.objects.filter(origin__in=origins, state=ProposalState.OPEN)
    return list(rows.select_related("task__drawn__draw").order_by("kind", "id"))


def points_named_by(proposal: Proposal) -> list[OrderPoint]:
    """The points an automatic proposal is about: past their last day when it was made, not put right by then."""
    day = timezone.localtime(proposal.proposed_at).date()
    rows = OrderPoint.objects.filter(order=proposal.order, rectify_by__lt=day).select_related("result")
    rows = rows.exclude(outcome__is_passed=True, outcome__reinspection__made_at__lte=proposal.proposed_at)
    points = list(rows.order_by("id"))
    return [point for point in points if is_major(point)] if proposal.kind == Proposal.Kind.LISTING else points


def is_major(point: OrderPoint) -> bool:
    """Whether the point is a 重大隐患."""
    return point.result.hazard == ItemResult.Hazard.MAJOR
