"""Memory: a large pool is hashed and drawn from without being kept."""

from __future__ import annotations

import tracemalloc

from draws.engine import sealed_hash, select_enterprises

NUMBER = "MLYJ-2026-0007"
SIZE = 200_000


def peak_of(action):
    """The most memory, in bytes, that the action held at once beyond what was there before."""
    tracemalloc.start()
    action()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_drawing_keeps_only_what_it_draws():
    pool = {"a": [f"91430600{index:010d}" for index in range(SIZE)]}
    strata = [{"id": "a", "take": SIZE // 20}]
    assert peak_of(lambda: select_enterprises(NUMBER, seed=bytes(32), strata=strata, pool=pool)) < 12 * 2**20


def test_a_pool_of_any_size_is_hashed_in_little_memory():
    rows = ({"id": f"{index:018d}", "seal": "0" * 64, "stratum": "a"} for index in range(SIZE))
    assert peak_of(lambda: sealed_hash({"draw": NUMBER, "strata": []}, enterprises=rows)) < 2**20
