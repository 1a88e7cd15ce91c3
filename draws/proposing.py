"""A proposal for the yearly plan: how the capacity may be spread over the strata, and why.

Plain arithmetic on open figures; nothing here is drawn and nothing is decided. Each stratum asks for a
share of its enterprises (by risk class), and for half that share of those whose last check lies too long
back. When the strata ask for more than the days allow, the graver risk is served first: risk class by
risk class from D to A, within a class the trades of high risk before the others. The tier that the rest
of the days does not fill is cut in proportion, by the largest remainder; the tiers after it get nothing.

    >>> spread({"a": 30, "b": 10, "c": 0}, available=20)
    {'a': 15, 'b': 5, 'c': 0}
    >>> spread({"a": 30, "b": 1}, available=5)
    {'a': 4, 'b': 1}
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

K = TypeVar("K")

SHARES: Mapping[str, int] = {"D": 100, "C": 50, "B": 30, "A": 10}
"""Per cent of a stratum's enterprises, by risk class. No national table exists: a person may change each."""
INTERVALS: Mapping[str, int] = {"D": 12, "C": 24, "B": 36, "A": 60}
"""Months after which an enterprise of the class should have been seen again."""
FIRST_FIELDS = frozenset({"hazchem", "mining", "fireworks"})
"""Codes of the fields that are served first within a risk class: 危险化学品, 非煤矿山, 烟花爆竹."""


@dataclass(frozen=True)
class Terms:
    """What the proposal rests on. Shares in per cent and intervals in months, by risk class."""

    capacity_days: int
    days_per_check: int
    named_checks: int
    most_per_enterprise: int = 1
    shares: Mapping[str, int] = field(default_factory=lambda: dict(SHARES))
    intervals: Mapping[str, int] = field(default_factory=lambda: dict(INTERVALS))

    @property
    def available(self) -> int:
        """Checks that the days allow after those of the named units."""
        return max(0, self.capacity_days // self.days_per_check - self.named_checks)


@dataclass(frozen=True)
class Stratum:
    """A field and risk class as the register has it: enterprises, and those not seen for too long."""

    field_name: str
    risk_class: str
    enterprise_count: int
    overdue_count: int
    comes_first: bool = False

    @property
    def tier(self) -> tuple[int, int]:
        """Its turn when the days are short: risk class D before A, then the fields of high risk before the others."""
        return -ord(self.risk_class), 0 if self.comes_first else 1

    @property
    def key(self) -> str:
        """`危险化学品/C`."""
        return f"{self.field_name}/{self.risk_class}"


@dataclass(frozen=True)
class Proposed:
    """One stratum's proposal with the figures behind it and a sentence."""

    stratum: Stratum
    share: int
    interval: int
    wanted: int
    count: int
    why: str


def parts(stratum: Stratum, terms: Terms) -> tuple[int, int, int]:
    """The share of all, half that share of the overdue, and the most it may ask for.

    9 enterprises at 50 %, 4 of them overdue, once a year → (ceil(4.5), ceil(1.0), 9) = (5, 1, 9).
    """
    share = terms.shares[stratum.risk_class]
    base, extra = math.ceil(stratum.enterprise_count * share / 100), math.ceil(stratum.overdue_count * share / 200)
    return base, extra, stratum.enterprise_count * terms.most_per_enterprise


def wish(stratum: Stratum, terms: Terms) -> int:
    """What a stratum asks for: both parts, at most what the yearly frequency allows."""
    base, extra, most = parts(stratum, terms)
    return min(base + extra, most)


def spread(wishes: Mapping[K, int], *, available: int) -> dict[K, int]:
    """Cut the wishes to what is available, in proportion, by the largest remainder; ties by the order given."""
    total = sum(wishes.values())
    if total <= available:
        return dict(wishes)
    kept = {key: 1 if wanted and available >= len(wishes) else 0 for key, wanted in wishes.items()}
    rest, room = total - sum(kept.values()), available - sum(kept.values())
    exact = {key: (wishes[key] - kept[key]) * room / rest if rest else 0 for key in wishes}
    counts = {key: kept[key] + math.floor(exact[key]) for key in wishes}
    order = sorted(wishes, key=lambda key: math.floor(exact[key]) - exact[key])
    for key in order[: available - sum(counts.values())]:
        counts[key] += 1
    return counts


def serve(strata: Iterable[Stratum], wishes: Mapping[str, int], *, available: int) -> dict[str, int]:
    """What each stratum gets, tier by tier; the tier that the rest does not fill is spread in proportion."""
    tiers: dict[tuple[int, int], dict[str, int]] = {}
    for row in strata:
        tiers.setdefault(row.tier, {})[row.key] = wishes[row.key]
    counts: dict[str, int] = {}
    for tier in sorted(tiers):
        counts |= spread(tiers[tier], available=available - sum(counts.values()))
    return counts


def propose(strata: Iterable[Stratum], terms: Terms) -> list[Proposed]:
    """Each stratum with its wish, what the capacity leaves of it, and why."""
    rows = list(strata)
    wishes = {row.key: wish(row, terms) for row in rows}
    counts = serve(rows, wishes, available=terms.available)
    return [_proposed(row, terms, wanted=wishes[row.key], count=counts[row.key]) for row in rows]


def _proposed(row: Stratum, terms: Terms, *, wanted: int, count: int) -> Proposed:
    share, interval = terms.shares[row.risk_class], terms.intervals[row.risk_class]
    why = f"{_reckoning(row, terms, wanted=wanted)}；{_outcome(terms, wanted=wanted, count=count)}"
    return Proposed(row, share, interval, wanted, count, why)


def _reckoning(row: Stratum, terms: Terms, *, wanted: int) -> str:
    """How the wish comes about; every figure in it can be reckoned again from those before it."""
    share, interval = terms.shares[row.risk_class], terms.intervals[row.risk_class]
    base, extra, most = parts(row, terms)
    text = f"在册 {row.enterprise_count:,} 家，按 {share}% 为 {base:,} 家"
    if extra:
        text += f"；{row.overdue_count:,} 家从未检查或超过 {interval} 个月未查，按其 {share / 2:g}% 另加 {extra:,} 家"
    if base + extra > most:
        return f"{text}；每家每年至多 {terms.most_per_enterprise} 次，应查以 {most:,} 家次为限"
    return f"{text}，应查 {wanted:,} 家" if extra else f"{text}，即应查 {wanted:,} 家"


def _outcome(terms: Terms, *, wanted: int, count: int) -> str:
    if count == wanted:
        return f"建议 {count:,} 家。"
    if count:
        return f"能力只够 {terms.available:,} 次，轮到这一档时不够分，同比压缩，建议 {count:,} 家。"
    return f"能力只够 {terms.available:,} 次，已用于风险更高的各档，这一档不安排。"


def summary(proposed: list[Proposed], terms: Terms) -> str:
    """The whole proposal in one sentence."""
    wanted, count = sum(row.wanted for row in proposed), sum(row.count for row in proposed)
    head = (
        f"监督检查工作日 {terms.capacity_days:,} 天，每次检查按 {terms.days_per_check} 天计，"
        f"减去重点检查单位 {terms.named_checks:,} 次，还够一般检查 {terms.available:,} 次。"
    )
    if wanted <= terms.available:
        return f"{head}各层应查合计 {wanted:,} 家，能力够用，余 {terms.available - count:,} 次。"
    over = wanted - terms.available
    return f"{head}各层应查合计 {wanted:,} 家，超出 {over:,} 次：先保风险高的，共安排 {count:,} 家，由人决定是否调整。"


def is_overdue(last_on: datetime.date | None, *, on: datetime.date, months: int) -> bool:
    """Whether an enterprise was never seen, or more than so many months (of 30 days and a half) ago."""
    return last_on is None or (on - last_on).days > months * 30.5
