"""The assignment against every assignment there is, in cases small enough to write them all down."""

from __future__ import annotations

import itertools

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draws.engine import assign, blocking_set, ticket

KEY = bytes(range(32))
PEOPLE = "ABCD"


@st.composite
def problems(draw):
    """Up to four places, four people, two seats, limits to three, any pairs excluded."""
    places = [f"E{index}" for index in range(draw(st.integers(0, 4)))]
    people = PEOPLE[: draw(st.integers(0, 4))]
    return {
        "demands": {place: draw(st.integers(0, 2)) for place in places},
        "limits": {person: draw(st.integers(0, 3)) for person in people},
        "excluded": {place: draw(st.lists(st.sampled_from(PEOPLE + "Z"), unique=True)) for place in places},
    }


def everything(problem):
    """Every assignment within demands, limits and exclusions, as {place: set of people}."""
    demands, limits, excluded = problem["demands"], problem["limits"], problem["excluded"]
    choices = []
    for place, demand in demands.items():
        fit = [one for one in limits if limits[one] >= 1 and one not in excluded[place]]
        choices.append([set(some) for k in range(demand + 1) for some in itertools.combinations(fit, k)])
    for rows in itertools.product(*choices):
        if all(load_of(rows, one) <= limit for one, limit in limits.items()):
            yield dict(zip(demands, rows, strict=True))


def load_of(rows, person):
    return sum(person in row for row in rows)


def seats_in(assignment):
    return sum(map(len, assignment.values()))


def busiest(assignment):
    return max((load_of(assignment.values(), person) for person in PEOPLE), default=0)


def lawful(problem):
    """M, L, and every assignment that fills M seats at load L."""
    possible = list(everything(problem))
    most = max(map(seats_in, possible))
    full = [one for one in possible if seats_in(one) == most]
    level = min(map(busiest, full))
    return most, level, [one for one in full if busiest(one) <= level]


def by_the_book(problem):
    """Step 3 of section 5 word for word, with all lawful assignments at hand."""
    left = lawful(problem)[2]
    seats = {}
    for place in sorted(problem["demands"], key=lambda one: ticket(KEY, one)):
        seats[place] = []
        fit = [one for one, limit in problem["limits"].items() if limit and one not in problem["excluded"][place]]
        for person in sorted(fit, key=lambda one: ticket(KEY, place, one)):
            still = [one for one in left if person in one[place]]
            if still and len(seats[place]) < problem["demands"][place]:
                left = still
                seats[place].append(person)
    return seats


@settings(max_examples=300, deadline=None)
@given(problems())
def test_m_and_l_are_what_enumeration_says(problem):
    most, level, _ = lawful(problem)
    assignment = assign(KEY, **problem)
    assert (seats_in(assignment.seats), assignment.load) == (most, level)


@settings(max_examples=300, deadline=None)
@given(problems())
def test_the_pairs_are_those_of_the_book(problem):
    assert assign(KEY, **problem).seats == by_the_book(problem)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_nobody_goes_where_they_may_not_and_nobody_twice(problem):
    for place, people in assign(KEY, **problem).seats.items():
        assert not set(people) & set(problem["excluded"][place])
        assert len(people) == len(set(people)) <= problem["demands"][place]


@settings(max_examples=100, deadline=None)
@given(problems(), st.randoms())
def test_the_order_of_the_input_never_matters(problem, chance):
    shuffled = {name: dict(chance.sample(list(members.items()), len(members))) for name, members in problem.items()}
    assert assign(KEY, **shuffled).seats == assign(KEY, **problem).seats


def blocked_from(problem, assignment):
    """The blocking set read off one given assignment, as the protocol words it."""
    fit = {
        place: {one for one, limit in problem["limits"].items() if limit and one not in problem["excluded"][place]}
        for place in problem["demands"]
    }
    places = {place for place, demand in problem["demands"].items() if len(assignment[place]) < demand}
    people = set()
    for _ in range(9):
        people |= {person for place in places for person in fit[place] - assignment[place]}
        places |= {place for place in assignment if assignment[place] & people}
    return sorted(places), sorted(people)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_the_blocking_set_is_the_same_from_every_fullest_assignment(problem):
    found = blocking_set(assign(KEY, **problem))
    possible = list(everything(problem))
    most = max(map(seats_in, possible))
    for assignment in possible:
        if seats_in(assignment) == most:
            assert blocked_from(problem, assignment) == (found.enterprises, found.people)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_have_is_the_most_of_the_blocked_seats_that_can_be_filled(problem):
    found = blocking_set(assign(KEY, **problem))
    within = {
        name: {k: v for k, v in problem[name].items() if k in found.enterprises} for name in ("demands", "excluded")
    }
    assert found.need == sum(within["demands"].values())
    assert found.have == max(map(seats_in, everything({**within, "limits": problem["limits"]})))


@st.composite
def larger_problems(draw):
    chance = draw(st.randoms(use_true_random=False))
    places = [f"E{index}" for index in range(chance.randint(1, 30))]
    people = [f"P{index}" for index in range(chance.randint(1, 15))]
    density = chance.random()
    return {
        "demands": {place: chance.randint(0, 4) for place in places},
        "limits": {person: chance.randint(0, 9) for person in people},
        "excluded": {place: [one for one in people if chance.random() > density] for place in places},
    }


def flow(problem, level):
    """The most seats that can be filled at this level, by somebody else's maximum flow."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(["from", "to"])
    for place, demand in problem["demands"].items():
        graph.add_edge("from", place, capacity=demand)
        for person in set(problem["limits"]) - set(problem["excluded"][place]):
            graph.add_edge(place, person, capacity=1)
    for person, limit in problem["limits"].items():
        graph.add_edge(person, "to", capacity=min(limit, level))
    return networkx.maximum_flow_value(graph, "from", "to")


@settings(max_examples=60, deadline=None)
@given(larger_problems())
def test_m_and_l_agree_with_maximum_flow(problem):
    assignment = assign(KEY, **problem)
    most = flow(problem, 99)
    assert seats_in(assignment.seats) == most == flow(problem, assignment.load)
    assert assignment.load == 0 or flow(problem, assignment.load - 1) < most


def test_it_finds_the_only_way_where_taking_the_lowest_ticket_would_fail():
    problem = {
        "demands": {"E1": 1, "E2": 1, "E3": 1},
        "limits": {"A": 1, "B": 1, "C": 1},
        "excluded": {"E1": ["C"], "E2": ["B", "C"], "E3": []},
    }
    assert assign(KEY, **problem).seats == {"E1": ["B"], "E2": ["A"], "E3": ["C"]}


@pytest.mark.parametrize("empty", ["demands", "limits"])
def test_nothing_to_assign_is_no_trouble(empty):
    problem = {"demands": {"E1": 1}, "limits": {"A": 1}, "excluded": {}, empty: {}}
    assignment = assign(KEY, **problem)
    assert (seats_in(assignment.seats), assignment.load) == (0, 0)
