"""The figures everybody sees: counted from what is public, folded by month, quarter and year."""

import datetime as dt

import pytest
import time_machine

from publication import series, services
from tests.factories.publication import make_public_result, publish_now

pytestmark = pytest.mark.django_db


def total(unit, year, name):
    return sum(row[name] for row in series.figures_over_time(unit=unit, year=year))


def test_month_quarter_and_year_count_the_same():
    with time_machine.travel("2026-05-11T02:00:00Z", tick=True):
        make_public_result(failed=1)
    for name, expected in (("results", 1), ("sealed", 1), ("failed", 1)):
        assert [total(unit, 2026, name) for unit in series.UNITS] == [expected] * 3
    months = series.figures_over_time(unit="month", year=2026)
    assert [row["label"] for row in months if row["results"]] == ["5月"]
    quarters = series.figures_over_time(unit="quarter", year=2026)
    assert [row["label"] for row in quarters if row["results"]] == ["第二季度"]


def test_what_was_corrected_is_counted_in_the_month_in_which_it_was_first_public():
    with time_machine.travel("2026-05-11T02:00:00Z", tick=True):
        check, result = make_public_result(failed=1)
    with time_machine.travel("2026-06-11T02:00:00Z", tick=True):
        draft = services.draft_correction(result, reason="有误", by=check.clerk)
        corrected = publish_now(draft, by=check.approver)
    months = series.figures_over_time(unit="month", year=2026)
    assert [row["label"] for row in months if row["results"]] == ["5月"]
    assert corrected.entry.first_published_at == result.published_at


def test_the_last_minute_of_a_month_belongs_to_it_in_the_bureaus_time():
    spans = series.spans(unit="month", year=2026)
    assert spans[4].holds(dt.date(2026, 5, 1))
    assert not spans[4].holds(dt.date(2026, 6, 1))


def test_the_page_says_each_chart_in_words_over_its_table(client):
    with time_machine.travel("2026-05-11T02:00:00Z", tick=True):
        make_public_result(failed=1)
        page = client.get("/statistics/?by=quarter&year=2026").content.decode()
    assert "公开了 1 家次检查的结果" in page
    assert page.count("data-chart=") == page.count("chart-says") >= 4
    assert "第二季度" in page


@pytest.mark.parametrize("query", ["?year=abc", "?year=99999999999", "?by=week", "?year=-1&by="])
def test_a_strange_period_is_this_years(client, query):
    assert client.get(f"/statistics/{query}").status_code == 200


def test_places_are_counted_from_results():
    with time_machine.travel("2026-05-11T02:00:00Z", tick=True):
        _, result = make_public_result(failed=1)
    (field,) = series.by_place(year=2026, place="fields")
    assert (field["name"], field["results"], field["failed"]) == (result.content["enterprise"]["field"], 1, 1)
