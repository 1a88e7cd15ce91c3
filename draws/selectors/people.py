"""Who may be sent at all, and whom a single enterprise may not meet."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from draws.models import Draw, DrawnSeat, Recusal
from draws.rules import PoolRules
from draws.selectors.range import rules_of
from inspectors.models import Expert, Inspector, LeavePeriod, PersonState
from inspectors.selectors import absences_between


@dataclass(frozen=True)
class Person:
    """An officer or expert who may be drawn; `key` is the business key."""

    key: str
    name: str
    limit: int
    field_ids: frozenset[int]
    township_id: int | None = None
    employer: str = ""
    superior: str = ""
    feature_ids: frozenset[int] = frozenset()

    def knows(self, field_id: int) -> bool:
        """Whether somebody may be sent by field; whose entry names no field is not limited to any."""
        return not self.field_ids or field_id in self.field_ids


@dataclass(frozen=True)
class People:
    """Those who may be drawn, by key, and those left out with the reason in words."""

    able: tuple[Person, ...]
    left_out: tuple[tuple[str, str, str], ...]
    """(key, name, reason), for the internal note."""

    @property
    def limits(self) -> dict[str, int]:
        """Each person's limit by key."""
        return {person.key: person.limit for person in self.able}


def officers(draw: Draw) -> People:
    """The officers this draw may send, judged on the days of the visits."""
    rules, away = rules_of(draw), away_all_the_time(draw)
    able, left_out = [], []
    for officer in _officer_rows(rules):
        reason = _why_not(officer, draw=draw, is_away=officer.pk in away)
        limit = min(officer.visit_limit, rules.officer_limit or officer.visit_limit)
        if reason:
            left_out.append((officer.certificate_number, officer.name, reason))
        else:
            able.append(
                Person(
                    officer.certificate_number,
                    officer.name,
                    limit,
                    frozenset(field.pk for field in officer.fields.all()),
                    officer.township_id,
                )
            )
    return People(_by_key(able), tuple(left_out))


def _officer_rows(rules: PoolRules) -> QuerySet[Inspector]:
    own = Q(department__code__in=rules.department_codes) if rules.department_codes else Q(department__is_partner=False)
    return Inspector.objects.filter(own).prefetch_related("fields").order_by("certificate_number")


def _why_not(officer: Inspector, *, draw: Draw, is_away: bool) -> str:
    if officer.state != PersonState.ACTIVE:
        return f"人员状态为{officer.get_state_display()}"
    if officer.certificate_expires_on < draw.visits_to:
        return f"执法证 {officer.certificate_expires_on:%Y-%m-%d} 到期，早于检查结束日"
    if is_away:
        return "检查期间全程请假"
    return "" if officer.visit_limit else "可检查家数为 0"


def away_all_the_time(draw: Draw) -> frozenset[int]:
    """Officers whose leave, taken together, covers every day of the visits."""
    rows = LeavePeriod.objects.filter(starts_on__lte=draw.visits_to, ends_on__gte=draw.visits_from)
    return _away(rows.order_by("starts_on", "id").values_list("inspector_id", "starts_on", "ends_on"), draw=draw)


def experts_away_all_the_time(draw: Draw) -> frozenset[int]:
    """Experts whose absences, taken together, cover every day of the visits."""
    rows = absences_between(draw.visits_from, draw.visits_to)
    return _away(rows.values_list("expert_id", "starts_on", "ends_on"), draw=draw)


def _away(rows: Iterable[tuple[int, datetime.date, datetime.date]], *, draw: Draw) -> frozenset[int]:
    spans: dict[int, list] = defaultdict(list)
    for person, starts_on, ends_on in rows:
        spans[person].append((starts_on.toordinal(), ends_on.toordinal()))
    first, last = draw.visits_from.toordinal(), draw.visits_to.toordinal()
    return frozenset(person for person, leaves in spans.items() if _covered(leaves, first=first, last=last))


def _covered(leaves: list[tuple[int, int]], *, first: int, last: int) -> bool:
    for start, end in leaves:
        if start > first:
            return False
        first = max(first, end + 1)
    return first > last


def experts(draw: Draw) -> People:
    """The experts this draw may send; none when it asks for none."""
    rules = rules_of(draw)
    if not rules.asks_experts:
        return People((), ())
    able, left_out, away = [], [], experts_away_all_the_time(draw)
    for expert in Expert.objects.prefetch_related("fields", "features").order_by("number"):
        limit = min(expert.visit_limit, rules.expert_limit or expert.visit_limit)
        fields = frozenset(field.pk for field in expert.fields.all())
        if expert.state != PersonState.ACTIVE:
            left_out.append((expert.number, expert.name, f"人员状态为{expert.get_state_display()}"))
        elif expert.pk in away:
            left_out.append((expert.number, expert.name, "检查期间全程不便参加"))
        elif not limit:
            left_out.append((expert.number, expert.name, "可参与家数为 0"))
        else:
            person = Person(
                expert.number,
                expert.name,
                limit,
                fields,
                employer=expert.employer.strip(),
                superior=expert.supervising_department.strip(),
                feature_ids=frozenset(feature.pk for feature in expert.features.all()),
            )
            able.append(person)
    return People(_by_key(able), tuple(left_out))


def _by_key(people: list[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda person: person.key))


def recusals_in_force(draw: Draw) -> QuerySet[Recusal]:
    """Granted recusals that hold on some day of the visits."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=draw.visits_from)
    rows = Recusal.objects.filter(still, state=Recusal.State.GRANTED, starts_on__lte=draw.visits_to)
    return rows.select_related("inspector", "expert", "enterprise").order_by("id")


def recused_seats(*, on: datetime.date | None = None) -> QuerySet[DrawnSeat]:
    """Standing seats whose person was granted recusal from this very enterprise, still on this day (default today)."""
    day = on or timezone.localdate()
    same_person = Q(inspector=OuterRef("inspector")) | Q(expert=OuterRef("expert"))
    granted = Recusal.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        same_person,
        enterprise=OuterRef("drawn__enterprise"),
        state=Recusal.State.GRANTED,
    )
    return DrawnSeat.objects.filter(Exists(granted), drawn__is_standing=True)
