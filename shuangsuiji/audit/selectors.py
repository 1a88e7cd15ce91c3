"""Reading the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db.models import QuerySet

from shuangsuiji.audit.chain import GENESIS, Fault, day_text, first_fault
from shuangsuiji.audit.checks import register_check
from shuangsuiji.audit.models import AuditEvent, ChainHead, DayLeaf


def chain_fault() -> Fault | None:
    """The first broken row of the whole chain, or None; rows taken off its end are missed at the head."""
    fault = first_fault(AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000))
    return fault or _fault_at_head()


def _fault_at_head() -> Fault | None:
    head, last = ChainHead.objects.first(), AuditEvent.objects.order_by("-sequence").first()
    reached = last.sequence if last else 0
    if head and head.sequence > reached:
        return Fault(reached + 1, "这一行不见了")
    if (head.hash if head else "") != (last.hash if last else ""):
        return Fault(reached, "与链头不符")
    return None


@register_check("每日指纹")
def day_faults() -> Iterator[str]:
    """Every day whose rows no longer give the fingerprint that was published for it."""
    previous = GENESIS
    for leaf in DayLeaf.objects.order_by("on"):
        digest = hashlib.sha256(text_of_day(leaf).encode()).hexdigest()
        if (leaf.digest, leaf.previous_digest) != (digest, previous):
            yield f"{leaf.on:%Y-%m-%d} 的审计记录与当日公布的指纹不符。"
        previous = leaf.digest


def newest_hash() -> str:
    """The newest link of the chain: it changes with every recorded change."""
    return AuditEvent.objects.order_by("-sequence").values_list("hash", flat=True).first() or GENESIS


def events_of(target_kind: str, target_key: str) -> QuerySet[AuditEvent]:
    """The events of one target, newest first."""
    return AuditEvent.objects.filter(target_kind=target_kind, target_key=target_key)


def text_of_day(leaf: DayLeaf) -> str:
    """The day's file, made anew from the rows; its SHA-256 is the leaf's digest as long as no row was touched."""
    rows = AuditEvent.objects.filter(sequence__gte=leaf.first_sequence, sequence__lte=leaf.last_sequence)
    links = rows.order_by("sequence").values_list("sequence", "hash")
    return day_text(on=leaf.on, previous=leaf.previous_digest, links=links)


def leaf_of(event: AuditEvent) -> DayLeaf | None:
    """The published day that holds an event; None until the day is over."""
    return DayLeaf.objects.filter(first_sequence__lte=event.sequence, last_sequence__gte=event.sequence).first()
