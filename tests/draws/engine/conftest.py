"""What the engine's tests share: the protocol's vectors, and small draws built on the spot."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path

import pytest

from draws.engine import build_leaf, build_sealed_record, commit, seal_leaf

VECTORS = Path(__file__).parent / "vectors"
ROOT = Path(__file__).parents[3]


def pytest_collection_modifyitems(config, items):
    """Slow tests wait until somebody asks for them by their mark."""
    if "slow" in (config.getoption("-m") or ""):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: run with -m slow"))


def load(name):
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture
def vector():
    """`vector("tiny")` → a fresh copy of that vector, free to be spoilt."""
    return lambda name: copy.deepcopy(load(name))


@pytest.fixture
def root():
    return ROOT


def hex_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


def small_input(
    *,
    number="MLYJ-2026-0007",
    mode="announced",
    pool=("E1", "E2", "E3", "E4"),
    take=2,
    per_enterprise=1,
    inspectors=None,
    experts=None,
    excluded_inspectors=None,
    excluded_experts=None,
    experts_wanted=0,
    texts=("3 1 6",),
    secret="1",
):
    """A whole valid input for a draw from `pool`, one stratum, one item group."""
    leaves = [
        build_leaf(
            one,
            salt=hex_of(one),
            experts_wanted=experts_wanted,
            excluded_inspectors=(excluded_inspectors or {}).get(one, ()),
            excluded_experts=(excluded_experts or {}).get(one, ()),
        )
        for one in pool
    ]
    sources = [f"来源{index}" for index in range(len(texts))]
    sealed = build_sealed_record(
        number,
        mode=mode,
        about={"title": "测试抽查"},
        strata=[{"id": "危险化学品/A", "take": take}],
        enterprises=[
            {"id": leaf["enterprise"], "stratum": "危险化学品/A", "seal": seal_leaf(number, leaf)} for leaf in leaves
        ],
        per_enterprise=per_enterprise,
        inspectors={"P1": 2, "P2": 2, "P3": 2} if inspectors is None else inspectors,
        experts=experts or {},
        item_groups=[{"id": "1", "take": 1}],
        items=[{"id": "1.01", "group": "1"}, {"id": "1.02", "group": "1"}],
        secret_commitment=commit(number, hex_of(secret)),
        sources=sources,
    )
    contributions = [{"source": source, "text": text} for source, text in zip(sources, texts, strict=True)]
    return {"sealed": sealed, "secret": hex_of(secret), "contributions": contributions, "leaves": leaves}


@pytest.fixture
def make_input():
    return small_input


@pytest.fixture
def salt_of():
    return hex_of


@pytest.fixture
def note():
    """The texts for the reader that every amendment carries."""
    return {"reason": "因故", "approved_by": "主要负责人", "at": "2026-12-01T09:00:00+08:00"}
