"""What citizens meet: home, lists, search, feed."""

import pytest
from django.urls import reverse

from tests.factories.accounts import Role, person_with
from tests.factories.publication import make_notice_draft, make_public_result, make_published_notice

pytestmark = pytest.mark.django_db


def test_the_empty_site_says_what_will_stand_there(client):
    page = client.get("/").content.decode()
    assert "目前没有公告中的检查" in page
    assert "还没有公开的检查结果" in page


def test_a_notice_is_found_by_two_characters_of_an_enterprise(client):
    _, notice = make_published_notice()
    page = client.get("/search/", {"q": "化工"}).content.decode()
    assert reverse("notice", args=[notice.slug]) in page
    assert "没有找到" in client.get("/search/", {"q": "乌有"}).content.decode()


def test_a_draft_is_found_nowhere(client):
    _, notice = make_notice_draft()
    for address in ("/", "/notices/", "/search/?q=化工", "/feed.atom"):
        assert notice.title not in client.get(address).content.decode()
    assert client.get(f"/notices/{notice.slug}/").status_code == 404


def test_a_notice_page_carries_the_header_block_and_meta_tags(client):
    _, notice = make_published_notice()
    page = client.get(f"/notices/{notice.slug}/").content.decode()
    for words in ("索引号", "发文机关", notice.number, 'name="ArticleTitle"', 'name="PubDate"', notice.sha256):
        assert words in page


def test_the_home_page_leads_to_notice_and_result(client):
    _, result = make_public_result()
    page = client.get("/").content.decode()
    assert reverse("result", args=[result.slug]) in page
    assert result.title not in client.get("/notices/").content.decode()


def test_the_feed_lists_what_is_public(client):
    _, notice = make_published_notice()
    assert notice.title in client.get("/feed.atom").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_few_questions_however_long(client, count, django_assert_max_num_queries):
    county = None
    for _ in range(count):
        county, _notice = make_published_notice(county)
    with django_assert_max_num_queries(6):
        client.get("/notices/")


def test_the_desk_shows_buttons_to_those_who_may(client):
    county, notice = make_notice_draft()
    address = reverse("publication_detail", args=[notice.pk])
    client.force_login(county.approver)
    assert "批准发布" in client.get(address).content.decode()
    client.force_login(person_with(Role.LEADER))
    assert "批准发布" not in client.get(address).content.decode()
    client.force_login(county.clerk)
    assert "保存文字" in client.get(address).content.decode()
