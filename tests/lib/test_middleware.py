"""What stands before every page: refusals as sentences, and a limit to what is taken in."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.middleware import RefusalMiddleware, UploadLimitMiddleware
from tests.factories.accounts import Role, person_with


def taken_in(request):
    return HttpResponse("ok")


def post(size: int, **headers):
    request = RequestFactory().post("/", b"x", content_type="application/octet-stream", headers=headers)
    request.META["CONTENT_LENGTH"] = str(size)
    return UploadLimitMiddleware(taken_in)(request)


def test_a_body_that_is_announced_too_large_is_refused_unread(settings):
    settings.MOST_UPLOAD_BYTES = 10 * 1024**2
    assert post(500 * 1024**2).status_code == 413
    assert "超过 10 MB" in post(500 * 1024**2).content.decode()
    assert b"refusal" in post(500 * 1024**2, accept="application/json").content
    assert post(10 * 1024**2).content == b"ok"


def test_a_refusal_answers_a_script_with_its_sentence():
    request = RequestFactory().post("/", headers={"accept": "application/json"})
    answer = RefusalMiddleware(taken_in).process_exception(request, Refusal("请填写原因。", field="reason"))
    assert answer.status_code == 409
    assert "请填写原因" in answer.content.decode("unicode_escape")


def test_a_fault_of_ours_is_not_a_refusal():
    assert RefusalMiddleware(taken_in).process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/search/?q=a%00b", "/notices/?q=%00", "/ledger/%00/", "/letter/%00/", "/witness/%00/"]
)
def test_a_null_in_an_address_is_refused_with_a_sentence(client, address):
    page = client.get(address)
    assert page.status_code == 400
    assert "不能识别的字符" in page.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_posts_says_so(client):
    page = client.get("/letter/somebody/confirm/")
    assert page.status_code == 405
    assert page.headers["Allow"] == "POST"
    assert "用页面上的按钮" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/desk/没有这一页/", "/desk/enterprises/999999/", "/desk/draws/999999/"])
def test_staff_who_miss_a_page_stay_at_the_desk_and_learn_nothing_of_it(client, address):
    client.force_login(person_with(Role.CLERK), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(address)
    text = page.content.decode()
    assert page.status_code == 404
    assert page.headers["Cache-Control"] == "private, no-store"
    assert {reverse("desk_home"), reverse("desk_search")} <= set(re.findall(r'(?:href|action)="([^"]+)"', text))
    assert ('class="desk"' in text, "999999" in text, "没有这一页" in text) == (True, False, False)


@pytest.mark.django_db
def test_two_missing_pages_of_the_desk_are_one_page(client):
    client.force_login(person_with(Role.CLERK), backend="django.contrib.auth.backends.ModelBackend")
    first, second = (client.get(address).content.decode() for address in ("/desk/draws/999999/", "/desk/draws/999998/"))
    assert _without_token(first) == _without_token(second)


def _without_token(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', "", page)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/desk/nowhere/", "/nowhere/"])
def test_a_visitor_who_misses_a_page_gets_the_public_one(client, address):
    page = client.get(address)
    assert page.status_code == 404
    assert reverse("desk_home") not in page.content.decode()


@pytest.mark.parametrize("back", ["%25", "(((", "😀", "\\", "//evil.invalid", "https://evil.invalid"])
def test_display_leads_back_to_a_page_of_ours_only(client, back):
    assert client.get("/display/", {"size": "large", "next": back}).url == "/"
