"""Kept pages: the same bytes while nothing happens, new ones at once after it, and nobody's in particular."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from shuangsuiji.audit.services import record
from shuangsuiji.lib import page_cache
from shuangsuiji.lib.page_cache import kept_page
from tests.factories.accounts import Role, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """A page that counts how often it is made, and says who it is made for."""

    def view(request):
        view.count += 1
        return HttpResponse(f"{view.says} {request.user} {request.GET.urlencode()} {sorted(request.COOKIES)}")

    view.count, view.says = 0, "一"
    view.kept = kept_page("page", fresh=("q",))(view)
    return view


def ask(page, query=None, *, method="get", **headers):
    request = getattr(RequestFactory(), method)("/somewhere/", query or {}, headers=headers)
    return page.kept(request)


def something_happens():
    with transaction.atomic():
        record("test.happened", target=("test", "1", ""))


def test_it_is_made_once_while_nothing_happens(page):
    assert ask(page).content == ask(page).content
    assert page.count == 1


def test_it_is_made_anew_at_once_after_anything_recorded(page):
    ask(page)
    page.says = "二"
    something_happens()
    assert "二" in ask(page).content.decode()


def test_an_unchanged_page_keeps_its_date_through_a_change_elsewhere(page):
    before = ask(page)
    something_happens()
    after = ask(page)
    assert (page.count, before["ETag"], before["Last-Modified"]) == (2, after["ETag"], after["Last-Modified"])


def test_a_visitor_who_has_it_gets_a_304(page):
    etag = ask(page)["ETag"]
    answer = ask(page, **{"If-None-Match": etag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert answer["Cache-Control"] == "public, no-cache"


def test_it_is_made_for_a_stranger(page):
    request = RequestFactory().get("/somewhere/", {"page": "2", "utm": "x"})
    request.user = person_with(Role.CLERK)
    request.COOKIES = {"sessionid": "secret", "size": "large"}
    text = page.kept(request).content.decode()
    assert "AnonymousUser page=2 " in text
    assert "sessionid" not in text


def test_each_type_size_has_its_own_and_unknown_cookies_have_none(page):
    for cookies in ({}, {"size": "large"}, {"size": "giant"}, {"other": "1"}):
        request = RequestFactory().get("/somewhere/")
        request.COOKIES = cookies
        page.kept(request)
    assert page.count == 2


def test_typed_words_are_never_kept(page):
    ask(page, {"q": "化工"})
    ask(page, {"q": "化工"})
    assert page.count == 2
    assert not cache.keys("page:*") if hasattr(cache, "keys") else True


def test_nothing_but_reading_is_answered(page):
    assert ask(page, method="post").status_code == 405


def test_a_page_that_is_missing_is_not_kept(page):
    missing = kept_page()(lambda request: HttpResponse("没有", status=404))
    for _ in range(2):
        assert missing(RequestFactory().get("/missing/")).status_code == 404


def test_without_redis_it_is_still_right(page, monkeypatch):
    with override_settings(
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        }
    ):
        ask(page)
        page.says = "二"
        something_happens()
        assert "二" in ask(page).content.decode()


def test_an_emptied_redis_is_right_and_filled_again(page):
    before = ask(page)
    cache.clear()
    assert ask(page).content == before.content
    page.says = "二"
    something_happens()
    cache.clear()
    assert "二" in ask(page).content.decode()
    page_cache._version_near.clear()
    assert page_cache.site_version() == cache.get(page_cache.VERSION_KEY)


def test_another_process_takes_it_from_redis(page):
    ask(page)
    page_cache._near.clear()
    ask(page)
    assert page.count == 1


def test_a_version_left_behind_by_a_killed_worker_goes_by_itself():
    cache.set(page_cache.VERSION_KEY, "old", page_cache.VERSION_SECONDS)
    assert (page_cache.VERSION_SECONDS <= 5, page_cache.VERSION_NEAR_SECONDS <= 0.1) == (True, True)
    cache.delete(page_cache.VERSION_KEY)
    something_happens()
    assert page_cache.site_version() != "old"


def test_signing_in_does_not_make_pages_old(page):
    ask(page)
    with transaction.atomic():
        record("account.signed_in", target=("test", "1", ""))
    ask(page)
    assert page.count == 1
