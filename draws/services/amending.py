"""Changes after the draw: asked for by the office, decided by somebody else, worked out by the tickets."""

from __future__ import annotations

import datetime
from typing import Any, cast
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from draws.engine import Standing
from draws.models import Amendment, AmendmentRequest, Draw
from draws.policies import check_may_amend, check_may_decide_amendment, check_no_open_request
from draws.selectors.integrity import entry_sha256
from draws.selectors.ledger import standing_of
from draws.selectors.working_out import Entry, entries_of, seats_of_person
from draws.services.after_drawing import after_amending, after_drawing
from draws.services.drafting import locked
from draws.services.standing_rows import write_standing
from draws.services.telling import tell_role
from draws.states import DrawState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words

Kind = AmendmentRequest.Kind
State = AmendmentRequest.State
UNDECIDED = "待批准"


@transaction.atomic
def ask_amendment(draw: Draw, *, by: User, kind: str, reason: str, **wanted: Any) -> AmendmentRequest:
    """Ask for a change. What the rules do not allow is refused now, before anybody approves it.

    `wanted`: person_replaced stage, enterprise, out, why, appoint · enterprise_replaced enterprise ·
    people_added people (certificate numbers, or limits by them) · expert_invited enterprise, expert. All
    business keys. Somebody who cannot go at all leaves all their seats: one request a seat, decided together.
    """
    draw = locked(draw)
    check_may_amend(by, draw)
    if not reason.strip():
        raise Refusal("请写明变更的原因：批准后会公开，请不要写个人隐私。", field="reason")
    reason = reason.strip()[:200]
    check_public_words(reason=reason)
    standing, together = standing_of(draw.sealed.drawing), uuid4()
    requests = [
        AmendmentRequest(draw=draw, kind=kind, wanted=one, reason=reason, asked_by=by, together=together)
        for one in _every_seat(standing, kind=kind, wanted=wanted)
    ]
    for request in requests:
        check_no_open_request(request)
    entries_of(requests, standing, approved_by=UNDECIDED, now=timezone.now())
    for request in requests:
        request.save()
    _tell_deciders(requests[0])
    record("draw.amendment_asked", by=by, target=draw, confidential=draw.is_covert, kind=kind, number=draw.number)
    return requests[0]


def _every_seat(standing: Standing, *, kind: str, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """The seat asked for first, then the others of somebody who cannot go at all; those go by the tickets."""
    if kind != Kind.PERSON or wanted["why"] != "unavailable":
        return [wanted]
    others = seats_of_person(standing, stage=wanted["stage"], person=wanted["out"])
    rest = [{**wanted, "enterprise": code, "appoint": ""} for code in others if code != wanted["enterprise"]]
    return [wanted, *rest]


def _tell_deciders(request: AmendmentRequest) -> None:
    draw = request.draw
    role = Role.HEAD if request.kind == Kind.EXPERT or request.wanted.get("appoint") else Role.APPROVER
    subject = f"有一项抽取变更等待批准：{draw.number}"
    tell_role(draw, role, key=f"amendment.asked:{request.pk}", subject=subject, page="draw_amendments")


@transaction.atomic
def approve_amendment(request: AmendmentRequest, *, by: User, now: datetime.datetime | None = None) -> Amendment:
    """Approve a change with all that is decided with it: in order the numbered amendments, the rows, the state,
    the rooms above, the trail. Returns the amendment of the first request.
    """
    draw, now = locked(request.draw), now or timezone.now()
    group = _locked_group(request)
    if all(one.state == State.APPROVED and one.decided_by_id == by.pk and one.amendment for one in group):
        return cast(Amendment, group[0].amendment)
    for one in group:
        check_may_decide_amendment(by, one)
    worked = entries_of(group, standing_of(draw.sealed.drawing), approved_by=by.name, now=now)
    for one, (entry, standing) in zip(group, worked, strict=True):
        _carry_in(one, entry, standing, draw=draw, by=by, now=now)
    return cast(Amendment, group[0].amendment)


def _locked_group(request: AmendmentRequest) -> list[AmendmentRequest]:
    rows = AmendmentRequest.objects.select_for_update(of=("self",)).select_related("amendment", "asked_by")
    together = AmendmentRequest.objects.filter(pk=request.pk).values("together")
    return list(rows.filter(draw=request.draw_id, together__in=together).order_by("pk"))


def _carry_in(
    request: AmendmentRequest, entry: Entry, standing: Standing, *, draw: Draw, by: User, now: datetime.datetime
) -> None:
    amendment = Amendment.objects.create(
        drawing=draw.sealed.drawing,
        number=entry["number"],
        entry=entry,
        made_by=request.asked_by,
        approved_by=by,
        made_at=now,
    )
    request.state, request.decided_by, request.decided_at, request.amendment = State.APPROVED, by, now, amendment
    request.save()
    _take_effect(draw, standing, amendment=amendment, by=by)
    record(
        "draw.amended",
        by=by,
        target=draw,
        confidential=draw.is_covert,
        kind=request.kind,
        amendment=entry["number"],
        entry_sha256=entry_sha256(amendment),
    )


@transaction.atomic
def refuse_amendment(
    request: AmendmentRequest, *, by: User, reason: str, now: datetime.datetime | None = None
) -> AmendmentRequest:
    """Decide against a change and all that is decided with it, with a reason; the draw stands as it stood."""
    draw, now = locked(request.draw), now or timezone.now()
    group = _locked_group(request)
    if all(one.state == State.REFUSED and one.decided_by_id == by.pk for one in group):
        return group[0]
    if not reason.strip():
        raise Refusal("请写明不批准的理由，提出的人才知道怎么办。", field="reason")
    for one in group:
        check_may_decide_amendment(by, one)
        one.state, one.decided_by, one.decided_at, one.refusal = State.REFUSED, by, now, reason.strip()[:200]
        one.save()
    record("draw.amendment_refused", by=by, target=draw, confidential=draw.is_covert, number=draw.number)
    return group[0]


def _take_effect(draw: Draw, standing: Standing, *, amendment: Amendment, by: User) -> None:
    write_standing(draw, standing)
    if draw.state == DrawState.DRAWN:
        after_amending(draw, amendment=amendment, by=by)
    elif not standing.blocked:
        draw.state = DrawState.DRAWN
        draw.save(update_fields=["state"])
        after_drawing(draw, by=by)
