"""How many checks an enterprise has had this year, as far as it may show, and who has reached the cap.

A check whose name is still kept (envelope not opened) counts nowhere here: pools are published, and a
gap in one would give the name away. The cap holds all the same: what is announced goes ahead, and the
kept visit gives way before it begins (`inspections.policies.check_within_cap`).
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Max, OuterRef, QuerySet

from draws.models import Draw, DrawnEnterprise, Plan
from draws.selectors.modes import announced, opened
from draws.states import DrawState, PlanState
from enterprises.models import Enterprise

COUNTED = (DrawState.DRAWN, DrawState.BLOCKED, DrawState.ASSIGNED)
DEFAULT_CAP = 2
"""Checks an enterprise may have a year where no plan says another number."""


def plan_in_force(year: int) -> Plan | None:
    """The published version of a year's plan; before the first publication, the approved one."""
    rows = Plan.objects.filter(year=year, state__in=(PlanState.PUBLISHED, PlanState.CLOSED, PlanState.APPROVED))
    ranks = {PlanState.PUBLISHED: 0, PlanState.CLOSED: 1, PlanState.APPROVED: 2}
    return min(rows, key=lambda plan: (ranks[PlanState(plan.state)], -plan.version), default=None)


def cap_of(year: int) -> int:
    """The most checks an enterprise may have in this year."""
    plan = plan_in_force(year)
    return plan.yearly_cap if plan else DEFAULT_CAP


def published_cap(year: int) -> int | None:
    """The cap as the public knows it; None while no plan of the year is public."""
    plan = plan_in_force(year)
    return plan.yearly_cap if plan and plan.published_at else None


def known_checks() -> QuerySet[DrawnEnterprise]:
    """Standing checks that everybody may know of: announced, named by the plan, or with an opened envelope."""
    rows = DrawnEnterprise.objects.filter(is_standing=True, draw__state__in=COUNTED).order_by()
    return rows.filter(announced("draw__") | opened())


def known_checks_of(year: int) -> QuerySet[DrawnEnterprise]:
    """Those of one year, by the first day of their period. A joint check of several departments is one row."""
    return known_checks().filter(draw__visits_from__year=year)


def at_cap(draw: Draw, *, cap: int) -> QuerySet:
    """Enterprises whose known checks of the year have reached the cap."""
    rows = known_checks_of(draw.visits_from.year).exclude(draw=draw)
    return rows.values("enterprise").annotate(count=Count("pk")).filter(count__gte=cap).values("enterprise")


class CappedEnterprise(NamedTuple):
    """An enterprise that a draw must leave alone this year."""

    enterprise: Enterprise
    check_count: int
    cap: int

    @property
    def sentence(self) -> str:
        """What the office reads about one that was drawn before it reached the cap elsewhere."""
        return (
            f"“{self.enterprise.name}”今年另有 {self.check_count} 次检查，已达上限 {self.cap} 次，"
            "本次不能再去。请办理变更，更换企业。"
        )


def capped_among(candidates: QuerySet[Enterprise], *, draw: Draw) -> list[CappedEnterprise]:
    """Those of the candidates that have reached the cap, with their number of known checks, by name."""
    year = draw.visits_from.year
    cap = cap_of(year)
    counts = dict(
        known_checks_of(year)
        .exclude(draw=draw)
        .values("enterprise")
        .annotate(count=Count("pk"))
        .filter(count__gte=cap)
        .values_list("enterprise", "count")
    )
    rows = candidates.filter(pk__in=counts).order_by("name_key", "credit_code")
    return [CappedEnterprise(row, counts[row.pk], cap) for row in rows]


def check_count(enterprise: Enterprise, *, year: int, besides: Draw | None = None) -> int:
    """Known checks of one enterprise in a year."""
    rows = known_checks_of(year).filter(enterprise=enterprise)
    return (rows.exclude(draw=besides) if besides else rows).count()


def over_cap(draw: Draw) -> list[CappedEnterprise]:
    """Drawn enterprises of this draw that other checks have meanwhile brought to the cap: to be replaced."""
    names = Enterprise.objects.filter(drawn__draw=draw, drawn__is_standing=True)
    return capped_among(names, draw=draw)


def last_checked(enterprises: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    """The same with `last_on`: the end of the last known check's period, or nothing."""
    last = known_checks().filter(enterprise=OuterRef("pk")).values("enterprise")
    return enterprises.annotate(last_on=last.annotate(last=Max("draw__visits_to")).values("last"))
