"""Before sealing: could this draw dead-end, and who could come to each enterprise?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from draws.engine.drawing import draw_enterprises, draw_people_and_items
from draws.engine.sealed_record import people_list
from draws.models import Draw
from draws.selectors.preparation import Candidate, Preparation
from draws.selectors.range import plan_of

DEFAULT_FEWEST = 3
REHEARSAL_NUMBER = "rehearsal"


@dataclass(frozen=True)
class Scarce:
    """An enterprise for which suspiciously few officers are left."""

    candidate: Candidate
    eligible_count: int


@dataclass(frozen=True)
class Rehearsal:
    """What trial draws with throw-away seeds show."""

    run_count: int
    blocked_count: int
    highest_load: int
    unfilled_count: int
    in_the_way: tuple[str, ...]
    """Enterprise names met in blocking sets, the most frequent first."""
    short_of: int = 0
    """The most seats that could not be filled in any run."""
    officers_in_the_way: tuple[str, ...] = ()
    """Names of the officers who alone could have gone there, the most frequent first."""

    @property
    def _remedy(self) -> str:
        """What would help: more people who may go there, or more visits for those who may."""
        who = "、".join(self.officers_in_the_way[:5])
        more = f"再补 {self.short_of} 人次能去这些企业的人员"
        if not who:
            return f"这些企业没有人能去：请{more}，或放宽派员方式。"
        return f"能去的只有{who}等人：请{more}，提高他们的家数上限，或放宽派员方式。"

    @property
    def sentences(self) -> list[str]:
        """The outcome in plain sentences."""
        if self.blocked_count:
            names = "、".join(self.in_the_way[:5])
            often = f"{self.run_count} 次预演里有 {self.blocked_count} 次排不满执法人员"
            blocked = f"{often}，受阻的企业常有：{names}。{self._remedy}"
        else:
            blocked = f"{self.run_count} 次预演都能排出无冲突的执法人员，每人最多 {self.highest_load} 家。"
        unfilled = f"其中 {self.unfilled_count} 次有专家席位空缺，空缺须由主要负责人直接邀请。"
        return [blocked, unfilled if self.unfilled_count else "专家席位每次都能排满。"]


def _officers_met(blocked: Iterable[dict], preparation: Preparation) -> tuple[str, ...]:
    names = {person.key: person.name for person in preparation.officers.able}
    met = Counter(key for one in blocked for key in one["inspectors"])
    return tuple(names.get(key, key) for key, _ in met.most_common())


def fewest_eligible(draw: Draw) -> int:
    """Under this number of possible officers an enterprise is flagged; the plan says it."""
    plan = plan_of(draw)
    return max(plan.fewest_eligible if plan else DEFAULT_FEWEST, draw.inspectors_per_enterprise)


def scarce_enterprises(preparation: Preparation) -> list[Scarce]:
    """Enterprises with fewer possible officers than the plan allows: the old trick leaves one man free."""
    least = fewest_eligible(preparation.draw)
    rows = [Scarce(candidate, count) for candidate, count in preparation.eligible_counts() if count < least]
    return sorted(rows, key=lambda row: (row.eligible_count, row.candidate.credit_code))


def scarcity_of(preparation: Preparation) -> dict[str, Any]:
    """What the approver is shown and answers for: `{"codes", "least", "fewest"}`; empty when nobody is short."""
    rows = scarce_enterprises(preparation)
    if not rows:
        return {}
    return {
        "codes": sorted(row.candidate.credit_code for row in rows),
        "least": fewest_eligible(preparation.draw),
        "fewest": rows[0].eligible_count,
    }


def rehearse(preparation: Preparation, *, seeds: Iterable[bytes]) -> Rehearsal:
    """Draw once for each throw-away seed and count what happened. Nothing is stored."""
    sealed = _trial_record(preparation)
    by_code = {candidate.credit_code: candidate for candidate in preparation.candidates}
    ids: dict[str, list[str]] = {row["id"]: [] for row in sealed["strata"]}
    for candidate in preparation.candidates:
        ids[preparation.stratum_of(candidate)].append(candidate.credit_code)
    results = [_trial(sealed, seed=seed, ids=ids, by_code=by_code, preparation=preparation) for seed in seeds]
    blocked = [result["blocked"] for result in results if result["blocked"]]
    met = Counter(code for one in blocked for code in one["enterprises"])
    return Rehearsal(
        run_count=len(results),
        blocked_count=len(blocked),
        highest_load=max((result["load"]["inspectors"] for result in results), default=0),
        short_of=max((one["need"] - one["have"] for one in blocked), default=0),
        officers_in_the_way=_officers_met(blocked, preparation),
        unfilled_count=sum(bool(result["unfilled"]) for result in results),
        in_the_way=tuple(by_code[code].name for code, _ in met.most_common()),
    )


def _trial(sealed: dict, *, seed: bytes, ids: dict, by_code: dict, preparation: Preparation) -> dict:
    picks = draw_enterprises(sealed, seed=seed, pool=ids)
    leaves = {pick.enterprise: preparation.leaf(by_code[pick.enterprise], salt="") for pick in picks}
    return draw_people_and_items(sealed, seed=seed, picks=picks, leaves=leaves)


def _trial_record(preparation: Preparation) -> dict[str, Any]:
    draw = preparation.draw
    return {
        "draw": REHEARSAL_NUMBER,
        "strata": preparation.stratum_rows(),
        "inspectors": {
            "per_enterprise": draw.inspectors_per_enterprise,
            "people": people_list(preparation.officers.limits),
        },
        "experts": {"people": people_list(preparation.experts.limits)},
        "items": {"groups": [], "items": []},
    }
