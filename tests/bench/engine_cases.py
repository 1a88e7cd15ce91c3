"""The inputs of the engine's bench: large pools, and an assignment with three eligible pairs in ten."""

from __future__ import annotations

import random

NUMBER = "MLYJ-2026-0007"
SEED = bytes(32)
STRATA = 11


def pool_of(size: int) -> tuple[list[dict], dict[str, list[str]]]:
    """`size` fictitious ids in 11 strata of nearly one size, and 5 % of each to be drawn."""
    pool: dict[str, list[str]] = {f"层{stratum}": [] for stratum in range(STRATA)}
    for stratum, ids in enumerate(pool.values()):
        ids += (f"914306{stratum:02d}{index:010d}" for index in range(stratum, size, STRATA))
    return [{"id": stratum, "take": len(ids) // 20} for stratum, ids in pool.items()], pool


def assignment_of(places: int, people: int, *, share: float = 0.3, limit: int = 12) -> dict:
    """`places` of two seats and `people` of one limit; each pair is eligible with probability `share`."""
    chance = random.Random(1)
    officers = [f"18{index:09d}" for index in range(people)]
    excluded = {f"E{index:017d}": [one for one in officers if chance.random() > share] for index in range(places)}
    return {"demands": dict.fromkeys(excluded, 2), "limits": dict.fromkeys(officers, limit), "excluded": excluded}


def eligible_pairs(problem: dict) -> list[tuple[str, str]]:
    """Every place with every person who may go there."""
    everyone = set(problem["limits"])
    return [(place, one) for place, barred in problem["excluded"].items() for one in sorted(everyone - set(barred))]
