"""An input that is not exactly right is refused, with the place named, and never repaired."""

from __future__ import annotations

import pytest

from draws.engine import ProtocolError, check_sealed_record, phrase, run_draw

SEALED_REFUSALS = {
    "another protocol": ("protocol", "shuangsuiji-draw/2", "not_one_of", "sealed.protocol"),
    "an unknown mode": ("mode", "secret", "not_one_of", "sealed.mode"),
    "no number": ("draw", "", "empty", "sealed.draw"),
    "a number that is no text": ("draw", 7, "not_text", "sealed.draw"),
    "text that is not NFC": ("draw", "MLYJ-e\u0301", "not_nfc", "sealed.draw"),
    "a lone surrogate": ("about", {"title": "\ud800"}, "surrogate", "sealed.about.title"),
    "a float": ("about", {"count": 1.5}, "float", "sealed.about.count"),
    "a huge integer": ("about", {"count": 2**53}, "integer_range", "sealed.about.count"),
    "a key that is not ASCII": ("about", {"标题": "甲"}, "key_not_ascii", "sealed.about"),
    "about that is no object": ("about", [], "not_object", "sealed.about"),
    "strata that are no list": ("strata", {}, "not_list", "sealed.strata"),
    "a negative take": ("strata", [{"id": "a", "take": -1}], "negative", "sealed.strata[0].take"),
    "true for a number": ("strata", [{"id": "a", "take": True}], "not_integer", "sealed.strata[0].take"),
    "a stratum twice": (
        "strata",
        [{"id": "a", "take": 1}, {"id": "a", "take": 1}],
        "duplicate",
        "sealed.strata[1].id",
    ),
    "a stratum with more to say": ("strata", [{"id": "a", "take": 1, "x": 1}], "extra_key", "sealed.strata[0]"),
    "a source twice": ("sources", ["甲", "甲"], "duplicate", "sealed.sources[1]"),
    "an empty source": ("sources", [""], "empty", "sealed.sources[0]"),
    "a commitment in capitals": ("secret_commitment", "A" * 64, "not_hex", "sealed.secret_commitment"),
    "a commitment with a line break": ("secret_commitment", "a" * 64 + "\n", "not_hex", "sealed.secret_commitment"),
    "an item of no group": (
        "items",
        {"groups": [], "items": [{"group": "1", "id": "1.01"}]},
        "unknown_group",
        "sealed.items.items[0].group",
    ),
    "people out of order": (
        "experts",
        {"people": [{"id": "B", "limit": 1}, {"id": "A", "limit": 1}]},
        "unsorted",
        "sealed.experts.people[1].id",
    ),
    "a person without a limit": ("experts", {"people": [{"id": "B"}]}, "missing_key", "sealed.experts.people[0]"),
    "a limit that is null": (
        "inspectors",
        {"people": [{"id": "B", "limit": None}], "per_enterprise": 2},
        "not_integer",
        "sealed.inspectors.people[0].limit",
    ),
}


@pytest.mark.parametrize("name", SEALED_REFUSALS)
def test_it_refuses_a_sealed_record_with(name, vector):
    key, value, code, place = SEALED_REFUSALS[name]
    sealed = {**vector("tiny")["input"]["sealed"], key: value}
    with pytest.raises(ProtocolError) as refusal:
        check_sealed_record(sealed)
    assert (refusal.value.code, refusal.value.place) == (code, place)


def swap(rows):
    rows[0], rows[1] = rows[1], rows[0]


INPUT_REFUSALS = {
    "no leaves": (lambda given: given.pop("leaves"), "missing_key", "input"),
    "something extra": (lambda given: given.update(note=""), "extra_key", "input"),
    "an enterprise twice": (
        lambda given: given["sealed"]["enterprises"].insert(0, given["sealed"]["enterprises"][0]),
        "duplicate",
        "sealed.enterprises[1].id",
    ),
    "enterprises out of order": (
        lambda given: swap(given["sealed"]["enterprises"]),
        "unsorted",
        "sealed.enterprises[1].id",
    ),
    "a leaf that is not what was sealed": (
        lambda given: given["leaves"][2].update(experts_wanted=1),
        "seal_mismatch",
        "leaves[2]",
    ),
    "a leaf too few": (lambda given: given["leaves"].pop(), "leaf_missing", "leaves"),
    "a leaf twice": (
        lambda given: given["leaves"].append(given["leaves"][0]),
        "duplicate",
        "leaves[6].enterprise",
    ),
    "a leaf of a stranger": (
        lambda given: given["leaves"][0].update(enterprise="X"),
        "unknown_enterprise",
        "leaves[0].enterprise",
    ),
    "a leaf's list out of order": (
        lambda given: swap(given["leaves"][0]["excluded_items"]),
        "unsorted",
        "leaves[0].excluded_items[1]",
    ),
    "a leaf without salt": (lambda given: given["leaves"][0].pop("salt"), "missing_key", "leaves[0]"),
    "another secret": (lambda given: given.update(secret="0" * 64), "commitment_mismatch", "secret"),
    "a secret that is no hex": (lambda given: given.update(secret="秘密"), "not_hex", "secret"),
    "a contribution too few": (lambda given: given["contributions"].pop(), "source_missing", "contributions"),
    "a contribution twice": (
        lambda given: given["contributions"].append(given["contributions"][0]),
        "duplicate",
        "contributions[3].source",
    ),
    "a contribution by a stranger": (
        lambda given: given["contributions"][1].update(source="路人"),
        "source_unknown",
        "contributions[1].source",
    ),
    "a contribution that is no text": (
        lambda given: given["contributions"][1].update(text=6),
        "not_text",
        "contributions[1].text",
    ),
}


@pytest.mark.parametrize("name", INPUT_REFUSALS)
def test_it_refuses_an_input_with(name, vector):
    spoil, code, place = INPUT_REFUSALS[name]
    given = vector("tiny")["input"]
    spoil(given)
    with pytest.raises(ProtocolError) as refusal:
        run_draw(given)
    assert (refusal.value.code, refusal.value.place) == (code, place)


@pytest.mark.parametrize("value", [None, [], "draw", 7, {}])
def test_it_refuses_what_is_no_input_at_all(value):
    with pytest.raises(ProtocolError):
        run_draw(value)


def test_a_refusal_is_one_chinese_line_with_the_place_in_front():
    error = ProtocolError("duplicate", "sealed.sources[1]", found="甲\n乙\ud800")
    assert phrase(error) == "sealed.sources[1]：“甲\\n乙\\ud800”重复出现"


def test_an_enterprise_whose_stratum_is_not_listed_is_never_drawn(make_input):
    given = make_input(take=9)
    assert {one["enterprise"] for one in run_draw(given).result["drawn"]} == {"E1", "E2", "E3", "E4"}


def test_an_excluded_id_that_is_nobodys_is_ignored(make_input):
    given = make_input(excluded_inspectors={"E1": ["nobody"]})
    assert run_draw(given).result["blocked"] is None


def test_white_space_and_composition_of_a_contribution_do_not_count(make_input):
    plain, typed = make_input(texts=("é 3 1 6",)), make_input(texts=("\u3000 e\u0301 3 1 6\n",))
    assert run_draw(plain).seed == run_draw(typed).seed
