"""The sealed record: the pool and the rules, as they stood before any randomness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .canonical import PROTOCOL
from .errors import ProtocolError, shown
from .shape import (
    check_count,
    check_hex,
    check_id,
    check_ids,
    check_list,
    check_object,
    check_one_of,
    check_plain,
    check_rising,
    check_unique,
)

MODES = ("announced", "notified", "covert")
KEYS = (
    "about",
    "draw",
    "enterprises",
    "experts",
    "inspectors",
    "items",
    "mode",
    "protocol",
    "secret_commitment",
    "sources",
    "strata",
)


def build_sealed_record(
    number: str,
    *,
    mode: str,
    about: Mapping[str, Any],
    strata: Iterable[Mapping[str, Any]],
    enterprises: Iterable[Mapping[str, str]],
    per_enterprise: int,
    inspectors: Mapping[str, int],
    experts: Mapping[str, int],
    item_groups: Iterable[Mapping[str, Any]],
    items: Iterable[Mapping[str, str]],
    secret_commitment: str,
    sources: Sequence[str],
) -> dict[str, Any]:
    """The sealed record from business keys in any order; sorted as said, and checked.

    `inspectors` and `experts` give each person's limit: `{"18067478850": 6}`.
    Raises ProtocolError where the protocol refuses.
    """
    record = {
        "protocol": PROTOCOL,
        "draw": number,
        "mode": mode,
        "about": dict(about),
        "strata": [dict(one) for one in strata],
        "enterprises": sorted((dict(one) for one in enterprises), key=lambda one: one["id"]),
        "inspectors": {"per_enterprise": per_enterprise, "people": people_list(inspectors)},
        "experts": {"people": people_list(experts)},
        "items": {"groups": [dict(one) for one in item_groups], "items": [dict(one) for one in items]},
        "secret_commitment": secret_commitment,
        "sources": list(sources),
    }
    check_sealed_record(record)
    return record


def people_list(limits: Mapping[str, int]) -> list[dict[str, Any]]:
    """`{"B": 2, "A": 6}` → `[{"id": "A", "limit": 6}, {"id": "B", "limit": 2}]`."""
    return [{"id": person, "limit": limits[person]} for person in sorted(limits)]


def check_sealed_record(record: Any, place: str = "sealed") -> None:
    """Everything section 1 of the protocol asks of the record itself; refuses with the place named."""
    check_object(record, place, keys=KEYS)
    check_one_of(record["protocol"], f"{place}.protocol", allowed=(PROTOCOL,))
    check_id(record["draw"], f"{place}.draw")
    check_one_of(record["mode"], f"{place}.mode", allowed=MODES)
    _check_about(record["about"], f"{place}.about")
    _check_strata(record["strata"], f"{place}.strata")
    check_pool(record["enterprises"], f"{place}.enterprises")
    check_object(record["inspectors"], f"{place}.inspectors", keys=("people", "per_enterprise"))
    check_count(record["inspectors"]["per_enterprise"], f"{place}.inspectors.per_enterprise")
    check_people(record["inspectors"]["people"], f"{place}.inspectors.people")
    check_object(record["experts"], f"{place}.experts", keys=("people",))
    check_people(record["experts"]["people"], f"{place}.experts.people")
    _check_items(record["items"], f"{place}.items")
    check_hex(record["secret_commitment"], f"{place}.secret_commitment")
    check_ids(record["sources"], f"{place}.sources")


def _check_about(about: Any, place: str) -> None:
    if type(about) is not dict:
        raise ProtocolError("not_object", place, found=shown(about))
    check_plain(about, place)


def _check_strata(strata: Any, place: str) -> None:
    check_list(strata, place)
    for index, one in enumerate(strata):
        check_object(one, f"{place}[{index}]", keys=("id", "take"))
        check_id(one["id"], f"{place}[{index}].id")
        check_count(one["take"], f"{place}[{index}].take")
    check_unique([one["id"] for one in strata], place, field=".id")


def check_pool(enterprises: Any, place: str) -> None:
    """The whole pool: id, stratum and seal of each, by rising id."""
    check_list(enterprises, place)
    for index, one in enumerate(enterprises):
        at = f"{place}[{index}]"
        check_object(one, at, keys=("id", "seal", "stratum"))
        check_id(one["id"], f"{at}.id")
        check_id(one["stratum"], f"{at}.stratum")
        check_hex(one["seal"], f"{at}.seal")
    _check_order([one["id"] for one in enterprises], place)


def check_people(people: Any, place: str) -> None:
    """People with their limits, by rising id."""
    check_list(people, place)
    for index, one in enumerate(people):
        check_object(one, f"{place}[{index}]", keys=("id", "limit"))
        check_id(one["id"], f"{place}[{index}].id")
        check_count(one["limit"], f"{place}[{index}].limit")
    _check_order([one["id"] for one in people], place)


def _check_order(ids: list[str], place: str) -> None:
    check_unique(ids, place, field=".id")
    check_rising(ids, place, field=".id")


def _check_items(items: Any, place: str) -> None:
    check_object(items, place, keys=("groups", "items"))
    _check_strata(items["groups"], f"{place}.groups")
    groups = {one["id"] for one in items["groups"]}
    check_list(items["items"], f"{place}.items")
    for index, one in enumerate(items["items"]):
        at = f"{place}.items[{index}]"
        check_object(one, at, keys=("group", "id"))
        check_id(one["id"], f"{at}.id")
        check_id(one["group"], f"{at}.group")
        if one["group"] not in groups:
            raise ProtocolError("unknown_group", f"{at}.group", found=one["group"])
    check_unique([one["id"] for one in items["items"]], f"{place}.items", field=".id")


def limits_of(people: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """`[{"id": "A", "limit": 6}]` → `{"A": 6}`."""
    return {one["id"]: one["limit"] for one in people}


def pool_of(sealed: Mapping[str, Any]) -> dict[str, list[str]]:
    """The pool's ids by stratum. Strata that are not listed are never drawn, and left out."""
    pool: dict[str, list[str]] = {one["id"]: [] for one in sealed["strata"]}
    for one in sealed["enterprises"]:
        if one["stratum"] in pool:
            pool[one["stratum"]].append(one["id"])
    return pool


def seals_of(sealed: Mapping[str, Any]) -> dict[str, str]:
    """Each enterprise's seal by its id."""
    return {one["id"]: one["seal"] for one in sealed["enterprises"]}
