"""After the walk every lawful assignment is as likely as every other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import pytest
from scipy.stats import chisquare

from draws.engine import assign, mixing, stage_key
from draws.engine.mixing import drawer, excursion_count, mix, words

NUMBER = "MLYJ-2026-0007"
FREE = {"demands": {"E1": 1, "E2": 1, "E3": 1}, "limits": dict.fromkeys("ABC", 1), "excluded": {"E1": ["A"]}}
PAIRS = {"demands": {"E1": 2, "E2": 2}, "limits": dict.fromkeys("ABCD", 2), "excluded": {"E2": ["D"]}}
LOOSE = {"demands": {"E1": 1, "E2": 2, "E3": 1}, "limits": dict.fromkeys("ABC", 2), "excluded": {"E3": ["B"]}}
CASES = {"one of them barred": FREE, "two seats": PAIRS, "room to spare": LOOSE}


def mixed(problem, seed_number):
    seed = seed_number.to_bytes(32, "big")
    assignment = assign(stage_key(NUMBER, seed=seed, stage="inspectors"), **problem)
    key = stage_key(NUMBER, seed=seed, stage="inspectors/mix")
    return mix(key, network=assignment.network, level=assignment.load, seats=assignment.seats)


def tally(problem, seeds):
    found = Counter()
    for seed_number in range(seeds):
        seats = mixed(problem, seed_number)
        found[tuple(tuple(sorted(seats[place])) for place in sorted(seats))] += 1
    return found


def lawful_count(problem):
    """How many lawful assignments there are, by writing them all down (seats unordered)."""
    level = assign(bytes(32), **problem).load
    rows = [
        [
            set(some)
            for some in combinations(sorted(set(problem["limits"]) - set(problem["excluded"].get(place, ()))), k)
        ]
        for place, k in problem["demands"].items()
    ]
    return sum(
        all(sum(person in row for row in choice) <= min(limit, level) for person, limit in problem["limits"].items())
        for choice in product(*rows)
    )


@pytest.mark.parametrize("name", CASES)
def test_every_lawful_assignment_occurs_and_none_is_favoured(name):
    problem = CASES[name]
    found = tally(problem, 1500)
    assert len(found) == lawful_count(problem)
    assert chisquare(list(found.values())).pvalue > 0.001


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_none_is_favoured_in_twenty_thousand_draws(name):
    problem = CASES[name]
    found = tally(problem, 20_000)
    assert len(found) == lawful_count(problem)
    assert chisquare(list(found.values())).pvalue > 0.001


@pytest.mark.parametrize("name", CASES)
def test_limits_level_and_exclusions_hold_after_mixing(name):
    problem = CASES[name]
    level = assign(bytes(32), **problem).load
    for seed_number in range(100):
        seats = mixed(problem, seed_number)
        load = Counter(person for people in seats.values() for person in people)
        assert max(load.values()) <= level
        assert {place: len(set(people)) for place, people in seats.items()} == problem["demands"]
        assert not any(set(problem["excluded"].get(place, ())) & set(people) for place, people in seats.items())


def test_the_stream_is_blocks_of_eight_big_endian_words():
    stream = words(bytes(32))
    first = [next(stream) for _ in range(9)]
    assert first[0] == 741658141
    assert all(0 <= word < 2**32 for word in first)


def test_below_one_reads_nothing_and_the_top_words_are_passed_over():
    stream = iter([2**32 - 1, 7])
    below = drawer(stream)
    assert below(1) == 0
    assert below(3) == 1
    assert list(stream) == []


def test_the_number_of_excursions_grows_with_the_logarithm():
    assert [excursion_count(seats) for seats in (1, 2, 3, 4, 5, 8, 9)] == [8, 18, 30, 40, 55, 88, 108]


def test_an_excursion_that_takes_too_long_leaves_no_trace(monkeypatch):
    def no_patience(self, *args, _init=mixing._Table.__init__, **kwargs):
        _init(self, *args, **kwargs)
        self.patience = 1

    monkeypatch.setattr(mixing._Table, "__init__", no_patience)
    problem = {"demands": {"E1": 1, "E2": 1}, "limits": {"A": 1, "B": 1}, "excluded": {}}
    before = assign(stage_key(NUMBER, seed=bytes(32), stage="inspectors"), **problem).seats
    assert mixed(problem, 0) == before
