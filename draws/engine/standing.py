"""How a draw stands now: the result with every amendment so far worked in.

A draw never changes. What changes is how it stands: somebody fell ill, an enterprise closed
down. A `Standing` is never altered either; each step returns the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .errors import ProtocolError
from .sealed_record import limits_of, pool_of, seals_of
from .selection import first_reserve
from .tickets import ENTERPRISES, EXPERTS, INSPECTORS, stage_key, ticket

STAGES = (INSPECTORS, EXPERTS)


@dataclass(frozen=True)
class Standing:
    """Where a draw stands after `count` amendments.

    `entries` has the form of `result.drawn`. `limits[stage]` are everybody's own limits,
    added people included. `barred` holds (stage, enterprise, person) for recusals and for
    the exclusions of additions, `unavailable` (stage, person). `used` are all enterprises ever
    drawn or brought in. `pool` (ids by stratum) and `seals` (by id) come from the sealed record.
    """

    sealed: Mapping[str, Any]
    seed: bytes
    pool: Mapping[str, Sequence[str]]
    seals: Mapping[str, str]
    entries: tuple[Mapping[str, Any], ...]
    leaves: Mapping[str, Mapping[str, Any]]
    limits: Mapping[str, Mapping[str, int]]
    used: frozenset[str]
    blocked: bool
    barred: frozenset[tuple[str, str, str]] = field(default_factory=frozenset)
    unavailable: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    count: int = 0

    def key(self, stage: str) -> bytes:
        """The stage key: the same seed as on the day of the draw."""
        return stage_key(self.sealed["draw"], seed=self.seed, stage=stage)

    def entry(self, enterprise: str, *, place: str = "enterprise") -> Mapping[str, Any]:
        """The entry of an enterprise that stands in the result now."""
        for one in self.entries:
            if one["enterprise"] == enterprise:
                return one
        raise ProtocolError("not_standing", place, enterprise=enterprise)

    def load(self, stage: str) -> dict[str, int]:
        """How many seats everybody holds now."""
        counts: dict[str, int] = {}
        for one in self.entries:
            for person in one[stage]:
                counts[person] = counts.get(person, 0) + 1
        return counts

    def may_come(self, *, stage: str, enterprise: str, person: str) -> bool:
        """Whether neither the leaf, nor an addition, nor a recusal since keeps the person away."""
        excluded = self.leaves[enterprise][f"excluded_{stage}"]
        return person not in excluded and (stage, enterprise, person) not in self.barred

    def with_entry(self, enterprise: str, **changes: Any) -> Standing:
        """The same, with one enterprise's entry changed."""
        entries = tuple({**one, **changes} if one["enterprise"] == enterprise else one for one in self.entries)
        return replace(self, entries=entries)


def standing_after_draw(
    sealed: Mapping[str, Any],
    *,
    seed: bytes,
    result: Mapping[str, Any],
    leaves: Mapping[str, Mapping[str, Any]],
    pool: Mapping[str, Sequence[str]] | None = None,
    seals: Mapping[str, str] | None = None,
) -> Standing:
    """The draw as it came out, before any amendment. `leaves` by enterprise, the drawn ones at least.

    For a very large draw give `pool` and `seals` instead of enterprises in the record.
    """
    return Standing(
        sealed=sealed,
        seed=seed,
        pool=pool_of(sealed) if pool is None else pool,
        seals=seals_of(sealed) if seals is None else seals,
        entries=tuple(result["drawn"]),
        leaves=leaves,
        limits={stage: limits_of(sealed[stage]["people"]) for stage in STAGES},
        used=frozenset(one["enterprise"] for one in result["drawn"]),
        blocked=result["blocked"] is not None,
    )


def next_person(standing: Standing, *, stage: str, enterprise: str) -> str | None:
    """The person rule: who comes next at this enterprise by the tickets of the draw; None if nobody may."""
    sitting = standing.entry(enterprise)[stage]
    load = standing.load(stage)
    fit = [
        person
        for person, limit in standing.limits[stage].items()
        if load.get(person, 0) < limit
        and person not in sitting
        and (stage, person) not in standing.unavailable
        and standing.may_come(stage=stage, enterprise=enterprise, person=person)
    ]
    key = standing.key(stage)
    return min(fit, key=lambda person: (ticket(key, enterprise, person), person), default=None)


def next_enterprise(standing: Standing, *, enterprise: str) -> str | None:
    """The first reserve of this enterprise's stratum that was never drawn or brought in; None if there is none."""
    stratum = standing.entry(enterprise)["stratum"]
    return first_reserve(standing.key(ENTERPRISES), standing.pool.get(stratum, ()), used=standing.used)


def seat_by_rule(standing: Standing, *, stage: str, enterprise: str, seats: int) -> Standing:
    """Fill up to so many seats at the enterprise, one after the other by the person rule."""
    for _ in range(seats):
        person = next_person(standing, stage=stage, enterprise=enterprise)
        if person is None:
            break
        seated: list[str] = [*standing.entry(enterprise)[stage], person]
        standing = standing.with_entry(enterprise, **{stage: seated})
    return standing
