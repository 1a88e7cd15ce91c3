"""Seals, commitments and the hash of the sealed record."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import draws.engine
from draws.engine import (
    ProtocolError,
    build_leaf,
    build_sealed_record,
    canonical_json,
    check_secret,
    commit,
    seal_leaf,
    sealed_hash,
)

MODULES = sorted(one.name for one in pkgutil.iter_modules(draws.engine.__path__) if not one.name.startswith("__"))


@pytest.mark.parametrize("name", MODULES)
def test_the_worked_values_in_the_docstrings_are_right(name):
    assert doctest.testmod(importlib.import_module(f"draws.engine.{name}")).failed == 0


def test_canonical_json_is_the_one_of_rfc_8785():
    value = {"b": [True, None, -1], "a": '"\\/\b\t\n\f\r\x01\x7f甲😀\u2028'}
    assert canonical_json(value).decode() == '{"a":"\\"\\\\/\\b\\t\\n\\f\\r\\u0001\x7f甲😀\u2028","b":[true,null,-1]}'


def test_a_large_pool_is_hashed_as_it_comes_and_gives_the_same(vector):
    sealed = vector("strata")["input"]["sealed"]
    header = {key: value for key, value in sealed.items() if key != "enterprises"}
    assert sealed_hash(header, enterprises=iter(sealed["enterprises"])) == sealed_hash(sealed)
    assert sealed_hash(header, enterprises=[]) == sealed_hash({**sealed, "enterprises": []})


def test_a_record_built_from_any_order_is_the_one_that_was_sealed(vector):
    sealed = vector("mixed")["input"]["sealed"]
    built = build_sealed_record(
        sealed["draw"],
        mode=sealed["mode"],
        about=sealed["about"],
        strata=sealed["strata"],
        enterprises=sealed["enterprises"][::-1],
        per_enterprise=sealed["inspectors"]["per_enterprise"],
        inspectors={one["id"]: one["limit"] for one in reversed(sealed["inspectors"]["people"])},
        experts={one["id"]: one["limit"] for one in reversed(sealed["experts"]["people"])},
        item_groups=sealed["items"]["groups"],
        items=sealed["items"]["items"],
        secret_commitment=sealed["secret_commitment"],
        sources=sealed["sources"],
    )
    assert built == sealed


def test_a_leaf_is_sealed_the_same_from_any_order_and_never_the_same_with_another_salt():
    leaf = build_leaf("E1", salt="0" * 64, excluded_inspectors=["B", "A", "B"])
    assert leaf["excluded_inspectors"] == ["A", "B"]
    assert seal_leaf("N", leaf) != seal_leaf("N", {**leaf, "salt": "1" * 64})
    assert seal_leaf("N", leaf) != seal_leaf("M", leaf)


def test_the_commitment_fits_one_secret_only():
    check_secret("N", "0" * 64, commitment=commit("N", "0" * 64))
    with pytest.raises(ProtocolError):
        check_secret("N", "1" * 64, commitment=commit("N", "0" * 64))
