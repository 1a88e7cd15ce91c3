"""The mixing walk: after it, every lawful assignment is as likely as every other.

Taking candidates by ticket favours some lawful assignments. So the table is shaken: take
somebody out of a random seat, put a random candidate in; if that person now has one place
too many, they leave one of their others at random, and so on, until everything is lawful
again. Many such excursions, and where one started is forgotten.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from struct import unpack

from .network import Network, members

Below = Callable[[int], int]


def words(key: bytes) -> Iterator[int]:
    """The stream: block c is `H(key ‖ c as 8 bytes)`, read as eight 32-bit words, for c = 0, 1, 2…

    >>> next(words(bytes(32)))
    741658141
    """
    block = 0
    while True:
        yield from unpack(">8I", sha256(key + block.to_bytes(8, "big")).digest())
        block += 1


def drawer(stream: Iterator[int]) -> Below:
    """`below(n)`: a number from 0 to n−1, each equally likely. Reads nothing when n is 1.

    Words at the very top of the range are passed over: they would favour small remainders.
    """

    def below(n: int) -> int:
        if n == 1:
            return 0
        fair = (1 << 32) // n * n
        word = next(stream)
        while word >= fair:
            word = next(stream)
        return word % n

    return below


def excursion_count(seats: int) -> int:
    """`S · (8 + ceil(log2 S))`.

    >>> [excursion_count(1), excursion_count(2), excursion_count(5)]
    [8, 18, 55]
    """
    return seats * (8 + (seats - 1).bit_length())


def mix(key: bytes, *, network: Network, level: int, seats: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The seats after the walk. `key` is the stage key of `stage + "/mix"`; every seat must be filled."""
    table = _Table(network, level=level, seats=seats)
    below = drawer(words(key))
    for _ in range(excursion_count(len(table.who))):
        _excursion(table, below)
    return table.as_seats()


class _Table:
    """All seats in one row, by place and then by seat.

    `who[seat]` is a person, `place_of[seat]` a place, `held[person]` their seats (rising,
    which is their places by ticket), `sitting[place]` the set of people there.
    """

    def __init__(self, network: Network, *, level: int, seats: Mapping[str, Sequence[str]]) -> None:
        number = {person: index for index, person in enumerate(network.people)}
        self.network = network
        self.choices = [[*members(mask)] for mask in network.candidates]
        self.cap = [min(limit, level) for limit in network.limit]
        self.patience = max(256, len(network.places))
        rows = [[number[person] for person in seats[place]] for place in network.places]
        self.who = [person for row in rows for person in row]
        self.place_of = [place for place, row in enumerate(rows) for _ in row]
        self.sitting = [set(row) for row in rows]
        self.held: list[list[int]] = [[] for _ in network.people]
        for seat, person in enumerate(self.who):
            self.held[person].append(seat)

    def as_seats(self) -> dict[str, list[str]]:
        seats: dict[str, list[str]] = {place: [] for place in self.network.places}
        for seat, person in enumerate(self.who):
            seats[self.network.places[self.place_of[seat]]].append(self.network.people[person])
        return seats

    def undo(self, moves: list[tuple[int, int, int]]) -> None:
        """Take back moves (seat, who left, who came), the last first."""
        for seat, left, came in reversed(moves):
            sitting = self.sitting[self.place_of[seat]]
            sitting.discard(came)
            self.held[came].remove(seat)
            self.who[seat] = left
            sitting.add(left)
            insort(self.held[left], seat)


def _excursion(table: _Table, below: Below) -> None:
    """Empty a random seat and follow the hole until nobody has a place too many; if it takes too long, undo."""
    who, held, cap = table.who, table.held, table.cap
    moves: list[tuple[int, int, int]] = []
    hole = below(len(who))
    while True:
        left = who[hole]
        held[left].remove(hole)
        came = _newcomer(table, hole, left, below)
        who[hole] = came
        moves.append((hole, left, came))
        earlier = held[came]
        if len(earlier) < cap[came]:
            insort(earlier, hole)
            return
        following = -1
        if len(moves) < table.patience:
            following = earlier[below(len(earlier))]
        insort(earlier, hole)
        if following < 0:
            table.undo(moves)
            return
        hole = following


def _newcomer(table: _Table, hole: int, left: int, below: Below) -> int:
    """A random candidate of the hole's place who is not sitting there; who just left may come back."""
    place = table.place_of[hole]
    sitting, choices = table.sitting[place], table.choices[place]
    sitting.remove(left)
    while True:
        came = choices[below(len(choices))]
        if came not in sitting:
            sitting.add(came)
            return came
