"""The public site in Chromium: every page at three widths and two type sizes, by keyboard alone, asking nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.people import PHONE, Person
from tests.journeys.watching import Watch
from tests.support.pages import press
from tests.support.stack import Stack, seeded

# The demo world is built first, and each test looks at some thirty pages.
pytestmark = pytest.mark.timeout(900)
WIDTHS = (390, 768, 1440)
LOOKED_AT = {(1440, "medium"), (390, "large")}
PAGES = (
    *("/", "/notices/", "/results/", "/exposures/", "/listings/", "/items/", "/officers/", "/plans/", "/ledger/"),
    *("/statistics/", "/statistics/?by=quarter", "/statistics/reports/", "/releases/", "/search/", "/search/?q=示范"),
    *("/search/?q=乌有", "/open-data/", "/feedback/", "/feedback/status/", "/authenticity/"),
    *("/verify/", "/officers/?q=乌有"),
)
MISSING = ("/nothing/", "/notices/nothing/")
FORBIDDEN_WORDS = ("unsafe-inline", "unsafe-eval", "http:", "https:", "*")


@pytest.fixture(scope="module")
def site() -> Iterator[Stack]:
    """The demo world on the web; no jobs run."""
    stack = Stack(seeded=seeded())
    try:
        yield stack.start("web")
    finally:
        stack.stop()


@pytest.fixture(scope="module")
def pages(site) -> list[str]:
    """The pages above, and one of each kind of publication."""
    rows = site.sql(
        "SELECT kind, min(slug) FROM publication_publication WHERE state = 'published' GROUP BY kind ORDER BY kind"
    )
    roof = {"notice": "notices", "result": "results", "handling": "results", "exposure": "exposures"}
    roof |= {"listing": "listings", "removal": "listings", "statistics": "statistics/reports", "plan": "plans"}
    details = [f"/{roof.get(kind, 'releases')}/{slug}/" for kind, slug in rows]
    return [*PAGES, *details, *(f"/authenticity/{slug}/" for _, slug in rows[:1])]


@pytest.fixture
def visitor(site, chromium):
    """A citizen with a browser; what the pages did wrong is told at the end."""
    watch = Watch(site=site.url)
    person = Person(chromium, site=site.url, watch=watch)
    yield person
    person.context.close()
    # Chromium itself says on the console that a page was not found.
    troubles = [one for one in watch.troubles if "404" not in one]
    assert not troubles, "\n".join(troubles)


def too_wide(person: Person, path: str) -> list[str]:
    """What sticks out at the right."""
    over = person.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{path}: {over} px too wide"] if over > 0 else []


def hard_to_use(person: Person, path: str) -> list[str]:
    """What axe calls serious."""
    violations = Axe().run(person.page).response["violations"]
    grave = [one for one in violations if one["impact"] in ("serious", "critical")]
    return [f"{path}: {one['id']} {[node['target'] for node in one['nodes']][:3]}" for one in grave]


@pytest.mark.parametrize("size", ["medium", "large"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_is_accessible(visitor, site, pages, size, width):
    """axe looks at two: the wide desk, and the phone with large type, where pages are laid out anew."""
    visitor.context.add_cookies([{"name": "size", "value": size, "url": site.url}])
    visitor.page.set_viewport_size({"width": width, "height": 900})
    found = []
    for path in [*pages, *MISSING]:
        answer = visitor.page.goto(f"{site.url}{path}")
        assert answer is not None
        assert answer.status == (404 if path in MISSING else 200), path
        assert visitor.page.locator("html").get_attribute("data-size") == size
        found += too_wide(visitor, path)
        if (width, size) in LOOKED_AT:
            found += hard_to_use(visitor, path)
    assert not found, "\n".join(found)


def test_the_content_policy_lets_nothing_in_from_outside(visitor, site, pages):
    for path in pages:
        answer = visitor.context.request.get(f"{site.url}{path}")
        policy = answer.headers["content-security-policy"]
        assert not [word for word in FORBIDDEN_WORDS if word in policy], (path, policy)


def press_to(page, name: str, *, most: int = 60) -> None:
    """Tab until the focus is on what is called so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''"):
            return
    raise AssertionError(f"the keyboard never comes to {name}")


def test_from_home_to_a_verified_notice_without_a_mouse(visitor, site):
    page = visitor.page
    page.goto(site.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    page.keyboard.press("Enter")
    press_to(page, "查询")
    page.keyboard.type("检查")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    press_to(page, "开展双随机检查的公告")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notices/**")
    press_to(page, "核验本页", most=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/authenticity/**")
    press_to(page, "在浏览器里核验")
    page.keyboard.press("Enter")
    page.locator("[data-step=event] [data-tone=done]").wait_for()
    assert page.locator("[data-tone=late]").count() == 0
    assert page.locator("[data-step=content] [data-tone=done]").inner_text().startswith("√ 一致")


def test_a_letter_is_written_and_its_receipt_read_on_a_phone(visitor, site):
    page = visitor.page
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{site.url}/feedback/")
    page.get_by_label("类别").select_option(label="公开内容有误")
    page.get_by_label("内容", exact=False).nth(0).wait_for()
    page.locator("#id_text").fill("公告里企业名称少了一个字。")
    press(page.get_by_role("button", name="提交"))
    page.wait_for_url("**/feedback/receipt/**")
    number = page.locator(".confirmation .number").inner_text()
    assert number.startswith("FK")
    page.goto(f"{site.url}/feedback/status/")
    page.get_by_label("受理号").fill(number.replace("-", "").lower())
    press(page.get_by_role("button", name="查看"))
    page.wait_for_url("**/feedback/receipt/**")
    assert "已受理" in page.content()


def test_charts_are_drawn_over_their_tables(visitor, site):
    page = visitor.page
    page.goto(f"{site.url}/statistics/")
    page.locator(".chart-picture svg").first.wait_for()
    assert page.locator(".chart-picture svg").count() == page.locator("table[data-chart]").count()
