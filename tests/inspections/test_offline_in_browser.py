"""A phone of 390 pixels far from any network: the browser was closed, and the record opens again."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Error, expect

from inspections import services
from inspections.models import Evidence, ItemResult, SiteRecord
from tests.factories.inspections import fill_record, make_on_site, photo_bytes
from tests.support.browser import PATIENCE_MS
from tests.support.cable import cable_to
from tests.support.pages import becomes_true, press

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
KEPT = """(async () => {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = (await Promise.all(stores.map((one) => one.keys()))).flat();
  return requests.map((one) => new URL(one.url).pathname);
})()"""
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => new URL(one.scope).pathname))"
FORGOTTEN = f"async () => !(await caches.keys()).length && !(await {WORKERS}).length"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture(autouse=True)
def _database_beside_a_browser(monkeypatch):
    """Playwright keeps an event loop in this thread; Django would not speak to the database in it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def cable(live_server):
    with cable_to(live_server.url) as cable:
        yield cable


@pytest.fixture
def check():
    return make_on_site()


@pytest.fixture
def phone(chromium, cable, client, check):
    """The lead's phone, signed in, behind the cable."""
    client.force_login(check.lead)
    context = chromium.new_context(**PHONE)
    context.set_default_timeout(PATIENCE_MS)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": cable.url}])
    yield context
    context.close()


@pytest.fixture
def address(check):
    return reverse("task_record", args=[check.task.pk])


def opened(phone, url):
    """The record's page, kept on the phone with its scripts."""
    page = phone.new_page()
    page.goto(url)
    for part in (r"/record-queue.*js/", r"/record\/$/"):
        becomes_true(page, f"async () => (await {KEPT}).some((path) => {part}.test(path))")
    return page


def card_of(page, number):
    return page.locator("[data-card]").nth(number)


def choose(card, words):
    press(card.locator(".answer label", has_text=re.compile(f"^{words}$")))


def results_of(check):
    rows = ItemResult.objects.filter(record__task=check.task).order_by("drawn_item__item__code")
    return [row.result for row in rows]


def test_it_opens_again_without_a_network_and_all_is_sent_when_it_is_back(phone, cable, check, address):
    page = opened(phone, cable.url + address)
    choose(card_of(page, 0), "合格")
    expect(card_of(page, 0).locator("[data-saved]")).to_contain_text("已保存")
    cable.pull_out()
    choose(card_of(page, 1), "不合格")
    card_of(page, 1).locator("textarea").fill("配电箱没有接地。")
    picture = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo_bytes()}
    card_of(page, 1).locator("input[type=file]").set_input_files([picture])
    expect(page.locator("[data-queue]")).to_have_text("还有 1 张照片待上传")

    page.close()
    again = phone.new_page()
    again.goto(cable.url + address)

    expect(again.locator("[data-record-notice]")).to_contain_text("没有网络")
    expect(card_of(again, 0).get_by_role("radio", name="合格", exact=True)).to_be_checked()
    expect(card_of(again, 1).locator("textarea")).to_have_value("配电箱没有接地。")
    expect(again.locator("[data-queue]")).to_have_text("还有 1 张照片待上传")
    assert again.evaluate("document.documentElement.scrollWidth") == 390
    choose(card_of(again, 0), "不涉及")
    cable.plug_in()
    press(again.get_by_role("button", name="保存", exact=True))

    expect(card_of(again, 1).locator("[data-photo-count]")).to_have_text("已上传 1/1")
    expect(again.locator("[data-unsaved]")).to_have_text("")
    assert results_of(check) == ["absent", "failed"]
    assert Evidence.objects.count() == 1


def test_what_was_saved_after_the_page_was_kept_is_not_overwritten_by_it(phone, cable, check, address):
    page = opened(phone, cable.url + address)
    page.get_by_label("检查场所").fill("储罐区")
    expect(page.locator("[data-prefix=head] [data-saved]")).to_contain_text("已保存")
    page.close()
    cable.pull_out()
    again = phone.new_page()
    again.goto(cable.url + address)

    expect(again.get_by_label("检查场所")).to_have_value("储罐区")
    again.get_by_label("检查情况").fill("另有一处。")
    cable.plug_in()
    press(again.get_by_role("button", name="保存", exact=True))
    expect(again.locator("[data-unsaved]")).to_have_text("")

    record = SiteRecord.objects.get()
    assert (record.place, record.findings) == ("储罐区", "另有一处。")


def test_it_is_that_page_only(phone, cable, check, address):
    page = opened(phone, cable.url + address)

    kept = page.evaluate(KEPT)

    assert [path for path in kept if "/static/" not in path] == [address]
    assert page.evaluate(WORKERS) == [address]
    page.close()
    cable.pull_out()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        phone.new_page().goto(cable.url + reverse("task_detail", args=[check.task.pk]))


def test_it_is_forgotten_when_the_record_is_submitted(phone, cable, check, address):
    page = opened(phone, cable.url + address)
    services.submit_record(fill_record(check), by=check.second, signature="signed")

    page.goto(cable.url + reverse("task_detail", args=[check.task.pk]))

    becomes_true(page, FORGOTTEN)


def test_it_is_forgotten_when_somebody_signs_out(phone, cable, check, address):
    page = opened(phone, cable.url + address)
    page.goto(cable.url + reverse("task_detail", args=[check.task.pk]))
    assert page.evaluate("caches.keys().then((names) => names.length)") == 1

    page.locator("form[action$='/logout/']").evaluate("form => form.requestSubmit()")
    page.wait_for_url(re.compile("/login/"))

    becomes_true(page, FORGOTTEN)
