"""Interests that officers and experts declare themselves."""

from __future__ import annotations

import datetime
from typing import Any

from inspectors.hooks import tell_declared
from inspectors.models import DeclaredInterest, Expert, Inspector
from inspectors.policies import check_may_declare
from inspectors.services.people import target_of
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored
from shuangsuiji.audit.services import record
from shuangsuiji.lib import credit_code as codes
from shuangsuiji.lib.errors import Refusal


@authored
def declare_interest(
    person: Inspector | Expert,
    *,
    credit_code: str,
    reason: str,
    on: datetime.date,
    by: User | None,
    enterprise_name: str = "",
) -> DeclaredInterest:
    """Note that a person has an interest in an enterprise; declared already, it stays. Upper rooms are told. Audited.

    An officer declares for themselves; the office enters what is handed in on paper.
    """
    check_may_declare(person, by=by)
    code = codes.check(credit_code)
    if not reason.strip():
        raise Refusal("请写明利害关系，例如“配偶任该企业财务负责人”。", field="reason")
    owner: dict[str, Any] = {str(person._meta.model_name): person}
    standing = DeclaredInterest.objects.filter(**owner, credit_code=code, withdrawn_on=None).first()
    if standing is not None:
        return standing
    interest = DeclaredInterest.objects.create(
        **owner, credit_code=code, enterprise_name=enterprise_name, reason=reason.strip(), declared_on=on
    )
    tell_declared(interest)
    record(f"{person._meta.model_name}.interest_declared", by=by, target=target_of(person), credit_code=code)
    return interest


@authored
def withdraw_interest(pk: int, *, on: datetime.date, by: User | None) -> DeclaredInterest:
    """The interest has ended; the row stays. Withdrawn already, nothing happens. Upper rooms are told. Audited."""
    interest = DeclaredInterest.objects.select_for_update(of=("self",)).get(pk=pk)
    person = interest.person
    check_may_declare(person, by=by)
    if interest.withdrawn_on is None:
        interest.withdrawn_on = max(on, interest.declared_on)
        interest.save(update_fields=["withdrawn_on"])
        tell_declared(interest)
        code = interest.credit_code
        record(f"{person._meta.model_name}.interest_withdrawn", by=by, target=target_of(person), credit_code=code)
    return interest
