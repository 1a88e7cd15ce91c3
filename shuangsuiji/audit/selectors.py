"""Reading the trail."""

from __future__ import annotations

from django.db.models import QuerySet

from shuangsuiji.audit.chain import Fault, first_fault
from shuangsuiji.audit.models import AuditEvent


def chain_fault() -> Fault | None:
    """The first broken row of the whole chain, or None."""
    return first_fault(AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000))


def events_of(target_kind: str, target_key: str) -> QuerySet[AuditEvent]:
    """The events of one target, newest first."""
    return AuditEvent.objects.filter(target_kind=target_kind, target_key=target_key)


def action_names() -> list[str]:
    """The actions that occur, for the filter."""
    return list(AuditEvent.objects.order_by("action").values_list("action", flat=True).distinct())
