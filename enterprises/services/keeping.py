"""One enterprise: entered, changed, closed, and its contact shown to whoever must reach it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from enterprises.derivation import derived
from enterprises.models import Enterprise
from enterprises.policies import check_can_become, check_code_is_free, check_may_edit, check_may_read_contact
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.selectors import find_township

EDITABLE = frozenset(
    [
        "name",
        "registered_on",
        "organisation_type",
        "capital",
        "business_scope",
        "address",
        "township",
        "field",
        "suggested_field",
        "risk_class",
        "enforcing_level",
        "size",
        "is_key",
        "expert_count_wanted",
        "contact_name",
        "contact_phone",
        "contact_email",
        "representative",
    ]
)
"""What a form may change. The code is the business key; the state has its own service."""


@transaction.atomic
def create_enterprise(*, credit_code: str, name: str, by: User | None, **values: Any) -> Enterprise:
    """Enter an enterprise: code checked and free, township found from the address, field suggested. Audited.

    `values` are fields of the model; foreign keys as rows.
    """
    check_may_edit(by)
    enterprise = Enterprise(credit_code=check_code_is_free(credit_code), name=name, **values)
    if enterprise.township is None:
        enterprise.township = find_township(enterprise.address)
    _derive(enterprise, changed=frozenset({"name", "business_scope"} | {key for key, value in values.items() if value}))
    enterprise.save(force_insert=True)
    record("enterprise.created", by=by, target=enterprise)
    return enterprise


@transaction.atomic
def update_enterprise(pk: int, *, by: User | None, **values: Any) -> Enterprise:
    """Change fields of an enterprise; what follows from them is derived anew. Nothing changed, nothing recorded.

    Audited by the names of the changed fields; the values stay out of the trail, which holds no persons.
    """
    check_may_edit(by)
    if unknown := set(values) - EDITABLE:
        raise TypeError(f"not editable here: {sorted(unknown)}")
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=pk)
    changed = frozenset(name for name, value in values.items() if getattr(enterprise, name) != value)
    if not changed:
        return enterprise
    for name in changed:
        setattr(enterprise, name, values[name])
    if "address" in changed and "township" not in changed:
        enterprise.township = find_township(enterprise.address) or enterprise.township
    _derive(enterprise, changed=changed)
    enterprise.save()
    record("enterprise.updated", by=by, target=enterprise, fields=sorted(changed))
    return enterprise


def _derive(enterprise: Enterprise, *, changed: frozenset[str]) -> None:
    field_ids = dict(SupervisedField.objects.values_list("code", "id"))
    for name, value in derived(enterprise, changed=changed, field_ids=field_ids).items():
        setattr(enterprise, name, value)


@transaction.atomic
def change_state(pk: int, *, state: str, reason: str, by: User | None) -> Enterprise:
    """Suspend, close, move out or bring back an enterprise, with a reason for the trail. Done already, it stays so."""
    check_may_edit(by)
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=pk)
    if enterprise.state == state:
        return enterprise
    check_can_become(enterprise, state)
    if not reason.strip():
        raise Refusal("请写明变更状态的原因，例如“已办理注销登记”。", field="reason")
    before, enterprise.state = enterprise.state, state
    enterprise.save(update_fields=["state", "updated_at"])
    record("enterprise.state_changed", by=by, target=enterprise, before=before, after=state, reason=reason.strip())
    return enterprise


@transaction.atomic
def reveal_contact(pk: int, *, by: User) -> Enterprise:
    """Show the contact of an enterprise in full; that it was shown, and to whom, is in the trail."""
    check_may_read_contact(by)
    enterprise = Enterprise.objects.get(pk=pk)
    record("enterprise.contact_revealed", by=by, target=enterprise)
    return enterprise
