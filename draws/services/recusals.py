"""回避: asked for, and decided by the head while work goes on."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from draws.models import Recusal
from draws.policies import check_may_ask_recusal, check_may_decide_recusal
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.services import notify_role


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
    note: str = "",
) -> Recusal:
    """Register that somebody should not come to an enterprise. An open or granted one of the pair is returned."""
    check_may_ask_recusal(by)
    if (inspector is None) == (expert is None):
        raise Refusal("请在执法人员和专家里选一个，并且只选一个。", field="inspector")
    if ends_on and ends_on < starts_on:
        raise Refusal("结束日期不能早于开始日期。", field="ends_on")
    _check_own(by, inspector)
    pair = {"inspector": inspector, "expert": expert, "enterprise": enterprise}
    if same := Recusal.objects.filter(**pair, reason=reason, state=Recusal.State.ASKED).first():
        return same
    recusal = Recusal.objects.create(
        **pair, reason=reason, note=note, source=source, starts_on=starts_on, ends_on=ends_on, asked_by=by
    )
    notify_role(Role.HEAD, key=f"recusal.asked:{recusal.pk}", subject="有一项回避等待决定")
    record("recusal.asked", by=by, target=("recusal", str(recusal.pk), ""))
    return recusal


def _check_own(by: User, inspector: Inspector | None) -> None:
    """An officer without a place in the inspection office asks for themselves only."""
    if has_role(by, Role.CLERK):
        return
    if inspector is None or inspector.account_id != by.pk:
        raise Refusal("您只能为自己申请回避。", field="inspector", status=403)


def grant_recusal(recusal: Recusal, *, by: User, now: datetime.datetime | None = None) -> Recusal:
    """The head grants it: from now on the pair never meets in a draw."""
    return _decide(recusal, Recusal.State.GRANTED, by=by, now=now or timezone.now())


def refuse_recusal(recusal: Recusal, *, by: User, now: datetime.datetime | None = None) -> Recusal:
    """The head refuses it: the pair may be drawn."""
    return _decide(recusal, Recusal.State.REFUSED, by=by, now=now or timezone.now())


@transaction.atomic
def _decide(recusal: Recusal, state: Recusal.State, *, by: User, now: datetime.datetime) -> Recusal:
    recusal = Recusal.objects.select_for_update(of=("self",)).get(pk=recusal.pk)
    if recusal.state == state and recusal.decided_by_id == by.pk:
        return recusal
    check_may_decide_recusal(by, recusal)
    recusal.state, recusal.decided_by, recusal.decided_at = state, by, now
    recusal.save(update_fields=["state", "decided_by", "decided_at"])
    record(f"recusal.{state}", by=by, target=("recusal", str(recusal.pk), ""))
    return recusal
