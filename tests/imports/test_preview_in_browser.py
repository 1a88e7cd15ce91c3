"""The preview of a wide table on a screen of 1440 pixels: what it shows is on the screen."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from shuangsuiji.imports.registry import importer_for
from shuangsuiji.imports.services import stage_upload
from tests.factories.enterprises import credit_code
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db(transaction=True)
WIDTH, HEIGHT = 1440, 900
USUAL = {
    "企业名称": "示范县示例工业园示范精细化工新材料有限责任公司",
    "注册日期": "2020-01-05",
    "企业类型": "有限责任公司（自然人投资或控股）",
    "注册资金": "1000万元人民币",
    "经营范围": "危险化学品经营；Ⅱ类医疗器械；" * 12,
    "注册地址": "示例省示例市示范县示例镇工业集中区示范大道一百二十八号三栋二单元",
}
BOX = """(one) => { const box = one.getBoundingClientRect();
    return {left: box.left, right: box.right, top: box.top, bottom: box.bottom, inside: one.clientWidth,
            whole: one.scrollWidth}; }"""


@pytest.fixture
def screen(chromium, live_server, at_desk):
    """A page at the desk, signed in."""
    context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    value = at_desk.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def show(screen, live_server, rows, *, by) -> None:
    batch = stage_upload(register="enterprises", content=workbook_of(rows), name="名录.xlsx", by=by)
    screen.goto(live_server.url + reverse("import_preview", args=[batch.pk]))


def box(screen, selector: str) -> dict[str, float]:
    return screen.locator(selector).first.evaluate(BOX)


def test_the_address_of_a_usual_file_is_on_the_screen(screen, live_server, clerk):
    rows = [[*USUAL, "统一社会信用代码"], *([*USUAL.values(), credit_code(number)] for number in range(40))]
    show(screen, live_server, rows, by=clerk)
    window, address = box(screen, ".import-scroll"), box(screen, ".import-wide th:has-text('注册地址')")
    assert address["right"] <= window["right"] <= WIDTH
    cell = box(screen, f".import-wide td:has-text('{USUAL['注册地址'][:8]}')")
    assert cell["whole"] <= cell["inside"] + 1


def test_a_file_of_all_columns_scrolls_in_a_window_that_is_on_the_screen(screen, live_server, clerk):
    columns = [column for column in importer_for("enterprises").columns if column.example or not column.choices]
    titles = [column.header for column in columns if column.header in USUAL or column.name.startswith("contact")]
    cells = {**USUAL, "联系人": "张示例", "联系电话": "13800000000", "电子邮箱": "a@example.cn"}
    extra = {"主要负责人": "李示例", "行业代码": "2631", "风险等级": "C 较高", "规模": "微型", "重点检查单位": "是"}
    rest = {**{title: cells[title] for title in titles}, **extra}
    show(
        screen,
        live_server,
        [[*rest, "统一社会信用代码"], *([*rest.values(), credit_code(number)] for number in range(40))],
        by=clerk,
    )
    window = box(screen, ".import-scroll")
    assert window["whole"] > window["inside"]
    assert window["right"] <= WIDTH
    assert window["bottom"] - window["top"] < HEIGHT
    assert screen.evaluate("document.documentElement.scrollWidth") <= WIDTH
