"""What happens after a draw follows from the draw: who comes instead is nobody's choice."""

from __future__ import annotations

import pytest

from draws.engine import (
    ProtocolError,
    add_people,
    apply_amendment,
    invite_expert,
    next_enterprise,
    next_person,
    public_record,
    replace_enterprise,
    replace_person,
    run_draw,
    standing_after_draw,
    verify_record,
)


def standing_of(given):
    drawing = run_draw(given)
    leaves = {leaf["enterprise"]: leaf for leaf in given["leaves"]}
    seed = bytes.fromhex(drawing.seed)
    return standing_after_draw(given["sealed"], seed=seed, result=drawing.result, leaves=leaves)


def verified(given, amendments):
    return verify_record(public_record(given, drawing=run_draw(given), amendments=amendments))


def codes(function, *args, **kwargs):
    with pytest.raises(ProtocolError) as refusal:
        function(*args, **kwargs)
    return refusal.value.code


def test_a_replaced_person_is_followed_by_the_one_the_rule_names(make_input, note):
    given = make_input()
    standing = standing_of(given)
    place = standing.entries[0]
    out = place["inspectors"][0]
    made = replace_person(
        standing, stage="inspectors", enterprise=place["enterprise"], out=out, why="recused", note=note
    )
    assert made["in"] not in {None, out}
    assert apply_amendment(standing, made).entries[0]["inspectors"] == [made["in"]]
    assert verified(given, [made]).passed


def test_somebody_unavailable_is_not_named_anywhere_again(make_input, note):
    standing = standing_of(make_input(inspectors={"P1": 9, "P2": 9}))
    enterprise, out = standing.entries[0]["enterprise"], standing.entries[0]["inspectors"][0]
    made = replace_person(standing, stage="inspectors", enterprise=enterprise, out=out, why="unavailable", note=note)
    after = apply_amendment(standing, made)
    assert next_person(after, stage="inspectors", enterprise=enterprise) is None


def test_the_rule_passes_over_those_whose_limit_is_reached(make_input):
    given = make_input(take=1, inspectors={"P1": 1, "P2": 0})
    standing = standing_of(given)
    assert next_person(standing, stage="inspectors", enterprise=standing.entries[0]["enterprise"]) is None


def test_nobody_is_appointed_while_the_rule_names_somebody(make_input, note):
    standing = standing_of(make_input())
    fields = {"stage": "inspectors", "enterprise": standing.entries[0]["enterprise"], "why": "recused", "note": note}
    out = standing.entries[0]["inspectors"][0]
    assert codes(replace_person, standing, out=out, appoint="外来", **fields) == "rule_names"


def test_when_the_rule_names_nobody_the_seat_falls_away_or_the_head_appoints(make_input, note):
    given = make_input(take=1, inspectors={"P1": 1})
    standing = standing_of(given)
    fields = {"stage": "inspectors", "enterprise": standing.entries[0]["enterprise"], "out": "P1", "why": "recused"}
    left_empty = replace_person(standing, note=note, **fields)
    appointed = replace_person(standing, note=note, appoint="外来", **fields)
    assert (left_empty["in"], left_empty["appointed"]) == (None, False)
    assert (appointed["in"], appointed["appointed"]) == ("外来", True)
    assert verified(given, [left_empty]).passed
    assert verified(given, [appointed]).passed
    assert codes(replace_person, standing, note=note, appoint="P1", **fields) == "may_not_come"


def test_nobody_is_replaced_who_has_no_seat_there(make_input, note):
    standing = standing_of(make_input())
    fields = {"stage": "inspectors", "out": "X", "why": "recused", "note": note}
    assert codes(replace_person, standing, enterprise=standing.entries[0]["enterprise"], **fields) == "not_seated"
    assert codes(replace_person, standing, enterprise="X", **fields) == "not_standing"


def test_an_enterprise_is_followed_by_the_first_reserve_of_its_stratum(make_input, note):
    given = make_input()
    standing = standing_of(given)
    gone = standing.entries[0]["enterprise"]
    successor = next_enterprise(standing, enterprise=gone)
    leaf = next(one for one in given["leaves"] if one["enterprise"] == successor)
    made = replace_enterprise(standing, enterprise=gone, leaf=leaf, note=note)
    after = apply_amendment(standing, made)
    assert after.entries[0]["enterprise"] == successor not in {gone, standing.entries[1]["enterprise"]}
    assert len(made["outcome"]["inspectors"]) == 1
    assert verified(given, [made]).passed


def test_an_enterprise_without_a_reserve_only_falls_away(make_input, note):
    given = make_input(take=9)
    standing = standing_of(given)
    made = replace_enterprise(standing, enterprise="E2", note=note)
    assert (made["in"], made["leaf"], made["outcome"]) == (None, None, None)
    assert len(apply_amendment(standing, made).entries) == 3
    assert verified(given, [made]).passed


def test_a_successor_needs_its_own_leaf_as_sealed(make_input, note):
    given = make_input()
    standing = standing_of(given)
    gone = standing.entries[0]["enterprise"]
    other = next(one for one in given["leaves"] if one["enterprise"] == gone)
    wanted = {**other, "enterprise": next_enterprise(standing, enterprise=gone)}
    assert codes(replace_enterprise, standing, enterprise=gone, note=note) == "leaf_needed"
    assert codes(replace_enterprise, standing, enterprise=gone, leaf=other, note=note) == "leaf_of_another"
    assert codes(replace_enterprise, standing, enterprise=gone, leaf=wanted, note=note) == "seal_mismatch"


def test_a_blocked_draw_is_solved_by_adding_people(make_input, note):
    given = make_input(take=2, per_enterprise=2, inspectors={"P1": 2, "P2": 1})
    standing = standing_of(given)
    assert standing.blocked
    assert standing.entries[0]["inspectors"] == []
    made = add_people(standing, people={"P9": 1}, excluded={}, note=note)
    after = apply_amendment(standing, made)
    assert (made["blocked"], after.blocked) == (None, False)
    assert [len(one["inspectors"]) for one in after.entries] == [2, 2]
    assert verified(given, [made]).passed


def test_adding_too_few_leaves_it_blocked_and_says_who_is_in_the_way(make_input, note):
    given = make_input(take=2, per_enterprise=2, inspectors={"P1": 1})
    made = add_people(standing_of(given), people={"P9": 1}, excluded={"E1": ["P9"]}, note=note)
    assert made["outcomes"] == []
    assert made["blocked"]["need"] > made["blocked"]["have"]
    assert verified(given, [made]).passed


def test_people_are_added_only_while_the_draw_is_blocked(make_input, note):
    assert codes(add_people, standing_of(make_input()), people={"P9": 1}, excluded={}, note=note) == "not_blocked"


def test_an_invited_expert_takes_a_further_seat_unless_they_may_not_come(make_input, note):
    given = make_input(take=9, excluded_experts={"E1": ["Z1"]})
    standing = standing_of(given)
    made = invite_expert(standing, enterprise="E2", expert="Z1", note=note)
    after = apply_amendment(standing, made)
    assert after.entry("E2")["experts"] == ["Z1"]
    assert codes(invite_expert, standing, enterprise="E1", expert="Z1", note=note) == "may_not_come"
    assert codes(invite_expert, after, enterprise="E2", expert="Z1", note=note) == "already_seated"
    assert verified(given, [made]).passed


def test_amendments_are_numbered_and_an_earlier_standing_stays_as_it_was(make_input, note):
    standing = standing_of(make_input(take=9))
    first = invite_expert(standing, enterprise="E1", expert="Z1", note=note)
    after = apply_amendment(standing, first)
    assert invite_expert(after, enterprise="E1", expert="Z2", note=note)["number"] == 2
    assert (standing.count, standing.entry("E1")["experts"]) == (0, [])


FORM_REFUSALS = {
    "no kind": ({"kind": None}, "not_one_of", "amendments[0].kind"),
    "a kind of its own": ({"kind": "redraw"}, "not_one_of", "amendments[0].kind"),
    "a float": ({"number": 1.0}, "float", "amendments[0].number"),
    "something extra": ({"note": ""}, "extra_key", "amendments[0]"),
    "a stage of its own": ({"stage": "drivers"}, "not_one_of", "amendments[0].stage"),
    "a reason that is no text": ({"reason": None}, "not_text", "amendments[0].reason"),
    "true as a word": ({"appointed": "false"}, "not_boolean", "amendments[0].appointed"),
    "someone else coming in": ({"in": "P9"}, "differs", "amendments[0].in"),
    "an enterprise that does not stand": ({"enterprise": "X"}, "not_standing", "amendments[0].enterprise"),
}


@pytest.mark.parametrize("name", FORM_REFUSALS)
def test_verifying_refuses_an_amendment_with(name, make_input, note):
    change, code, place = FORM_REFUSALS[name]
    given = make_input()
    standing = standing_of(given)
    entry = standing.entries[0]
    made = replace_person(
        standing,
        stage="inspectors",
        enterprise=entry["enterprise"],
        out=entry["inspectors"][0],
        why="recused",
        note=note,
    )
    error = verified(given, [{**made, **change}]).error
    assert (error.code, error.place) == (code, place)


@pytest.mark.parametrize("name", ["blocked_amended", "mixed_amended", "unfilled_amended"])
def test_the_standing_after_a_record_is_handed_on_for_the_next_amendment(name, vector, note):
    record = vector(name)["record"]
    standing = verify_record(record).standing
    made = invite_expert(standing, enterprise=standing.entries[0]["enterprise"], expert="新请", note=note)
    assert made["number"] == len(record["amendments"]) + 1
    assert verify_record({**record, "amendments": [*record["amendments"], made]}).passed
