"""One expert: entered, changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from inspectors.models import Expert
from inspectors.policies import check_entered, check_expert_number_is_free, check_may_edit, check_may_read_phone
from inspectors.services.people import move_state, set_fields, set_values, set_words, sounds_of, target_of
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored
from shuangsuiji.audit.editing import keep_others_work
from shuangsuiji.audit.services import record
from shuangsuiji.lib.editing import Seen
from shuangsuiji.lib.errors import somebody_was_faster
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature

EDITABLE = frozenset({"name", "title", "employer", "supervising_department", "phone", "email", "visit_limit"})


@authored
def create_expert(
    *,
    number: str,
    name: str,
    by: User | None,
    fields: Collection[SupervisedField] = (),
    features: Collection[TechnicalFeature] = (),
    **values: Any,
) -> Expert:
    """Enter an expert. Employer and supervising department decide recusals. Audited by number."""
    check_may_edit(by)
    check_entered(values)
    number = check_expert_number_is_free(number)
    with somebody_was_faster(lambda: check_expert_number_is_free(number)):
        expert = Expert.objects.create(number=number, name=name, **sounds_of(name), **values)
    expert.fields.set(fields)
    expert.features.set(features)
    record("expert.created", by=by, target=target_of(expert))
    return expert


@authored
def update_expert(
    pk: int,
    *,
    by: User | None,
    seen: Seen | None = None,
    **values: Any,
) -> Expert:
    """Change an expert's entry. Nothing changed, nothing recorded. Audited by column names.

    With `seen`, what a page showed, only what the person changed is written; Stale where another changed the same.
    """
    check_may_edit(by)
    if unknown := set(values) - EDITABLE - {"fields", "features"}:
        raise TypeError(f"not editable here: {sorted(unknown)}")
    expert = Expert.objects.select_for_update(of=("self",)).get(pk=pk)
    values = keep_others_work(expert, values, seen=seen)
    fields, features = values.pop("fields", None), values.pop("features", None)
    changed = set_values(expert, values)
    if changed:
        expert.save()
    changed += set_fields(expert, fields) + set_words(expert, "features", features)
    if changed:
        record("expert.updated", by=by, target=target_of(expert), fields=sorted(changed))
    return expert


@authored
def change_expert_state(pk: int, *, state: str, reason: str, by: User | None) -> Expert:
    """Active, away or left, with a reason for the trail. Only active experts are drawn."""
    check_may_edit(by)
    expert = Expert.objects.select_for_update(of=("self",)).get(pk=pk)
    return move_state(expert, state=state, reason=reason, action="expert.state_changed", by=by)


@authored
def reveal_expert_contact(pk: int, *, by: User) -> Expert:
    """Show an expert's number and e-mail in full; that they were shown is in the trail."""
    check_may_read_phone(by)
    expert = Expert.objects.get(pk=pk)
    record("expert.contact_revealed", by=by, target=target_of(expert))
    return expert
