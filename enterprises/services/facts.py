"""Facts that other rooms or the office add to an enterprise: penalties, permits, that it was checked."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q

from enterprises.models import Enterprise, PenaltyFact, Permit
from enterprises.policies import (
    check_decided_on,
    check_may_edit,
    check_not_merged,
    check_permit_days,
    check_same_penalty,
)
from enterprises.services.locking import changes_register, check_nobody_imports
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.plausible import one_spelling


@authored
def record_penalty(
    *, enterprise: Enterprise, decided_on: datetime.date, document_number: str, source: str, by: User | None
) -> PenaltyFact:
    """Note a penalty decision against an enterprise; noted already, it is returned as it is. Audited.

    `by` is None where the room that decided it calls; a person who enters one from elsewhere must keep the register,
    and is told where the number stands there already with another day or source.
    """
    check_may_edit(by)
    if by is not None:
        check_nobody_imports()
        check_not_merged(enterprise)
        check_decided_on(decided_on)
    number = one_spelling(document_number)
    if not number:
        raise Refusal("请填写处罚决定书的文号。", field="document_number")
    values = {"decided_on": decided_on, "source": source}
    fact, created = PenaltyFact.objects.get_or_create(enterprise=enterprise, document_number=number, defaults=values)
    if by is not None:
        check_same_penalty({"decided_on": fact.decided_on, "source": fact.source}, said=values)
    if created:
        record(
            "enterprise.penalty_recorded", by=by, target=enterprise, number=fact.document_number, decided_on=decided_on
        )
    return fact


@authored
def note_check(enterprise_pk: int, *, on: datetime.date) -> None:
    """Remember the last day on which an enterprise was checked; an earlier day changes nothing.

    Called by the room of the visits, which keeps the trail of them.
    """
    earlier = Q(last_checked_on=None) | Q(last_checked_on__lt=on)
    Enterprise.objects.filter(earlier, pk=enterprise_pk).update(last_checked_on=on)


@changes_register
def save_permit(enterprise_pk: int, *, kind: str, number: str, by: User | None, **values: Any) -> Permit:
    """Enter a permit, or renew the one of this kind and number. Nothing changed, nothing recorded. Audited.

    `values`: issuer, starts_on, expires_on, is_withdrawn.
    """
    check_may_edit(by)
    check_permit_days(values.get("starts_on"), values.get("expires_on"))
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise_pk)
    check_not_merged(enterprise)
    number = one_spelling(number)
    found = {"enterprise": enterprise, "kind": kind, "number": number}
    permit = Permit.objects.filter(**found).first() or Permit(**found)
    changed = [name for name, value in values.items() if getattr(permit, name) != value]
    if permit.pk is None or changed:
        for name in changed:
            setattr(permit, name, values[name])
        permit.save()
        record("enterprise.permit_saved", by=by, target=enterprise, kind=kind, number=number)
    return permit
