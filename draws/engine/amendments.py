"""Amendments: what may happen after a draw, worked out by the rules of the draw itself.

Each function takes how the draw stands and what has happened, and returns the amendment:
who comes instead follows from the tickets, not from anybody's choice. `apply_amendment`
then gives the next standing; `replay` checks published ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from .assignment import blocking_set
from .drawing import assign_inspectors
from .errors import ProtocolError
from .items import select_items
from .seal import check_leaf, check_seal
from .sealed_record import people_list
from .shape import check_id, check_one_of, check_text
from .standing import STAGES, Standing, next_enterprise, next_person, seat_by_rule
from .tickets import ENTERPRISES, EXPERTS, INSPECTORS, ITEMS, ticket

READER_TEXTS = ("reason", "approved_by", "at")
WHYS = ("unavailable", "recused")

Note = Mapping[str, str]


def replace_person(
    standing: Standing,
    *,
    stage: str,
    enterprise: str,
    out: str,
    why: str,
    note: Note,
    appoint: str | None = None,
) -> dict[str, Any]:
    """Somebody cannot go: `why` is "unavailable" (nowhere in this stage) or "recused" (not there).

    Their seat goes to whom the person rule names. Only when it names nobody may `appoint`
    name somebody, or the seat falls away. `note` holds reason, approved_by and at.
    """
    check_one_of(stage, "stage", allowed=STAGES)
    check_one_of(why, "why", allowed=WHYS)
    freed = _without(standing, stage=stage, enterprise=enterprise, out=out, why=why)
    named = next_person(freed, stage=stage, enterprise=enterprise)
    if appoint is not None:
        _check_appointed(freed, stage=stage, enterprise=enterprise, named=named, person=appoint, out=out)
    return _amendment(
        standing,
        "person_replaced",
        note,
        {
            "stage": stage,
            "enterprise": enterprise,
            "out": out,
            "why": why,
            "in": appoint if appoint is not None else named,
            "appointed": appoint is not None,
        },
    )


def replace_enterprise(
    standing: Standing, *, enterprise: str, note: Note, leaf: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """An enterprise falls away, and the first reserve of its stratum stands where it stood.

    `next_enterprise` says who that is; `leaf` must be that one's leaf (None if there is none).
    """
    successor = next_enterprise(standing, enterprise=enterprise)
    outcome = None
    if successor is None:
        if leaf is not None:
            raise ProtocolError("no_reserve", "leaf")
    else:
        checked = _checked_leaf(standing, leaf, successor=successor)
        outcome = _outcome_of(standing, enterprise=enterprise, leaf=checked)
    return _amendment(
        standing,
        "enterprise_replaced",
        note,
        {"enterprise": enterprise, "in": successor, "leaf": leaf, "outcome": outcome},
    )


def add_people(
    standing: Standing, *, people: Mapping[str, int], excluded: Mapping[str, Iterable[str]], note: Note
) -> dict[str, Any]:
    """While the draw is blocked: further inspectors (or new limits), and the assignment once more with the same seed.

    `people` gives their limits, `excluded` says by enterprise which of them may not go there.
    """
    if not standing.blocked:
        raise ProtocolError("not_blocked", "kind")
    added = people_list(people)
    barred = [{"enterprise": one, "people": sorted(set(excluded[one]))} for one in sorted(excluded)]
    blocked, outcomes = _assigned_again(_with_people(standing, added, barred))
    return _amendment(
        standing,
        "people_added",
        note,
        {"stage": INSPECTORS, "people": added, "excluded": barred, "blocked": blocked, "outcomes": outcomes},
    )


def invite_expert(standing: Standing, *, enterprise: str, expert: str, note: Note) -> dict[str, Any]:
    """The head invites an expert to a further seat, for an unfilled one or a specially complex enterprise."""
    check_id(expert, "in")
    _check_can_join(standing, stage=EXPERTS, enterprise=enterprise, person=expert)
    return _amendment(standing, "expert_invited", note, {"enterprise": enterprise, "in": expert})


def apply_amendment(standing: Standing, amendment: Mapping[str, Any]) -> Standing:
    """How the draw stands after an amendment one of the functions above returned. Nothing is checked."""
    return replace(_APPLY[amendment["kind"]](standing, amendment), count=standing.count + 1)


# -- what each kind does to the standing


def _without(standing: Standing, *, stage: str, enterprise: str, out: str, why: str) -> Standing:
    """The seat freed, and the person from now on unavailable or recused."""
    seated = standing.entry(enterprise)[stage]
    if out not in seated:
        raise ProtocolError("not_seated", "out", person=out, enterprise=enterprise)
    freed = standing.with_entry(enterprise, **{stage: [one for one in seated if one != out]})
    if why == "unavailable":
        return replace(freed, unavailable=freed.unavailable | {(stage, out)})
    return replace(freed, barred=freed.barred | {(stage, enterprise, out)})


def _apply_person_replaced(standing: Standing, given: Mapping[str, Any]) -> Standing:
    stage, enterprise, out = given["stage"], given["enterprise"], given["out"]
    freed = _without(standing, stage=stage, enterprise=enterprise, out=out, why=given["why"])
    seated = list(standing.entry(enterprise)[stage])
    position = seated.index(out)
    seated[position : position + 1] = [] if given["in"] is None else [given["in"]]
    return freed.with_entry(enterprise, **{stage: seated})


def _apply_enterprise_replaced(standing: Standing, given: Mapping[str, Any]) -> Standing:
    after = [
        given["outcome"] if one["enterprise"] == given["enterprise"] else one
        for one in standing.entries
        if one["enterprise"] != given["enterprise"] or given["outcome"] is not None
    ]
    if given["in"] is None:
        return replace(standing, entries=tuple(after))
    leaves = {**standing.leaves, given["in"]: given["leaf"]}
    return replace(standing, entries=tuple(after), leaves=leaves, used=standing.used | {given["in"]})


def _apply_people_added(standing: Standing, given: Mapping[str, Any]) -> Standing:
    after = _with_people(standing, given["people"], given["excluded"])
    for one in given["outcomes"]:
        after = after.with_entry(one["enterprise"], inspectors=list(one["people"]))
    return replace(after, blocked=given["blocked"] is not None)


def _apply_expert_invited(standing: Standing, given: Mapping[str, Any]) -> Standing:
    experts = [*standing.entry(given["enterprise"])[EXPERTS], given["in"]]
    return standing.with_entry(given["enterprise"], experts=experts)


def _with_people(
    standing: Standing, people: Iterable[Mapping[str, Any]], excluded: Iterable[Mapping[str, Any]]
) -> Standing:
    limits = {**standing.limits[INSPECTORS], **{one["id"]: one["limit"] for one in people}}
    barred = {(INSPECTORS, one["enterprise"], person) for one in excluded for person in one["people"]}
    return replace(standing, limits={**standing.limits, INSPECTORS: limits}, barred=standing.barred | barred)


_APPLY: dict[str, Callable[[Standing, Mapping[str, Any]], Standing]] = {
    "person_replaced": _apply_person_replaced,
    "enterprise_replaced": _apply_enterprise_replaced,
    "people_added": _apply_people_added,
    "expert_invited": _apply_expert_invited,
}


# -- working out


def _outcome_of(standing: Standing, *, enterprise: str, leaf: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of the enterprise that comes in, where `enterprise` stood."""
    successor = leaf["enterprise"]
    bare = {
        "enterprise": successor,
        "experts": [],
        "inspectors": [],
        "items": select_items(
            standing.key(ITEMS),
            enterprise=successor,
            items=standing.sealed["items"],
            excluded=leaf["excluded_items"],
        ),
        "stratum": standing.entry(enterprise)["stratum"],
        "ticket": ticket(standing.key(ENTERPRISES), successor).hex(),
    }
    given = {"enterprise": enterprise, "in": successor, "leaf": leaf, "outcome": bare}
    seats = {INSPECTORS: standing.sealed["inspectors"]["per_enterprise"], EXPERTS: leaf["experts_wanted"]}
    after = _apply_enterprise_replaced(standing, given)
    for stage in STAGES:
        after = seat_by_rule(after, stage=stage, enterprise=successor, seats=seats[stage])
    return dict(after.entry(successor))


def _assigned_again(standing: Standing) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Section 5 once more over everybody: the blocking set, or who goes where in the order of the entries."""
    places = [one["enterprise"] for one in standing.entries]
    assignment = assign_inspectors(
        standing.sealed,
        seed=standing.seed,
        leaves={place: standing.leaves[place] for place in places},
        limits=standing.limits[INSPECTORS],
        excluded={place: _kept_away(standing, place) for place in places},
    )
    if not assignment.is_full:
        return blocking_set(assignment).as_result(), []
    return None, [{"enterprise": place, "people": assignment.seats[place]} for place in places]


def _kept_away(standing: Standing, enterprise: str) -> list[str]:
    barred = [person for stage, place, person in standing.barred if (stage, place) == (INSPECTORS, enterprise)]
    return [*standing.leaves[enterprise]["excluded_inspectors"], *barred]


def _checked_leaf(standing: Standing, leaf: Any, *, successor: str) -> Mapping[str, Any]:
    if leaf is None:
        raise ProtocolError("leaf_needed", "leaf", enterprise=successor)
    check_leaf(leaf, "leaf")
    if leaf["enterprise"] != successor:
        raise ProtocolError("leaf_of_another", "leaf.enterprise", enterprise=successor, found=leaf["enterprise"])
    check_seal(standing.sealed["draw"], leaf, seals=standing.seals, place="leaf")
    return dict(leaf)


def _check_appointed(freed: Standing, *, stage: str, enterprise: str, named: str | None, person: str, out: str) -> None:
    """The head may appoint only when the rule names nobody, and nobody who may not come."""
    check_id(person, "in")
    if named is not None:
        raise ProtocolError("rule_names", "in", person=named)
    if person == out:
        raise ProtocolError("may_not_come", "in", person=person, enterprise=enterprise)
    _check_can_join(freed, stage=stage, enterprise=enterprise, person=person)


def _check_can_join(standing: Standing, *, stage: str, enterprise: str, person: str) -> None:
    if person in standing.entry(enterprise)[stage]:
        raise ProtocolError("already_seated", "in", person=person, enterprise=enterprise)
    if not standing.may_come(stage=stage, enterprise=enterprise, person=person):
        raise ProtocolError("may_not_come", "in", person=person, enterprise=enterprise)


def _amendment(standing: Standing, kind: str, note: Note, fields: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: note[name] for name in READER_TEXTS}
    for name, text in texts.items():
        check_text(text, name)
    return {"number": standing.count + 1, "kind": kind, **texts, **fields}
