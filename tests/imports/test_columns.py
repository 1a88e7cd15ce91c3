from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangsuiji.imports import columns, words
from shuangsuiji.imports.columns import Column, show
from shuangsuiji.imports.matching import expected_titles, match
from shuangsuiji.imports.reading import split_sentence
from shuangsuiji.lib import credit_code
from shuangsuiji.lib.errors import Refusal

NAME = Column("name", "企业名称", columns.short_text(5), ("单位名称",), is_required=True)
CODE = Column("code", "信用代码", columns.code, ("统一社会信用代码",), is_required=True)
PLACE = Column("place", "地址", columns.long_text)


@pytest.mark.parametrize(
    "typed", ["2026年4月1日", "2026-04-01", "2026/4/1", "2026.4.1", "20260401", "46113", "2026-04-01 00:00"]
)
def test_a_day_is_read_as_people_write_it(typed):
    assert columns.day(typed) == "2026-04-01"


@pytest.mark.parametrize("typed", ["2026-02-30", "去年", "4月1日", "2026-13-01"])
def test_a_day_that_is_none_is_refused_with_an_example(typed):
    with pytest.raises(Refusal, match="请按 2026-04-01 的样子填写"):
        columns.day(typed)


@pytest.mark.parametrize("written", ["2025年3月", "2025-03", "2025.3", "2025/03"])
def test_a_month_is_no_day_and_the_sentence_says_so(written):
    with pytest.raises(Refusal, match="只写了年月，没有写是哪一天：请按证照补上日"):
        columns.day(written)


@pytest.mark.parametrize("typed", ["1899-12-31", "2101-01-01", "0026-04-01", "99999999"])
def test_a_day_far_from_ours_is_refused_with_what_to_do(typed):
    with pytest.raises(Refusal, match=r"请按|请核对"):
        columns.day(typed)


@pytest.mark.parametrize("typed", ["12345", "１２３", "12-3"])
def test_a_name_without_a_letter_is_refused(typed):
    with pytest.raises(Refusal, match="像是编号：请填写"):
        columns.name_text(100)(typed)


def test_a_name_may_hold_numbers():
    assert columns.name_text(100)("示范3号加油站") == "示范3号加油站"


def test_a_text_over_its_column_is_refused_with_both_lengths():
    with pytest.raises(Refusal, match="最多 5 个字，这里有 6 个字"):
        columns.short_text(5)("一二三四五六")


def test_a_choice_is_known_by_label_code_and_other_words():
    parse = words.one_of({"A": "A 低", "D": "D 重大"}, also={"红": "D"})
    assert [parse(typed) for typed in ("A 低", "a", "红")] == ["A", "A", "D"]


def test_a_wrong_choice_names_the_right_ones():
    with pytest.raises(Refusal, match="请从“A 低、D 重大”中选一个"):
        words.one_of({"A": "A 低", "D": "D 重大"})("E")


def test_several_names_are_sorted_without_repeats():
    assert words.several_named(["轻工", "机械"], what="领域")("轻工、机械;轻工") == ["机械", "轻工"]


@pytest.mark.parametrize(("typed", "value"), [("是", True), ("√", True), ("否", False), ("n", False)])
def test_yes_and_no_have_relatives(typed, value):
    assert columns.yes_or_no(typed) is value


@pytest.mark.parametrize("parse", [columns.day, columns.phone, columns.code, columns.whole_number(0, 9)])
@pytest.mark.parametrize("typed", ["无", "暂无", "不详"])
def test_where_a_date_or_number_would_stand_a_word_for_nothing_is_a_blank(parse, typed):
    assert typed in Column("x", "某列", parse).blanks


@pytest.mark.parametrize("typed", ["无", "不详"])
def test_an_unknown_last_day_is_no_blank_for_a_blank_is_for_good(typed):
    assert typed not in Column("x", "有效期至", columns.day_or_forever).blanks
    with pytest.raises(Refusal, match="认不出这个日期"):
        columns.day_or_forever(typed)


def test_in_prose_and_in_choices_a_word_for_nothing_is_a_word():
    assert Column("x", "备注", columns.long_text).blanks == {""}
    assert Column("x", "有无", columns.yes_or_no).blanks == {""}


def test_an_old_name_becomes_the_name_of_today():
    assert words.named(["归义镇"], what="乡镇", also={"城郊乡": "归义镇"})("城郊乡") == "归义镇"


def test_values_are_shown_as_people_read_them():
    assert [show(value, column=PLACE) for value in (None, True, ["机械", "轻工"], 3)] == ["", "是", "机械、轻工", "3"]


def test_a_sentence_is_split_into_reason_and_remedy():
    assert split_sentence("校验码不符：请核对。") == ("校验码不符。", "请核对。")
    assert split_sentence("没有这一天。") == ("没有这一天。", "")


def test_titles_match_by_name_alias_and_mark():
    found = match(["序号", " 单位名称 ", "统一社会信用代码*", "备注"], columns=[NAME, CODE, PLACE])
    assert found.places == {"name": 1, "code": 2}
    assert found.ignored == ["序号", "备注"]


def test_the_first_of_two_equal_titles_counts():
    assert match(["企业名称", "信用代码", "单位名称"], columns=[NAME, CODE]).places == {"name": 0, "code": 1}


def test_missing_columns_are_named_together_with_what_is_there():
    with pytest.raises(Refusal, match=r"缺少“企业名称”“信用代码”列（文件里有：地址、电话）：请补上"):
        match(["地址", "电话"], columns=[NAME, CODE, PLACE])


def test_the_reader_is_told_every_title():
    assert expected_titles([NAME, CODE]) == {"企业名称", "单位名称", "信用代码", "统一社会信用代码"}


@given(st.integers(0, 10**6), st.integers(0, 17), st.sampled_from(credit_code.ALPHABET))
def test_the_short_way_and_the_long_way_agree_on_every_code(number, place, character):
    right = credit_code.with_check_characters(f"91999999MA{number % 10**6:06d}")
    changed = right[:place] + character + right[place + 1 :]
    assert columns._is_plainly_right(changed) is (credit_code.explain(changed) == "")
