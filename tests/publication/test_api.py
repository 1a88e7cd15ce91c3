"""The API: pages by key, changes in the order in which they took effect, the same words as the pages."""

import pytest

from publication import services
from publication.models import Publication
from tests.factories.publication import make_listed, make_notice_draft, make_published_notice, publish_now, withdraw

pytestmark = pytest.mark.django_db


def ask(client, path, **query):
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_pages_by_key_hold_every_row_once(client):
    make_listed()
    rows, after = [], ""
    while True:
        page = ask(client, "publications", limit=1, after=after)
        rows += [row["slug"] for row in page["rows"]]
        after = page["next"]
        if not after:
            break
    public = Publication.objects.filter(state="published").order_by("published_at", "id")
    assert rows == [one.slug for one in public]
    assert len(rows) > 1


def test_one_publication_is_whole_and_masked_by_the_same_rule(client):
    _, notice = make_published_notice()
    one = ask(client, f"publications/{notice.slug}")
    assert (one["content"], one["sha256"]) == (notice.content, notice.sha256)
    assert one["url"].endswith(f"/notices/{notice.slug}/")


def test_a_draft_is_not_there(client):
    _, notice = make_notice_draft()
    assert client.get(f"/api/v1/publications/{notice.slug}").status_code == 404
    assert ask(client, "publications")["rows"] == []
    assert ask(client, "changes")["rows"] == []


def test_changes_since_a_cursor(client):
    county, notice = make_published_notice()
    first = ask(client, "changes")
    assert [(row["slug"], row["state"]) for row in first["rows"]] == [(notice.slug, "published")]
    assert ask(client, "changes", since=first["next"])["rows"] == []
    second = publish_now(services.draft_correction(notice, reason="有误", by=county.clerk), by=county.approver)
    later = ask(client, "changes", since=first["next"])
    assert {(row["slug"], row["state"]) for row in later["rows"]} >= {(second.slug, "published")}
    withdraw(second, reason="撤回", asked_by=county.clerk, by=county.approver)
    gone = ask(client, "changes", since=later["next"])["rows"]
    assert [(row["slug"], row["state"], row["title"]) for row in gone] == [(second.slug, "withdrawn", "")]


@pytest.mark.parametrize(
    "query", [{"after": "xxx"}, {"limit": 0}, {"limit": 9999}, {"kind": "secret"}, {"after": "MjAyNg"}, {"after": "中"}]
)
def test_a_wrong_question_gets_a_sentence(client, query):
    answer = client.get("/api/v1/publications", query)
    assert answer.status_code == 422
    assert "不能识别" in answer.json()["detail"]


def test_ledger_items_officers_and_statistics_are_there(client):
    _, notice = make_published_notice()
    assert [row["number"] for row in ask(client, "ledger")["rows"]] == [notice.draw.number]
    assert ask(client, "ledger", after=notice.draw.number)["rows"] == []
    assert ask(client, "items")["rows"]
    assert set(ask(client, "officers")["rows"][0]) == {
        *("name", "certificate_number", "certificate_expires_on", "department")
    }
    assert len(ask(client, "statistics", by="quarter", year=2026)["rows"]) == 4


def test_an_answer_is_a_304_until_something_happens(client):
    county, notice = make_published_notice()
    first = client.get("/api/v1/publications")
    assert client.get("/api/v1/publications", headers={"If-None-Match": first["ETag"]}).status_code == 304
    withdraw(notice, reason="有误", asked_by=county.clerk, by=county.approver)
    assert client.get("/api/v1/publications", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_document_describes_every_address_and_no_page_loads_from_outside(client):
    document = client.get("/api/v1/openapi.json").json()
    assert {path.removeprefix("/api/v1/") for path in document["paths"]} == {
        *("publications", "publications/{slug}", "changes", "ledger", "items", "officers", "statistics")
    }
    assert client.get("/api/v1/docs").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    assert getattr(client, method)("/api/v1/publications").status_code == 405
