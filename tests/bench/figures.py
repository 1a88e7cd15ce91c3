"""A measured figure and its table; a ratio needs its baseline from the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True)
class Figure:
    """`value` against `baseline` (both in `unit`), at most (or at least) `limit` times it; infinite: only shown."""

    name: str
    value: float
    baseline_name: str
    baseline: float
    limit: float
    unit: str = "s"
    at_least: bool = False

    @property
    def ratio(self) -> float:
        return self.value / self.baseline

    @property
    def is_held(self) -> bool:
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit


def table(figures: list[Figure]) -> str:
    """One line a figure."""
    lines = ["| figure | value | baseline | value | ratio | limit | |", "|---|---|---|---|---|---|---|"]
    for figure in figures:
        sign = "≥" if figure.at_least else "≤"
        limit = f"{sign} {figure.limit:g}" if isfinite(figure.limit) else "—"
        verdict = ("held" if figure.is_held else "MISSED") if isfinite(figure.limit) else "shown"
        lines.append(
            f"| {figure.name} | {figure.value:.4g} {figure.unit} | {figure.baseline_name} "
            f"| {figure.baseline:.4g} {figure.unit} | {figure.ratio:.2f} | {limit} | {verdict} |"
        )
    return "\n".join(lines)


def seconds(work: Callable[[], object], *, times: int = 3) -> float:
    """The best of a few runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def in_turns(*works: Callable[[], object], times: int = 5) -> list[float]:
    """The best time of each; they take turns, so that a busy moment of the machine hits all of them."""
    best = [float("inf")] * len(works)
    for _ in range(times):
        best = [min(known, seconds(work, times=1)) for known, work in zip(best, works, strict=True)]
    return best
