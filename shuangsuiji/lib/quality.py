"""What is wanting in the registers: each room tells of its own, one page shows all of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One kind of gap: how many rows have it, where they are listed, and what to do about it.

    `tone` is late for what stops work today, due for what will, open for what is merely untidy.
    """

    label: str
    count: int
    url: str
    remedy: str
    tone: str = "due"


Looker = Callable[[datetime.date], Iterable[Finding]]
_lookers: dict[str, Looker] = {}


def register_quality(section: str, looker: Looker) -> None:
    """Have `looker(today)` asked for the findings under this heading: all its kinds, those without rows too."""
    _lookers[section] = looker


def quality_findings(*, today: datetime.date) -> list[tuple[str, list[Finding]]]:
    """All findings by heading, in the order in which the rooms registered."""
    return [(section, list(looker(today))) for section, looker in _lookers.items()]
