"""Reading yearly plans: their strata, their load, their progress, their versions."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from draws.models import Draw, Plan, PlanLine, PlanUnit
from draws.proposing import FIRST_FIELDS, Stratum, Terms, is_overdue
from draws.selectors.caps import known_checks_of, last_checked
from enterprises.models import Enterprise, RiskClass
from enterprises.selectors import enterprises, search
from shuangsuiji.lib.models import SupervisedField

Key = tuple[int, str]
"""(field, risk class) of a stratum."""


@dataclass(frozen=True)
class FinishedVisits:
    """Visits made in a year, as far as everybody may know: by stratum of the draw, and by named unit."""

    by_stratum: Counter[str] = field(default_factory=Counter)
    by_unit: Counter[int] = field(default_factory=Counter)


VisitReader = Callable[..., FinishedVisits]
_readers: list[VisitReader] = []


def register_visit_reader(reader: VisitReader) -> VisitReader:
    """The room above that knows visits says how to count them: `reader(year=…) -> FinishedVisits`."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def finished_visits(year: int) -> FinishedVisits:
    """What the rooms above have counted together."""
    found = FinishedVisits()
    for reader in _readers:
        part = reader(year=year)
        found.by_stratum.update(part.by_stratum)
        found.by_unit.update(part.by_unit)
    return found


def in_register(*, without: Collection[int] = ()) -> QuerySet[Enterprise]:
    """Enterprises for 一般检查: active, classified, not a key unit, not named by the plan."""
    rows = Enterprise.objects.filter(state=Enterprise.State.ACTIVE, field__isnull=False, is_key=False)
    return rows.exclude(risk_class="").exclude(pk__in=without)


def stratum_sizes(*, without: Collection[int] = ()) -> dict[Key, int]:
    """How many enterprises each field and risk class has for 一般检查. One query."""
    rows = in_register(without=without).order_by().values_list("field", "risk_class")
    return {(one, risk): count for one, risk, count in rows.annotate(count=Count("pk"))}


def strata_for_proposal(plan: Plan, *, on: datetime.date, terms: Terms) -> list[tuple[SupervisedField, Stratum]]:
    """Every stratum with its size and the number not seen for too long; two queries, whatever the register."""
    named = plan.units.values_list("enterprise", flat=True)
    seen: QuerySet[Any] = last_checked(in_register(without=list(named))).order_by()
    rows = seen.values_list("field", "risk_class", "last_on")
    sizes: Counter[Key] = Counter()
    overdue: Counter[Key] = Counter()
    for one, risk, last_on in rows:
        sizes[one, risk] += 1
        overdue[one, risk] += is_overdue(last_on, on=on, months=terms.intervals[risk])
    fields = {one.pk: one for one in SupervisedField.objects.all()}
    keys = sorted(sizes, key=lambda key: (fields[key[0]].position, fields[key[0]].code, key[1]))
    return [
        (
            fields[one],
            Stratum(
                fields[one].name,
                risk,
                sizes[one, risk],
                overdue[one, risk],
                comes_first=fields[one].code in FIRST_FIELDS,
            ),
        )
        for one, risk in keys
    ]


@dataclass(frozen=True)
class Load:
    """What a plan asks of the days it has."""

    general_count: int
    named_count: int
    days_per_check: int
    capacity_days: int

    @property
    def days(self) -> int:
        """Days that all its checks take."""
        return (self.general_count + self.named_count) * self.days_per_check

    @property
    def is_over(self) -> bool:
        """Whether that is more than there are."""
        return self.days > self.capacity_days

    @property
    def left(self) -> int:
        """Days left over; negative when there are too few."""
        return self.capacity_days - self.days


def load_of(plan: Plan) -> Load:
    """The plan's checks against its days."""
    general = plan.lines.aggregate(total=Sum("planned_count"))["total"] or 0
    named = plan.units.aggregate(total=Sum("times"))["total"] or 0
    return Load(general, named, plan.days_per_check, plan.capacity_days or 0)


@dataclass(frozen=True)
class LineProgress:
    """One stratum of the plan: planned, drawn and visited so far."""

    line: PlanLine
    drawn: int
    visited: int


@dataclass(frozen=True)
class UnitProgress:
    """One named unit: its checks so far."""

    unit: PlanUnit
    assigned: int
    visited: int


@dataclass(frozen=True)
class Progress:
    """A year's plan against what has been done, as far as everybody may know."""

    lines: list[LineProgress]
    units: list[UnitProgress]

    @property
    def planned(self) -> int:
        return sum(row.line.planned_count for row in self.lines)

    @property
    def drawn(self) -> int:
        return sum(row.drawn for row in self.lines)

    @property
    def visited(self) -> int:
        return sum(row.visited for row in self.lines)

    @property
    def named_planned(self) -> int:
        return sum(row.unit.times for row in self.units)

    @property
    def named_visited(self) -> int:
        return sum(row.visited for row in self.units)


def progress_of(plan: Plan) -> Progress:
    """Six queries, whatever the plan. Checks whose name is still kept are in no figure."""
    visits = finished_visits(plan.year)
    lines = list(plan.lines.select_related("field"))
    drawn = Counter(known_checks_of(plan.year).values_list("stratum", flat=True))
    units = list(plan.units.select_related("enterprise__field", "enterprise__township").prefetch_related("partners"))
    named = Counter(known_checks_of(plan.year).filter(is_named()).values_list("enterprise", flat=True))
    return Progress(
        [LineProgress(line, drawn[line.key], visits.by_stratum[line.key]) for line in lines],
        [UnitProgress(unit, named[unit.enterprise_id], visits.by_unit[unit.enterprise_id]) for unit in units],
    )


def is_named() -> Q:
    """Checks that the plan names, not drawn."""
    return Q(draw__basis=Draw.Basis.NAMED)


def listed_plans() -> QuerySet[Plan]:
    """All versions with their sums, the newest first."""
    rows = Plan.objects.select_related("drafted_by").annotate(planned_total=Sum("lines__planned_count"))
    return rows.order_by("-year", "-version")


def versions_of(plan: Plan) -> QuerySet[Plan]:
    """All versions of the same year, the newest first."""
    return Plan.objects.filter(year=plan.year).select_related("approved_by").order_by("-version")


def enterprises_to_name(plan: Plan, *, words: str) -> QuerySet[Enterprise]:
    """Active enterprises found by name, pinyin or code that the plan does not name yet."""
    rows = search(enterprises(), words).filter(state=Enterprise.State.ACTIVE)
    return rows.exclude(plan_units__plan=plan).order_by("name_key", "credit_code")


def risk_labels() -> dict[str, str]:
    """The risk classes in words, the gravest first."""
    return {risk: str(RiskClass(risk).label) for risk in sorted(RiskClass.values, reverse=True)}
