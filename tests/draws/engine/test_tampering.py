"""One byte changed anywhere in a public record, and it does not verify.

Bound by nothing, and so left out here (the engine's README says it too): the reader texts of
amendments, whom the head appointed or invited, which people were added with which limits and
exclusions (as far as the outcome is the same), white space around a contributed text.
"""

from __future__ import annotations

import contextlib
import copy
import json
import random
from pathlib import Path

import pytest

from draws.engine import ProtocolError, parse, public_record, run_draw, seal_envelopes, verify_record

HERE = Path(__file__).parent
READER_TEXTS = ("reason", "approved_by", "at")


def covert_record():
    given = json.loads((HERE / "vectors" / "covert.json").read_text(encoding="utf-8"))["input"]
    drawing = run_draw(given)
    salts = {one["enterprise"]: "ab" * 32 for one in drawing.result["drawn"]}
    envelopes, openings = seal_envelopes(given["sealed"]["draw"], drawing.result["drawn"], salts=salts)
    return {**public_record(given, drawing=drawing, openings=openings), "envelopes": envelopes}


RECORDS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))["record"] for path in HERE.glob("vectors/*_amended.json")
}
RECORDS["covert"] = covert_record()


def bound(record):
    """The record without what nothing binds: two records with the same bound part are the same draw."""
    kept = copy.deepcopy(record)
    for amendment in kept["amendments"]:
        for name in READER_TEXTS:
            amendment.pop(name, None)
        if amendment.get("appointed") is True or amendment.get("kind") == "expert_invited":
            amendment.pop("in", None)
        if amendment.get("kind") == "people_added":
            amendment.pop("people", None)
            amendment.pop("excluded", None)
    for one in kept["contributions"]:
        one["text"] = one["text"].strip()
    return kept


def scalars(value, path=()):
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from scalars(one, (*path, key))
    else:
        yield path, value


def changed(value):
    """The value with as little as possible changed about it."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + 1
    return value[:-1] + ("1" if value[-1:] == "0" else "0")


def with_value(record, path, value):
    spoilt = copy.deepcopy(record)
    at = spoilt
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return spoilt


def assert_refused(record):
    verification = verify_record(record)
    assert not verification.passed
    assert verification.error.place
    assert "\n" not in verification.line


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_the_untouched_record_verifies(name):
    assert verify_record(RECORDS[name]).passed


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_no_value_can_be_changed_unnoticed(name):
    record = RECORDS[name]
    paths = [(path, value) for path, value in scalars(record)]
    outside_pool = [one for one in paths if one[0][:2] not in {("sealed", "enterprises"), ("sealed", "items")}]
    for path, value in outside_pool:
        spoilt = with_value(record, path, changed(value))
        if bound(spoilt) != bound(record):
            assert_refused(spoilt)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_no_value_of_the_pool_can_be_changed_unnoticed(name):
    record = RECORDS[name]
    within = [one for one in scalars(record) if one[0][:2] in {("sealed", "enterprises"), ("sealed", "items")}]
    for path, value in random.Random(5).sample(within, 60):
        assert_refused(with_value(record, path, changed(value)))


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_no_byte_of_the_file_can_be_changed_unnoticed(name):
    record = RECORDS[name]
    content = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    chance = random.Random(20261122)
    for _ in range(400):
        position = chance.randrange(len(content))
        spoilt = content[:position] + bytes([chance.randrange(256)]) + content[position + 1 :]
        found = read(spoilt)
        if found is not None and not (has_form(found) and bound(found) == bound(record)):
            assert_refused(found)


def read(content):
    """The value in the file; None if reading it is refused already, which is as good."""
    with contextlib.suppress(ProtocolError):
        return parse(content)
    return None


def has_form(found):
    try:
        bound(found)
    except (KeyError, TypeError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_nothing_can_be_left_out(name):
    for key in RECORDS[name]:
        spoilt = {one: value for one, value in RECORDS[name].items() if one != key}
        assert verify_record(spoilt).passed is (key == "envelopes")


def test_an_amendment_cannot_be_struck_from_the_middle(vector):
    record = vector("mixed_amended")["record"]
    del record["amendments"][1]
    assert verify_record(record).error.place == "amendments[1].number"


def test_a_leaf_that_was_not_drawn_is_not_in_the_record(vector):
    record = vector("mixed_amended")["record"]
    record["leaves"].append(record["amendments"][2]["leaf"])
    error = verify_record(record).error
    assert (error.code, error.place) == ("leaf_not_drawn", "leaves[15].enterprise")


def test_the_steps_after_the_first_failure_are_not_claimed(vector):
    record = vector("mixed_amended")["record"]
    record["seed"] = "0" * 64
    steps = {step.code: step.passed for step in verify_record(record).steps}
    assert (steps["contributions"], steps["seed"], steps["result"]) == (True, False, None)
