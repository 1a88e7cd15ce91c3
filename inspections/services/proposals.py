"""曝光 and 严重失信名单: proposed by hand or by the watch over deadlines, taken up or dismissed by people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.models import ItemResult, Order, OrderPoint, Proposal, Task
from inspections.policies import names_are_kept
from inspections.policies.proposals import check_may_dismiss, check_may_propose, check_may_take
from inspections.selectors.proposals import is_major, open_on_limits, overdue_orders, points_named_by
from inspections.services.lifecycle import locked_task
from inspections.states import VALID_PROPOSAL_TRANSITIONS, ProposalState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify_role

OVERDUE = "逾期不整改"
UNDONE = "整改不到位"
CONCEALED = "隐瞒重大隐患"


def propose_exposure(
    task: Task,
    *,
    by: User | None,
    reason: str,
    facts: str,
    order: Order | None = None,
    origin: str = "",
    now: dt.datetime | None = None,
) -> Proposal:
    """Propose to expose the enterprise of a check; `by` is None for the watch. The same `origin` again does nothing."""
    kind = Proposal.Kind.EXPOSURE
    return _propose(kind, task, by=by, reason=reason, facts=facts, order=order, origin=origin, now=now)


def propose_listing(
    task: Task,
    *,
    by: User | None,
    reason: str,
    facts: str,
    order: Order | None = None,
    origin: str = "",
    now: dt.datetime | None = None,
) -> Proposal:
    """Propose the list of serious breaches (应急管理部令第11号): notice, statement and decision are still to come."""
    kind = Proposal.Kind.LISTING
    return _propose(kind, task, by=by, reason=reason, facts=facts, order=order, origin=origin, now=now)


@transaction.atomic
def take_proposal(proposal: Proposal, *, by: User, note: str = "", now: dt.datetime | None = None) -> Proposal:
    """A publication takes it up, and with it all that propose the same of the same check.

    Taken by the same person again, nothing happens.
    """
    row = _locked(proposal.pk)
    if row.state == ProposalState.TAKEN and row.settled_by_id == by.pk:
        return row
    check_may_take(by, row)
    _settle(row, state=ProposalState.TAKEN, by=by, reason=note, now=now)
    for other in _same_proposals(row.kind, task_id=row.task_id):
        _settle(other, state=ProposalState.TAKEN, by=by, reason=f"{note}（同一检查的建议一并采纳）"[:300], now=now)
    return row


@transaction.atomic
def dismiss_proposal(proposal: Proposal, *, by: User, reason: str, now: dt.datetime | None = None) -> Proposal:
    """Not taken up; the reason stays with it."""
    row = _locked(proposal.pk)
    check_may_dismiss(by, row)
    if not reason.strip():
        raise Refusal("请写明不采纳的理由，它会和建议一起留存。", field="reason")
    return _settle(row, state=ProposalState.DISMISSED, by=by, reason=reason, now=now)


def propose_overdue(*, today: dt.date, now: dt.datetime | None = None) -> int:
    """The watch: every order past its limits is proposed for exposure, one with a 重大隐患 for listing too.

    Each order gives rise to each kind once; returns how many proposals are new.
    """
    before = Proposal.objects.count()
    for order, points in overdue_orders(today=today).items():
        _propose_points(order, points, reason=OVERDUE, origin=f"overdue:{order.pk}", now=now)
    return Proposal.objects.count() - before


def propose_undone(order: Order, points: Sequence[OrderPoint], *, on: dt.date, now: dt.datetime | None = None) -> None:
    """A re-inspection found points undone whose last day is over: 整改不到位. Before its last day nobody is late."""
    late = [point for point in points if point.rectify_by < on]
    if late:
        _propose_points(order, late, reason=UNDONE, origin=f"undone:{order.pk}", now=now)


def withdraw_settled(task: Task, *, on: dt.date, now: dt.datetime | None = None) -> None:
    """Points were found put right: what the house proposed because of them, and nobody took up, is withdrawn.

    Whoever still holds it right to expose the enterprise proposes it by hand, with the reason.
    """
    for order in task.orders.order_by("position"):
        for proposal in open_on_limits(order):
            if all(point.result.rectified_on for point in points_named_by(proposal)):
                _withdraw(proposal, reason=f"建议所列事项经 {on:%Y-%m-%d} 复查已整改到位，系统撤回建议。", now=now)


def _withdraw(proposal: Proposal, *, reason: str, now: dt.datetime | None) -> None:
    row = _locked(proposal.pk)
    if ProposalState.WITHDRAWN not in VALID_PROPOSAL_TRANSITIONS[row.state]:
        return
    _settle(row, state=ProposalState.WITHDRAWN, by=None, reason=reason, now=now)
    _tell_office(row, key="proposal.withdrawn", subject="已撤回建议：", body=reason)


def propose_concealed(task: Task, results: Iterable[ItemResult], *, now: dt.datetime | None = None) -> None:
    """A reviewed record names a 重大隐患 that the enterprise concealed: exposure and listing are proposed at once."""
    concealed = [one for one in results if one.is_concealed]
    if not concealed:
        return
    lines = ["现场检查发现被检查单位隐瞒下列重大隐患："]
    lines += [f"{one.drawn_item.item.name}：{one.seen}（检查日期 {task.visited_on:%Y-%m-%d}）。" for one in concealed]
    said: dict[str, Any] = {
        "by": None,
        "reason": CONCEALED,
        "facts": "\n".join(lines),
        "origin": f"concealed:{task.pk}",
        "now": now,
    }
    propose_exposure(task, **said)
    propose_listing(task, **said)


def _propose_points(
    order: Order, points: Sequence[OrderPoint], *, reason: str, origin: str, now: dt.datetime | None
) -> None:
    majors = [point for point in points if is_major(point)]
    said: dict[str, Any] = {"by": None, "order": order, "origin": origin, "now": now}
    propose_exposure(order.task, reason=reason, facts=facts_of(order, points), **said)
    if majors:
        propose_listing(order.task, reason=f"重大隐患{reason}", facts=facts_of(order, majors), **said)


def facts_of(order: Order, points: Sequence[OrderPoint]) -> str:
    """The facts in sentences: the order, each problem and its last day."""
    lines = [f"{order.document.number or order.document.title}要求限期整改，下列事项到期未整改到位："]
    for point in points:
        item, result = point.result.drawn_item.item, point.result
        lines.append(
            f"{item.name}：{result.seen}（{result.get_hazard_display()}，整改期限 {point.rectify_by:%Y-%m-%d}）。"
        )
    return "\n".join(lines)


@transaction.atomic
def _propose(
    kind: Proposal.Kind,
    task: Task,
    *,
    by: User | None,
    reason: str,
    facts: str,
    order: Order | None,
    origin: str,
    now: dt.datetime | None,
) -> Proposal:
    task = locked_task(task.pk)
    if by is not None:
        check_may_propose(by, task)
    known = Proposal.objects.filter(kind=kind, origin=origin).first() if origin else None
    if known:
        return known
    _check_said(reason, facts)
    if by is not None and _same_proposals(kind, task_id=task.pk):
        raise Refusal("这次检查已有一条同类建议等待处理，不必重复提出。请在“公开建议”里查看。")
    proposal = Proposal.objects.create(
        kind=kind,
        enterprise=task.enterprise,
        task=task,
        order=order,
        origin=origin,
        reason=reason.strip(),
        facts=facts.strip(),
        proposed_by=by,
        proposed_at=now or timezone.now(),
    )
    body = f"理由：{proposal.reason}。请核实后采纳，或请审批负责人写明理由不予采纳。"
    _tell_office(proposal, key="proposal.open", subject="建议", body=body)
    record("proposal.made", by=by, target=proposal, confidential=_is_kept(proposal), kind=kind, reason=reason)
    return proposal


def _same_proposals(kind: str, *, task_id) -> list[Proposal]:
    """Open proposals of the same kind for the same check, locked."""
    if task_id is None:
        return []
    rows = Proposal.objects.select_for_update(of=("self",)).filter(kind=kind, task=task_id, state=ProposalState.OPEN)
    return list(rows.select_related("task__drawn__draw", "enterprise").order_by("id"))


def _check_said(reason: str, facts: str) -> None:
    if not reason.strip():
        raise Refusal("请写明建议的理由，例如“逾期不整改”。", field="reason")
    if not facts.strip():
        raise Refusal("请写明事实：什么问题、期限是哪一天、现在怎样。", field="facts")


def _settle(row: Proposal, *, state: ProposalState, by: User | None, reason: str, now: dt.datetime | None) -> Proposal:
    row.state, row.settled_by, row.settled_at = state, by, now or timezone.now()
    row.settled_reason = reason.strip()
    row.save(update_fields=["state", "settled_by", "settled_at", "settled_reason"])
    record(f"proposal.{state}", by=by, target=row, confidential=_is_kept(row))
    return row


def _locked(pk) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("task__drawn__draw", "enterprise")
    return rows.get(pk=pk)


def _is_kept(proposal: Proposal) -> bool:
    return proposal.task is not None and names_are_kept(proposal.task.drawn.draw, proposal.task)


def _tell_office(proposal: Proposal, *, key: str, subject: str, body: str) -> None:
    task = proposal.task
    if task is None or names_are_kept(task.drawn.draw, task):
        return
    notify_role(
        Role.CLERK,
        key=f"{key}:{proposal.pk}",
        subject=f"任务 {task.number}：{subject}{proposal.get_kind_display()}",
        body=body,
        link="/desk/proposals/",
    )
