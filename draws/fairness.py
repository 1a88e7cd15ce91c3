"""The fairness report, computed: how often everything came up, beside what chance allows.

Pure: facts of draws in, findings out. What is compared with what:

- strata: how many enterprises a draw takes from a stratum is a rule, not chance. Chance decides
  *which*; so each stratum's list, by credit code, is cut in the middle, and the drawn ones of the
  first half are counted (hypergeometric, summed over draws).
- items: at each enterprise `take` of those that apply are drawn (binomial, summed).
- officers: the protocol treats officers alike who have the same limit and may go to the same drawn
  enterprises. So each is compared with these colleagues: had the names been dealt out anew among
  them, how would the visits fall? Limits and the even load are in that comparison already.
- pairs: the same, for two officers meeting at one enterprise.
- enterprises: drawn again and again? Each time with the chance of its stratum (binomial, summed).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, combinations_with_replacement
from math import comb

from draws.chance import (
    Spread,
    at_least,
    binomial,
    empirical,
    hypergeometric,
    least_at_least,
    least_two_sided,
    mean,
    together,
    two_sided,
)

ALPHA = 0.05
"""A report raises its hand, in whatever section, when chance alone would do so in at most one of twenty."""

Key = tuple[str, ...]
Chances = dict[Key, list[Spread]]


@dataclass(frozen=True)
class StratumFacts:
    """One stratum of one draw: its list, rising, and what was drawn from it."""

    id: str
    pool: tuple[str, ...]
    drawn: tuple[str, ...]

    def holds(self, code: str) -> bool:
        """Whether the enterprise stood in this list."""
        place = bisect_left(self.pool, code)
        return place < len(self.pool) and self.pool[place] == code


@dataclass(frozen=True)
class VisitFacts:
    """One drawn enterprise: who goes, what is looked at, and who and what was out of the question."""

    enterprise: str
    officers: tuple[str, ...]
    items: tuple[str, ...]
    excluded_officers: frozenset[str]
    excluded_items: frozenset[str]


@dataclass(frozen=True)
class DrawFacts:
    """One draw as it was drawn, before any amendment."""

    number: str
    strata: tuple[StratumFacts, ...]
    visits: tuple[VisitFacts, ...]
    limits: tuple[tuple[str, int], ...]
    """(officer, limit) of everybody who could be sent; nobody when the draw was blocked."""
    item_groups: tuple[tuple[int, tuple[str, ...]], ...]
    """(take, items) of each group."""


@dataclass(frozen=True)
class Finding:
    """One line: how often it came up in `occasions`, what was to be expected, how likely that is by chance."""

    key: Key
    occasions: int
    observed: int
    expected: float
    p: float
    least_p: float


@dataclass(frozen=True)
class Section:
    """Findings of one kind; `compared` is how many were looked at, shown or not, `beside` how many such sections."""

    findings: tuple[Finding, ...]
    compared: int
    beside: int = 1

    @property
    def unusual(self) -> tuple[Finding, ...]:
        """Those that chance does not explain, every comparison of the report allowed for (Bonferroni)."""
        return tuple(one for one in self.findings if one.p * self._allowed < ALPHA)

    @property
    def _allowed(self) -> int:
        """Each section has its even share of the report's one chance in twenty, divided among its comparisons."""
        return max(1, self.compared) * self.beside

    @property
    def can_show(self) -> bool:
        """Whether any result at all could have been unusual with these numbers."""
        return any(one.least_p * self._allowed < ALPHA for one in self.findings)


@dataclass(frozen=True)
class Report:
    """The whole report."""

    draw_count: int
    visit_count: int
    strata: Section
    officers: Section
    items: Section
    pairs: Section
    repeats: Section


def fairness_report(draws: Sequence[DrawFacts]) -> Report:
    """All sections over these draws; each knows beside how many others it stands."""
    sections = {
        "strata": strata_section(draws),
        "officers": officers_section(draws),
        "items": items_section(draws),
        "pairs": pairs_section(draws),
        "repeats": repeats_section(draws),
    }
    told = {name: replace(one, beside=len(sections)) for name, one in sections.items()}
    return Report(draw_count=len(draws), visit_count=sum(len(draw.visits) for draw in draws), **told)


def strata_section(draws: Iterable[DrawFacts]) -> Section:
    """For each stratum: how many of the drawn stood in the first half of its list."""
    chances: Chances = defaultdict(list)
    observed: Counter[Key] = Counter()
    occasions: Counter[Key] = Counter()
    for stratum in (one for draw in draws for one in draw.strata if one.drawn):
        key, half = (stratum.id,), len(stratum.pool) // 2
        chances[key].append(hypergeometric(marked=half, size=len(stratum.pool), taken=len(stratum.drawn)))
        observed[key] += len(set(stratum.pool[:half]) & set(stratum.drawn))
        occasions[key] += len(stratum.drawn)
    return _two_sided_section(chances, observed, occasions)


def items_section(draws: Iterable[DrawFacts]) -> Section:
    """For each item: at how many of the enterprises to which it applies it was drawn."""
    trials: dict[Key, Counter[tuple[int, int]]] = defaultdict(Counter)
    observed: Counter[Key] = Counter()
    for draw in draws:
        for visit in draw.visits:
            for take, items in draw.item_groups:
                able = [one for one in items if one not in visit.excluded_items]
                for item in able:
                    trials[item,][min(take, len(able)), len(able)] += 1
            observed.update((item,) for item in visit.items)
    chances = {
        key: [binomial(count, wanted=take, of=able) for (take, able), count in found.items()]
        for key, found in trials.items()
    }
    return _two_sided_section(chances, observed, Counter({key: found.total() for key, found in trials.items()}))


def officers_section(draws: Iterable[DrawFacts]) -> Section:
    """For each officer: the visits, beside those of colleagues who could be sent to the same places."""
    chances: Chances = defaultdict(list)
    observed: Counter[Key] = Counter()
    for draw in draws:
        load = Counter(officer for visit in draw.visits for officer in visit.officers)
        for alike in _alike(draw):
            spread = empirical(Counter(load[officer] for officer in alike))
            for officer in alike:
                chances[officer,].append(spread)
                observed[officer,] += load[officer]
    return _two_sided_section(chances, observed, Counter({key: len(found) for key, found in chances.items()}))


def pairs_section(draws: Sequence[DrawFacts]) -> Section:
    """Pairs of officers who met more than once, the least likely first; all possible pairs count as compared."""
    observed: Counter[Key] = Counter()
    for draw in draws:
        observed.update(_met(draw))
    often = {pair for pair, count in observed.items() if count > 1}
    chances: Chances = defaultdict(list)
    occasions: Counter[Key] = Counter()
    possible: set[Key] = set()
    for draw in draws:
        possible.update(combinations(sorted(officer for officer, _ in draw.limits), 2))
        for pair, spread in _pair_chances(draw, often):
            chances[pair].append(spread)
            occasions[pair] += 1
    findings = [_upper(pair, chances[pair], observed[pair], occasions[pair]) for pair in often]
    return Section(tuple(sorted(findings, key=lambda one: (one.p, -one.observed, one.key))), len(possible))


def repeats_section(draws: Iterable[DrawFacts]) -> Section:
    """Enterprises drawn more than once, the least likely first; every enterprise of a list counts as compared."""
    strata = [stratum for draw in draws for stratum in draw.strata]
    observed = Counter(code for stratum in strata for code in stratum.drawn)
    findings = []
    for code in (code for code, count in observed.items() if count > 1):
        stood = [(len(one.drawn), len(one.pool)) for one in strata if one.holds(code)]
        spreads = [binomial(1, wanted=taken, of=size) for taken, size in stood]
        findings.append(_upper((code,), spreads, observed[code], len(stood)))
    compared = len({code for stratum in strata for code in stratum.pool})
    return Section(tuple(sorted(findings, key=lambda one: (one.p, -one.observed, one.key))), compared)


def _two_sided_section(chances: Chances, observed: Counter[Key], occasions: Counter[Key]) -> Section:
    """What chance could not have changed in any draw is shown, but compares with nothing."""
    findings = []
    for key, spreads in chances.items():
        spread = together(spreads)
        p, least = two_sided(spread, observed=observed[key]), least_two_sided(spread)
        findings.append(Finding(key, occasions[key], observed[key], mean(spread), p, least))
    compared = sum(one.least_p < 1 for one in findings)
    return Section(tuple(sorted(findings, key=lambda one: one.key)), compared)


def _upper(key: Key, spreads: list[Spread], observed: int, occasions: int) -> Finding:
    spread = together(spreads)
    p, least = at_least(spread, observed=observed), least_at_least(spread)
    return Finding(key, occasions, observed, mean(spread), p, least)


def _alike(draw: DrawFacts) -> list[list[str]]:
    """The officers of a draw in groups whom the protocol cannot tell apart: one limit, the same places."""
    barred: dict[str, list[str]] = defaultdict(list)
    for visit in draw.visits:
        for officer in visit.excluded_officers:
            barred[officer].append(visit.enterprise)
    groups: dict[tuple, list[str]] = defaultdict(list)
    for officer, limit in draw.limits:
        groups[limit, tuple(sorted(barred[officer]))].append(officer)
    return list(groups.values())


def _met(draw: DrawFacts) -> Counter[Key]:
    able = {officer for officer, _ in draw.limits}
    return Counter(pair for visit in draw.visits for pair in combinations(sorted(able.intersection(visit.officers)), 2))


def _pair_chances(draw: DrawFacts, wanted: set[Key]) -> Iterator[tuple[Key, Spread]]:
    """For each wanted pair of this draw: how often a pair of two such officers met in it."""
    groups = _alike(draw)
    group_of = {officer: index for index, group in enumerate(groups) for officer in group}
    met: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for pair, count in _met(draw).items():
        met[_kind(pair, group_of)][count] += 1
    spreads = {}
    for one, other in combinations_with_replacement(range(len(groups)), 2):
        size = comb(len(groups[one]), 2) if one == other else len(groups[one]) * len(groups[other])
        counts = met[one, other]
        spreads[one, other] = empirical({**counts, 0: size - counts.total()}) if size else (1.0,)
    for pair in wanted:
        if all(officer in group_of for officer in pair):
            yield pair, spreads[_kind(pair, group_of)]


def _kind(pair: Key, group_of: dict[str, int]) -> tuple[int, int]:
    one, other = (group_of[officer] for officer in pair)
    return min(one, other), max(one, other)
