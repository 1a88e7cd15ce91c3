"""Days on which an expert cannot come along."""

from __future__ import annotations

import datetime

from inspectors.models import Expert, ExpertAbsence
from inspectors.policies import check_may_edit
from inspectors.services.people import target_of
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal


@authored
def add_absence(
    expert_pk: int, *, starts_on: datetime.date, ends_on: datetime.date, by: User | None, reason: str = ""
) -> ExpertAbsence:
    """Enter days on which an expert is not available. Entered already, they are returned as they are. Audited."""
    check_may_edit(by)
    if ends_on < starts_on:
        raise Refusal("结束日期早于开始日期：请改正后再保存。", field="ends_on")
    expert = Expert.objects.select_for_update(of=("self",)).get(pk=expert_pk)
    touching = expert.absences.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if touching and (touching.starts_on, touching.ends_on) == (starts_on, ends_on):
        return touching
    if touching:
        raise Refusal(f"与已有的不便期间（{touching}）重叠：请先移除那一段，再重新登记。", field="starts_on")
    absence = expert.absences.create(starts_on=starts_on, ends_on=ends_on, reason=reason)
    record("expert.absence_added", by=by, target=target_of(expert), starts_on=starts_on, ends_on=ends_on)
    return absence


@authored
def remove_absence(pk: int, *, by: User | None) -> None:
    """Take an absence back. Gone already, nothing happens. Audited."""
    check_may_edit(by)
    absence = ExpertAbsence.objects.select_for_update(of=("self",)).select_related("expert").filter(pk=pk).first()
    if absence is None:
        return
    absence.delete()
    record(
        "expert.absence_removed",
        by=by,
        target=target_of(absence.expert),
        starts_on=absence.starts_on,
        ends_on=absence.ends_on,
    )
