"""Places, people and who may go where: the question an assignment answers.

Sets of people are kept as bits of one integer (person 0 is bit 0, and so on), so that
"everyone who may come here and still has room" is a single `&`, for 200 people at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import compress, count
from typing import NamedTuple

_DIGITS = bytes.maketrans(b"01", b"\x00\x01")


class Network(NamedTuple):
    """An assignment problem by position: places in ticket order, people in id order.

    `candidates[place]` is a bit mask of people; `demand[place]` and `limit[person]` are counts.
    """

    places: list[str]
    people: list[str]
    candidates: list[int]
    demand: list[int]
    limit: list[int]

    @property
    def asked(self) -> int:
        """All the seats wanted."""
        return sum(self.demand)


def build_network(
    places: list[str],
    *,
    demands: Mapping[str, int],
    limits: Mapping[str, int],
    excluded: Mapping[str, Collection[str]],
) -> Network:
    """The network of these places, in this order. People with a limit of 0 are left out.

    >>> build_network(["甲"], demands={"甲": 1}, limits={"B": 1, "A": 2, "C": 0}, excluded={"甲": ["A"]})
    Network(places=['甲'], people=['A', 'B'], candidates=[2], demand=[1], limit=[2, 1])
    """
    people = sorted(person for person, limit in limits.items() if limit >= 1)
    bit: dict[str, int] = {person: 1 << index for index, person in enumerate(people)}
    known = set(people)
    everyone = (1 << len(people)) - 1
    barred = (known.intersection(excluded.get(place, ())) for place in places)
    candidates = [everyone ^ sum(map(bit.__getitem__, one)) for one in barred]
    return Network(places, people, candidates, [demands[place] for place in places], [limits[one] for one in people])


def members(mask: int) -> Iterator[int]:
    """The positions of the bits that are set.

    >>> list(members(0b1101))
    [0, 2, 3]
    """
    return compress(count(), flags(mask))


def flags(mask: int) -> bytes:
    """One byte for each bit, the lowest first, for `itertools.compress`.

    >>> list(flags(0b1101))
    [1, 0, 1, 1]
    """
    return bin(mask)[:1:-1].encode().translate(_DIGITS)
