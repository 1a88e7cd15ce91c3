"""The protocol's own examples: exactly these outputs, and these records verify."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from draws.engine import run_draw, verify_record

VECTORS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path(__file__).parent.glob("vectors/*")}
DRAWS = sorted(name for name, vector in VECTORS.items() if "output" in vector)
RECORDS = sorted(name for name, vector in VECTORS.items() if "record" in vector)


def test_the_vectors_are_here():
    assert (len(DRAWS), len(RECORDS)) == (10, 3)


@pytest.mark.parametrize("name", DRAWS)
def test_it_draws_exactly_what_the_protocol_says(name):
    assert run_draw(VECTORS[name]["input"]).as_output() == VECTORS[name]["output"]


@pytest.mark.parametrize("name", DRAWS)
def test_leaves_and_contributions_may_come_in_any_order(name):
    given = VECTORS[name]["input"]
    turned = {**given, "leaves": given["leaves"][::-1], "contributions": given["contributions"][::-1]}
    assert run_draw(turned).as_output() == VECTORS[name]["output"]


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_with_amendments_verifies(name):
    verification = verify_record(VECTORS[name]["record"])
    assert verification.line.startswith("核验通过：")
    assert all(step.passed for step in verification.steps)


@pytest.mark.parametrize("name", RECORDS)
def test_drawing_leaves_its_input_as_it_was(name):
    before = json.dumps(VECTORS[name]["record"])
    verify_record(VECTORS[name]["record"])
    assert json.dumps(VECTORS[name]["record"]) == before
