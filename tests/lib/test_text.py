from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.lib import text


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("  示范　化工（汨罗）有限公司 ", "示范 化工（汨罗）有限公司"),
        ("二０２室，Ａ座；", "二02室，A座；"),
        ("示\u200b范\ufeff厂", "示范厂"),
        ("示范\ue0c4路", "示范路"),
        ("a\r\nb\tc", "a b c"),
        ("第Ⅱ类，①面积 50㎡，½，25℃，㈱", "第Ⅱ类，①面积 50㎡，½，25℃，㈱"),
        ("ＳＦ－１２＃／Ａ", "SF-12#/A"),
        ("⼯厂", "工厂"),
        ("示范｡｢甲｣", "示范。「甲」"),
        ("", ""),
    ],
)
def test_it_tidies_a_line(raw, tidied):
    assert text.tidy(raw) == tidied


def test_it_keeps_the_lines_of_a_longer_text():
    assert text.tidy_lines(" 一、 示范\r\n\r\n\r\n\r\n二、 １ ") == "一、 示范\n\n二、 1"


@pytest.mark.parametrize(
    ("raw", "plain"),
    [("第Ⅱ①号", "第II1号"), ("示（２０２５）１号；", "示（2025）1号；"), (" 示字　1 号 ", "示字 1 号"), ("㎡", "m2")],
)
def test_a_number_is_folded_whole(raw, plain):
    assert text.folded(raw) == plain


def test_a_certificate_number_has_one_spelling():
    assert text.plain_number("sl Ⅱ ２０２５ ①") == "SLII20251"


def test_two_names_that_differ_in_shapes_only_have_one_key():
    assert text.match_key("示范Ⅱ厂（①）") == text.match_key("示范II厂(1)")


def test_two_spellings_of_a_name_have_one_key():
    assert text.match_key("示范化工（汨罗）有限公司") == text.match_key(" 示范化工 (汨罗)有限 公司.")


@given(st.lists(st.text(st.sampled_from("示范厂Ａ1_ \x1f\t（)"), max_size=4), max_size=4))
def test_what_one_look_passes_would_not_change(cells):
    assert not text.are_tidy(cells) or [text.tidy(cell) for cell in cells] == cells


@given(st.text())
def test_folding_twice_changes_nothing_more(raw):
    assert text.folded(text.folded(raw)) == text.folded(raw)


@given(st.text())
def test_tidying_twice_changes_nothing_more(raw):
    assert text.tidy(text.tidy(raw)) == text.tidy(raw)
    assert text.tidy_lines(text.tidy_lines(raw)) == text.tidy_lines(raw)
