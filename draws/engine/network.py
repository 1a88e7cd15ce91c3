"""Places, people and who may go where: the question an assignment answers.

Sets of people are kept as bits of one integer (person 0 is bit 0, and so on), so that
"everyone who may come here and still has room" is a single `&`, for 200 people at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from itertools import compress, count
from typing import NamedTuple

from .canonical import length_prefixed
from .tickets import ticket

_DIGITS = bytes.maketrans(b"01", b"\x00\x01")


class Network(NamedTuple):
    """An assignment problem by position: places in ticket order, people in id order.

    `candidates[place]` is a bit mask of people, `preferred[place]` the same people by rising
    `ticket(stage, place, person)`; `demand[place]` and `limit[person]` are counts.
    """

    places: list[str]
    people: list[str]
    candidates: list[int]
    preferred: list[list[int]]
    demand: list[int]
    limit: list[int]

    @property
    def asked(self) -> int:
        """All the seats wanted."""
        return sum(self.demand)


def build_network(
    key: bytes, *, demands: Mapping[str, int], limits: Mapping[str, int], excluded: Mapping[str, Collection[str]]
) -> Network:
    """The network under this stage key. People with a limit of 0 are left out.

    >>> build_network(bytes(32), demands={"甲": 1}, limits={"B": 1, "A": 2, "C": 0}, excluded={"甲": ["A"]})
    Network(places=['甲'], people=['A', 'B'], candidates=[2], preferred=[[1]], demand=[1], limit=[2, 1])
    """
    places = sorted(demands, key=lambda place: (ticket(key, place), place))
    people = sorted(person for person, limit in limits.items() if limit >= 1)
    candidates = _masks(people, [excluded.get(place, ()) for place in places])
    tails = [length_prefixed(person) for person in people]
    return Network(
        places,
        people,
        candidates,
        [_by_ticket(key + length_prefixed(place), mask, tails) for place, mask in zip(places, candidates)],  # noqa: B905
        [demands[place] for place in places],
        [limits[person] for person in people],
    )


def _masks(people: list[str], excluded: list[Collection[str]]) -> list[int]:
    """For each place the people it does not exclude."""
    bit = {person: 1 << index for index, person in enumerate(people)}
    known = set(people)
    everyone = (1 << len(people)) - 1
    return [everyone ^ sum(map(bit.__getitem__, known.intersection(one))) for one in excluded]


def _by_ticket(head: bytes, mask: int, tails: list[bytes]) -> list[int]:
    """The people of the mask by rising ticket; `head` is the key and the place, `tails` are the people."""
    drawn = [sha256(head + tail).digest() for tail in compress(tails, flags(mask))]
    return [person for _, person in sorted(zip(drawn, members(mask)))]  # noqa: B905 (3.9 has no strict)


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
