"""回避: asked for, and decided by the head while work goes on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from draws.models import DrawnSeat, Recusal
from draws.policies import check_may_ask_recusal, check_may_decide_recusal, check_may_end_recusal, check_recusal
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify, notify_role

Reason = Recusal.Reason


@transaction.atomic
def ask_recusal(
    *,
    by: User,
    enterprise: Enterprise,
    reason: str,
    source: str,
    starts_on: datetime.date,
    inspector: Inspector | None = None,
    expert: Expert | None = None,
    ends_on: datetime.date | None = None,
    service: str = "",
    report_number: str = "",
    note: str = "",
) -> Recusal:
    """Register that somebody should not come to an enterprise. An open or granted one of the pair is returned."""
    check_may_ask_recusal(by)
    _check_own(by, inspector)
    return register_recusal(
        Recusal(
            inspector=inspector,
            expert=expert,
            enterprise=enterprise,
            reason=reason,
            service=service if reason == Reason.PAST_SERVICE else "",
            report_number=report_number if reason == Reason.PAST_SERVICE else "",
            note=note,
            source=source,
            starts_on=starts_on,
            ends_on=ends_on,
            asked_by=by,
        ),
        by=by,
    )


@transaction.atomic
def ask_recusal_by_enterprise(
    *,
    enterprise: Enterprise,
    note: str,
    source: str,
    starts_on: datetime.date,
    inspector: Inspector | None = None,
    expert: Expert | None = None,
) -> Recusal:
    """An enterprise asks that somebody stay away, from its letter (行政处罚法 §43), which `source` names.

    Nobody is signed in: the caller has checked that this person is to come to this enterprise
    and that the letter's link is alive. The head decides; work goes on. Asked again, the first
    request stands.
    """
    if not note.strip():
        raise Refusal("请写明申请回避的理由，例如“该检查人员与我单位有利害关系”。", field="note")
    recusal = Recusal(
        inspector=inspector,
        expert=expert,
        enterprise=enterprise,
        reason=Reason.ENTERPRISE_REQUEST,
        note=note.strip()[:300],
        source=source,
        starts_on=starts_on,
    )
    return register_recusal(recusal, by=None)


def register_recusal(recusal: Recusal, *, by: User | None) -> Recusal:
    """Keep a recusal nobody has decided on, and tell the head. Asked or granted already, that one is returned."""
    check_recusal(recusal)
    if same := same_recusal(recusal):
        return same
    recusal.save()
    notify_role(
        Role.HEAD,
        key=f"recusal.asked:{recusal.pk}",
        subject="有一项回避等待决定",
        link=reverse("recusal_list") + f"?state={Recusal.State.ASKED}",
    )
    record("recusal.asked", by=by, target=("recusal", str(recusal.pk), ""), reason=recusal.reason)
    return recusal


def same_recusal(recusal: Recusal) -> Recusal | None:
    """What is asked or granted already for this pair and reason, and still holds when this one would begin."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=recusal.starts_on)
    rows = Recusal.objects.filter(
        still,
        inspector=recusal.inspector,
        expert=recusal.expert,
        enterprise=recusal.enterprise,
        reason=recusal.reason,
        service=recusal.service,
        state__in=(Recusal.State.ASKED, Recusal.State.GRANTED),
    )
    return rows.order_by("pk").first()


def _check_own(by: User, inspector: Inspector | None) -> None:
    """An officer without a place in the inspection office asks for themselves only."""
    if has_role(by, Role.CLERK):
        return
    if inspector is None or inspector.account_id != by.pk:
        raise Refusal("您只能为自己申请回避。", field="inspector", status=403)


@transaction.atomic
def grant_recusal(recusal: Recusal, *, by: User, now: datetime.datetime | None = None) -> Recusal:
    """The head grants it: from now on the pair never meets in a draw.

    A pair that has been drawn already stays as it is until somebody replaces the person: the
    office is told to ask for that change.
    """
    was_open = recusal.state == Recusal.State.ASKED
    recusal = _decide(recusal, Recusal.State.GRANTED, by=by, now=now or timezone.now())
    if was_open:
        _tell_who_replaces(recusal, today=timezone.localdate(now))
    return recusal


@transaction.atomic
def refuse_recusal(recusal: Recusal, *, by: User, now: datetime.datetime | None = None) -> Recusal:
    """The head refuses it: the pair may be drawn."""
    return _decide(recusal, Recusal.State.REFUSED, by=by, now=now or timezone.now())


@transaction.atomic
def end_recusal(recusal: Recusal, *, by: User, reason: str, now: datetime.datetime | None = None) -> Recusal:
    """The head ends a granted recusal early, with a reason: from now on the pair may be drawn. The row stays."""
    recusal = Recusal.objects.select_for_update(of=("self",)).get(pk=recusal.pk)
    if recusal.state == Recusal.State.ENDED and recusal.ended_by_id == by.pk:
        return recusal
    check_may_end_recusal(by, recusal)
    if not reason.strip():
        raise Refusal("请写明为什么提前解除回避。", field="reason")
    recusal.state, recusal.ended_by, recusal.ended_at = Recusal.State.ENDED, by, now or timezone.now()
    recusal.end_reason = reason.strip()[:200]
    recusal.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])
    record("recusal.ended", by=by, target=("recusal", str(recusal.pk), ""))
    return recusal


@transaction.atomic
def grant_recusals(pks: Iterable[int], *, by: User, now: datetime.datetime | None = None) -> int:
    """Grant several at once, such as imported past services; returns how many were granted. All or none."""
    rows = Recusal.objects.filter(pk__in=pks, state=Recusal.State.ASKED).order_by("pk")
    return len([grant_recusal(recusal, by=by, now=now) for recusal in rows])


def _tell_who_replaces(recusal: Recusal, *, today: datetime.date) -> None:
    """For each drawn visit ahead that holds this pair; where names are kept only its drafter hears."""
    seats = DrawnSeat.objects.filter(
        inspector=recusal.inspector,
        expert=recusal.expert,
        drawn__enterprise=recusal.enterprise,
        drawn__is_standing=True,
        drawn__draw__visits_to__gte=today,
    )
    for seat in seats.select_related("drawn__draw__drafted_by").order_by("pk"):
        draw = seat.drawn.draw
        words = {
            "key": f"recusal.seated:{recusal.pk}:{draw.pk}",
            "subject": f"有人准予回避，请为 {draw.number} 提出更换人员",
            "link": reverse("draw_amendments", args=[draw.pk]),
        }
        if not draw.is_announced:
            notify(users=[draw.drafted_by], **words)
        else:
            notify_role(Role.CLERK, **words)


def _decide(recusal: Recusal, state: Recusal.State, *, by: User, now: datetime.datetime) -> Recusal:
    recusal = Recusal.objects.select_for_update(of=("self",)).get(pk=recusal.pk)
    if recusal.state == state and recusal.decided_by_id == by.pk:
        return recusal
    check_may_decide_recusal(by, recusal)
    recusal.state, recusal.decided_by, recusal.decided_at = state, by, now
    recusal.save(update_fields=["state", "decided_by", "decided_at"])
    record(f"recusal.{state}", by=by, target=("recusal", str(recusal.pk), ""))
    return recusal
