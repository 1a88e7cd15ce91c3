"""The yearly plan: drafted, approved by somebody else, published, adjusted as a new version."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import Plan, PlanUnit
from draws.policies import check_may_approve_plan, check_may_edit_plan, check_plan_days, check_plan_step
from draws.selectors.marks import plan_mark
from draws.selectors.plans import load_of, stratum_sizes
from draws.services.plan_lines import PLAN_COLUMNS, Lines, merge_plan, set_lines
from draws.states import PlanState
from enterprises.models import Enterprise
from shuangsuiji.accounts.models import Department, Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.editing import Seen, check_as_shown
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.lib.selectors import load_calendar
from shuangsuiji.notifications.services import notify, notify_role

PublishedHook = Callable[..., object]
_after_publishing: list[PublishedHook] = []


def register_plan_published_hook(hook: PublishedHook) -> PublishedHook:
    """Call `hook(plan, by=…, now=…)` inside the transaction in which a plan becomes public."""
    if hook not in _after_publishing:
        _after_publishing.append(hook)
    return hook


@transaction.atomic
def create_plan(*, by: User, year: int, lines: Lines | None = None, **columns: Any) -> Plan:
    """Begin the plan of a year. Refused for a year without calendar: its working days are not guessed."""
    check_role(by, Role.CLERK)
    if Plan.objects.filter(year=year).exists():
        raise Refusal(f"{year}年度计划已经有了：请在列表里打开它，需要改动时办理调整。", field="year")
    plan = _new_version(Plan(year=year, drafted_by=by, **columns))
    set_lines(plan, lines or {})
    record("plan.drafted", by=by, target=plan)
    return plan


def _new_version(plan: Plan) -> Plan:
    plan.working_days = load_calendar().working_day_count(plan.year)
    _check_columns(plan)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as error:
        raise Refusal(f"{plan.year}年度计划正由别人编制，请刷新列表。", field="year") from error
    plan.refresh_from_db()
    return plan


def _check_columns(plan: Plan) -> None:
    check_public_words(note=plan.note)
    spent = plan.other_enforcement_days + plan.non_enforcement_days
    if spent > plan.working_days * plan.officer_count:
        raise Refusal(
            f"其他执法工作日和非执法工作日合计 {spent} 天，超过了 {plan.working_days} 天 × {plan.officer_count} 人。"
            "请核对这两个数。",
            field="non_enforcement_days",
        )
    if plan.frequency > plan.yearly_cap:
        raise Refusal("一般检查的次数不能超过每家企业的年度上限。", field="frequency")


@transaction.atomic
def update_plan(plan: Plan, *, by: User, lines: Lines, seen: Seen | None = None, **columns: Any) -> Plan:
    """Change a plan that is still a draft; its working days are read from the calendar again.

    With `seen`, what a page showed, only what the person changed is written; Stale where another changed the same.
    """
    plan = _locked(plan)
    check_may_edit_plan(by, plan)
    columns, lines = merge_plan(plan, columns=columns, lines=lines, seen=seen)
    for name, value in columns.items():
        setattr(plan, name, value)
    plan.working_days = load_calendar().working_day_count(plan.year)
    _check_columns(plan)
    plan.save()
    set_lines(plan, lines)
    _check_units_fit(plan)
    record("plan.changed", by=by, target=plan)
    plan.refresh_from_db()
    return plan


def _check_units_fit(plan: Plan) -> None:
    over = plan.units.filter(times__gt=plan.yearly_cap).select_related("enterprise").first()
    if over is not None:
        raise Refusal(
            f"重点检查单位“{over.enterprise.name}”计划 {over.times} 次，超过年度上限 {plan.yearly_cap} 次。"
            "请先减少它的次数，或提高上限。",
            field="yearly_cap",
        )


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("drafted_by", "approved_by").get(pk=plan.pk)


@transaction.atomic
def name_unit(
    plan: Plan,
    *,
    enterprise: Enterprise,
    by: User,
    times: int = 1,
    month: int | None = None,
    partners: list[Department] | None = None,
    why: str = "",
) -> PlanUnit:
    """Name a 重点检查单位, or change what stands of it. More times than the cap allows are refused."""
    plan = _locked(plan)
    check_may_edit_plan(by, plan)
    if times > plan.yearly_cap:
        raise Refusal(f"次数超过了每家企业的年度上限 {plan.yearly_cap} 次。", field="times")
    if enterprise.state != Enterprise.State.ACTIVE:
        raise Refusal(f"“{enterprise.name}”现为“{enterprise.get_state_display()}”，不能列入计划。", field="enterprise")
    check_public_words(why=why)
    values = {"times": times, "month": month, "why": why.strip()[:200]}
    unit, _ = PlanUnit.objects.update_or_create(plan=plan, enterprise=enterprise, defaults=values)
    unit.partners.set(partners or [])
    record("plan.unit_named", by=by, target=plan, credit_code=enterprise.credit_code, times=times)
    return unit


@transaction.atomic
def name_key_units(plan: Plan, *, by: User) -> int:
    """Name every active enterprise that the register calls 重点 and the plan does not name; returns how many."""
    missing = Enterprise.objects.filter(is_key=True, state=Enterprise.State.ACTIVE).exclude(plan_units__plan=plan)
    rows = list(missing.order_by("credit_code"))
    for enterprise in rows:
        name_unit(plan, enterprise=enterprise, by=by, why="名录库列为重点检查单位")
    return len(rows)


@transaction.atomic
def drop_unit(unit: PlanUnit, *, by: User) -> None:
    """Take a unit out of a draft."""
    plan = _locked(unit.plan)
    check_may_edit_plan(by, plan)
    record("plan.unit_dropped", by=by, target=plan, credit_code=unit.enterprise.credit_code)
    unit.delete()


def _check_strata_hold(plan: Plan) -> None:
    """No stratum can be asked for more checks than its enterprises have in a year."""
    sizes = stratum_sizes(without=plan.units.values_list("enterprise", flat=True))
    for line in plan.lines.select_related("field"):
        most = sizes.get((line.field_id, line.risk_class), 0) * plan.frequency
        if line.planned_count > most:
            raise Refusal(
                f"{line.field}{line.get_risk_class_display()}：名录里可抽的企业每家每年 {plan.frequency} 次，"
                f"最多 {most} 家次，计划填了 {line.planned_count}。请减少家数，或先核对名录。"
            )


@transaction.atomic
def submit_plan(plan: Plan, *, by: User) -> Plan:
    """Hand the plan in for approval, its working days read from the calendar again; refused while it asks for more."""
    plan = _locked(plan)
    if plan.state == PlanState.SUBMITTED:
        return plan
    check_may_edit_plan(by, plan)
    plan.working_days = load_calendar().working_day_count(plan.year)
    _check_columns(plan)
    plan.save(update_fields=["working_days"])
    plan.refresh_from_db(fields=["capacity_days"])
    load = load_of(plan)
    if not load.general_count + load.named_count:
        raise Refusal("计划里还没有检查家数：请至少在一个领域填写，或列出重点检查单位。")
    if load.is_over:
        raise Refusal(
            f"计划的检查要用 {load.days} 个工作日，监督检查工作日只有 {load.capacity_days} 个。"
            "请减少家数，或核对执法人员数和其他工作日。"
        )
    _check_strata_hold(plan)
    plan.returned_reason = ""
    _move(plan, PlanState.SUBMITTED)
    notify_role(
        Role.APPROVER,
        key=f"plan.submitted:{plan.pk}:{timezone.now().isoformat()}",
        subject=f"{plan}等待审批",
        link=reverse("plan_detail", args=[plan.pk]),
    )
    record("plan.submitted", by=by, target=plan)
    return plan


@transaction.atomic
def approve_plan(plan: Plan, *, by: User, now: datetime.datetime | None = None, seen: str | None = None) -> Plan:
    """Approve a submitted plan as its page showed it (`seen`); not one's own, nor while the calendar is unconfirmed."""
    plan = _locked(plan)
    if plan.state == PlanState.APPROVED and plan.approved_by_id == by.pk:
        return plan
    check_may_approve_plan(by, plan)
    check_as_shown(seen, stands=plan_mark(plan))
    check_plan_days(plan)
    plan.approved_by, plan.approved_at = by, now or timezone.now()
    _move(plan, PlanState.APPROVED)
    _tell_drafter(plan, subject=f"{plan}已批准，可以公布")
    record("plan.approved", by=by, target=plan)
    return plan


@transaction.atomic
def return_plan(plan: Plan, *, by: User, reason: str = "") -> Plan:
    """Give a submitted plan back to its drafter, with a reason."""
    plan = _locked(plan)
    check_role(by, Role.APPROVER)
    if not reason.strip():
        raise Refusal("请写明退回的意见，起草人才知道改哪里。", field="reason")
    plan.returned_reason = reason.strip()[:300]
    _move(plan, PlanState.DRAFT)
    _tell_drafter(plan, subject=f"{plan}被退回，请修改后重新提交")
    record("plan.returned", by=by, target=plan, reason=plan.returned_reason)
    return plan


def _tell_drafter(plan: Plan, *, subject: str) -> None:
    key = f"plan.{plan.state}:{plan.pk}:{timezone.now().isoformat()}"
    notify(key=key, users=[plan.drafted_by], subject=subject, link=reverse("plan_detail", args=[plan.pk]))


@transaction.atomic
def publish_plan(plan: Plan, *, by: User, now: datetime.datetime | None = None) -> Plan:
    """Make an approved plan public: the version before stands as adjusted, the rooms above announce this one."""
    plan, now = _locked(plan), now or timezone.now()
    if plan.state == PlanState.PUBLISHED:
        return plan
    check_role(by, Role.CLERK)
    check_plan_step(plan, to=PlanState.PUBLISHED)
    check_plan_days(plan)
    former = Plan.objects.select_for_update(of=("self",)).filter(year=plan.year, state=PlanState.PUBLISHED).first()
    if former is not None:
        _move(former, PlanState.SUPERSEDED)
    plan.published_at = now
    _move(plan, PlanState.PUBLISHED)
    for hook in _after_publishing:
        hook(plan, by=by, now=now)
    record("plan.published", by=by, target=plan, version=plan.version)
    return plan


@transaction.atomic
def adjust_plan(plan: Plan, *, by: User, reason: str) -> Plan:
    """Begin the next version of a published plan with everything taken over; the former stays in force meanwhile."""
    plan = _locked(plan)
    check_role(by, Role.CLERK)
    if plan.state != PlanState.PUBLISHED:
        raise Refusal(f"{plan}现为“{plan.get_state_display()}”，只有现行的计划可以调整。")
    if not reason.strip():
        raise Refusal("请写明调整的原因：公布后会印在公告里。", field="reason")
    check_public_words(reason=reason)
    begun = Plan.objects.filter(year=plan.year, version__gt=plan.version).first()
    if begun is not None:
        return begun
    copied = {name: getattr(plan, name) for name in PLAN_COLUMNS}
    version = Plan(year=plan.year, version=plan.version + 1, drafted_by=by, reason=reason.strip()[:300], **copied)
    _copy_parts(plan, to=_new_version(version))
    record("plan.adjusted", by=by, target=version, version=version.version, reason=version.reason)
    return version


def _copy_parts(plan: Plan, *, to: Plan) -> None:
    for line in plan.lines.all():
        line.pk, line.plan = None, to
        line.save(force_insert=True)
    for unit in plan.units.prefetch_related("partners"):
        partners = list(unit.partners.all())
        unit.pk, unit.plan = None, to
        unit.save(force_insert=True)
        unit.partners.set(partners)


@transaction.atomic
def close_plan(plan: Plan, *, by: User, now: datetime.datetime | None = None) -> Plan:
    """The year is over: the plan stands as it was carried out."""
    plan, now = _locked(plan), now or timezone.now()
    if plan.state == PlanState.CLOSED:
        return plan
    check_role(by, Role.CLERK)
    if timezone.localdate(now).year <= plan.year:
        raise Refusal(f"{plan.year}年还没有结束，计划到年底后才能结束。")
    plan.closed_at = now
    _move(plan, PlanState.CLOSED)
    record("plan.closed", by=by, target=plan)
    return plan


def _move(plan: Plan, to: PlanState) -> None:
    check_plan_step(plan, to=to)
    plan.state = to
    plan.save()
