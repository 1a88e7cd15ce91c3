"""Putting enterprises on special lists and taking them off, with reasons."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from enterprises.models import Enterprise, ListMembership, SpecialList
from enterprises.policies import (
    check_leaving_reason,
    check_listed_on,
    check_listing_reason,
    check_may_edit,
    check_not_listed,
    check_not_merged,
)
from enterprises.selectors.facts import standing_since
from enterprises.services.locking import changes_register
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.imports.copying import listed
from shuangsuiji.lib.errors import Refusal


@changes_register
def add_to_list(
    enterprise_pk: int, *, list_code: str, reason: str, on: datetime.date, by: User | None
) -> ListMembership:
    """Put an enterprise on a special list from a day on; there already from that day, nothing happens. Audited."""
    check_may_edit(by)
    special_list = SpecialList.objects.get(code=list_code)
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise_pk)
    check_not_merged(enterprise)
    check_listed_on(on, field="on")
    standing = enterprise.memberships.filter(special_list=special_list, ends_on=None).first()
    if standing is not None:
        if standing.starts_on != on:
            check_not_listed(special_list, until=None, standing=standing.starts_on)
        return standing
    check_listing_reason(reason, special_list=special_list)
    membership = enterprise.memberships.create(special_list=special_list, starts_on=on, reason=reason.strip())
    _follow(enterprise, list_code=list_code, is_on=True)
    record("enterprise.listed", by=by, target=enterprise, list=list_code, on=on, reason=reason.strip())
    return membership


@changes_register
def take_off_list(
    enterprise_pk: int, *, list_code: str, reason: str, on: datetime.date, by: User | None
) -> ListMembership | None:
    """Take an enterprise off a special list; not on it, nothing happens. The row stays with its last day. Audited."""
    check_may_edit(by)
    enterprise = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise_pk)
    standing = enterprise.memberships.filter(special_list__code=list_code, ends_on=None).first()
    if standing is None:
        return None
    check_leaving_reason(reason)
    standing.ends_on, standing.end_reason = max(on, standing.starts_on), reason.strip()
    standing.save(update_fields=["ends_on", "end_reason"])
    _follow(enterprise, list_code=list_code, is_on=False)
    record("enterprise.unlisted", by=by, target=enterprise, list=list_code, on=on, reason=reason.strip())
    return standing


def _follow(enterprise: Enterprise, *, list_code: str, is_on: bool) -> None:
    """Pools look at `is_key`, which repeats the list of 重点检查单位."""
    if list_code == SpecialList.KEY and enterprise.is_key != is_on:
        enterprise.is_key = is_on
        enterprise.save(update_fields=["is_key", "updated_at"])


def follow_key_flags(codes: Collection[str], *, on: datetime.date, reason: str) -> None:
    """The list of 重点检查单位 follows `is_key` of these codes where a form or workbook set it: rows begin or end."""
    if not codes:
        return
    rows = Enterprise.objects.filter(credit_code__in=listed(codes))
    standing = ListMembership.objects.filter(special_list__code=SpecialList.KEY, ends_on=None)
    key_list = SpecialList.objects.get(code=SpecialList.KEY)
    begun = rows.filter(is_key=True).exclude(pk__in=standing.values("enterprise")).order_by("pk")
    ListMembership.objects.bulk_create(
        ListMembership(enterprise=row, special_list=key_list, starts_on=on, reason=reason) for row in begun
    )
    ended = standing.filter(enterprise__in=rows.filter(is_key=False))
    ended.update(ends_on=Greatest(Value(on), "starts_on"), end_reason=reason)


def follow_key_list(codes: Collection[str]) -> None:
    """`is_key` of these codes follows the list of 重点检查单位, whose rows a workbook wrote."""
    standing = ListMembership.objects.filter(
        enterprise=OuterRef("pk"), special_list__code=SpecialList.KEY, ends_on=None
    )
    rows = Enterprise.objects.filter(credit_code__in=listed(codes)).annotate(is_on=Exists(standing))
    for is_on in (True, False):
        changed = rows.filter(Q(is_on=is_on) & ~Q(is_key=is_on)).order_by("pk").values_list("pk", flat=True)
        Enterprise.objects.filter(pk__in=list(changed)).update(is_key=is_on, updated_at=timezone.now())


def check_may_begin(pairs: Sequence[tuple[str, str]]) -> None:
    """No enterprise, by code, would stand twice on a list, by name: in the register and these rows together."""
    standing = standing_since({code for code, _ in pairs})
    twice = [pair for pair, count in Counter(pairs).items() if count > 1 or pair in standing]
    if twice:
        code, name = twice[0]
        raise Refusal(f"{code} 在“{name}”名单上会有两次同时在列：请从文件里删去多余的一行，再重新上传。")
