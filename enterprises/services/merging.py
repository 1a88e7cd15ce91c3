"""Two rows that are one enterprise become one: the other stays, closed, and points to it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils import timezone

from enterprises.hooks import move_all
from enterprises.models import DuplicatePair, Enterprise
from enterprises.policies import check_can_merge, check_may_edit
from enterprises.services.keeping import update_enterprise
from enterprises.services.listing import follow_key_flags
from enterprises.services.locking import changes_register
from enterprises.services.naming import keep_former_names
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import explain
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

CHOSEN_BY_HAND = (
    "name",
    "registered_on",
    "organisation_type",
    "capital",
    "business_scope",
    "address",
    "township",
    "industry_code",
    "field",
    "risk_class",
    "enforcing_level",
    "size",
    "representative",
    "contact_name",
    "contact_phone",
    "contact_email",
    "expert_count_wanted",
)
"""Columns for which a person says whose value stays."""


@changes_register
def merge_enterprises(kept_pk: int, *, gone_pk: int, take: Collection[str], reason: str, by: User | None) -> Enterprise:
    """Make two rows one; returns the row that stays. In order:

    the columns in `take` come from the row that goes, the others stay; its permits, penalties, lists and former names
    move where the kept row has no equal; hazards and features are joined; its name becomes a former name and its code
    finds the kept row from now on; what upper rooms can move is moved; it is closed with a pointer; suspicions about it
    end. Refused while drawn or visited work hangs on the row that goes. Merged already, nothing happens. Audited.
    """
    check_may_edit(by)
    rows = {row.pk: row for row in Enterprise.objects.select_for_update(of=("self",)).filter(pk__in=[kept_pk, gone_pk])}
    kept, gone = rows[kept_pk], rows[gone_pk]
    if gone.merged_into_id == kept.pk:
        return kept
    check_can_merge(kept, gone=gone)
    if not reason.strip():
        raise Refusal("请写明合并的依据，例如“同一营业执照换发新码”。", field="reason")
    explain(reason=f"合并：{reason.strip()}")
    _take(kept, gone=gone, names=take, reason=reason, by=by)
    _move_facts(gone, kept=kept)
    move_all(gone, kept=kept)
    _close(gone, kept=kept)
    record(
        "enterprise.merged",
        by=by,
        target=kept,
        gone=gone.credit_code,
        took=sorted(take),
        reason=reason.strip(),
    )
    return Enterprise.objects.get(pk=kept.pk)


def _take(kept: Enterprise, *, gone: Enterprise, names: Collection[str], reason: str, by: User | None) -> None:
    if unknown := set(names) - set(CHOSEN_BY_HAND):
        raise TypeError(f"not to be taken over: {sorted(unknown)}")
    values: dict[str, Any] = {name: getattr(gone, name) for name in names}
    for name in ("hazards", "features"):
        values[name] = set(getattr(kept, name).all()) | set(getattr(gone, name).all())
    values["is_key"] = kept.is_key or gone.is_key
    update_enterprise(kept.pk, reason=reason, by=by, **values)
    if gone.last_checked_on and (kept.last_checked_on is None or gone.last_checked_on > kept.last_checked_on):
        Enterprise.objects.filter(pk=kept.pk).update(last_checked_on=gone.last_checked_on)


def _move_facts(gone: Enterprise, *, kept: Enterprise) -> None:
    """Rows of which the kept enterprise has an equal stay with the closed one."""
    for permit in gone.permits.all():
        if not kept.permits.filter(kind=permit.kind, number=permit.number).exists():
            permit.enterprise = kept
            permit.save(update_fields=["enterprise"])
    for penalty in gone.penalties.all():
        if not kept.penalties.filter(document_number=penalty.document_number).exists():
            penalty.enterprise = kept
            penalty.save(update_fields=["enterprise"])
    for membership in gone.memberships.all():
        standing = kept.memberships.filter(special_list=membership.special_list, ends_on=None)
        if membership.ends_on or not standing.exists():
            membership.enterprise = kept
            membership.save(update_fields=["enterprise"])
    names = set(kept.former_names.values_list("name", flat=True))
    gone.former_names.exclude(name__in=names).update(enterprise=kept)


def _close(gone: Enterprise, *, kept: Enterprise) -> None:
    """The order counts: the pointer first, then the column by which the old code is found."""
    gone.state, gone.merged_into, gone.is_key = Enterprise.State.CLOSED, kept, False
    gone.save(update_fields=["state", "merged_into", "is_key", "updated_at"])
    today = timezone.localdate()
    follow_key_flags([gone.credit_code], on=today, reason="合并")
    Enterprise.objects.filter(merged_into=gone).update(merged_into=kept)
    still = Enterprise.objects.get(pk=kept.pk).name
    keep_former_names({kept.pk: gone.name if gone.name != still else kept.name}, on=today, source="合并")
    DuplicatePair.objects.filter(Q(first=gone) | Q(second=gone)).delete()
