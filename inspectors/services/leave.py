"""Days on which an officer cannot go out."""

from __future__ import annotations

import datetime

from inspectors.models import Inspector, LeavePeriod
from inspectors.policies import check_may_edit
from inspectors.services.people import target_of
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal


@authored
def add_leave(
    inspector_pk: int, *, starts_on: datetime.date, ends_on: datetime.date, by: User | None, reason: str = ""
) -> LeavePeriod:
    """Enter a leave; draws whose visits touch it leave the officer out. Entered already, it is returned as it is."""
    check_may_edit(by)
    if ends_on < starts_on:
        raise Refusal("结束日期早于开始日期：请改正后再保存。", field="ends_on")
    inspector = Inspector.objects.select_for_update(of=("self",)).get(pk=inspector_pk)
    touching = inspector.leave_periods.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if touching is not None:
        return _same_or_refuse(touching, starts_on=starts_on, ends_on=ends_on)
    leave = LeavePeriod.objects.create(inspector=inspector, starts_on=starts_on, ends_on=ends_on, reason=reason)
    record("inspector.leave_added", by=by, target=target_of(inspector), starts_on=starts_on, ends_on=ends_on)
    return leave


def _same_or_refuse(leave: LeavePeriod, *, starts_on: datetime.date, ends_on: datetime.date) -> LeavePeriod:
    if (leave.starts_on, leave.ends_on) == (starts_on, ends_on):
        return leave
    raise Refusal(f"与已有的请假（{leave}）重叠：请先移除那一段，再重新登记。", field="starts_on")


@authored
def remove_leave(pk: int, *, by: User | None) -> None:
    """Take a leave back. Gone already, nothing happens. Audited."""
    check_may_edit(by)
    leave = LeavePeriod.objects.select_for_update(of=("self",)).select_related("inspector").filter(pk=pk).first()
    if leave is None:
        return
    leave.delete()
    record(
        "inspector.leave_removed",
        by=by,
        target=target_of(leave.inspector),
        starts_on=leave.starts_on,
        ends_on=leave.ends_on,
    )
