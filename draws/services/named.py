"""Visits to units that the plan names: appointed, approved by somebody else, then a check like any other."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import Draw, DrawnEnterprise, DrawnItem, DrawnSeat, Item, NamedSeat, NamedVisit, PlanUnit
from draws.policies import check_may_decide_named_visit, check_notice_fits
from draws.selectors.named import appointable, batch_of, items_for, room_of
from draws.services.after_drawing import after_drawing
from draws.states import DrawState, PlanState
from enterprises.models import Enterprise
from inspectors.models import Inspector
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.documents.numbering import take_serial
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.notifications.services import notify, notify_role

SERIES = "named"
FEWEST_OFFICERS = 2
State = NamedVisit.State


@transaction.atomic
def ask_named_visit(
    unit: PlanUnit,
    *,
    by: User,
    visits_from: datetime.date,
    visits_to: datetime.date,
    officers: Sequence[Inspector],
    items: Sequence[Item],
    requirements: str = "",
    today: datetime.date | None = None,
) -> NamedVisit:
    """Ask for a visit with its officers (the first leads) and items; what the rules refuse is refused now."""
    check_role(by, Role.CLERK)
    check_public_words(requirements=requirements)
    today = today or timezone.localdate()
    _check(unit, visits_from=visits_from, visits_to=visits_to, officers=officers, items=items, today=today)
    visit = NamedVisit.objects.create(
        unit=unit, visits_from=visits_from, visits_to=visits_to, requirements=requirements.strip(), asked_by=by
    )
    visit.items.set(items)
    NamedSeat.objects.bulk_create(
        NamedSeat(visit=visit, seat=seat, inspector=officer) for seat, officer in enumerate(officers, start=1)
    )
    notify_role(
        Role.APPROVER,
        key=f"named_visit.asked:{visit.pk}",
        subject="有一次重点检查等待批准",
        link=reverse("named_visit", args=[visit.pk]),
    )
    record("named_visit.asked", by=by, target=visit)
    return visit


def _check(
    unit: PlanUnit,
    *,
    visits_from: datetime.date,
    visits_to: datetime.date,
    officers: Sequence[Inspector],
    items: Sequence[Item],
    today: datetime.date,
) -> None:
    """Plan, days, cap, officers, items: the same when it is asked for and when it is approved."""
    if unit.plan.state != PlanState.PUBLISHED:
        raise Refusal(f"{unit.plan}现为“{unit.plan.get_state_display()}”，只有现行计划点名的单位可以安排。")
    if visits_to < visits_from or visits_from.year != unit.plan.year or visits_to.year != unit.plan.year:
        raise Refusal(f"检查时间须在 {unit.plan.year} 年内，结束不能早于开始。", field="visits_from")
    if sentence := room_of(unit, year=unit.plan.year).sentence:
        raise Refusal(f"“{unit.enterprise.name}”{sentence}")
    check_notice_fits(batch_of(unit, visits_from=visits_from, visits_to=visits_to), today=today)
    _check_officers(unit, officers, visits_from=visits_from, visits_to=visits_to)
    _check_items(unit, items, today=today)


def _check_officers(
    unit: PlanUnit, officers: Sequence[Inspector], *, visits_from: datetime.date, visits_to: datetime.date
) -> None:
    if len({officer.pk for officer in officers}) < FEWEST_OFFICERS:
        raise Refusal(f"执法人员不得少于 {FEWEST_OFFICERS} 名。", field="officers")
    known = {one.officer.pk: one.reason for one in appointable(unit, visits_from=visits_from, visits_to=visits_to)}
    for officer in officers:
        if reason := known.get(officer.pk, "不属于参加这次检查的部门"):
            raise Refusal(f"不能指派{officer.name}：{reason}。请另选一名。", field="officers")


def _check_items(unit: PlanUnit, items: Sequence[Item], *, today: datetime.date) -> None:
    if not items:
        raise Refusal("请至少选择一个检查事项。", field="items")
    allowed = set(items_for(unit, on=today).values_list("pk", flat=True))
    if any(item.pk not in allowed for item in items):
        raise Refusal("有的事项不在现行清单里，或不适用于这家企业，不得检查。请重新选择。", field="items")


@transaction.atomic
def approve_named_visit(visit: NamedVisit, *, by: User, now: datetime.datetime | None = None) -> NamedVisit:
    """Approve: in order everything is checked once more, the batch with its officers and items, the task above.

    The enterprise's row is held meanwhile, so that two approvals cannot both find room under the cap.
    """
    visit, now = _locked(visit), now or timezone.now()
    if visit.state == State.APPROVED and visit.decided_by_id == by.pk:
        return visit
    check_may_decide_named_visit(by, visit)
    Enterprise.objects.select_for_update(of=("self",)).get(pk=visit.unit.enterprise_id)
    officers, items = [seat.inspector for seat in visit.seats.select_related("inspector")], list(visit.items.all())
    dates = {"visits_from": visit.visits_from, "visits_to": visit.visits_to}
    _check(visit.unit, officers=officers, items=items, today=timezone.localdate(now), **dates)
    visit.draw = _carry_out(visit, officers=officers, items=items, by=by, now=now)
    visit.state, visit.decided_by, visit.decided_at = State.APPROVED, by, now
    visit.save()
    after_drawing(visit.draw, by=by)
    _tell_asker(visit, subject="重点检查已批准，任务已派发")
    record("named_visit.approved", by=by, target=visit, number=visit.draw.number)
    return visit


def _carry_out(
    visit: NamedVisit, *, officers: list[Inspector], items: list[Item], by: User, now: datetime.datetime
) -> Draw:
    year = visit.visits_from.year
    batch = batch_of(visit.unit, visits_from=visit.visits_from, visits_to=visit.visits_to)
    batch.number = f"{settings.BUREAU_CODE}-{year}-Z{take_serial(SERIES, year=year):04d}"
    batch.state, batch.requirements = DrawState.ASSIGNED, visit.requirements
    batch.inspectors_per_enterprise = len(officers)
    batch.drafted_by, batch.submitted_at = visit.asked_by, visit.asked_at
    batch.approved_by, batch.approved_at = by, now
    batch.save(force_insert=True)
    row = DrawnEnterprise.objects.create(
        draw=batch, enterprise=visit.unit.enterprise, position=1, stratum="", ticket=""
    )
    DrawnSeat.objects.bulk_create(
        DrawnSeat(drawn=row, seat=seat, inspector=officer, account_id=officer.account_id)
        for seat, officer in enumerate(officers, start=1)
    )
    DrawnItem.objects.bulk_create(DrawnItem(drawn=row, item=item) for item in items)
    return batch


@transaction.atomic
def refuse_named_visit(visit: NamedVisit, *, by: User, reason: str, now: datetime.datetime | None = None) -> NamedVisit:
    """Decide against it, with a reason."""
    visit = _locked(visit)
    if visit.state == State.REFUSED and visit.decided_by_id == by.pk:
        return visit
    check_may_decide_named_visit(by, visit)
    if not reason.strip():
        raise Refusal("请写明不予批准的原因。", field="reason")
    visit.state, visit.refusal_reason = State.REFUSED, reason.strip()[:300]
    visit.decided_by, visit.decided_at = by, now or timezone.now()
    visit.save()
    _tell_asker(visit, subject="重点检查未获批准")
    record("named_visit.refused", by=by, target=visit, reason=visit.refusal_reason)
    return visit


def _tell_asker(visit: NamedVisit, *, subject: str) -> None:
    key = f"named_visit.{visit.state}:{visit.pk}"
    notify(key=key, users=[visit.asked_by], subject=subject, link=reverse("named_visit", args=[visit.pk]))


def _locked(visit: NamedVisit) -> NamedVisit:
    rows = NamedVisit.objects.select_for_update(of=("self",)).select_related(
        "unit__plan", "unit__enterprise", "asked_by"
    )
    return rows.get(pk=visit.pk)
