"""A confidential draw: envelopes at once, openings later, and nothing exchanged meanwhile."""

from __future__ import annotations

import pytest

from draws.engine import ProtocolError, envelope, opens, public_record, run_draw, seal_envelopes, verify_record


@pytest.fixture
def covert(make_input, salt_of):
    """A covert draw's record with its openings and envelopes."""
    given = make_input(mode="covert", take=3)
    drawing = run_draw(given)
    salts = {one["enterprise"]: salt_of("信封" + one["enterprise"]) for one in drawing.result["drawn"]}
    envelopes, openings = seal_envelopes(given["sealed"]["draw"], drawing.result["drawn"], salts=salts)
    return {**public_record(given, drawing=drawing, openings=openings), "envelopes": envelopes}


def test_the_opened_record_verifies(covert):
    assert verify_record(covert).passed


def test_the_envelopes_are_sorted_and_do_not_tell_who_comes_first(covert):
    assert covert["envelopes"] == sorted(covert["envelopes"])
    assert len(set(covert["envelopes"])) == 3


def test_one_opened_outcome_is_found_in_the_envelopes(covert):
    number, outcome = covert["sealed"]["draw"], covert["openings"][1]
    assert opens(number, outcome, envelopes=covert["envelopes"])
    assert not opens(number, {**outcome, "inspectors": ["P9"]}, envelopes=covert["envelopes"])


def test_the_same_outcome_with_another_salt_is_another_envelope(covert):
    outcome = covert["openings"][0]
    assert envelope("N", outcome) != envelope("N", {**outcome, "salt": "0" * 64})


def test_it_refuses_an_outcome_that_was_exchanged(covert):
    covert["openings"][1]["inspectors"] = ["P9"]
    assert verify_record(covert).error.place == "openings[1].inspectors[0]"


def test_it_refuses_another_salt_than_the_one_in_the_envelope(covert):
    covert["openings"][1]["salt"] = "0" * 64
    assert verify_record(covert).error.place.startswith("envelopes[")


def test_it_refuses_an_enterprise_that_was_never_opened(covert):
    del covert["openings"][0]
    assert verify_record(covert).error.code == "opening_missing"


def test_it_refuses_an_opening_twice_or_of_a_stranger(covert):
    twice = {**covert, "openings": [*covert["openings"], covert["openings"][0]]}
    stranger = {**covert, "openings": [*covert["openings"][1:], {**covert["openings"][0], "enterprise": "X"}]}
    assert verify_record(twice).error.code == "duplicate"
    assert verify_record(stranger).error.code == "opening_unknown"


def test_every_drawn_enterprise_needs_its_own_salt(make_input):
    drawing = run_draw(make_input())
    with pytest.raises(ProtocolError) as refusal:
        seal_envelopes("N", drawing.result["drawn"], salts={})
    assert refusal.value.code == "draw_needs_salt"


@pytest.mark.parametrize("value", [None, {}, [None], [{}], "x", [["a"]]])
def test_openings_of_any_other_shape_are_refused_without_a_trace(covert, value):
    assert verify_record({**covert, "openings": value}).error.place.startswith("openings")
