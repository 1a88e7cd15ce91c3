"""What chance allows: exact distributions of counts, and how far out an observed count lies.

A `Spread` lists the probabilities of 0, 1, 2, … Numerators and denominators are whole
numbers and are divided once, at the end; only sums over several draws add up floats.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import comb, fsum

Spread = tuple[float, ...]

_NEVER = 1e-30
"""Probabilities under this are taken as nothing when spreads are added: no page shows them."""


@lru_cache(maxsize=4096)
def binomial(trials: int, *, wanted: int, of: int) -> Spread:
    """How many of `trials` independent trials succeed, each with the chance `wanted / of`.

    >>> binomial(2, wanted=1, of=2)
    (0.25, 0.5, 0.25)
    """
    whole = of**trials
    return tuple(comb(trials, k) * wanted**k * (of - wanted) ** (trials - k) / whole for k in range(trials + 1))


@lru_cache(maxsize=4096)
def hypergeometric(*, marked: int, size: int, taken: int) -> Spread:
    """How many marked tickets are among `taken` from a basket of `size`, of which `marked` are marked.

    >>> hypergeometric(marked=1, size=4, taken=2)
    (0.5, 0.5)
    """
    whole = comb(size, taken)
    most = min(marked, taken)
    return tuple(comb(marked, k) * comb(size - marked, taken - k) / whole for k in range(most + 1))


def empirical(counts: Mapping[int, int]) -> Spread:
    """The count of one picked at random from people of whom `counts[k]` have the count k.

    >>> empirical({0: 3, 2: 1})
    (0.75, 0.0, 0.25)
    """
    whole = sum(counts.values())
    return tuple(counts.get(k, 0) / whole for k in range(max(counts) + 1))


def together(spreads: Iterable[Spread]) -> Spread:
    """The sum of independent counts.

    >>> together([(0.5, 0.5), (0.5, 0.5)])
    (0.25, 0.5, 0.25)
    """
    return _together(tuple(sorted(spreads)))


@lru_cache(maxsize=4096)
def _together(spreads: tuple[Spread, ...]) -> Spread:
    found: Spread = (1.0,)
    for spread in spreads:
        found = _sum_of_two(found, spread)
    return found


def _sum_of_two(one: Spread, other: Spread) -> Spread:
    found = [0.0] * (len(one) + len(other) - 1)
    likely = [(k, chance) for k, chance in enumerate(other) if chance > _NEVER]
    for start, here in enumerate(one):
        if here > _NEVER:
            for k, chance in likely:
                found[start + k] += here * chance
    return tuple(found)


def mean(spread: Spread) -> float:
    """The count to be expected."""
    return fsum(k * chance for k, chance in enumerate(spread))


def at_least(spread: Spread, *, observed: int) -> float:
    """The probability of a count as high as the observed one, or higher.

    >>> at_least((0.25, 0.5, 0.25), observed=1)
    0.75
    """
    return min(1.0, fsum(spread[observed:]))


def two_sided(spread: Spread, *, observed: int) -> float:
    """The probability of a count as unlikely as the observed one, or more unlikely, on either side.

    >>> two_sided((0.25, 0.5, 0.25), observed=2)
    0.5
    """
    here = spread[observed] if observed < len(spread) else 0.0
    # Equal chances reached by different sums differ in their last digits.
    return min(1.0, fsum(chance for chance in spread if chance <= here * (1 + 1e-7)))


def least_two_sided(spread: Spread) -> float:
    """The smallest `two_sided` any result could have given: what these numbers are able to show at most."""
    return two_sided(spread, observed=min(_possible(spread), key=spread.__getitem__))


def least_at_least(spread: Spread) -> float:
    """The smallest `at_least` any result could have given."""
    return spread[max(_possible(spread))]


def _possible(spread: Spread) -> list[int]:
    return [k for k, chance in enumerate(spread) if chance > _NEVER]
