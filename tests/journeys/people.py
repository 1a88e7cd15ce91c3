"""The people of the main job, each at an own screen: what they press, by the words that stand there."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from shuangsuiji.demo.people import PASSWORD
from tests.journeys.paper import read_codes
from tests.journeys.screen import Screen
from tests.journeys.watching import Watch
from tests.support.pages import press

DESK, PHONE, HALL = (1440, 900), (390, 844), (1920, 1080)
JOB_SECONDS = 60


class Person(Screen):
    """Somebody with a browser of their own, signed in or not."""

    screen = DESK

    def __init__(self, browser: Browser, *, site: str, watch: Watch) -> None:
        width, height = self.screen
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=self.screen == PHONE,
        )
        watch.over(context)
        super().__init__(context, site=site)

    def sign_in(self, username: str) -> Self:
        """Sign in with the password of the demo's accounts."""
        self.open("/login/")
        self.page.get_by_label("登录名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.press("登录")
        self.page.wait_for_url(re.compile("/desk/"))
        return self

    def download(self, words: str) -> bytes:
        """Save what a link offers."""
        with self.page.expect_download() as started:
            press(self.page.get_by_role("link", name=words, exact=True).first)
        return Path(started.value.path()).read_bytes()

    def scan(self, picture: Locator) -> str:
        """Hold a phone's camera over a QR code on this screen."""
        [text] = read_codes(Image.open(io.BytesIO(picture.screenshot())))
        return text

    def reloads_until(self, words: str | re.Pattern[str]) -> None:
        """Look again and again until a job has done its part."""
        for _ in range(2 * JOB_SECONDS):
            if self.page.get_by_text(words).first.is_visible():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"what was waited for did not come on {self.page.url.removeprefix(self.site)}")


@dataclass(frozen=True)
class CatalogueRow:
    """One line of the 卷内目录 as it stands on the screen."""

    title: str
    number: str
    pages: range


class Clerk(Person):
    """经办人: registers, drafts, seals, prepares notices, files volumes."""

    def review_scheme(self, address: str) -> None:
        self.open(address)
        self.follow("审核现场检查方案")
        self.press("审核通过")
        self.reads("方案已审核，等待批准。")

    def upload_register(self, workbook: Path) -> None:
        self.open("/desk/imports/enterprises/")
        self.page.locator("input[type=file]").set_input_files(workbook)
        self.press("上传并预览")

    def preview_counts(self) -> dict[str, int]:
        """The tabs of the preview: how many rows would do what."""
        tabs = self.page.get_by_role("navigation", name="预览的各类行").get_by_role("link").all()
        found = (re.fullmatch(r"(\D+?)\s*(\d+)", tab.inner_text().strip()) for tab in tabs)
        return {match[1]: int(match[2]) for match in found if match}

    def choose(self, **wanted: str) -> None:
        """Filter the register; choosing from a list filters at once, so the address is asked for whole."""
        for label, option in wanted.items():
            with self.page.expect_navigation():
                self.page.get_by_role("search", name="筛选").get_by_label(label, exact=True).select_option(label=option)

    def tick_all(self) -> int:
        """Tick every row that is shown; how many there are."""
        self.page.get_by_label("全选").check()
        return int(self.page.locator("[data-selected-count]").inner_text())

    def set_risk(self, words: str) -> None:
        self.page.locator("#bulk-risk").select_option(label=words)
        self.press("设为此等级")

    def seal(self, address: str) -> str:
        """Seal with the password once more; returns the number in the ledger."""
        self.open(address)
        self.follow("封存")
        self.page.get_by_label("您的登录密码").fill(PASSWORD)
        self.press("封存")
        self.reads("已封存，台账号")
        return self.page.locator(".lead .code").inner_text()

    def ask_amendment(self, draw: str, kind: str, *, reason: str, **choices: str) -> None:
        """Ask for a change of a draw: the fields by their labels, then why."""
        self.open(f"{draw}amendments/")
        self.follow(kind)
        for label, choice in choices.items():
            self._choose(label, choice)
        self.page.get_by_label("原因").fill(reason)
        self.press("提出变更")
        self.reads("变更已提出，等另一位负责人批准后生效并公开。")

    def _choose(self, label: str, choice: str) -> None:
        listed = self.page.get_by_role("combobox", name=label)
        if listed.count():
            listed.select_option(label=choice)
        else:
            self.page.get_by_role("radio", name=choice).check()

    def drawn_names(self) -> list[str]:
        """The enterprises in the table of the result."""
        return self.page.locator("td[data-label=企业] a").all_inner_texts()

    def catalogue(self) -> list[CatalogueRow]:
        """What the page of a volume says is in it, and on which sheets."""
        table = self.page.get_by_role("table").filter(has=self.page.get_by_text("卷内目录"))
        return [self._catalogue_row(row) for row in table.locator("tbody tr").all()]

    def _catalogue_row(self, row: Locator) -> CatalogueRow:
        title, _, number = row.locator("[data-label=文件]").inner_text().strip().partition(" ")
        first, _, last = row.locator("[data-label=页号]").inner_text().partition("–")
        return CatalogueRow(title, number.strip(), range(int(first), int(last or first) + 1))


class Wizard:
    """The steps of drafting a draw, on a clerk's screen."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk, self.page = clerk, clerk.page

    def basics(self, *, title: str, visits_from: dt.date, visits_to: dt.date) -> None:
        """Under this year's plan, announced, on these days."""
        self.clerk.open("/desk/draws/new/")
        self.page.get_by_label("名称").fill(title)
        self.page.get_by_label("年度计划").select_option(index=1)
        self.page.get_by_label("公告后检查").check()
        self.page.get_by_label("检查开始").fill(visits_from.isoformat())
        self.page.get_by_label("检查结束").fill(visits_to.isoformat())
        self.clerk.press("下一步：抽取范围")

    def range(self, *, field: str, risk: str) -> None:
        self.page.get_by_label(field, exact=True).check()
        self.page.get_by_label(risk, exact=True).check()
        self.clerk.press("下一步：分层与数量")

    def strata(self, *, field: str, risk: str, take: int) -> int:
        """How many to draw; returns the pool that the table shows."""
        row = self.page.get_by_role("row").filter(has_text=field).filter(has_text=risk)
        row.get_by_role("spinbutton").fill(str(take))
        pool = int(row.locator("[data-label=候选]").inner_text())
        self.clerk.press("下一步：执法人员")
        return pool

    def people(self) -> None:
        """Two officers for each; no experts this time."""
        self.clerk.press("下一步：专家")
        self.page.get_by_label("本批抽取专家").uncheck()
        self.clerk.press("下一步：检查事项")

    def people_and_experts(self) -> None:
        """Two officers for each, and an expert where the enterprise wants one."""
        self.clerk.press("下一步：专家")
        self.page.get_by_label("本批抽取专家").check()
        self.clerk.press("下一步：检查事项")

    def items(self, *takes: int) -> None:
        for field, take in zip(self.page.get_by_role("spinbutton").all(), takes, strict=False):
            field.fill(str(take))
        self.clerk.press("下一步：见证与时间")

    def witnesses(self, *, account: tuple[str, str], link: str, requirements: str) -> None:
        self._witness(1, name=account[0], way="账号")
        self.page.get_by_label("来源 1 账号").select_option(label=account[1])
        self._witness(2, name=link, way="一次性链接")
        self.page.get_by_label("相关要求").fill(requirements)
        self.clerk.press("下一步：核对并提交")

    def two_guests(self, *names: str, requirements: str) -> None:
        """Witnesses without an account, each with a link of their own."""
        for number, name in enumerate(names, start=1):
            self._witness(number, name=name, way="一次性链接")
        self.page.get_by_label("相关要求").fill(requirements)
        self.clerk.press("下一步：核对并提交")

    def _witness(self, number: int, *, name: str, way: str) -> None:
        self.page.get_by_label(f"来源 {number} 名称").fill(name)
        self.page.get_by_label(f"来源 {number} 方式").select_option(label=way)


class Approver(Person):
    """审批负责人: approves what somebody else drafted."""

    def approve_draw(self, address: str) -> None:
        self.open(address)
        self.press_and_confirm("批准", verb="批准")
        self.reads("已批准。经办人现在可以封存。")

    def approve_amendment(self, draw: str, *, number: int) -> None:
        """The only change that waits."""
        self.open(f"{draw}amendments/")
        self.press_and_confirm("批准", verb="批准")
        self.reads(f"已批准，作为变更 {number} 记入台账。其余结果不变。")

    def approve_publication(self, title: str) -> None:
        """Find it in the list, approve it for at once."""
        self.open("/desk/publication/?state=drafted")
        self.follow(title)
        self.press_and_confirm("批准发布", verb="批准发布")
        self.reads("已批准。到时间由系统自动发布")

    def approve_scheme(self, address: str) -> None:
        self.open(address)
        self.follow("审批现场检查方案")
        self.press("批准")
        self.reads("方案已批准，文号")

    def approve_reinspection(self, address: str) -> None:
        self.open(address)
        self.follow("审核复查记录")
        self.press_and_confirm("审核通过", verb="审核通过")
        self.reads("检查已办结，可以组卷。")

    def approve_record(self, address: str) -> None:
        self.open(address)
        self.follow("审核检查记录")
        self.press_and_confirm("审核通过", verb="审核通过")


class Witness(Person):
    """A source of the seed."""

    def contribute(self, text: str) -> None:
        self.page.get_by_label("您的内容").fill(text)
        self.press("投入")
        self.reads("已收到您的内容")


class PhoneWitness(Witness):
    """A witness without an account, who scans a one-time link."""

    screen = PHONE


class Hall(Person):
    """The people before the projector: they read, and press nothing."""

    screen = HALL

    def waits_until(self, name: str, word: str) -> None:
        """A source is shown as 未到 or 已到; the page looks by itself."""
        expect(self.page.locator("[data-sources] li").filter(has_text=name)).to_contain_text(word)

    def sees_the_pool_roll(self) -> None:
        """Names move by before the draw."""
        first = self.page.locator("[data-rolling]").first.locator("li").first
        before = first.inner_text()
        expect(first).not_to_have_text(before)

    def sees_every_line(self, count: int) -> list[str]:
        """The committed result, shown line by line until all stand there."""
        lines = self.page.locator("[data-drawn]")
        expect(lines).to_have_count(count)
        expect(self.page.locator("[data-drawn].is-shown")).to_have_count(count)
        return lines.all_inner_texts()


class Enterprise(Person):
    """The contact of a drawn enterprise, with a phone."""

    screen = PHONE

    def confirm_letter(self, name: str) -> None:
        self.page.get_by_label("确认人姓名").fill(name)
        self.press("确认收悉")
        self.reads("已确认")


class Officer(Person):
    """执法人员, on site with a phone."""

    screen = PHONE

    def draft_scheme(self, address: str) -> None:
        self.open(address)
        self.follow("编制现场检查方案")
        self.press("保存并提请批准")
        self.reads("方案已保存，已提请审核和批准。")

    def begin(self, address: str) -> None:
        self.open(address)
        self.press("开始检查")
        self.reads("检查已开始")
        self.fits()

    @property
    def cards(self) -> list[Locator]:
        """One card for each drawn item."""
        return self.page.locator("[data-card]").all()

    def pass_item(self, card: Locator) -> None:
        card.get_by_role("radio", name="合格", exact=True).check()

    def fail_item(self, card: Locator, *, seen: str, photo: Path, rectify_by: dt.date) -> None:
        """Not in order: what was seen, how grave, until when, and a photo of it."""
        card.get_by_role("radio", name="不合格", exact=True).check()
        card.get_by_label("检查所见").fill(seen)
        card.get_by_role("group", name="隐患级别").get_by_role("radio").first.check()
        card.get_by_label("整改期限").fill(rectify_by.isoformat())
        card.locator("input[type=file]").set_input_files(photo)
        expect(card.get_by_text("已上传 1/1")).to_be_visible()

    def fill_head(self, *, ended_at: dt.datetime) -> None:
        head = self.page.locator("[data-prefix=head]")
        head.get_by_label("已向被检查单位出示执法证件").check()
        head.get_by_label("检查场所").fill("生产车间（示例）")
        head.get_by_label("检查结束").fill(f"{ended_at:%Y-%m-%dT%H:%M}")
        head.get_by_label("在场人员").fill("负责人示例")

    def submit(self) -> None:
        """Look through everything on the last page, have it signed, submit."""
        self.press("核对提交")
        self.page.wait_for_url(re.compile("/submit/$"))
        self.fits()
        self.page.get_by_label("签名", exact=False).first.check()
        self.press_and_confirm("提交检查记录", verb="提交")
        self.reads("检查记录已提交，等待审核。")

    def serve(self, address: str, paper: str, *, photo: Path) -> None:
        """Hand a paper over, and upload the signed receipt."""
        self.open(address)
        self.unfold("文书与证据")
        row = self.page.get_by_role("row").filter(has=self.page.get_by_role("link", name=paper, exact=True))
        self.follow("登记送达", within=row)
        self.page.get_by_label("收件人").fill("负责人示例")
        self.page.get_by_label("签收照片或扫描件").set_input_files(photo)
        self.press("登记")
        self.reads("送达已登记，送达回执已签发。")

    def reinspect(self, address: str) -> None:
        """Everything was put right."""
        self.open(address)
        self.follow("登记复查")
        self.press("开始复查")
        for point in self.page.locator("[data-card]").all():
            point.get_by_role("radio", name="已整改到位", exact=True).check()
            point.get_by_label("复查情况").fill("已整改到位。")
        head = self.page.locator("[data-prefix=head]")
        head.get_by_label("已向被复查单位出示执法证件").check()
        head.get_by_label("在场人员").fill("负责人示例")
        head.get_by_label("复查意见").fill("已按要求完成整改，同意销号。")
        self.press("核对提交")
        self.page.wait_for_url(re.compile("/submit/$"))
        self.page.get_by_label("签名", exact=False).first.check()
        self.press_and_confirm("提交复查记录", verb="提交")
        self.reads("复查记录已提交，等待审核。")


class Citizen(Person):
    """Anybody."""

    def download_record(self) -> bytes:
        """The public record that the page of a draw offers."""
        path = self.page.get_by_role("link", name="完整记录（record.json）").get_attribute("href")
        return self.context.request.get(path or "").body()

    def download_verifier(self) -> bytes:
        """The program that the page about verifying offers."""
        self.open("/verify/")
        path = self.page.get_by_role("link", name="draw.pyz", exact=True).first.get_attribute("href")
        return self.context.request.get(path or "").body()
