"""One enterprise: entered, changed, closed, and its contact shown to whoever must reach it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from enterprises.derivation import Suggester, derived
from enterprises.models import Enterprise, Hazard, TechnicalFeature
from enterprises.policies import (
    check_can_become,
    check_can_correct_code,
    check_code_is_free,
    check_entered,
    check_may_edit,
    check_may_read_contact,
    check_not_merged,
    check_risk_reason,
)
from enterprises.services.listing import follow_key_flags
from enterprises.services.locking import changes_register
from enterprises.services.naming import keep_former_names
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored, explain
from shuangsuiji.audit.editing import keep_others_work
from shuangsuiji.audit.services import record
from shuangsuiji.lib.credit_code import normalise
from shuangsuiji.lib.editing import Seen
from shuangsuiji.lib.errors import Refusal, somebody_was_faster
from shuangsuiji.lib.selectors import find_township

ENTERED = "名录登记"
EDITABLE = frozenset(
    [
        "name",
        "registered_on",
        "organisation_type",
        "capital",
        "business_scope",
        "address",
        "township",
        "industry_code",
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
SETS = frozenset({"hazards", "features"})
"""What a form may change. The code is the business key; the state has its own service."""


@changes_register
def create_enterprise(
    *,
    credit_code: str,
    name: str,
    by: User | None,
    hazards: Collection[Hazard] = (),
    features: Collection[TechnicalFeature] = (),
    **values: Any,
) -> Enterprise:
    """Enter an enterprise: code checked and free, township found from the address, field suggested. Audited.

    `values` are fields of the model; foreign keys as rows.
    """
    check_may_edit(by)
    check_entered(values)
    enterprise = Enterprise(credit_code=check_code_is_free(credit_code), name=name, **values)
    if enterprise.township is None:
        enterprise.township = find_township(enterprise.address)
    _derive(enterprise, changed=frozenset({"name", "business_scope"} | {key for key, value in values.items() if value}))
    with somebody_was_faster(lambda: check_code_is_free(enterprise.credit_code)):
        enterprise.save(force_insert=True)
    enterprise.hazards.set(hazards)
    enterprise.features.set(features)
    if enterprise.is_key:
        follow_key_flags([enterprise.credit_code], on=timezone.localdate(), reason=ENTERED)
    record("enterprise.created", by=by, target=enterprise)
    return enterprise


@changes_register
def update_enterprise(
    pk: int,
    *,
    by: User | None,
    reason: str = "",
    seen: Seen | None = None,
    **values: Any,
) -> Enterprise:
    """Change fields of an enterprise; what follows from them is derived anew. Nothing changed, nothing recorded.

    `values` are fields of the model, `hazards` and `features` as rows. With `seen`, what a page showed, only what the
    person changed is written, and Stale is raised where somebody else changed the same meanwhile. Another risk class
    asks for a `reason`. A former name is kept, and the list of 重点 follows its mark. Audited by the names of the
    changed fields; the values stay out of the trail, which holds no persons.
    """
    check_may_edit(by)
    if unknown := set(values) - EDITABLE - SETS:
        raise TypeError(f"not editable here: {sorted(unknown)}")
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=pk)
    check_not_merged(enterprise)
    values = keep_others_work(enterprise, values, seen=seen)
    sets = {name: values.pop(name, None) for name in sorted(SETS)}
    changed = frozenset(name for name, value in values.items() if getattr(enterprise, name) != value)
    if "risk_class" in changed:
        check_risk_reason(enterprise, reason=reason)
    if reason.strip():
        explain(reason=reason.strip())
    _change_columns(enterprise, changed=changed, values=values)
    changed |= _change_sets(enterprise, **sets)
    if changed:
        record("enterprise.updated", by=by, target=enterprise, fields=sorted(changed))
    return enterprise


def _change_columns(enterprise: Enterprise, *, changed: frozenset[str], values: dict[str, Any]) -> None:
    if not changed:
        return
    former = enterprise.name
    check_entered({name: values[name] for name in changed})
    for name in changed:
        setattr(enterprise, name, values[name])
    if "address" in changed and "township" not in changed:
        enterprise.township = find_township(enterprise.address) or enterprise.township
    _derive(enterprise, changed=changed)
    enterprise.save()
    if "name" in changed:
        keep_former_names({enterprise.pk: former}, on=timezone.localdate(), source=ENTERED)
    if "is_key" in changed:
        follow_key_flags([enterprise.credit_code], on=timezone.localdate(), reason=ENTERED)


def _change_sets(
    enterprise: Enterprise, **wanted: Collection[Hazard] | Collection[TechnicalFeature] | None
) -> set[str]:
    changed = set()
    for name, rows in wanted.items():
        kept = getattr(enterprise, name)
        if rows is not None and {row.pk for row in rows} != set(kept.values_list("pk", flat=True)):
            kept.set(rows)
            changed.add(name)
    return changed


def _derive(enterprise: Enterprise, *, changed: frozenset[str]) -> None:
    for name, value in derived(enterprise, changed=changed, suggester=Suggester.load()).items():
        setattr(enterprise, name, value)


@changes_register
def change_state(pk: int, *, state: str, reason: str, by: User | None) -> Enterprise:
    """Suspend, close, move out or bring back an enterprise, with a reason for the trail. Done already, it stays so."""
    check_may_edit(by)
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=pk)
    if enterprise.state == state:
        return enterprise
    check_can_become(enterprise, state)
    if not reason.strip():
        raise Refusal("请写明变更状态的原因，例如“已办理注销登记”。", field="reason")
    explain(reason=reason.strip())
    before, enterprise.state = enterprise.state, state
    enterprise.save(update_fields=["state", "updated_at"])
    record("enterprise.state_changed", by=by, target=enterprise, before=before, after=state, reason=reason.strip())
    return enterprise


@changes_register
def correct_code(pk: int, *, credit_code: str, reason: str, by: User | None) -> Enterprise:
    """Put a wrongly entered credit code right, with the reason. Audited with both codes.

    Refused when anything hangs on the old code that was drawn, visited or published under it.
    """
    check_may_edit(by)
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=pk)
    if normalise(credit_code) == enterprise.credit_code:
        return enterprise
    code = check_code_is_free(credit_code)
    check_can_correct_code(enterprise)
    if not reason.strip():
        raise Refusal("请写明更正的依据，例如“与营业执照核对，登记时第 17 位录错”。", field="reason")
    explain(reason=reason.strip())
    before, enterprise.credit_code = enterprise.credit_code, code
    enterprise.save(update_fields=["credit_code", "updated_at"])
    reason = reason.strip()
    record("enterprise.code_corrected", by=by, target=enterprise, before=before, after=code, reason=reason)
    return enterprise


@authored
def reveal_contact(pk: int, *, by: User) -> Enterprise:
    """Show the contact of an enterprise in full; that it was shown, and to whom, is in the trail."""
    check_may_read_contact(by)
    enterprise = Enterprise.objects.get(pk=pk)
    record("enterprise.contact_revealed", by=by, target=enterprise)
    return enterprise
