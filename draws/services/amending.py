"""Changes after the draw: asked for by the office, decided by somebody else, worked out by the tickets."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from draws.engine import (
    ProtocolError,
    Standing,
    add_people,
    apply_amendment,
    invite_expert,
    next_enterprise,
    phrase,
    replace_enterprise,
    replace_person,
)
from draws.models import Amendment, AmendmentRequest, Draw
from draws.policies import check_may_amend, check_may_decide_amendment
from draws.selectors.ledger import standing_of
from draws.selectors.preparation import Candidate, prepare
from draws.services.after_drawing import after_amending, after_drawing
from draws.services.carrying_out import leaves_of
from draws.services.drafting import locked
from draws.services.standing_rows import write_standing
from draws.states import DrawState
from enterprises.models import Enterprise
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify_role

Kind = AmendmentRequest.Kind
State = AmendmentRequest.State
UNDECIDED = "待批准"


@transaction.atomic
def ask_amendment(draw: Draw, *, by: User, kind: str, reason: str, **wanted: Any) -> AmendmentRequest:
    """Ask for a change. What the rules do not allow is refused now, before anybody approves it.

    `wanted`: person_replaced stage, enterprise, out, why, appoint · enterprise_replaced enterprise ·
    people_added people (certificate numbers) · expert_invited enterprise, expert. All business keys.
    """
    draw = locked(draw)
    check_may_amend(by, draw)
    if not reason.strip():
        raise Refusal("请写明变更的原因：批准后会公开，请不要写个人隐私。", field="reason")
    request = AmendmentRequest(draw=draw, kind=kind, wanted=wanted, reason=reason.strip()[:200], asked_by=by)
    _entry(request, standing_of(draw.sealed.drawing), approved_by=UNDECIDED, now=timezone.now())
    request.save()
    role = Role.HEAD if kind == Kind.EXPERT or wanted.get("appoint") else Role.APPROVER
    notify_role(role, key=f"amendment.asked:{request.pk}", subject=f"有一项抽取变更等待批准：{draw.number}")
    record("draw.amendment_asked", by=by, target=draw, confidential=draw.is_covert, kind=kind, number=draw.number)
    return request


@transaction.atomic
def approve_amendment(request: AmendmentRequest, *, by: User, now: datetime.datetime | None = None) -> Amendment:
    """Approve a change: in order the numbered amendment, the rows, the state, the rooms above, the trail."""
    draw, now = locked(request.draw), now or timezone.now()
    request = AmendmentRequest.objects.select_for_update(of=("self",)).select_related("amendment").get(pk=request.pk)
    if request.state == State.APPROVED and request.decided_by_id == by.pk and request.amendment:
        return request.amendment
    check_may_decide_amendment(by, request)
    drawing = draw.sealed.drawing
    standing = standing_of(drawing)
    entry = _entry(request, standing, approved_by=by.name, now=now)
    amendment = Amendment.objects.create(
        drawing=drawing, number=entry["number"], entry=entry, made_by=request.asked_by, approved_by=by, made_at=now
    )
    request.state, request.decided_by, request.decided_at, request.amendment = State.APPROVED, by, now, amendment
    request.save()
    _take_effect(draw, apply_amendment(standing, entry), amendment=amendment, by=by)
    record(
        "draw.amended", by=by, target=draw, confidential=draw.is_covert, kind=request.kind, amendment=entry["number"]
    )
    return amendment


@transaction.atomic
def refuse_amendment(request: AmendmentRequest, *, by: User, now: datetime.datetime | None = None) -> AmendmentRequest:
    """Decide against a change; the draw stands as it stood."""
    locked(request.draw)
    request = AmendmentRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.state == State.REFUSED and request.decided_by_id == by.pk:
        return request
    check_may_decide_amendment(by, request)
    request.state, request.decided_by, request.decided_at = State.REFUSED, by, now or timezone.now()
    request.save()
    draw = request.draw
    record("draw.amendment_refused", by=by, target=draw, confidential=draw.is_covert, number=draw.number)
    return request


def _take_effect(draw: Draw, standing: Standing, *, amendment: Amendment, by: User) -> None:
    write_standing(draw, standing)
    if draw.state == DrawState.DRAWN:
        after_amending(draw, amendment=amendment, by=by)
    elif not standing.blocked:
        draw.state = DrawState.DRAWN
        draw.save(update_fields=["state"])
        after_drawing(draw, by=by)


def _entry(
    request: AmendmentRequest, standing: Standing, *, approved_by: str, now: datetime.datetime
) -> dict[str, Any]:
    """The amendment in the protocol's form, worked out on how the draw stands now."""
    at = timezone.localtime(now).isoformat(timespec="seconds")
    note = {"reason": request.reason, "approved_by": approved_by, "at": at}
    try:
        return _WORK_OUT[AmendmentRequest.Kind(request.kind)](request.draw, standing, request.wanted, note)
    except ProtocolError as error:
        raise Refusal(f"按规则不能这样变更：{phrase(error)}。") from error


def _person(draw: Draw, standing: Standing, wanted: dict[str, Any], note: dict[str, str]) -> dict[str, Any]:
    return replace_person(
        standing,
        stage=wanted["stage"],
        enterprise=wanted["enterprise"],
        out=wanted["out"],
        why=wanted["why"],
        note=note,
        appoint=wanted.get("appoint") or None,
    )


def _enterprise(draw: Draw, standing: Standing, wanted: dict[str, Any], note: dict[str, str]) -> dict[str, Any]:
    code = wanted["enterprise"]
    successor = next_enterprise(standing, enterprise=code)
    leaf = leaves_of(draw.sealed, [successor])[successor] if successor else None
    return replace_enterprise(standing, enterprise=code, leaf=leaf, note=note)


def _people(draw: Draw, standing: Standing, wanted: dict[str, Any], note: dict[str, str]) -> dict[str, Any]:
    """The people as they may be sent today, with everyone they may not meet."""
    preparation = prepare(draw, today=timezone.localdate())
    limits = {key: limit for key, limit in preparation.officers.limits.items() if key in wanted["people"]}
    if not limits:
        raise Refusal("选中的执法人员在检查期间都不能派出：请核对执法证、请假和在岗状态。", field="people")
    drawn = _candidates([entry["enterprise"] for entry in standing.entries])
    preparation = replace(preparation, candidates=drawn)
    excluded = {one.credit_code: sorted(preparation.excluded_officers(one) & set(limits)) for one in drawn}
    return add_people(standing, people=limits, excluded={code: who for code, who in excluded.items() if who}, note=note)


def _candidates(codes: list[str]) -> tuple[Candidate, ...]:
    rows = Enterprise.objects.filter(credit_code__in=codes).order_by("credit_code").values_list(*Candidate._fields)
    return tuple(Candidate(*row) for row in rows)


def _expert(draw: Draw, standing: Standing, wanted: dict[str, Any], note: dict[str, str]) -> dict[str, Any]:
    return invite_expert(standing, enterprise=wanted["enterprise"], expert=wanted["expert"], note=note)


_WORK_OUT = {Kind.PERSON: _person, Kind.ENTERPRISE: _enterprise, Kind.PEOPLE: _people, Kind.EXPERT: _expert}
