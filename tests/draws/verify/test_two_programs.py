"""Two programs written apart from each other, Python's and the browser's, never disagree."""

from __future__ import annotations

import random

import pytest

from draws.engine import build_leaf, build_sealed_record, commit, run_draw, seal_leaf, verify_record
from tests.draws.verify.conftest import load
from tests.draws.verify.small_draws import amended_record, hex_text, small_input

DRAWS = 120
RUN_ALL = """async (inputs) => {
  const { runDraw } = await import("/static/js/draw/draw.js");
  return inputs.map((one) => runDraw(one));
}"""
VERDICTS = """async (records) => {
  const { verifyRecord } = await import("/static/js/draw/verify.js");
  const failure = (record) => [...verifyRecord(record)].find((one) => one.ok === false);
  return records.map((one) => failure(one)?.place.path ?? null);
}"""
ANYTHING = (
    *(None, True, False, 0, 1, -1, 2**53 - 1, "", "a", "甲", "e\u0301", "f" * 64, "F" * 64, "announced", "recused"),
    *([], ["a"], ["b", "a"], ["a", "a"], {}, {"a": 1}, {"甲": 1}, [None], [[]], "inspectors", "experts"),
)


@pytest.fixture(scope="module")
def inputs():
    return [small_input(random.Random(f"draw {number}")) for number in range(DRAWS)]


def test_they_draw_the_same(inputs, modules):
    expected = [run_draw(one).as_output() for one in inputs]
    assert modules.evaluate(RUN_ALL, inputs) == expected
    results = [one["result"] for one in expected]
    assert sum(one["blocked"] is not None for one in results) > 10
    assert sum(bool(one["unfilled"]) for one in results) > 10
    assert sum(one["load"]["inspectors"] > 1 for one in results) > 10


def test_they_accept_the_same_amendments(inputs, modules):
    records = [amended_record(random.Random(f"amend {number}"), given) for number, given in enumerate(inputs)]
    assert all(verify_record(one).passed for one in records)
    assert modules.evaluate(VERDICTS, records) == [None] * len(records)
    kinds = [one["kind"] for record in records for one in record["amendments"]]
    assert all(
        kinds.count(kind) > 15 for kind in ("person_replaced", "enterprise_replaced", "people_added", "expert_invited")
    )


def test_they_undo_the_same_excursions_when_nobody_has_room_to_spare(modules):
    given = without_slack()
    assert modules.evaluate(RUN_ALL, [given]) == [run_draw(given).as_output()]


def without_slack(places=150):
    """300 people for 300 seats, one each: a walk of 256 steps ends in time only about every second time."""
    chance = random.Random("no slack")
    number, secret = "SLYJ-2026-0300", hex_text(chance)
    leaves = [build_leaf(f"E{one:03d}", salt=hex_text(chance), experts_wanted=0) for one in range(places)]
    sealed = build_sealed_record(
        number,
        mode="announced",
        about={},
        strata=[{"id": "a", "take": places}],
        enterprises=[{"id": one["enterprise"], "stratum": "a", "seal": seal_leaf(number, one)} for one in leaves],
        per_enterprise=2,
        inspectors={f"P{one:03d}": 1 for one in range(2 * places)},
        experts={},
        item_groups=[],
        items=[],
        secret_commitment=commit(number, secret),
        sources=["甲"],
    )
    contributions = [{"source": "甲", "text": "6"}]
    return {"sealed": sealed, "secret": secret, "contributions": contributions, "leaves": leaves}


def somewhere(chance, value):
    """A random container inside the value, and one of its keys."""
    at, key = value, chance.choice(list(value))
    while isinstance(at[key], dict | list) and at[key] and chance.random() < 0.85:
        at = at[key]
        key = chance.choice(list(at) if isinstance(at, dict) else range(len(at)))
    return at, key


@pytest.mark.parametrize("name", ["mixed_amended", "blocked_amended", "unfilled_amended"])
def test_they_refuse_the_same_nonsense(name, modules):
    chance = random.Random(name)
    records = []
    for _ in range(120):
        record = load(name)["record"]
        at, key = somewhere(chance, record)
        at[key] = chance.choice(ANYTHING)
        records.append(record)
    expected = [verify_record(one).passed for one in records]
    assert [place is None for place in modules.evaluate(VERDICTS, records)] == expected
