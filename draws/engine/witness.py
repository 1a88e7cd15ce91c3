"""One complete assignment, kept as a witness that it can still be done.

To know whether a pair may be given, one need not start from scratch. There is always one
assignment at hand that fills as many seats as can be filled and contains every pair given
so far: the witness. The pair is allowed if the witness can be bent until it contains it:
the newcomer gives up another place, somebody takes that over, who gives up another … until
somebody has room, or is the very one the newcomer replaces. That is one search along
people, on bit masks, instead of a new maximum flow.
"""

from __future__ import annotations

from collections.abc import Sequence

from .network import Network, members

_OPEN = -1


# (place, leaver, arrivals): any of `arrivals` may take the seat `leaver` gives up at `place`;
# with _OPEN for leaver, an empty seat there. A bare tuple: they are made by the ten thousand.
_Step = tuple[int, int, int]


class Witness:
    """An assignment within `min(limit, level)`, and which of its pairs are final.

    `given[place]` and `final[place]` are masks of people, `loose[person]` the set of
    places this person holds that are not final. `roomy` is everyone with room for one more,
    `unfilled` the places with an empty seat, as a mask.
    """

    def __init__(self, network: Network, *, level: int) -> None:
        self.network = network
        self.given = [0] * len(network.places)
        self.final = [0] * len(network.places)
        self.loose: list[set[int]] = [set() for _ in network.people]
        self.empty = list(network.demand)
        self.load = [0] * len(network.people)
        self.filled = 0
        self.stuck = [0] * len(network.people)
        self.unfilled = sum(1 << place for place, demand in enumerate(network.demand) if demand)
        self.raise_to(level)

    def raise_to(self, level: int) -> None:
        """Let everyone hold up to `min(limit, level)` places."""
        self.level = level
        self.cap = [min(limit, level) for limit in self.network.limit]
        self.roomy = sum(1 << one for one, load in enumerate(self.load) if load < self.cap[one])

    # -- filling as many seats as can be filled

    def fill(self) -> int:
        """Fill every seat the caps allow. Returns the people who stand in the way (0 if all is filled).

        They are full, and can hand their places to nobody outside their own circle: only more
        room among them could fill another seat.
        """
        for place in members(self.unfilled):
            self._seat_roomy(place)
        in_the_way = 0
        for place in members(self.unfilled):
            while self.unfilled >> place & 1 and self._augment(place, avoid=in_the_way):
                pass
            if self.unfilled >> place & 1:
                in_the_way |= self._seen
        return in_the_way

    def _seat_roomy(self, place: int) -> None:
        """Give the place people who have room, by ticket: mostly those it will take in the end."""
        for person in self.network.preferred[place]:
            if not self.empty[place]:
                return
            if self.roomy >> person & 1 and not self.given[place] >> person & 1:
                self._give(place, person)

    def _augment(self, place: int, *, avoid: int) -> bool:
        """Fill one more seat of the place by a chain of handovers, past those known to lead nowhere."""
        arrivals = self.network.candidates[place] & ~self.given[place] & ~avoid
        trail = [(place, _OPEN, arrivals)]
        end = self._search(trail, seen=arrivals | avoid, queue=arrivals, goal=self.roomy)
        if end is not None:
            self._hand_over(trail, end)
        return end is not None

    # -- bending the witness to contain one more pair

    def admits(self, place: int, person: int) -> bool:
        """Whether the pair can join all that is final with no seat fewer filled; if so, make it final."""
        if not self.given[place] >> person & 1 and not self._bend(place, person):
            return False
        self.final[place] |= 1 << person
        self.loose[person].discard(place)
        return True

    def _bend(self, place: int, person: int) -> bool:
        """Rearrange what is not final so that the place holds the person."""
        if self.unfilled >> place & 1:
            return self._fetch(place, person)
        replaceable = self.given[place] & ~self.final[place]
        if self.roomy >> person & 1:
            self._take(place, next(members(replaceable)))
            self._give(place, person)
            return True
        if self.stuck[person] and not self.stuck[person] & replaceable:
            return False
        return self._exchange(place, person, replaceable=replaceable)

    def _fetch(self, place: int, person: int) -> bool:
        """The place has an empty seat: the person comes over from another place, if any is not final."""
        if not self.loose[person]:
            return False
        self._take(min(self.loose[person]), person)
        self._give(place, person)
        return True

    def _exchange(self, place: int, person: int, *, replaceable: int) -> bool:
        """The place is full and so is the person: find a chain of handovers that ends well."""
        trail: list[_Step] = []
        goal = self.roomy | replaceable
        end = self._search(trail, seen=1 << person, queue=1 << person, goal=goal)
        if end is None and self.unfilled and self.loose[person]:
            arrivals = self._open_seats(trail)
            end = self._search(trail, seen=self._seen | arrivals, queue=arrivals, goal=goal)
        if end is None:
            self._remember_stuck()
            return False
        dropped = end if replaceable >> end & 1 else next(members(replaceable))
        self._take(place, dropped)
        self._hand_over(trail, end)
        if not self.roomy >> person & 1:
            self._take(min(self.loose[person]), person)
        self._give(place, person)
        return True

    def _open_seats(self, trail: list[_Step]) -> int:
        """Anyone new may also fill a seat that is empty anyway, if the person's own place stays empty instead."""
        newcomers = 0
        for place in members(self.unfilled):
            arrivals = self.network.candidates[place] & ~(self.given[place] | self._seen | newcomers)
            if arrivals:
                trail.append((place, _OPEN, arrivals))
                newcomers |= arrivals
        return newcomers

    def _remember_stuck(self) -> None:
        """A circle nobody can leave stays one: what is final only grows, and no handover crosses its edge."""
        for person in members(self._seen):
            self.stuck[person] = self._seen

    # -- the search along people

    def _search(self, trail: list[_Step], *, seen: int, queue: int, goal: int) -> int | None:
        """Follow handovers breadth first from `queue` until somebody in `goal` is reached, or nobody new is.

        Writes each step on `trail`; after a search in vain `self._seen` is everyone it met.
        """
        candidates, given, loose = self.network.candidates, self.given, self.loose
        self._seen = seen
        if queue & goal:
            return next(members(queue & goal))
        waiting = [*members(queue)]
        for leaver in waiting:
            for place in loose[leaver]:
                arrivals = candidates[place] & ~(given[place] | seen)
                if arrivals:
                    trail.append((place, leaver, arrivals))
                    if arrivals & goal:
                        return next(members(arrivals & goal))
                    seen |= arrivals
                    waiting += members(arrivals)
        self._seen = seen
        return None

    def _hand_over(self, trail: Sequence[_Step], end: int) -> None:
        """Carry out the chain that led to `end`, from its end back to its beginning."""
        arriving = end
        for place, leaver, arrivals in reversed(trail):
            if not arrivals >> arriving & 1:
                continue
            if leaver == _OPEN:
                self._give(place, arriving)
                return
            self._take(place, leaver)
            self._give(place, arriving)
            arriving = leaver

    # -- one seat

    def _give(self, place: int, person: int) -> None:
        self.given[place] |= 1 << person
        self.loose[person].add(place)
        self.load[person] += 1
        self.filled += 1
        self.empty[place] -= 1
        if self.load[person] >= self.cap[person]:
            self.roomy &= ~(1 << person)
        if not self.empty[place]:
            self.unfilled &= ~(1 << place)

    def _take(self, place: int, person: int) -> None:
        self.given[place] &= ~(1 << person)
        self.loose[person].remove(place)
        self.load[person] -= 1
        self.filled -= 1
        self.empty[place] += 1
        if self.load[person] < self.cap[person]:
            self.roomy |= 1 << person
        self.unfilled |= 1 << place
