"""The yearly plan: capacity, checks per field and risk class, and the cap per enterprise."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from draws.models import Plan, PlanLine
from draws.policies import check_may_approve_plan, check_may_edit_plan, check_plan_step
from draws.states import PlanState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.notifications.services import notify_role

Lines = dict[tuple[SupervisedField, str], int]


@transaction.atomic
def create_plan(*, by: User, year: int, lines: Lines | None = None, **columns: Any) -> Plan:
    """Begin the plan of a year; there is one a year."""
    check_role(by, Role.CLERK)
    try:
        with transaction.atomic():
            plan = Plan.objects.create(year=year, drafted_by=by, **columns)
    except IntegrityError as error:
        raise Refusal(f"{year}年度计划已经有了，请在年度计划列表里打开它。", field="year") from error
    _set_lines(plan, lines or {})
    record("plan.drafted", by=by, target=plan)
    return plan


@transaction.atomic
def update_plan(plan: Plan, *, by: User, lines: Lines, **columns: Any) -> Plan:
    """Change a plan that is still a draft."""
    plan = _locked(plan)
    check_may_edit_plan(by, plan)
    for name, value in columns.items():
        setattr(plan, name, value)
    plan.save()
    _set_lines(plan, lines)
    record("plan.changed", by=by, target=plan)
    return plan


def _set_lines(plan: Plan, lines: Lines) -> None:
    plan.lines.all().delete()
    PlanLine.objects.bulk_create(
        PlanLine(plan=plan, field=field, risk_class=risk_class, planned_count=count)
        for (field, risk_class), count in lines.items()
        if count
    )


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("drafted_by").get(pk=plan.pk)


@transaction.atomic
def submit_plan(plan: Plan, *, by: User) -> Plan:
    """Hand the plan in for approval."""
    plan = _locked(plan)
    if plan.state == PlanState.SUBMITTED:
        return plan
    check_may_edit_plan(by, plan)
    if not plan.lines.exists():
        raise Refusal("计划里还没有检查家数：请至少在一个领域填写。")
    _move(plan, PlanState.SUBMITTED)
    notify_role(Role.APPROVER, key=f"plan.submitted:{plan.pk}:{timezone.now():%s}", subject=f"{plan}等待审批")
    record("plan.submitted", by=by, target=plan)
    return plan


@transaction.atomic
def approve_plan(plan: Plan, *, by: User, now: datetime.datetime | None = None) -> Plan:
    """Approve a submitted plan; not one's own."""
    plan = _locked(plan)
    if plan.state == PlanState.APPROVED and plan.approved_by_id == by.pk:
        return plan
    check_may_approve_plan(by, plan)
    plan.approved_by, plan.approved_at = by, now or timezone.now()
    _move(plan, PlanState.APPROVED)
    record("plan.approved", by=by, target=plan)
    return plan


@transaction.atomic
def return_plan(plan: Plan, *, by: User) -> Plan:
    """Give a submitted plan back to its drafter."""
    plan = _locked(plan)
    check_role(by, Role.APPROVER)
    _move(plan, PlanState.DRAFT)
    record("plan.returned", by=by, target=plan)
    return plan


@transaction.atomic
def publish_plan(plan: Plan, *, by: User, now: datetime.datetime | None = None) -> Plan:
    """Make an approved plan public."""
    plan = _locked(plan)
    if plan.state == PlanState.PUBLISHED:
        return plan
    check_role(by, Role.CLERK)
    plan.published_at = now or timezone.now()
    _move(plan, PlanState.PUBLISHED)
    record("plan.published", by=by, target=plan)
    return plan


def _move(plan: Plan, to: PlanState) -> None:
    check_plan_step(plan, to=to)
    plan.state = to
    plan.save()
