"""The draw itself: from the sealed record and the seed to the result, by integers and SHA-256 alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from .assignment import Assignment, assign, blocking_set
from .errors import ProtocolError
from .items import select_items
from .mixing import mix
from .seal import check_leaves, check_secret, sealed_hash
from .sealed_record import check_sealed_record, limits_of, pool_of, seals_of
from .seed import check_contributions, derive_seed
from .selection import Pick, select_enterprises
from .shape import check_object
from .tickets import EXPERTS, INSPECTORS, ITEMS, MIX, stage_key

INPUT_KEYS = ("contributions", "leaves", "sealed", "secret")


class Drawing(NamedTuple):
    """A draw's outcome: the seed and the hash in hex, and the result as in section 7."""

    seed: str
    sealed_hash: str
    result: dict[str, Any]

    def as_output(self) -> dict[str, Any]:
        return self._asdict()


def run_draw(given: Any) -> Drawing:
    """Check the whole input as section 1 asks, then draw.

    `given` is `{"sealed", "secret", "contributions", "leaves"}`, with a leaf for every
    enterprise in the pool. Raises ProtocolError with the place; repairs nothing.
    """
    check_input(given)
    sealed = given["sealed"]
    fingerprint = sealed_hash(sealed)
    seed = derive_seed(
        sealed["draw"],
        sealed_hash=fingerprint,
        secret=given["secret"],
        sources=sealed["sources"],
        contributions=given["contributions"],
    )
    picks = draw_enterprises(sealed, seed=seed)
    result = draw_people_and_items(sealed, seed=seed, picks=picks, leaves=by_enterprise(given["leaves"]))
    return Drawing(seed.hex(), fingerprint, result)


def check_input(given: Any) -> None:
    """Everything that makes an input valid; the first thing that does not is refused."""
    check_object(given, "input", keys=INPUT_KEYS)
    sealed = given["sealed"]
    check_sealed_record(sealed)
    check_secret(sealed["draw"], given["secret"], commitment=sealed["secret_commitment"])
    check_contributions(given["contributions"], sources=sealed["sources"])
    check_leaves(sealed["draw"], given["leaves"], seals=seals_of(sealed))
    sealed_ids = [one["id"] for one in sealed["enterprises"]]
    check_leaves_cover(by_enterprise(given["leaves"]), enterprises=sealed_ids)


def check_leaves_cover(leaves: Mapping[str, Any], *, enterprises: Collection[str], place: str = "leaves") -> None:
    """There is a leaf for each of these enterprises."""
    for enterprise in enterprises:
        if enterprise not in leaves:
            raise ProtocolError("leaf_missing", place, enterprise=enterprise)


def by_enterprise(leaves: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Leaves by the id of their enterprise."""
    return {leaf["enterprise"]: leaf for leaf in leaves}


def draw_enterprises(
    sealed: Mapping[str, Any], *, seed: bytes, pool: Mapping[str, Sequence[str]] | None = None
) -> list[Pick]:
    """Section 4. For a very large draw give the pool's ids by stratum, and leave them out of the record."""
    ids = pool_of(sealed) if pool is None else pool
    return select_enterprises(sealed["draw"], seed=seed, strata=sealed["strata"], pool=ids)


def draw_people_and_items(
    sealed: Mapping[str, Any], *, seed: bytes, picks: Sequence[Pick], leaves: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Sections 5 to 7 for the drawn enterprises: the result. `leaves` needs theirs only; nothing is checked."""
    places = [pick.enterprise for pick in picks]
    inspectors = assign_inspectors(sealed, seed=seed, leaves={place: leaves[place] for place in places})
    experts = _assign_experts(sealed, seed=seed, leaves={place: leaves[place] for place in places})
    visits = inspectors.seats if inspectors.is_full else {place: [] for place in places}
    key = stage_key(sealed["draw"], seed=seed, stage=ITEMS)
    drawn = [
        {
            "enterprise": pick.enterprise,
            "experts": experts.seats[pick.enterprise],
            "inspectors": visits[pick.enterprise],
            "items": select_items(
                key,
                enterprise=pick.enterprise,
                items=sealed["items"],
                excluded=leaves[pick.enterprise]["excluded_items"],
            ),
            "stratum": pick.stratum,
            "ticket": pick.ticket.hex(),
        }
        for pick in picks
    ]
    return {
        "blocked": None if inspectors.is_full else blocking_set(inspectors).as_result(),
        "drawn": drawn,
        "load": {"experts": experts.load, "inspectors": inspectors.load if inspectors.is_full else 0},
        "unfilled": _unfilled(drawn, leaves),
    }


def assign_inspectors(
    sealed: Mapping[str, Any],
    *,
    seed: bytes,
    leaves: Mapping[str, Mapping[str, Any]],
    limits: Mapping[str, int] | None = None,
    excluded: Mapping[str, Collection[str]] | None = None,
) -> Assignment:
    """The inspectors of the places in `leaves`, mixed when every seat is filled.

    `limits` and `excluded` replace those of the record and the leaves (for added people).
    """
    return _assign_stage(
        sealed["draw"],
        seed=seed,
        stage=INSPECTORS,
        demands=dict.fromkeys(leaves, sealed["inspectors"]["per_enterprise"]),
        limits=limits_of(sealed["inspectors"]["people"]) if limits is None else limits,
        excluded=_exclusions(leaves, "excluded_inspectors") if excluded is None else excluded,
    )


def _assign_experts(sealed: Mapping[str, Any], *, seed: bytes, leaves: Mapping[str, Mapping[str, Any]]) -> Assignment:
    return _assign_stage(
        sealed["draw"],
        seed=seed,
        stage=EXPERTS,
        demands={place: leaf["experts_wanted"] for place, leaf in leaves.items()},
        limits=limits_of(sealed["experts"]["people"]),
        excluded=_exclusions(leaves, "excluded_experts"),
    )


def _exclusions(leaves: Mapping[str, Mapping[str, Any]], kind: str) -> dict[str, Collection[str]]:
    return {place: leaf[kind] for place, leaf in leaves.items()}


def _assign_stage(
    number: str,
    *,
    seed: bytes,
    stage: str,
    demands: Mapping[str, int],
    limits: Mapping[str, int],
    excluded: Mapping[str, Collection[str]],
) -> Assignment:
    """Section 5 for one stage: assigned by ticket, then mixed if every seat is filled and there is one."""
    key = stage_key(number, seed=seed, stage=stage)
    assignment = assign(key, demands=demands, limits=limits, excluded=excluded)
    if not assignment.is_full or not assignment.network.asked:
        return assignment
    mixing_key = stage_key(number, seed=seed, stage=stage + MIX)
    seats = mix(mixing_key, network=assignment.network, level=assignment.load, seats=assignment.seats)
    return assignment._replace(seats=seats)


def _unfilled(drawn: Sequence[Mapping[str, Any]], leaves: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The expert seats nobody could be found for, by enterprise id."""
    missing = {one["enterprise"]: leaves[one["enterprise"]]["experts_wanted"] - len(one["experts"]) for one in drawn}
    return [{"enterprise": place, "missing": missing[place]} for place in sorted(missing) if missing[place]]
