"""Speed, as ratios measured in the same run: a slower machine slows both sides."""

from __future__ import annotations

import hashlib
import random
import time
import tracemalloc

import pytest

from draws.engine import assign, sealed_hash, select_enterprises

pytestmark = pytest.mark.slow
NUMBER = "MLYJ-2026-0007"


def best_of(attempts, *actions):
    """The shortest time of each action in seconds; they take turns, so that a busy moment hits all of them."""
    times = [[] for _ in actions]
    for _ in range(attempts):
        for action, taken in zip(actions, times, strict=True):
            started = time.perf_counter()
            action()
            taken.append(time.perf_counter() - started)
    return [min(taken) for taken in times]


@pytest.fixture(scope="module")
def million():
    """10^6 ids in 11 strata, and 5 % of each to be drawn."""
    pool = {f"层{stratum}": [] for stratum in range(11)}
    for stratum, ids in enumerate(pool.values()):
        ids += (f"914306{stratum:02d}{index:010d}" for index in range(1_000_000 // 11))
    strata = [{"id": stratum, "take": len(ids) // 20} for stratum, ids in pool.items()]
    return strata, pool


def test_drawing_from_a_million_costs_little_more_than_hashing_every_id_once(million):
    strata, pool = million

    def hash_each():
        for ids in pool.values():
            for one in ids:
                hashlib.sha256(one.encode()).digest()

    def draw():
        select_enterprises(NUMBER, seed=bytes(32), strata=strata, pool=pool)

    hashing, drawing = best_of(7, hash_each, draw)
    assert drawing <= 1.5 * hashing


def test_drawing_from_a_million_keeps_only_what_it_draws(million):
    strata, pool = million
    tracemalloc.start()
    select_enterprises(NUMBER, seed=bytes(32), strata=strata, pool=pool)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * 2**20


def test_a_pool_of_any_size_is_hashed_in_little_memory():
    rows = ({"id": f"{index:018d}", "seal": "0" * 64, "stratum": "a"} for index in range(200_000))
    tracemalloc.start()
    sealed_hash({"draw": NUMBER, "strata": []}, enterprises=rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


def test_a_thousand_places_are_assigned_for_the_price_of_a_few_ticket_rounds():
    """The tickets of all eligible pairs must be hashed whatever one does; the rest stays in proportion."""
    chance = random.Random(1)
    people = [f"18{index:09d}" for index in range(200)]
    excluded = {f"E{index:017d}": [one for one in people if chance.random() > 0.3] for index in range(1000)}
    problem = {"demands": dict.fromkeys(excluded, 2), "limits": dict.fromkeys(people, 10), "excluded": excluded}
    pairs = [(place, person) for place in excluded for person in set(people) - set(excluded[place])]

    def hash_each():
        for place, person in pairs:
            hashlib.sha256(bytes(32) + place.encode() + person.encode()).digest()

    hashing, assigning = best_of(5, hash_each, lambda: assign(bytes(32), **problem))
    assert assigning <= 3 * hashing
