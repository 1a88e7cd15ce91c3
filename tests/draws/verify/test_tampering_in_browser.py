"""One byte changed anywhere, and the browser says so, and where."""

from __future__ import annotations

import copy
import random

import pytest

from draws.engine import ProtocolError, parse
from tests.draws.verify.conftest import NAMES, as_bytes, record_of

MANY = """async ({whole, changes}) => {
  const { verifyFiles } = await import("/static/js/draw/files.js");
  const bytes = Uint8Array.from(atob(whole), (c) => c.charCodeAt(0));
  const failure = (given) => {
    for (const one of verifyFiles([{name: "record.json", bytes: given}])) if (one.ok === false) return one;
    return null;
  };
  return changes.map(([at, byte]) => {
    const spoilt = bytes.slice();
    spoilt[at] = byte;
    return failure(spoilt);
  });
}"""
CHANGES = 40


def bound(record):
    """The record without what nothing binds (the engine's README lists it)."""
    kept = copy.deepcopy(record)
    for amendment in kept["amendments"]:
        for name in ("reason", "approved_by", "at"):
            amendment.pop(name, None)
        if amendment.get("appointed") is True or amendment.get("kind") == "expert_invited":
            amendment.pop("in", None)
        if amendment.get("kind") == "people_added":
            amendment.pop("people", None)
            amendment.pop("excluded", None)
    for one in kept["contributions"]:
        one["text"] = one["text"].strip()
    return kept


def is_harmless(content, record):
    """Whether this file says the same in everything that a draw binds."""
    try:
        return bound(parse(content)) == bound(record)
    except (ProtocolError, KeyError, TypeError, AttributeError):
        return False


def spoilt(content, change):
    at, byte = change
    return content[:at] + bytes([byte]) + content[at + 1 :]


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_byte_is_found_and_its_place_named(name, modules, base64_of):
    record = record_of(name)
    content = as_bytes(record)
    chance = random.Random(f"{name} 20261122")
    changes = [(chance.randrange(len(content)), chance.randrange(32, 127)) for _ in range(CHANGES)]
    changes = [one for one in changes if not is_harmless(spoilt(content, one), record)]
    found = modules.evaluate(MANY, {"whole": base64_of(content), "changes": changes})
    unnoticed = [change for change, failure in zip(changes, found, strict=True) if failure is None]
    assert unnoticed == []
    assert all(one["place"]["words"] and one["words"].startswith(one["place"]["words"]) for one in found)


PLACES = {
    ("result", "drawn", 2, "inspectors", 0): ("people", "抽取结果 第3家（{2}）的执法人员第1席"),
    ("result", "drawn", 2, "experts", 0): ("people", "抽取结果 第3家（{2}）的专家第1席"),
    ("result", "drawn", 1, "items", 3): ("items", "抽取结果 第2家（{1}）的检查事项第4项"),
    ("result", "drawn", 0, "ticket"): ("tickets", "抽取结果 第1家（{0}）的签号"),
    ("result", "load", "inspectors"): ("people", "抽取结果的执法人员最多任务数"),
    ("seed",): ("seed", "种子"),
    ("secret",): ("seed", "密值"),
    ("sealed_hash",): ("seal", "封存指纹"),
    ("contributions", 1, "text"): ("seed", "各来源的内容"),
    ("leaves", 4, "salt"): ("seal", "第5片叶子"),
    ("sealed", "secret_commitment"): ("seal", "封存记录的密值承诺"),
    ("sealed", "strata", 0, "take"): ("seal", "封存记录"),
    ("amendments", 1, "in"): ("amendments", "变更第2条（换人）的接替者"),
    ("amendments", 2, "outcome", "items", 0): ("amendments", "变更第3条（换企业）中替补企业的检查事项第1项"),
    ("amendments", 2, "leaf", "salt"): ("amendments", "变更第3条（换企业）的叶子"),
}


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_the_place_is_named_in_words(path, verify):
    record = record_of("mixed_amended")
    enterprises = [one["enterprise"] for one in record["result"]["drawn"]]
    at = record
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = at[path[-1]] + 1 if isinstance(at[path[-1]], int) else changed(at[path[-1]])
    step, words = PLACES[path]
    failure = next(one for one in verify(record) if one["ok"] is False)
    assert failure["step"] == step
    assert failure["place"]["words"].startswith(words.format(*enterprises))


def changed(text):
    return text[:-1] + ("1" if text[-1:] == "0" else "0")


def test_a_changed_seal_of_a_drawn_enterprise_is_named(verify):
    record = record_of("mixed_amended")
    drawn = record["result"]["drawn"][0]["enterprise"]
    index = [one["id"] for one in record["sealed"]["enterprises"]].index(drawn)
    pooled = record["sealed"]["enterprises"][index]
    pooled["seal"] = changed(pooled["seal"])
    failure = verify(record)[1]
    assert failure["place"]["words"] == f"封存记录 候选企业第{index + 1}家（{drawn}）的封条"


def test_with_the_published_sealed_record_beside_it_every_place_of_it_is_named(verify):
    record = record_of("strata")
    published = copy.deepcopy(record["sealed"])
    record["sealed"]["strata"][2]["take"] += 1
    failure = verify(record, published)[1]
    assert failure["place"]["path"] == "sealed.strata[2].take"


def test_after_a_failure_nothing_more_is_claimed(verify):
    record = record_of("tight")
    record["seed"] = "0" * 64
    assert [one["ok"] for one in verify(record)] == [True, True, False, None, None, None, None, None]


def test_an_amendment_cannot_be_struck_from_the_middle(verify):
    record = record_of("mixed_amended")
    del record["amendments"][1]
    failure = next(one for one in verify(record) if one["ok"] is False)
    assert failure["place"]["path"] == "amendments[1].number"


@pytest.mark.parametrize("name", ["covert", "mixed_amended"])
def test_nothing_can_be_left_out(name, verify):
    record = record_of(name)
    for key in set(record) - {"envelopes"}:
        without = {one: value for one, value in record.items() if one != key}
        assert any(one["ok"] is False for one in verify(without)), key
