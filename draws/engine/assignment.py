"""Who goes where: every seat filled if that is possible at all, nobody overloaded, by ticket.

Three steps, the same for inspectors and for experts. How many seats can be filled (`M`)?
How evenly can the work be spread while still filling that many (`L`)? And then, place after
place by ticket, each takes its candidates by ticket, passing over those who would make it
impossible to fill `M` seats. So no draw ever ends in a dead end of its own making.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from .network import Network, build_network, members
from .witness import Witness


class Assignment(NamedTuple):
    """What the assignment gave, before any mixing.

    `seats[place]` lists the people of each place in seat order. `load` is L.
    `network` and `witness` are what it was worked out on.
    """

    seats: dict[str, list[str]]
    load: int
    network: Network
    witness: Witness

    @property
    def is_full(self) -> bool:
        """Whether every seat that was wanted is filled."""
        return self.witness.filled == self.network.asked


class BlockingSet(NamedTuple):
    """The places and people in each other's way: `need` seats wanted, `have` the most that can be filled."""

    enterprises: list[str]
    people: list[str]
    need: int
    have: int

    def as_result(self) -> dict[str, Any]:
        """The form it has in the result."""
        return {"enterprises": self.enterprises, "have": self.have, "inspectors": self.people, "need": self.need}


def assign(
    key: bytes, *, demands: Mapping[str, int], limits: Mapping[str, int], excluded: Mapping[str, Collection[str]]
) -> Assignment:
    """The assignment of section 5, steps 1 to 3. `key` is the stage key.

    `demands` gives the seats of each place, `limits` the most places for each person,
    `excluded` who may not go to a place. The order of all three is without meaning.
    """
    network = build_network(key, demands=demands, limits=limits, excluded=excluded)
    witness = fill_evenly(network)
    return Assignment(_pair_by_pair(network, witness), witness.level, network, witness)


def fill_evenly(network: Network) -> Witness:
    """A witness that fills M seats at the least level L.

    The level starts at the least that could do if everybody could go anywhere. When some
    seat stays empty, those in the way are known, and the level rises to the least that
    gives *them* enough room: every level passed over was proved too low.
    """
    target = min(network.asked, sum(network.limit))
    while True:
        witness = _fill_to(network, target)
        if witness is not None:
            return witness
        target = _greatest(network)


def _fill_to(network: Network, target: int) -> Witness | None:
    """The witness of the least level that fills `target` seats; None if no level does."""
    everyone = range(len(network.people))
    level = _least_level([network.limit[one] for one in everyone], target)
    witness = Witness(network, level=level or 0)
    while witness.filled < target:
        in_the_way = [*members(witness.fill())]
        missing = target - witness.filled
        if missing <= 0:
            break
        limits = [network.limit[one] for one in in_the_way]
        room = sum(min(limit, witness.level) for limit in limits) + missing
        higher = _least_level(limits, room)
        if higher is None:
            return None
        witness.raise_to(higher)
    return witness


def _greatest(network: Network) -> int:
    """`M`: the greatest number of seats that can be filled within the limits."""
    witness = Witness(network, level=max(network.limit, default=0))
    witness.fill()
    return witness.filled


def _least_level(limits: list[int], room: int) -> int | None:
    """The least level at which people cut to it have this much room together; None if they never do.

    >>> _least_level([1, 5, 5], 7)
    3
    """
    left = len(limits)
    level = 0
    for limit in sorted(limits):
        if (limit - level) * left >= room:
            break
        room -= (limit - level) * left
        level, left = limit, left - 1
    if room <= 0:
        return level
    return level + -(-room // left) if left else None


def _pair_by_pair(network: Network, witness: Witness) -> dict[str, list[str]]:
    """Step 3: each place, by ticket, takes its candidates, by ticket, as far as the witness admits them."""
    seats: dict[str, list[str]] = {}
    for index, place in enumerate(network.places):
        taken: list[str] = []
        for person in network.preferred[index]:
            if len(taken) == network.demand[index]:
                break
            if witness.admits(index, person):
                taken.append(network.people[person])
        seats[place] = taken
    return seats


def blocking_set(assignment: Assignment) -> BlockingSet:
    """Who is in the way when seats stay empty.

    From each place with an empty seat go to every candidate not given to it, from a person
    to every place they are given to, and on until nothing is new.
    """
    network, given = assignment.network, assignment.witness.given
    reached = assignment.witness.unfilled
    people = 0
    waiting = [*members(reached)]
    for place in waiting:
        newcomers = network.candidates[place] & ~given[place] & ~people
        people |= newcomers
        for other in range(len(given)) if newcomers else ():
            if given[other] & newcomers and not reached >> other & 1:
                reached |= 1 << other
                waiting.append(other)
    return _as_blocking_set(network, given, places=reached, people=people)


def _as_blocking_set(network: Network, given: list[int], *, places: int, people: int) -> BlockingSet:
    within = [*members(places)]
    return BlockingSet(
        enterprises=sorted(network.places[place] for place in within),
        people=sorted(network.people[person] for person in members(people)),
        need=sum(network.demand[place] for place in within),
        have=sum(bin(given[place]).count("1") for place in within),
    )
