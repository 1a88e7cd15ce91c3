"""The hash of an audit row, and how a broken chain is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date
from typing import NamedTuple

from shuangsuiji.audit.models import AuditEvent

GENESIS = "0" * 64
_COVERED = (
    "sequence",
    "actor_key",
    "actor_name",
    "action",
    "target_kind",
    "target_key",
    "target_label",
    "is_confidential",
    "detail",
    "request_id",
    "previous_hash",
)


def event_text(event: AuditEvent) -> str:
    """The canonical JSON of every column but `id` and `hash`: what the hash is taken of."""
    covered = {name: getattr(event, name) for name in _COVERED}
    covered["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_hash(event: AuditEvent) -> str:
    """SHA-256 over `event_text`."""
    return hashlib.sha256(event_text(event).encode()).hexdigest()


def day_text(*, on: date, previous: str, links: Iterable[tuple[int, str]]) -> str:
    """A day's leaf of the chain as published: its date, the leaf before it, and one line a link.

    The links are hashes alone: they bind what happened and tell nothing of it.
    """
    lines = [f"date {on.isoformat()}", f"previous {previous}", *(f"{sequence} {link}" for sequence, link in links)]
    return "\n".join(lines) + "\n"


class Fault(NamedTuple):
    """The first row at which the chain does not hold, and why."""

    sequence: int
    reason: str


def first_fault(events: Iterable[AuditEvent]) -> Fault | None:
    """Walk the rows by rising sequence; None when the chain holds from the first to the last."""
    expected_sequence, previous = 1, GENESIS
    for event in events:
        if event.sequence != expected_sequence:
            return Fault(expected_sequence, "这一行不见了")
        if event.previous_hash != previous:
            return Fault(event.sequence, "与上一行接不上")
        if event_hash(event) != event.hash:
            return Fault(event.sequence, "内容被改动")
        expected_sequence, previous = event.sequence + 1, event.hash
    return None
