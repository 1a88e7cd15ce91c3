"""Files made to confuse the browser: each is a clear sentence, nothing is read generously."""

from __future__ import annotations

import pytest

from tests.draws.verify.conftest import load, record_of

HOSTILE = {
    "nothing": (b"", "文件是空的"),
    "not JSON": (b"{", "不是合法的 JSON"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "不是合法的 JSON"),
    "GBK": ("双随机".encode("gbk"), "不是 UTF-8 文字"),
    "a raw surrogate": (b'"\xed\xa0\x80"', "不是 UTF-8 文字"),
    "an escaped surrogate": (b'{"a": "\\ud800"}', "不成对的代理字符"),
    "a float": (b'{"take": 1.0}', "只允许整数"),
    "an exponent": (b'{"take": 1e3}', "只允许整数"),
    "minus nought": (b'{"take": -0}', "只允许整数"),
    "not a number": (b'{"take": NaN}', "不是合法的 JSON"),
    "a huge integer": (b'{"take": ' + b"9" * 100_000 + b"}", "整数过大"),
    "just too large": (b'{"take": 9007199254740992}', "整数过大"),
    "a key twice": (b'{"take": 1, "take": 2}', "同一个名称出现了两次"),
    "a raw line break": (b'{"a": "\n"}', "没有正确结束"),
    "deep nesting": (b"[" * 200_000, "嵌套超过"),
    "more after the end": (b"{} {}", "多余的内容"),
    "a comma too many": (b"[1,]", "不是合法的 JSON"),
    "a leading nought": (b"[01]", "应是逗号或结束"),
    "a key of the language": (b'{"__proto__": {"sealed": 1, "result": 1}}', "不是公开记录"),
    "something else": (b'{"a": 1}', "不是公开记录"),
    "a number": (b"7", "不是公开记录"),
    "an input": (b'{"input": {}}', "不是公开记录"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses_a_file_with(name, verify):
    content, words = HOSTILE[name]
    read, *steps = verify(content)
    assert (read["step"], read["ok"]) == ("read", False)
    assert words in read["words"]
    assert "\n" not in read["words"]
    assert len(read["words"]) < 300
    assert {one["ok"] for one in steps} == {None}


def test_a_long_text_is_read(verify):
    record = record_of("tiny")
    record["sealed"]["about"]["title"] = "长" * 3_000_000
    read, seal = verify(record)[:2]
    assert (read["ok"], seal["ok"], seal["place"]["words"]) == (True, False, "封存记录")


def test_what_hides_or_turns_text_around_is_written_out(verify):
    record = record_of("tiny")
    record["result"]["drawn"][0]["inspectors"][0] = "\u202e冒名\u200b"
    failure = next(one for one in verify(record) if one["ok"] is False)
    assert "“\\u{202e}冒名\\u{200b}”" in failure["words"]


def test_the_draw_that_was_asked_for_is_the_one_that_is_verified(verify):
    read = verify(record_of("tiny"), expected="SLYJ-2026-0001")[0]
    assert read["ok"] is False
    assert "不是要核验的那一次抽取" in read["words"]


def test_files_of_two_draws_do_not_go_together(verify):
    read = verify(record_of("tiny"), record_of("covert")["sealed"])[0]
    assert "不是同一次抽取" in read["words"]


def test_one_of_each_kind_is_enough(verify):
    assert "两份公开记录" in verify(record_of("tiny"), load("mixed_amended"))[0]["words"]
