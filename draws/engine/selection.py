"""Which enterprises are drawn: in each stratum the `take` lowest tickets.

The trick for large pools. Tickets are spread evenly between nothing and everything, so if
500 of 10,000 are wanted, the 500th lowest lies near 5 % of the way. Only tickets under a
cut a little above that (here 5 % and six standard deviations) are kept and put in order.
Should fewer than 500 be under the cut, which is all but impossible, everything is sorted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import repeat
from math import sqrt
from typing import Any, NamedTuple

from .tickets import ENTERPRISES, stage_key

_ABOVE_ALL = b"\xff" * 33


class Pick(NamedTuple):
    """A drawn enterprise, the stratum it was drawn in, and its ticket."""

    enterprise: str
    stratum: str
    ticket: bytes


def select_enterprises(
    number: str, *, seed: bytes, strata: Iterable[Mapping[str, Any]], pool: Mapping[str, Sequence[str]]
) -> list[Pick]:
    """The drawn enterprises, in the order of `strata` and then by ticket.

    `strata` is the sealed record's list, `pool` the ids of each stratum in any order.
    """
    key = stage_key(number, seed=seed, stage=ENTERPRISES)
    picks: list[Pick] = []
    for stratum in strata:
        tickets, ids = _lowest(key, pool.get(stratum["id"], ()), take=stratum["take"])
        picks += map(Pick, ids, repeat(stratum["id"]), tickets)
    return picks


def lowest(key: bytes, ids: Collection[str], *, take: int) -> list[tuple[bytes, str]]:
    """The `take` lowest (ticket, id), rising; all, if there are fewer.

    >>> [id for _, id in lowest(bytes(32), ["甲", "乙", "丙"], take=2)]
    ['乙', '甲']
    """
    return list(zip(*_lowest(key, ids, take=take)))  # noqa: B905 (3.9 has no strict)


def _lowest(key: bytes, ids: Collection[str], *, take: int) -> tuple[list[bytes], list[str]]:
    """The `take` lowest tickets, rising, and their ids. Two plain lists: pairs would keep the collector busy.

    Equal tickets would be two texts with one SHA-256; the sort is stable, so they stay in the order of the ids.
    """
    if take <= 0:
        return [], []
    tickets, names = _under(key, ids, cut=_cut(take, len(ids)))
    if len(names) < take:
        tickets, names = _under(key, ids, cut=_ABOVE_ALL)
    order = sorted(range(len(names)), key=tickets.__getitem__)[:take]
    return [tickets[one] for one in order], [names[one] for one in order]


def first_reserve(key: bytes, ids: Collection[str], *, used: Collection[str]) -> str | None:
    """The id with the lowest ticket that has not been used yet; None if there is none."""
    free = [one for one in ids if one not in used]
    best = lowest(key, free, take=1)
    return best[0][1] if best else None


def _cut(take: int, size: int) -> bytes:
    """The ticket under which `take` of `size` are found, save about once in a thousand million draws.

    >>> _cut(500, 10_000).hex()
    '107d97fd1b20a400'
    """
    enough = take + 6 * sqrt(take) + 10
    if enough >= size:
        return _ABOVE_ALL
    return int(enough / size * 2**64).to_bytes(8, "big")


def _under(key: bytes, ids: Collection[str], *, cut: bytes) -> tuple[list[bytes], list[str]]:
    """The tickets and the ids of those whose ticket is under the cut: one hash for each id, nothing kept of the others.

    A hash begun with the key and an id's length is kept for each length: copying it is cheaper than beginning.
    """
    begun: dict[int, Any] = {}
    tickets, names = [], []
    for one in ids:
        content = one.encode()
        try:
            hasher = begun[len(content)]()
        except KeyError:
            hasher = sha256(key + len(content).to_bytes(4, "big"))
            begun[len(content)] = hasher.copy().copy
        hasher.update(content)
        drawn = hasher.digest()
        if drawn < cut:
            tickets.append(drawn)
            names.append(one)
    return tickets, names
