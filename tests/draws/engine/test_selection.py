"""Which enterprises are drawn."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from draws.engine import first_reserve, lowest, select_enterprises, selection, ticket

KEY = bytes(range(32))
IDS = st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=60)


@settings(deadline=None)
@given(IDS, st.integers(0, 70))
def test_the_lowest_tickets_win(ids, take):
    ids = [one for one in ids if one.isprintable()]
    in_full = sorted((ticket(KEY, one), one) for one in ids)
    assert lowest(KEY, ids, take=take) == in_full[:take]


def test_the_cut_changes_nothing_in_a_large_pool():
    ids = [f"91430681{index:010d}" for index in range(20_000)]
    in_full = sorted((ticket(KEY, one), one) for one in ids)
    assert lowest(KEY, ids, take=700) == in_full[:700]


def test_too_few_under_the_cut_means_all_are_sorted(monkeypatch):
    monkeypatch.setattr(selection, "_cut", lambda take, size: b"\x01")
    ids = [f"E{index}" for index in range(50)]
    assert lowest(KEY, ids, take=20) == sorted((ticket(KEY, one), one) for one in ids)[:20]


def test_strata_keep_their_order_and_unlisted_ones_are_never_drawn():
    strata = [{"id": "b", "take": 1}, {"id": "a", "take": 2}, {"id": "none", "take": 3}]
    picks = select_enterprises("N", seed=bytes(32), strata=strata, pool={"a": ["A1", "A2"], "b": ["B1"], "c": ["C1"]})
    assert [pick.stratum for pick in picks] == ["b", "a", "a"]
    assert picks[1].ticket < picks[2].ticket


def test_the_order_of_the_pool_never_matters():
    ids = [f"E{index}" for index in range(200)]
    assert lowest(KEY, ids[::-1], take=5) == lowest(KEY, ids, take=5)


def test_the_reserve_is_the_next_ticket_not_yet_used():
    ids = [f"E{index}" for index in range(9)]
    order = [one for _, one in lowest(KEY, ids, take=9)]
    assert first_reserve(KEY, ids, used={*order[:3], order[4]}) == order[3]
    assert first_reserve(KEY, ids, used=set(ids)) is None


def pairs_drawn(seeds):
    strata, pool = [{"id": "a", "take": 2}], {"a": list("ABCDE")}
    drawn = (select_enterprises("N", seed=n.to_bytes(32, "big"), strata=strata, pool=pool) for n in range(seeds))
    return Counter(tuple(sorted(pick.enterprise for pick in picks)) for picks in drawn)


@pytest.mark.parametrize("seeds", [3000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_every_pair_of_enterprises_is_as_likely_as_every_other(seeds):
    found = pairs_drawn(seeds)
    assert set(found) == set(combinations("ABCDE", 2))
    assert chisquare(list(found.values())).pvalue > 0.001
