"""Every kind has its page, its trace, its feed; addresses never go away."""

import pytest
from django.urls import reverse

from publication import services
from publication.columns import COLUMNS, address_of
from publication.models import Publication
from tests.factories.inspections import put_right
from tests.factories.publication import (
    make_listed,
    make_ordered_public,
    make_public_result,
    make_published_notice,
    publish_now,
    withdraw,
)

pytestmark = pytest.mark.django_db


def read(client, address):
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_each_kind_has_a_page_with_head_and_proof(client):
    check, _ = make_listed()
    exposure = services.draft_exposure(check.task, ground="not_rectified", by=check.clerk)
    put_right(check)
    for draft in (
        exposure,
        services.draft_handling(check.task, by=check.clerk),
        services.draft_item_list(by=check.clerk),
        services.draft_officer_list(by=check.clerk),
    ):
        publish_now(draft, by=check.approver)
    public = Publication.objects.filter(state="published")
    assert {"result", "listing", "exposure", "handling", "items", "officers"} <= {one.kind for one in public}
    for one in public:
        status, page = read(client, address_of(one))
        assert (status, one.sha256[:4] in page, "索引号" in page) == (200, True, True)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.code)
def test_an_empty_column_says_what_belongs_there_and_has_a_feed(client, column):
    status, page = read(client, reverse(column.list_url))
    assert (status, column.empty in page) == (200, True)
    assert client.get(reverse(column.feed_url))["Content-Type"].startswith("application/atom+xml")


def test_a_publication_stands_only_in_its_own_column(client):
    _, notice = make_published_notice()
    assert client.get(f"/results/{notice.slug}/").status_code == 404


def test_a_corrected_page_leads_to_its_correction_and_back(client):
    county, notice = make_published_notice()
    draft = services.draft_correction(notice, reason="企业名称有误", by=county.clerk)
    _, before = read(client, address_of(notice))
    assert "已更正" not in before
    second = publish_now(draft, by=county.approver)
    _, old = read(client, address_of(notice))
    _, new = read(client, address_of(second))
    assert address_of(second) in old
    assert "企业名称有误" in old
    assert address_of(notice) in new


def test_a_withdrawn_page_tells_when_and_why_and_not_what(client):
    county, notice = make_published_notice()
    assert notice.title in read(client, address_of(notice))[1]
    withdraw(notice, reason="名单有误", asked_by=county.clerk, by=county.approver)
    status, page = read(client, address_of(notice))
    assert (status, "名单有误" in page, notice.title in page, notice.sha256[:4] in page) == (410, True, False, True)


def test_a_feed_holds_its_column_only(client):
    check = make_ordered_public()
    result = Publication.objects.get(kind="result")
    publish_now(services.draft_exposure(check.task, ground="not_rectified", by=check.clerk), by=check.approver)
    feed = client.get("/exposures/feed.atom").content.decode()
    assert "曝光" in feed
    assert address_of(result) not in feed
    assert address_of(result) in client.get("/feed.atom").content.decode()


def test_the_site_map_lists_every_address(client):
    _, notice = make_published_notice()
    index = client.get("/sitemap.xml").content.decode()
    assert "sitemap-pages.xml" in index
    assert "sitemap-publications.xml" in index
    assert address_of(notice) in client.get("/sitemap-publications.xml").content.decode()
    assert "/open-data/" in client.get("/sitemap-pages.xml").content.decode()
    assert client.get("/sitemap-nothing.xml").status_code == 404


def test_robots_are_kept_out_of_the_desk_and_of_letters(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert "Disallow: /letter/" in text


def test_a_visitor_with_an_account_gets_the_same_bytes_as_a_stranger(client):
    check, _ = make_public_result()
    before = client.get("/")
    client.force_login(check.clerk)
    after = client.get("/")
    assert before.content == after.content
    assert not before.cookies
