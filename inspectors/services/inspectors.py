"""One officer: entered, changed, linked to an account."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.utils import timezone

from inspectors.models import Inspector
from inspectors.policies import (
    check_account,
    check_certificate,
    check_entered,
    check_may_edit,
    check_may_read_phone,
    check_number_is_free,
)
from inspectors.services.people import move_state, set_fields, set_values, sounds_of, target_of
from shuangsuiji.accounts.models import Department, User
from shuangsuiji.audit.authorship import authored
from shuangsuiji.audit.editing import keep_others_work
from shuangsuiji.audit.services import record
from shuangsuiji.lib.editing import Seen
from shuangsuiji.lib.errors import somebody_was_faster
from shuangsuiji.lib.models import SupervisedField

EDITABLE = frozenset({"name", "certificate_expires_on", "department", "township", "phone", "visit_limit"})


@authored
def create_inspector(
    *,
    certificate_number: str,
    certificate_expires_on: datetime.date,
    name: str,
    department: Department,
    by: User | None,
    fields: Collection[SupervisedField] = (),
    **values: Any,
) -> Inspector:
    """Enter an officer with a certificate that still holds. Audited by certificate number."""
    check_may_edit(by)
    check_entered(values)
    check_certificate(certificate_expires_on, today=timezone.localdate())
    number = check_number_is_free(certificate_number)
    with somebody_was_faster(lambda: check_number_is_free(number)):
        inspector = Inspector.objects.create(
            certificate_number=number,
            certificate_expires_on=certificate_expires_on,
            name=name,
            department=department,
            **sounds_of(name),
            **values,
        )
    inspector.fields.set(fields)
    record("inspector.created", by=by, target=target_of(inspector))
    return inspector


@authored
def update_inspector(pk: int, *, by: User | None, seen: Seen | None = None, **values: Any) -> Inspector:
    """Change an officer's entry. A new expiry must lie ahead. Nothing changed, nothing recorded; audited by columns.

    With `seen`, what a page showed, only what the person changed is written; Stale where another changed the same.
    """
    check_may_edit(by)
    if unknown := set(values) - EDITABLE - {"fields"}:
        raise TypeError(f"not editable here: {sorted(unknown)}")
    inspector = Inspector.objects.select_for_update(of=("self",)).get(pk=pk)
    values = keep_others_work(inspector, values, seen=seen)
    fields = values.pop("fields", None)
    changed = set_values(inspector, values)
    if "certificate_expires_on" in changed:
        check_certificate(inspector.certificate_expires_on, today=timezone.localdate())
    if changed:
        inspector.save()
    changed += set_fields(inspector, fields)
    if changed:
        record("inspector.updated", by=by, target=target_of(inspector), fields=sorted(changed))
    return inspector


@authored
def change_inspector_state(pk: int, *, state: str, reason: str, by: User | None) -> Inspector:
    """Active, away or left, with a reason for the trail. Only active officers are drawn."""
    check_may_edit(by)
    inspector = Inspector.objects.select_for_update(of=("self",)).get(pk=pk)
    return move_state(inspector, state=state, reason=reason, action="inspector.state_changed", by=by)


@authored
def link_account(pk: int, *, account: User | None, by: User | None) -> Inspector:
    """Say which account is this officer's, so that they see their own tasks; None unlinks. Audited."""
    check_may_edit(by)
    inspector = Inspector.objects.select_for_update(of=("self",)).get(pk=pk)
    if inspector.account_id == (account.pk if account else None):
        return inspector
    if account is not None:
        check_account(account, inspector=inspector)
    inspector.account = account
    inspector.save(update_fields=["account", "updated_at"])
    record("inspector.account_linked", by=by, target=target_of(inspector), account=account.username if account else "")
    return inspector


@authored
def reveal_inspector_phone(pk: int, *, by: User) -> Inspector:
    """Show an officer's number in full; that it was shown is in the trail."""
    check_may_read_phone(by)
    inspector = Inspector.objects.get(pk=pk)
    record("inspector.phone_revealed", by=by, target=target_of(inspector))
    return inspector
