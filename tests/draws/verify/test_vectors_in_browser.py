"""The protocol's vectors hold in Chromium too: another program, written from the text, gives the same answers."""

from __future__ import annotations

from hashlib import sha256

import pytest

from draws.engine import canonical_json
from tests.draws.verify.conftest import NAMES, load, record_of

RUN = """async (input) => {
  const { runDraw } = await import("/static/js/draw/draw.js");
  return runDraw(input);
}"""
STEPS = ["seal", "seed", "tickets", "people", "items", "amendments", "envelopes"]


@pytest.mark.parametrize("name", [name for name in NAMES if "input" in load(name)])
def test_the_input_gives_exactly_the_output(name, modules):
    vector = load(name)
    assert modules.evaluate(RUN, vector["input"]) == vector["output"]


@pytest.mark.parametrize("name", NAMES)
def test_the_record_verifies_step_by_step(name, verify):
    record = record_of(name)
    read, *steps = verify(record)
    assert (read["ok"], read["number"], read["kinds"]) == (True, record["sealed"]["draw"], ["record"])
    assert [one["step"] for one in steps] == STEPS
    assert {one["ok"] for one in steps[:-1]} == {True}
    assert steps[-1]["ok"] is (True if "openings" in record else None)


def test_a_vector_file_itself_may_be_dropped(verify):
    assert verify(load("mixed_amended"))[1]["ok"] is True


def test_every_number_that_was_compared_is_shown(verify):
    record = record_of("mixed_amended")
    seal, seed = verify(record)[1:3]
    assert [one["stated"] for one in seal["compared"]] == [record["sealed_hash"]]
    assert [one["computed"] for one in seed["compared"]] == [record["sealed"]["secret_commitment"], record["seed"]]
    assert ["候选企业", 70] in seal["counts"]


def test_every_amendment_is_said_in_plain_words(verify):
    record = record_of("mixed_amended")
    steps = {one["step"]: one for one in verify(record)}
    lines = steps["amendments"]["counts"][2:]
    assert len(lines) == len(record["amendments"])
    for (label, words), given in zip(lines, record["amendments"], strict=True):
        assert label.startswith(f"变更 {given['number']}：")
        assert f"“{given['approved_by']}”批准" in words
        assert sha256(canonical_json(given)).hexdigest()[:16] in words
        assert all(given[name] in words for name in ("enterprise", "out", "in") if given.get(name))


def test_every_opened_envelope_is_said_with_its_own_number(verify):
    record = record_of("covert")
    counts = {one["step"]: one for one in verify(record)}["envelopes"]["counts"]
    said = " ".join(words for _label, words in counts)
    assert record["envelopes"]
    assert all(envelope[:16] in said for envelope in record["envelopes"])
