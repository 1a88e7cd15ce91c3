"""Replaying published amendments: each must have its form, and be what the rules give.

Not bound by anything: the reader texts (reason, approved_by, at), and whom the head
appointed or invited. Those are decisions and records of people, and stand as published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .amendments import (
    READER_TEXTS,
    WHYS,
    add_people,
    apply_amendment,
    invite_expert,
    replace_enterprise,
    replace_person,
)
from .difference import check_same
from .errors import ProtocolError
from .sealed_record import check_people
from .shape import (
    check_boolean,
    check_id,
    check_list,
    check_object,
    check_one_of,
    check_plain,
    check_rising,
    check_sorted_ids,
    check_text,
    check_unique,
)
from .standing import STAGES, Standing
from .tickets import INSPECTORS

FIELDS = {
    "person_replaced": ("stage", "enterprise", "out", "why", "in", "appointed"),
    "enterprise_replaced": ("enterprise", "in", "leaf", "outcome"),
    "people_added": ("stage", "people", "excluded", "blocked", "outcomes"),
    "expert_invited": ("enterprise", "in"),
}
KINDS = tuple(FIELDS)


def replay_amendment(standing: Standing, amendment: Any, place: str) -> Standing:
    """Check a published amendment: its form, and that the rules give the same. Returns the next standing."""
    check_form(amendment, place)
    try:
        expected = _RECOMPUTE[amendment["kind"]](standing, amendment)
    except ProtocolError as error:
        raise ProtocolError(error.code, f"{place}.{error.place}", **error.params) from None
    check_same(amendment, expected, place)
    return apply_amendment(standing, amendment)


def check_form(amendment: Any, place: str) -> None:
    """The keys and types of an amendment; the rules are not looked at."""
    kind = amendment.get("kind") if type(amendment) is dict else None
    if type(amendment) is dict and "kind" in amendment:
        check_one_of(kind, f"{place}.kind", allowed=KINDS)
    check_object(amendment, place, keys=("number", "kind", *READER_TEXTS, *FIELDS.get(kind or "", ())))
    check_plain(amendment, place)
    for name in READER_TEXTS:
        check_text(amendment[name], f"{place}.{name}")
    if "enterprise" in amendment:
        check_id(amendment["enterprise"], f"{place}.enterprise")
    _CHECK_FORM[kind or ""](amendment, place)


def _check_person_replaced(given: Mapping[str, Any], place: str) -> None:
    check_one_of(given["stage"], f"{place}.stage", allowed=STAGES)
    check_one_of(given["why"], f"{place}.why", allowed=WHYS)
    check_id(given["out"], f"{place}.out")
    check_boolean(given["appointed"], f"{place}.appointed")
    if given["in"] is not None or given["appointed"]:
        check_id(given["in"], f"{place}.in")


def _check_people_added(given: Mapping[str, Any], place: str) -> None:
    check_one_of(given["stage"], f"{place}.stage", allowed=(INSPECTORS,))
    check_people(given["people"], f"{place}.people")
    check_list(given["excluded"], f"{place}.excluded")
    for index, one in enumerate(given["excluded"]):
        at = f"{place}.excluded[{index}]"
        check_object(one, at, keys=("enterprise", "people"))
        check_id(one["enterprise"], f"{at}.enterprise")
        check_sorted_ids(one["people"], f"{at}.people")
    enterprises = [one["enterprise"] for one in given["excluded"]]
    check_unique(enterprises, f"{place}.excluded", field=".enterprise")
    check_rising(enterprises, f"{place}.excluded", field=".enterprise")


def _check_expert_invited(given: Mapping[str, Any], place: str) -> None:
    check_id(given["in"], f"{place}.in")


def _check_enterprise_replaced(given: Mapping[str, Any], place: str) -> None:
    if given["in"] is not None:
        check_id(given["in"], f"{place}.in")


_CHECK_FORM: dict[str, Callable[[Mapping[str, Any], str], None]] = {
    "person_replaced": _check_person_replaced,
    "enterprise_replaced": _check_enterprise_replaced,
    "people_added": _check_people_added,
    "expert_invited": _check_expert_invited,
}


def _recompute_person(standing: Standing, given: Mapping[str, Any]) -> dict[str, Any]:
    return replace_person(
        standing,
        stage=given["stage"],
        enterprise=given["enterprise"],
        out=given["out"],
        why=given["why"],
        note=given,
        appoint=given["in"] if given["appointed"] else None,
    )


def _recompute_people(standing: Standing, given: Mapping[str, Any]) -> dict[str, Any]:
    return add_people(
        standing,
        people={one["id"]: one["limit"] for one in given["people"]},
        excluded={one["enterprise"]: one["people"] for one in given["excluded"]},
        note=given,
    )


_RECOMPUTE: dict[str, Callable[[Standing, Mapping[str, Any]], dict]] = {
    "person_replaced": _recompute_person,
    "enterprise_replaced": lambda standing, given: replace_enterprise(
        standing, enterprise=given["enterprise"], leaf=given["leaf"], note=given
    ),
    "people_added": _recompute_people,
    "expert_invited": lambda standing, given: invite_expert(
        standing, enterprise=given["enterprise"], expert=given["in"], note=given
    ),
}
