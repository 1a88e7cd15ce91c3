"""Named visits: who may be appointed, what may be checked, and whether there is room under the cap."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from draws.models import Draw, Item, NamedVisit, PlanUnit
from draws.rules import PoolRules
from draws.selectors.caps import cap_of, check_count, known_checks_of
from draws.selectors.items import in_force
from draws.selectors.people import officers, recusals_in_force
from draws.selectors.plans import is_named
from inspectors.models import Inspector
from shuangsuiji.accounts.models import Department


@dataclass(frozen=True)
class Appointable:
    """An officer with the reason against sending this one; empty when there is none."""

    officer: Inspector
    reason: str


def batch_of(unit: PlanUnit, *, visits_from: datetime.date, visits_to: datetime.date) -> Draw:
    """The batch as it would be, not saved: what people and dates are judged on. Partners bring their officers."""
    partners = list(unit.partners.values_list("code", flat=True))
    ours = Department.objects.filter(is_partner=False).values_list("code", flat=True)
    rules = PoolRules(department_codes=(*ours, *partners) if partners else ())
    return Draw(
        title=f"{unit.plan.year}年重点检查：{unit.enterprise.name}",
        basis=Draw.Basis.NAMED,
        mode=Draw.Mode.ANNOUNCED,
        plan=unit.plan,
        visits_from=visits_from,
        visits_to=visits_to,
        carry_out_by=visits_from,
        rules=rules.to_json(),
    )


def appointable(unit: PlanUnit, *, visits_from: datetime.date, visits_to: datetime.date) -> list[Appointable]:
    """Every officer who belongs here, each with the reason against: certificate, leave, state, recusal."""
    batch = batch_of(unit, visits_from=visits_from, visits_to=visits_to)
    people = officers(batch)
    recused = {
        recusal.inspector.certificate_number
        for recusal in recusals_in_force(batch)
        if recusal.inspector and recusal.enterprise_id == unit.enterprise_id
    }
    reasons = {key: reason for key, _, reason in people.left_out} | dict.fromkeys(recused, "须回避这家企业")
    keys = {*reasons, *people.limits}
    rows = Inspector.objects.filter(certificate_number__in=keys).select_related("department")
    rows = rows.order_by("name_key", "certificate_number")
    return [Appointable(row, reasons.get(row.certificate_number, "")) for row in rows]


def items_for(unit: PlanUnit, *, on: datetime.date) -> QuerySet[Item]:
    """Items in force that apply to the unit's field; a partner's own when it comes along."""
    ours = Q(department=None) | Q(department__is_partner=False) | Q(department__in=unit.partners.all())
    fits = Q(fields=None) | Q(fields=unit.enterprise.field_id)
    return Item.objects.filter(in_force(on), ours).filter(fits).select_related("group").distinct().order_by("code")


@dataclass(frozen=True)
class Room:
    """How many more checks a unit may have this year."""

    check_count: int
    cap: int
    named_count: int
    times: int

    @property
    def sentence(self) -> str:
        """Why there is no room; empty when there is."""
        if self.check_count >= self.cap:
            return f"今年已检查或安排 {self.check_count} 次，达到每家企业年度上限 {self.cap} 次，不能再安排。"
        if self.named_count >= self.times:
            return f"计划全年安排 {self.times} 次重点检查，已经安排 {self.named_count} 次。需要增加时请调整计划。"
        return ""


def room_of(unit: PlanUnit, *, year: int) -> Room:
    """The unit's known checks of the year against cap and plan. Three queries."""
    named = known_checks_of(year).filter(is_named(), enterprise=unit.enterprise).count()
    return Room(check_count(unit.enterprise, year=year), cap_of(year), named, unit.times)


def named_visits() -> QuerySet[NamedVisit]:
    """All of them with what a list shows, the newest first."""
    rows = NamedVisit.objects.select_related("unit__enterprise", "unit__plan", "asked_by", "decided_by", "draw")
    return rows.prefetch_related("seats__inspector").order_by("-asked_at", "-id")
