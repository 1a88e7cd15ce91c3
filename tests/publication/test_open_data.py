"""Open data: the same words as the pages, in columns that are explained."""

import csv
import io
import json

import pytest

from publication.open_data import DATASETS, _cell
from tests.factories.publication import make_listed, make_public_result, make_published_notice, withdraw

pytestmark = pytest.mark.django_db

EVERY_SET = pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.code)


def whole(answer):
    return b"".join(answer.streaming_content).decode()


def table(client, code):
    return list(csv.DictReader(io.StringIO(whole(client.get(f"/open-data/{code}.csv")).removeprefix("\ufeff"))))


@EVERY_SET
def test_both_forms_hold_the_same_rows_under_the_dictionarys_columns(client, dataset):
    check, _ = make_listed()
    make_published_notice(check.county)
    text = whole(client.get(f"/open-data/{dataset.code}.csv"))
    assert text.startswith("\ufeff")
    rows = table(client, dataset.code)
    document = json.loads(whole(client.get(f"/open-data/{dataset.code}.json")))
    assert list(rows[0]) == [column.title for column in dataset.columns]
    assert [set(row) for row in document["rows"]] == [{column.key for column in dataset.columns}] * len(rows)
    first = dataset.columns[0]
    assert [str(row[first.key]) for row in document["rows"]] == [row[first.title] for row in rows]


@EVERY_SET
def test_an_empty_set_is_a_head_without_rows(client, dataset):
    assert json.loads(whole(client.get(f"/open-data/{dataset.code}.json")))["dataset"] == dataset.code


def test_the_dictionary_explains_every_column(client):
    words = client.get("/open-data/dictionary.json").json()
    assert [one["dataset"] for one in words] == [one.code for one in DATASETS]
    assert all(column["says"] and column["title"] for one in words for column in one["columns"])
    page = client.get("/open-data/").content.decode()
    assert all(f'id="{one.code}"' in page for one in DATASETS)


def test_a_result_is_a_row_for_each_item(client):
    _, result = make_public_result(failed=1)
    rows = table(client, "results")
    assert len(rows) == len(result.content["results"])
    assert {row["结论"] for row in rows} <= {"合格", "不合格", "不涉及"}


def test_a_file_is_a_304_until_something_happens(client):
    county, notice = make_published_notice()
    first = client.get("/open-data/notices.csv")
    assert client.get("/open-data/notices.csv", headers={"If-None-Match": first["ETag"]}).status_code == 304
    withdraw(notice, reason="有误", asked_by=county.clerk, by=county.approver)
    assert client.get("/open-data/notices.csv", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("value", ["=1+1", "+86", "-1", "@x", "\tx"])
def test_a_cell_never_becomes_a_formula(value):
    assert _cell(value) == f"'{value}"


@pytest.mark.parametrize("address", ["/open-data/secrets.csv", "/open-data/notices.xml", "/open-data/notices.csv.json"])
def test_what_is_not_there_is_not_there(client, address):
    assert client.get(address).status_code == 404
