from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.lib import credit_code
from shuangsuiji.lib.errors import Refusal

PUBLIC_CODES = ["91440300708461136T", "91110108551385082Q", "91330100799655058B"]

stems = st.builds(
    lambda kind, region, body: kind + region + body,
    st.sampled_from(["91", "92", "93", "51", "N2"]),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(credit_code.ALPHABET, min_size=8, max_size=8),
)


@pytest.mark.parametrize("code", PUBLIC_CODES)
def test_it_accepts_public_codes(code):
    assert credit_code.check(code) == code


def test_every_code_of_the_real_register_holds_both_check_characters(real_register):
    lines = real_register.read_text(encoding="utf-8").splitlines()
    codes = [line.split("\t")[1] for line in lines[1:]]
    assert len(codes) == 683
    assert [code for code in codes if credit_code.explain(code)] == []


@pytest.mark.parametrize(
    "written",
    [
        " 91440300708461136t ",
        "'91440300708461136T",
        "‘91440300708461136T",
        "９１４４０３００７０８４６１１３６Ｔ",
        "91440300-70846113-6T",
        "9144 0300 7084 6113 6T",
        "91440300708461136T\u200b\ufeff",
    ],
)
def test_it_reads_a_code_as_people_write_it(written):
    assert credit_code.check(written) == "91440300708461136T"


@pytest.mark.parametrize("written", [9.1430681e17, "9.1430681E+17", "9.14E17", "914306811901627398.0"])
def test_it_refuses_a_code_the_spreadsheet_has_rounded(written):
    with pytest.raises(Refusal, match="末几位已经丢失"):
        credit_code.normalise(written)


def test_it_keeps_a_whole_number_whole():
    assert credit_code.normalise(914306811901627398) == "914306811901627398"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (None, "请填写统一社会信用代码"),
        ("  ", "请填写统一社会信用代码"),
        ("430681000012345", "旧工商注册号"),
        ("9144030070846113T", "这里是 17 位"),
        ("91440300708461136TT", "这里是 19 位"),
        ("9144O300708461136T", "第 5 位“O”"),
        ("91A40300708461136T", "第 3 至 8 位"),
        ("91440300708461136R", "第 18 位校验码不符"),
        ("91440301708461136T", "第 18 位校验码不符"),
        ("91440300708461137T", "第 17、18 位校验码都不符"),
    ],
)
def test_it_names_the_rule_a_code_breaks(written, words):
    assert words in credit_code.explain(written)


def test_it_finds_a_wrong_inner_character_behind_a_right_last_one():
    stem = "9144030070846113" + "7"
    code = stem + credit_code.uscc.calc_check_digit(stem)
    assert "第 17 位校验码不符" in credit_code.explain(code)


def test_it_has_nothing_to_say_about_a_right_code():
    assert credit_code.explain(PUBLIC_CODES[0]) == ""


@given(stems)
def test_a_completed_code_always_holds(stem):
    assert credit_code.explain(credit_code.with_check_characters(stem)) == ""


@given(stems, st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ#.中"))
def test_any_single_changed_character_is_detected(stem, place, character):
    code = credit_code.with_check_characters(stem)
    changed = code[:place] + character + code[place + 1 :]
    assert (credit_code.explain(changed) == "") == (changed == code)


@given(stems, st.integers(0, 16))
def test_any_two_neighbours_swapped_are_detected(stem, place):
    code = credit_code.with_check_characters(stem)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (credit_code.explain(swapped) == "") == (swapped == code)


def test_it_knows_individual_businesses_and_cooperatives():
    assert credit_code.is_individual_business("92440300708461136T")
    assert not credit_code.is_individual_business("91440300708461136T")
    assert credit_code.is_cooperative("93440300708461136T")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张示例", "张某某"),
        ("张三", "张某"),
        ("欧阳示例", "欧阳某某"),
        ("李", "李某"),
        (" 王示例甲 ", "王某某"),
        ("", ""),
    ],
)
def test_a_person_is_published_by_surname_only(name, masked):
    assert credit_code.mask_person_name(name) == masked
