"""The page, on real draws: from the ledger, from a file, with and without JavaScript."""

from __future__ import annotations

import json

import pytest

from draws.models import Draw
from draws.selectors.ledger import record_json, sealed_json
from draws.services import open_envelope
from tests.factories import draws as make

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = 7


@pytest.fixture
def county():
    return make.make_county()


@pytest.fixture
def page(chromium, live_server):
    """A page that remembers what it asked for and what went wrong."""
    context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
    found = context.new_page()
    found.asked, found.errors = [], []
    found.on("request", lambda request: found.asked.append((request.method, request.url)))
    found.on("console", lambda message: message.type == "error" and found.errors.append(message.text))
    found.on("pageerror", lambda error: found.errors.append(str(error)))
    yield found
    context.close()


def verdict(page):
    """The verdict's words, when it is there."""
    page.wait_for_selector(".verify-verdict.is-passed, .verify-verdict.is-failed, .verify-verdict.is-open")
    return page.inner_text("[data-verdict]")


def states(page):
    return [item.get_attribute("class") for item in page.query_selector_all("[data-step]")]


def choose(page, *contents, names=("record.json", "envelopes.json")):
    files = [
        {"name": name, "mimeType": "application/json", "buffer": content}
        for name, content in zip(names, contents, strict=False)
    ]
    page.set_input_files("#record-file", files)


def test_a_draw_of_the_ledger_is_verified_step_by_step(page, county):
    draw = make.make_drawn(county)
    page.goto(f"/ledger/{draw.number}/")
    page.click("text=在浏览器里核验")
    assert "核验通过" in verdict(page)
    assert states(page) == ["is-passed"] * (STEPS - 1) + ["is-none"]
    assert draw.sealed.sealed_hash in page.inner_text("[data-step=seal]").replace("\n", "").replace(" ", "")
    assert page.errors == []


def test_a_chosen_file_is_verified_without_sending_anything(page, county):
    content = record_json(make.make_drawn(county))
    page.goto("/verify/")
    page.wait_for_selector("[data-dropzone]:not([hidden])")
    page.asked.clear()
    choose(page, content)
    assert "核验通过" in verdict(page)
    assert {method for method, _ in page.asked} <= {"GET"}
    assert all("/static/" in url for _, url in page.asked)
    assert page.errors == []


def test_a_changed_file_says_in_words_where(page, county):
    record = json.loads(record_json(make.make_drawn(county)))
    place = record["result"]["drawn"][2]
    place["inspectors"].reverse()
    page.goto("/verify/")
    choose(page, json.dumps(record).encode())
    words = verdict(page)
    assert f"抽取结果 第3家（{place['enterprise']}）的执法人员第1席" in words
    assert states(page)[2:5] == ["is-passed", "is-failed", "is-open"]


def test_without_a_worker_the_page_computes_itself(page, county):
    content = record_json(make.make_drawn(county))
    page.add_init_script("delete globalThis.Worker")
    page.goto("/verify/")
    choose(page, content)
    assert "核验通过" in verdict(page)


def test_a_worker_that_cannot_be_loaded_is_done_without(page, county):
    content = record_json(make.make_drawn(county))
    page.route("**/draw/worker.js", lambda route: route.fulfill(status=404, body=""))
    page.goto("/verify/")
    choose(page, content)
    assert "核验通过" in verdict(page)


def test_a_second_file_takes_the_place_of_the_first(page, county):
    content = record_json(make.make_drawn(county))
    page.goto("/verify/")
    choose(page, b"{", names=["坏.json"])
    assert "坏.json" in verdict(page)
    choose(page, content)
    page.wait_for_selector(".verify-verdict.is-passed")


def test_a_covert_draw_shows_what_is_proved_and_what_is_not_yet(page, county):
    draw = make.make_drawn(county, mode=Draw.Mode.COVERT, cleared_people=[county.head])
    open_envelope(draw.drawn.order_by("pk").first(), by=None)
    page.goto(f"/verify/?draw={draw.number}")
    words = verdict(page)
    assert "抽取时就已固定" in words
    assert "要等完整记录公开" in words
    assert states(page) == ["is-passed", *["is-open"] * 5, "is-passed"]
    assert page.errors == []


def test_a_draw_that_is_only_sealed_has_its_sealed_record_checked(page, county):
    draw = make.make_sealed(county)
    page.goto(f"/verify/?draw={draw.number}")
    assert "还没有可核验的结果" in verdict(page)
    choose(page, sealed_json(draw.sealed).replace(b'"take":2', b'"take":1.5'), names=["sealed.json"])
    assert "只允许整数" in verdict(page)


def test_without_javascript_it_says_how_to_go_on(chromium, live_server, county):
    draw = make.make_drawn(county)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/verify/?draw={draw.number}")
    text = page.inner_text("main")
    assert "没有启用 JavaScript" in text
    assert "python draw.pyz verify record.json" in text
    assert page.get_attribute("[data-ledger-file]", "href") == f"/ledger/{draw.number}/record.json"
    context.close()


@pytest.mark.parametrize("number", ["SLYJ-2026-9999", "<script>", "x" * 500])
def test_a_number_that_is_not_in_the_ledger_is_said_so(client, number):
    answer = client.get("/verify/", {"draw": number})
    assert answer.status_code == 200
    assert "台账里没有这个编号" in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1]
