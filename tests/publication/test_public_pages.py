"""What citizens meet: home, lists, search, feed."""

import pytest
from django.urls import reverse

from shuangsuiji.lib.credit_code import with_check_characters
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


def test_a_page_tells_machines_what_government_pages_tell(client, settings):
    settings.SITE_ID_CODE = "4306810001"
    _, notice = make_published_notice()
    page = client.get(f"/notices/{notice.slug}/").content.decode()
    names = ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "ArticleTitle", "PubDate")
    for name in (*names, "ContentSource", "Keywords", "Description"):
        assert f'<meta name="{name}" content="' in page, name
    assert f'<link rel="canonical" href="{settings.BASE_URL}/notices/{notice.slug}/">' in page
    assert 'name="ColumnType"' in client.get("/notices/").content.decode()


def test_titles_and_crumbs_say_nothing_twice(client):
    _, notice = make_published_notice()
    home = client.get("/").content.decode()
    title = home.partition("<title>")[2].partition("</title>")[0]
    assert title.count("示例市应急管理局") == 1
    page = client.get(f"/notices/{notice.slug}/").content.decode()
    assert page.count('class="crumb"') == 3
    assert '<span class="crumb" aria-current="page">检查公告</span>' not in page
    for address in ("/items/", "/ledger/"):
        assert '<a class="crumb" href="/">首页</a>' in client.get(address).content.decode()


def test_pages_that_look_as_the_cookies_say_tell_caches_so(client):
    for address in ("/", "/ledger/", "/plans/"):
        assert "Cookie" in client.get(address).headers["Vary"], address


def test_the_paper_of_a_notice_is_asked_for_once(client):
    _, notice = make_published_notice()
    first = client.get(f"/notices/{notice.slug}/notice.pdf")
    assert b"".join(first.streaming_content).startswith(b"%PDF")
    again = client.get(f"/notices/{notice.slug}/notice.pdf", headers={"if-none-match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_machines_get_heads_and_their_404_as_json(client):
    _, notice = make_published_notice()
    assert client.head(f"/api/v1/publications/{notice.slug}").status_code == 200
    for address in ("/api/v1/nothing", "/api/v1/", "/api/v1/publications/nothing"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (404, "application/json"), address


def test_the_map_of_the_site_leads_to_every_draw(client):
    _, notice = make_published_notice()
    assert f"/ledger/{notice.draw.number}/" in client.get("/sitemap-ledger.xml").content.decode()


def test_what_is_not_there_offers_a_search_and_the_columns(client):
    page = client.get("/nothing/").content.decode()
    assert 'action="/search/"' in page
    assert 'href="/results/"' in page


def test_the_shop_of_a_person_is_masked_in_the_ledger_too(client):
    _, notice = make_published_notice()
    shop = notice.enterprises.order_by("pk").first().enterprise
    code = with_check_characters("92430681MA000001")
    type(shop).objects.filter(pk=shop.pk).update(name="汨罗镇欧 虚拟五金店", credit_code=code, representative="欧虚拟")
    page = client.get(f"/ledger/{notice.draw.number}/").content.decode()
    assert "汨罗镇欧某某五金店" in page
    assert "欧虚拟" not in page
    assert code not in page
