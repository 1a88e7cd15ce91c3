"""The record on a 390-pixel phone: fields save themselves, the network goes and comes back, nothing is lost."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from inspections import services
from inspections.models import Evidence, ItemResult, SiteRecord
from tests.factories.inspections import (
    add_sub_item,
    drawing,
    fill_record,
    make_check,
    make_on_site,
    photo_bytes,
    photo_file,
)
from tests.support.pages import becomes_true, press

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _database_beside_a_browser(monkeypatch):
    """Playwright keeps an event loop in this thread; Django would not speak to the database in it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def phone(chromium, live_server, client):
    """A signed-in phone: `phone(user)` gives a page; errors on the console fail the test."""
    contexts, faults = [], []

    def sign_in(user):
        client.force_login(user)
        context = chromium.new_context(**PHONE)
        contexts.append(context)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return opened(context)

    def opened(context):
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        return page

    sign_in.opened = opened
    yield sign_in
    for context in contexts:
        context.close()
    assert not faults


def opened_again(phone, page):
    """Close the page without a network, then take another with one: left first, since a page that closes may hear
    of the network once more and send."""
    page.goto("about:blank")
    page.close()
    page.context.set_offline(False)
    return phone.opened(page.context)


def card_of(page, number: int):
    return page.locator("[data-card]").nth(number)


def result_of(check, number: int) -> ItemResult:
    return ItemResult.objects.filter(record__task=check.task).order_by("drawn_item__item__code")[number]


def address_of(live_server, check) -> str:
    return live_server.url + reverse("task_record", args=[check.task.pk])


def choose(card, words: str) -> None:
    press(card.locator(".answer label", has_text=re.compile(f"^{words}$")))


def pictures(count: int) -> list[dict]:
    return [
        {"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": photo_bytes(shade=n * 30)} for n in range(count)
    ]


def test_a_field_saves_itself(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))

    choose(card_of(page, 0), "合格")

    expect(card_of(page, 0).locator("[data-saved]")).to_contain_text("已保存")
    expect(page.locator("[data-answered]")).to_have_text("1")
    assert result_of(check, 0).result == "passed"


def test_a_step_that_asks_and_tells_the_place_asks_once(phone, live_server):
    check = make_check()
    page = phone(check.lead)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 28.806512, "longitude": 113.079422, "accuracy": 12})
    page.goto(live_server.url + reverse("task_detail", args=[check.task.pk]))
    press(page.get_by_text("情况紧急，先行检查"))
    page.get_by_label("先行检查的理由").fill("接到险情报告，须立即查看。")
    press(page.get_by_role("button", name="先行检查", exact=True))

    press(page.get_by_role("dialog").get_by_role("button", name="先行检查", exact=True))

    expect(page.get_by_text("检查已开始，系统已记下时间。")).to_be_visible()
    record = SiteRecord.objects.get(task=check.task)
    assert (float(record.latitude), record.task.approval.is_afterwards) == (28.806512, True)


def test_a_finger_faster_than_the_scripts_is_asked_all_the_same(phone, live_server):
    check = make_check()
    page = phone(check.lead)
    page.route("**/static/js/main*.js", lambda route: route.abort())
    page.goto(live_server.url + reverse("task_detail", args=[check.task.pk]))
    press(page.get_by_text("情况紧急，先行检查"))
    page.get_by_label("先行检查的理由").fill("接到险情报告，须立即查看。")

    press(page.get_by_role("button", name="先行检查", exact=True))

    expect(page.get_by_role("dialog")).to_be_visible()
    assert not SiteRecord.objects.exists()


def test_it_fits_the_screen_and_its_targets_fit_a_thumb(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for label in card_of(page, 0).locator(".answer label").all():
        assert label.bounding_box()["height"] >= 44
    assert page.locator(".phone-foot").bounding_box()["y"] < 844


def test_what_is_typed_without_a_network_is_kept_and_sent_later(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    page.context.set_offline(True)

    card = card_of(page, 0)
    choose(card, "不合格")
    card.locator("textarea").fill("消防沙箱无沙。")
    press(card.locator(".hazard label").first)
    card.locator("input[type=file]").set_input_files(pictures(3))
    expect(page.get_by_text("网络已断开，已在本机保存")).to_be_in_viewport()
    expect(page.locator("[data-queue]")).to_have_text("还有 3 张照片待上传")
    assert result_of(check, 0).result == ""
    page.context.set_offline(False)

    expect(card.locator("[data-photo-count]")).to_have_text("已上传 3/3")
    expect(card.locator("[data-saved]")).to_contain_text("已保存")
    assert (result_of(check, 0).seen, result_of(check, 0).hazard) == ("消防沙箱无沙。", "general")
    assert Evidence.objects.count() == 3


def test_the_basis_is_there_without_a_network_and_follows_the_answers(phone, live_server):
    check = make_on_site()
    item = result_of(check, 0).drawn_item.item
    add_sub_item(item, code=f"{item.code}-91")
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    page.context.set_offline(True)
    card = card_of(page, 0)
    basis = card.get_by_label("违反依据")

    choose(card, "不合格")
    expect(basis).to_have_value(item.legal_basis)
    press(card.locator("details.subs summary"))
    card.get_by_label("看台账").select_option("failed")
    expect(basis).to_have_value("《示例规定》第九条")
    basis.fill("《另一规定》第一条")
    card.get_by_label("看台账").select_option("passed")

    expect(basis).to_have_value("《另一规定》第一条")
    page.context.set_offline(False)
    expect(card.locator("[data-saved]")).to_contain_text("已保存")
    assert result_of(check, 0).basis == "《另一规定》第一条"


def test_only_what_the_server_has_is_counted(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    choose(card_of(page, 0), "合格")
    expect(page.locator("[data-answered]")).to_have_text("1")
    page.context.set_offline(True)

    choose(card_of(page, 1), "合格")

    expect(card_of(page, 1).locator("[data-saved]")).to_contain_text("已存本机")
    expect(page.locator("[data-unsaved]")).to_have_text("，1 处还没有保存")
    expect(page.locator("[data-answered]")).to_have_text("1")
    page.context.set_offline(False)
    expect(page.locator("[data-answered]")).to_have_text("2")
    expect(page.locator("[data-unsaved]")).to_have_text("")


def test_a_change_after_signing_says_who_signs_again(phone, live_server):
    check = make_on_site()
    record = fill_record(check)
    services.sign_record(record, by=check.lead, drawing=drawing())
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    expect(page.get_by_text("已经有人签名：")).to_be_visible()

    page.get_by_label("检查情况").fill("另有一处。")

    expect(page.locator("[data-record-notice]")).to_contain_text("李示例的签名不再作数")


def test_a_closed_browser_loses_neither_words_nor_photos(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    page.context.set_offline(True)
    choose(card_of(page, 0), "合格")
    card_of(page, 0).locator("input[type=file]").set_input_files(pictures(2))
    expect(page.locator("[data-queue]")).to_have_text("还有 2 张照片待上传")

    again = opened_again(phone, page)
    again.goto(address_of(live_server, check))

    expect(card_of(again, 0).locator("[data-photo-count]")).to_have_text("已上传 2/2")
    expect(card_of(again, 0).locator("[data-saved]")).to_contain_text("已保存")
    assert result_of(check, 0).result == "passed"
    assert Evidence.objects.count() == 2


KEYS = """() => new Promise((resolve) => {
  indexedDB.open("record-photos").onsuccess = (event) => {
    const asked = event.target.result.transaction("photos").objectStore("photos").getAllKeys();
    asked.onsuccess = () => resolve(asked.result);
  };
})"""


def test_a_photo_that_arrived_just_before_the_page_was_closed_is_shown_once(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    page.context.set_offline(True)
    card_of(page, 0).locator("input[type=file]").set_input_files(pictures(2))
    expect(page.locator("[data-queue]")).to_have_text("还有 2 张照片待上传")
    [arrived, _] = page.evaluate(KEYS)
    item = result_of(check, 0).drawn_item
    services.add_evidence(check.task, by=check.lead, file=photo_file(), drawn_item=item, upload_key=arrived)

    again = opened_again(phone, page)
    again.goto(address_of(live_server, check))

    expect(card_of(again, 0).locator("[data-photo-count]")).to_have_text("已上传 2/2")
    assert Evidence.objects.count() == 2
    becomes_true(again, f"async () => (await ({KEYS})()).length === 0")


def test_a_refused_photo_says_why_and_the_others_are_kept(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    broken = {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": b"GIF89a nothing"}

    card_of(page, 0).locator("input[type=file]").set_input_files([broken, *pictures(1)])

    expect(card_of(page, 0).get_by_text("“b.jpg”：这不是照片")).to_be_visible()
    expect(card_of(page, 0).locator("[data-photo-count]")).to_have_text("已上传 1/1")


def test_two_officers_overwrite_nothing(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    services.save_result(result_of(check, 0), by=check.second, revision=0, result="absent", seen="没有罐区")

    choose(card_of(page, 0), "合格")

    expect(card_of(page, 0).locator("[data-refusal]")).to_contain_text("现为：不涉及；没有罐区")
    assert result_of(check, 0).result == "absent"
    press(page.get_by_role("button", name="保存"))
    expect(card_of(page, 0).locator("[data-saved]")).to_contain_text("已保存")
    assert result_of(check, 0).result == "passed"


def test_an_expired_session_keeps_the_words_on_the_device(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    page.context.clear_cookies()

    choose(card_of(page, 0), "合格")

    expect(page.locator("[data-record-notice]")).to_contain_text("登录已过期")
    assert page.evaluate("Object.keys(localStorage).length") == 1


def test_checking_before_submitting_saves_first(phone, live_server):
    check = make_on_site()
    page = phone(check.lead)
    page.goto(address_of(live_server, check))
    page.locator("#id_head-place").fill("储罐区")

    press(page.get_by_role("button", name="核对提交"))

    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible()
    expect(page.get_by_text("储罐区")).to_be_visible()
