"""A covert draw before it is open: what is public fits, and nothing more is claimed."""

from __future__ import annotations

import pytest

from tests.draws.verify.conftest import record_of


@pytest.fixture
def record():
    return record_of("covert")


@pytest.fixture
def closed(record):
    """The sealed record, and the envelopes with the first two opened, as the ledger publishes them."""
    envelopes = {
        "draw": record["sealed"]["draw"],
        "sealed_hash": record["sealed_hash"],
        "envelopes": record["envelopes"],
        "openings": record["openings"][:2],
    }
    return record["sealed"], envelopes


def by_step(steps):
    return {one["step"]: one for one in steps}


def test_the_seal_and_the_envelopes_are_checked_and_the_rest_is_left_open(closed, verify):
    steps = by_step(verify(*closed))
    assert {name for name, one in steps.items() if one["ok"]} == {"read", "seal", "envelopes"}
    assert {name for name, one in steps.items() if one["ok"] is None} == {
        *("seed", "tickets", "people", "items", "amendments")
    }
    assert ["已拆封", "2 个，全部相符"] in steps["envelopes"]["counts"]


def test_closed_envelopes_say_that_nothing_is_open(closed, verify):
    closed[1]["openings"] = []
    assert "都还封着" in by_step(verify(*closed))["envelopes"]["words"]


def test_an_exchanged_outcome_is_named(closed, verify):
    closed[1]["openings"][1]["inspectors"][0] = "冒名"
    failure = by_step(verify(*closed))["envelopes"]
    assert failure["ok"] is False
    assert failure["place"]["words"].startswith("拆封内容 第2家（")


def test_an_envelope_too_many_is_noticed(closed, verify):
    closed[1]["envelopes"] = sorted([*closed[1]["envelopes"], "0" * 64])
    assert "应有" in by_step(verify(*closed))["envelopes"]["words"]


def test_another_sealed_record_is_noticed(closed, verify):
    closed[0]["about"]["title"] = "改过"
    assert by_step(verify(*closed))["seal"]["place"]["words"] == "封存指纹"


def test_one_file_alone_says_which_other_is_needed(closed, verify):
    assert by_step(verify(closed[0]))["seal"]["ok"] is True
    assert by_step(verify(closed[0]))["envelopes"]["ok"] is None
    alone = by_step(verify(closed[1]))
    assert alone["seal"]["ok"] is None
    assert "sealed.json" in alone["seal"]["words"]
    assert alone["envelopes"]["ok"] is True


def test_an_opened_record_is_held_against_the_envelopes_of_the_day(record, closed, verify):
    whole = {key: value for key, value in record.items() if key != "envelopes"}
    assert by_step(verify(whole))["envelopes"]["ok"] is True
    assert by_step(verify(whole, closed[1]))["envelopes"]["counts"][0] == ["信封", f"{len(record['envelopes'])} 个"]
    closed[1]["envelopes"][0] = "0" * 64
    failure = by_step(verify(whole, closed[1]))["envelopes"]
    assert failure["place"]["words"] == "信封第1个"


def test_a_record_without_openings_says_that_the_envelopes_were_not_checked(record, verify):
    whole = {key: value for key, value in record.items() if key not in {"envelopes", "openings"}}
    envelopes = by_step(verify(whole))["envelopes"]
    assert envelopes["ok"] is None
    assert "没有核对" in envelopes["words"]
