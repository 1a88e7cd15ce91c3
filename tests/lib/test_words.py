"""Dates, numbers and codes on the screen."""

from __future__ import annotations

import datetime as dt

import pytest

from shuangsuiji.lib.templatetags import words

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (dt.date(2026, 4, 1), "2026年4月1日"),
        ("2026-04-01", "2026年4月1日"),
        (dt.datetime(2026, 3, 31, 17, 0, tzinfo=dt.UTC), "2026年4月1日"),
        (None, ""),
        ("", ""),
        ("下周", ""),
    ],
)
def test_a_date_is_written_out_in_the_bureaus_time_zone(value, shown):
    assert words.cn_date(value) == shown


def test_a_moment_shows_its_clock_and_a_plain_date_does_not():
    moment = dt.datetime(2026, 4, 1, 1, 5, tzinfo=dt.UTC)

    assert words.cn_datetime(moment) == "2026年4月1日 09:05"
    assert words.cn_datetime("2026-04-01T09:05:00+08:00") == "2026年4月1日 09:05"
    assert words.cn_datetime(dt.date(2026, 4, 1)) == "2026年4月1日"


@pytest.mark.parametrize(
    ("day", "shown", "tone"),
    [
        (TODAY + dt.timedelta(days=4), "还有 4 天", "open"),
        (TODAY + dt.timedelta(days=3), "还有 3 天", "due"),
        (TODAY, "今天", "due"),
        (TODAY - dt.timedelta(days=2), "已过 2 天", "late"),
        (None, "", "idle"),
    ],
)
def test_a_deadline_counts_calendar_days_and_says_how_urgent_it_is(day, shown, tone):
    assert (words.days_left(day, TODAY), words.due_tone(day, TODAY)) == (shown, tone)


@pytest.mark.parametrize(
    ("phone", "shown"), [("13800000000", "138****0000"), ("88001234", "****34"), (" ", ""), (None, "")]
)
def test_a_phone_number_is_never_shown_whole(phone, shown):
    assert words.mask_phone(phone) == shown


def test_a_hash_is_shortened_for_the_eye_and_short_text_is_left_alone():
    assert words.hash_short("9f2c41aa07d3" + "0" * 48 + "b8e1") == "9f2c 41aa 07d3 … b8e1"
    assert words.hash_short("SL-2026-0012") == "SL-2026-0012"


def test_figures_are_grouped_and_text_in_them_is_escaped():
    assert words.digits(1234567) == '<span class="digits">1,234,567</span>'
    assert words.digits("<b>") == '<span class="digits">&lt;b&gt;</span>'


def test_zero_is_a_value_and_not_a_dash():
    assert [words.dash(value) for value in (0, "", None)] == [0, "—", "—"]


def test_a_publication_date_reads_as_government_pages_write_it():
    assert words.pub_date(dt.date(2026, 4, 1)) == "2026-04-01"
    assert words.pub_date("2026-04-01T14:05:00+08:00") == "2026-04-01 14:05"
    assert words.pub_date(None) == ""
