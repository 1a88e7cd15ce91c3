from __future__ import annotations

import json
from pathlib import Path

import pytest

from shuangsuiji.lib import reference

STARTING = json.loads((Path(__file__).parents[2] / "draws" / "starting_items.json").read_text(encoding="utf-8"))
ITEMS = [(group, item) for group in STARTING["groups"] for item in group["items"]]
SUB_ITEMS = [(item, sub) for _, item in ITEMS for sub in item["sub_items"]]
FIELD_CODES = {entry["code"] for entry in reference.read("supervised_fields")}


def test_the_six_groups_of_the_plan_are_all_there():
    assert [group["code"] for group in STARTING["groups"]] == ["1", "2", "3", "4", "5", "6"]
    assert all(len(group["items"]) >= 2 for group in STARTING["groups"])
    assert len(SUB_ITEMS) >= 70


def test_codes_are_unique_and_nested():
    codes = [item["code"] for _, item in ITEMS] + [sub["code"] for _, sub in SUB_ITEMS]
    assert len(codes) == len(set(codes))
    assert all(item["code"].startswith(group["code"] + ".") for group, item in ITEMS)
    assert all(sub["code"].startswith(item["code"] + ".") for item, sub in SUB_ITEMS)


def test_fields_are_known():
    named = {code for _, item in ITEMS if item["fields"] != "all" for code in item["fields"]}
    assert named == FIELD_CODES


@pytest.mark.parametrize("field", sorted(FIELD_CODES))
def test_every_field_has_items_in_every_group(field):
    groups = {group["code"] for group, item in ITEMS if item["fields"] == "all" or field in item["fields"]}
    assert groups == {"1", "2", "3", "4", "5", "6"}


def test_a_basis_is_either_sure_or_says_that_it_must_be_checked():
    assert [sub["code"] for _, sub in SUB_ITEMS if sub["is_basis_confirmed"] == ("待核" in sub["legal_basis"])] == []


def test_every_sub_item_says_how_to_look_what_to_keep_and_what_follows():
    assert [sub["code"] for _, sub in SUB_ITEMS if not (sub["method"] and sub["evidence"] and sub["consequence"])] == []


def test_texts_fit_their_columns():
    limits = {"text": 300, "legal_basis": 300, "method": 100, "evidence": 200, "consequence": 200}
    assert [sub["code"] for _, sub in SUB_ITEMS for name, limit in limits.items() if len(sub[name]) > limit] == []
