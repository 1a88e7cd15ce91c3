from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws.proposing import Stratum, Terms, is_overdue, propose, spread, summary, wish

TERMS = Terms(capacity_days=400, days_per_check=4, named_checks=10)
CHEM = Stratum("危险化学品", "C", enterprise_count=9, overdue_count=4)


def test_the_named_units_come_first():
    assert TERMS.available == 90
    assert Terms(capacity_days=8, days_per_check=4, named_checks=10).available == 0


def test_a_stratum_asks_by_its_risk_and_for_those_not_seen_for_long():
    assert wish(CHEM, TERMS) == 6
    assert wish(Stratum("轻工", "A", 100, 0), TERMS) == 10
    assert wish(Stratum("矿山", "D", 3, 3), TERMS) == 3


def test_with_room_everybody_gets_what_they_ask_for():
    [row] = propose([CHEM], TERMS)
    assert (row.wanted, row.count) == (6, 6)
    assert row.why == (
        "在册 9 家，按 50% 为 5 家；4 家从未检查或超过 24 个月未查，按其 25% 另加 1 家，应查 6 家；建议 6 家。"
    )


def test_the_sentence_adds_up_by_itself():
    """The figures that a county of 10^5 enterprises showed: 30 % of 8,344 is 2,504, and the rest is named as such."""
    large = Terms(capacity_days=40_000, days_per_check=4, named_checks=0)
    [row] = propose([Stratum("机械", "B", 8344, 8340)], large)
    assert row.why == (
        "在册 8,344 家，按 30% 为 2,504 家；8,340 家从未检查或超过 36 个月未查，按其 15% 另加 1,251 家，"
        "应查 3,755 家；建议 3,755 家。"
    )


def test_the_frequency_is_the_limit_and_the_sentence_says_so():
    [row] = propose([Stratum("矿山", "D", 3, 3)], TERMS)
    assert row.why.endswith("每家每年至多 1 次，应查以 3 家次为限；建议 3 家。")


def test_without_room_the_graver_risk_is_served_first_and_the_sentences_say_so():
    tight = Terms(capacity_days=160, days_per_check=4, named_checks=0)
    strata = [
        Stratum("机械", "A", 150, 0),
        Stratum("轻工", "C", 60, 0),
        Stratum("建材", "C", 20, 0),
        Stratum("烟花爆竹", "C", 12, 0, comes_first=True),
        Stratum("非煤矿山", "D", 4, 0, comes_first=True),
    ]
    rows = {row.stratum.field_name: row for row in propose(strata, tight)}
    assert {name: (row.wanted, row.count) for name, row in rows.items()} == {
        "非煤矿山": (4, 4),
        "烟花爆竹": (6, 6),
        "轻工": (30, 22),
        "建材": (10, 8),
        "机械": (15, 0),
    }
    assert "同比压缩，建议 22 家" in rows["轻工"].why
    assert "已用于风险更高的各档，这一档不安排" in rows["机械"].why
    assert "超出 25 次：先保风险高的，共安排 40 家" in summary(list(rows.values()), tight)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=20), st.integers(0, 600))
def test_never_more_than_there_is_never_more_than_asked_and_nobody_is_forgotten(wanted, available):
    wishes = dict(enumerate(wanted))
    counts = spread(wishes, available=available)
    assert sum(counts.values()) == min(sum(wanted), available)
    assert all(0 <= counts[key] <= wishes[key] for key in wishes)
    if available >= len(wanted):
        assert all(counts[key] for key in wishes if wishes[key])


@pytest.mark.parametrize(("days", "overdue"), [(365, False), (367, True)])
def test_a_year_is_a_year(days, overdue):
    on = datetime.date(2026, 6, 1)
    assert is_overdue(on - datetime.timedelta(days=days), on=on, months=12) is overdue
    assert is_overdue(None, on=on, months=12)
