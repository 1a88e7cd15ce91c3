"""The engine: drawing against bare hashing, assigning against flow libraries, mixing by itself.

`consistent_sampler`, from whose idea the tickets come, cannot be installed by name from the
package index and is left out.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from math import inf

import networkx
import numpy
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from draws.engine import Assignment, assign, select_enterprises, stage_key
from draws.engine.assignment import fill_evenly
from draws.engine.mixing import mix
from draws.engine.network import build_network
from tests.bench.engine_cases import NUMBER, SEED, assignment_of, eligible_pairs, pool_of
from tests.bench.figures import Figure, in_turns, seconds

NAME = "engine"
SIZES = (10_000, 100_000, 1_000_000)


def measure() -> Iterator[Figure]:
    """Both sides of a ratio take turns, so that a busy moment of the machine hits both."""
    for size in SIZES:
        yield from _drawing(size)
    yield from _assigning()


def _drawing(size: int) -> Iterator[Figure]:
    strata, pool = pool_of(size)
    chance = numpy.random.default_rng(1)

    def draw() -> None:
        select_enterprises(NUMBER, seed=SEED, strata=strata, pool=pool)

    def hash_each() -> None:
        for ids in pool.values():
            for one in ids:
                hashlib.sha256(one.encode()).digest()

    def choose() -> None:
        for one in strata:
            chance.choice(len(pool[one["id"]]), one["take"], replace=False)

    drawing, hashing, choosing = in_turns(draw, hash_each, choose, times=7 if size < SIZES[-1] else 5)
    name = f"5 % of {size:,} in 11 strata"
    yield Figure(name, drawing, "every id hashed once", hashing, 1.5)
    yield Figure(name, drawing, "numpy choice: nobody can check it", choosing, inf)
    yield Figure(f"memory of its process, {size:,}", _memory(size), "600 MB", 600, 1, unit="MB")


def _memory(size: int) -> float:
    command = [sys.executable, "-m", "tests.bench.drawing_memory", str(size)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _assigning() -> Iterator[Figure]:
    problem = assignment_of(1000, 200)
    key = stage_key(NUMBER, seed=SEED, stage="inspectors")
    graph, sink = _capacities(problem)
    pairs = eligible_pairs(problem)

    def hash_pairs() -> None:
        for place, person in pairs:
            hashlib.sha256(SEED + place.encode() + person.encode()).digest()

    network = build_network(key, **problem)
    levelling, flowing, assigning, asking, hashing = in_turns(
        lambda: fill_evenly(network),
        lambda: maximum_flow(graph, 0, sink),
        lambda: assign(key, **problem),
        lambda: _flow_from(problem),
        hash_pairs,
        times=7,
    )
    yield Figure("M and L of 1,000 × 200 × 2, network ready", levelling, "SciPy maximum_flow, graph ready", flowing, 6)
    name = f"M, L and who goes where, from the names; {len(pairs):,} pairs"
    yield Figure(name, assigning, "SciPy maximum_flow from the names: M only", asking, 6)
    yield Figure(name, assigning, "networkx maximum_flow, graph ready: M only", _networkx_seconds(graph, sink), 1)
    yield Figure(name, assigning, "each of the pairs hashed once: the protocol asks it", hashing, inf)
    yield Figure(name, assigning, "SciPy maximum_flow, graph ready: no names, no hashing", flowing, inf)
    yield _mixing(assign(key, **problem), assigning)


def _mixing(made: Assignment, assigning: float) -> Figure:
    key = stage_key(NUMBER, seed=SEED, stage="inspectors/mix")
    mixing = seconds(lambda: mix(key, network=made.network, level=made.load, seats=made.seats), times=1)
    return Figure("mixing of the 2,000 seats", mixing, "the assignment itself", assigning, inf)


def _flow_from(problem: dict) -> int:
    graph, sink = _capacities(problem)
    return maximum_flow(graph, 0, sink).flow_value


def _capacities(problem: dict) -> tuple[csr_array, int]:
    """Source → place → person → sink, the same question as the engine is asked."""
    places = {place: index for index, place in enumerate(problem["demands"], start=1)}
    people = {one: index for index, one in enumerate(problem["limits"], start=len(places) + 1)}
    sink = len(places) + len(people) + 1
    edges = [(0, index, problem["demands"][place]) for place, index in places.items()]
    edges += [(places[place], people[one], 1) for place, one in eligible_pairs(problem)]
    edges += [(index, sink, problem["limits"][one]) for one, index in people.items()]
    start, end, capacity = numpy.array(edges, dtype=numpy.int32).T
    return csr_array((capacity, (start, end)), shape=(sink + 1, sink + 1)), sink


def _networkx_seconds(graph: csr_array, sink: int) -> float:
    network = networkx.from_scipy_sparse_array(graph, create_using=networkx.DiGraph, edge_attribute="capacity")
    return seconds(lambda: networkx.maximum_flow(network, 0, sink), times=1)
