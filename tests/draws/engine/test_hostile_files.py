"""Files made to confuse: each is a clear line, never a traceback and never a generous reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draws.engine import ProtocolError, parse, run_draw, verify_record
from draws.engine.__main__ import main

HERE = Path(__file__).parent
HOSTILE = {
    "nothing": (b"", "not_json"),
    "not JSON": (b"{", "not_json"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "not_json"),
    "GBK": ("双随机".encode("gbk"), "not_utf8"),
    "a raw surrogate": (b'"\xed\xa0\x80"', "not_utf8"),
    "a float": (b'{"take": 1.0}', "float"),
    "an exponent": (b'{"take": 1e3}', "float"),
    "minus nought": (b'{"take": -0}', "float"),
    "not a number": (b'{"take": NaN}', "float"),
    "infinity": (b'{"take": -Infinity}', "float"),
    "a huge integer": (b'{"take": ' + b"9" * 100_000 + b"}", "integer_range"),
    "just too large": (b"9007199254740992", "integer_range"),
    "a key twice": (b'{"take": 1, "take": 2}', "duplicate_key"),
    "a raw line break": (b'{"a": "\n"}', "not_json"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_refuses_a_file_with(name):
    content, code = HOSTILE[name]
    with pytest.raises(ProtocolError) as refusal:
        parse(content)
    assert refusal.value.code == code
    assert "\n" not in str(refusal.value)


def test_the_largest_integers_are_read():
    assert parse(b"[9007199254740991, -9007199254740991]") == [2**53 - 1, 1 - 2**53]


@pytest.mark.parametrize("depth", [40, 900, 200_000])
@pytest.mark.parametrize("command", ["run", "verify"])
def test_deep_nesting_is_a_clear_line(command, depth, tmp_path, vector):
    content = b'{"record": {"result": ' + b"[" * depth + b"]" * depth + b"}}"
    (tmp_path / "deep.json").write_bytes(content)
    code, line = main([command, str(tmp_path / "deep.json")])
    assert (code, line.count("\n")) == (1, 0)


def test_deep_nesting_inside_a_result_is_named(vector):
    record = vector("mixed_amended")["record"]
    deep = []
    for _ in range(500):
        deep = [deep]
    record["result"]["drawn"] = deep
    error = verify_record(record).error
    assert (error.code, error.place[:12]) == ("too_deep", "result.drawn")


def test_a_surrogate_written_as_an_escape_is_refused(vector):
    given = vector("tiny")["input"]
    given["contributions"][0]["text"] = "\ud83d"
    with pytest.raises(ProtocolError) as refusal:
        run_draw(given)
    assert (refusal.value.code, refusal.value.place) == ("surrogate", "contributions[0].text")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["a" * 64, "inspectors"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
PARTS = ["sealed", "sealed_hash", "secret", "contributions", "leaves", "seed", "result", "amendments", "openings"]


@settings(max_examples=200, deadline=None)
@given(part=st.sampled_from(PARTS), value=ANYTHING)
def test_verify_never_raises_whatever_a_part_of_the_record_is(part, value):
    content = (HERE / "vectors" / "unfilled_amended.json").read_bytes()
    record = {**parse(content)["record"], part: value}
    verification = verify_record(record)
    harmless = (part == "amendments" and value == []) or (part == "openings" and value == [])
    assert verification.passed is harmless


# What people decide is free as far as it changes nothing else; everything else must fit.
FREE = {"people", "excluded"}
KINDS = {
    "person_replaced": "blocked_amended",
    "enterprise_replaced": "blocked_amended",
    "people_added": "blocked_amended",
    "expert_invited": "unfilled_amended",
}


@settings(max_examples=200, deadline=None)
@given(kind=st.sampled_from(sorted(KINDS)), data=st.data())
def test_verify_never_raises_whatever_a_field_of_an_amendment_is(kind, data):
    record = parse((HERE / "vectors" / f"{KINDS[kind]}.json").read_bytes())["record"]
    amendment = next(one for one in record["amendments"] if one["kind"] == kind)
    free = FREE | ({"in"} if kind == "expert_invited" else set())
    field = data.draw(st.sampled_from(sorted(set(amendment) - {"reason", "approved_by", "at"})))
    before = amendment[field]
    amendment[field] = data.draw(ANYTHING.filter(lambda value: value != before or type(value) is not type(before)))
    assert not verify_record(record).passed or field in free


@settings(max_examples=150, deadline=None)
@given(ANYTHING)
def test_no_value_at_all_makes_it_raise(value):
    assert not verify_record(value).passed
    with pytest.raises(ProtocolError):
        run_draw(value)
