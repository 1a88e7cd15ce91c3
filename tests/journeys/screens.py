"""Two screens of the bureau, each with somebody signed in: a phone of 390 pixels and the office's wide desk."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from shuangsuiji.accounts.models import User

PATIENCE_MS = 20_000
PLACE = {"latitude": 28.806512, "longitude": 113.079422, "accuracy": 12}


class Phone:
    """A phone of 390 pixels, signed in or not."""

    size = {"width": 390, "height": 844}

    def __init__(self, browser: Browser, *, site: str, user: User | None) -> None:
        self.site, self.troubles = site, []
        self.context = browser.new_context(
            base_url=site,
            viewport=self.size,
            has_touch=True,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            geolocation=PLACE,
            permissions=["geolocation"],
        )
        self.context.set_default_timeout(PATIENCE_MS)
        if user:
            self.context.add_cookies([_session_of(user, site=site)])
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda fault: self.troubles.append(str(fault)))

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def open(self, path: str) -> Page:
        """Go to a page; it answers and is no wider than the screen."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{answer.status} from {path}"
        self.fits()
        return self.page

    def fits(self) -> None:
        """Nothing sticks out at the right."""
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{self.page.url.removeprefix(self.site)} is {over} px too wide"

    def press(self, words: str) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=words, exact=True).first.click()

    def press_and_confirm(self, words: str, *, verb: str) -> None:
        """Press a button that asks once more, and say yes."""
        self.press(words)
        self.page.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()

    def reads(self, words: str | re.Pattern[str]) -> None:
        """These words stand on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE_MS)

    def follow(self, words: str) -> None:
        """Follow the first link with these words to its page, which is no wider than the screen."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=words, exact=True).first.click()
        self.fits()

    def unfold(self, heading: str) -> None:
        """Open a part of the page that begins closed on a phone."""
        part = self.page.locator("details", has=self.page.locator("summary", has_text=heading))
        if not part.evaluate("part => part.open"):
            part.locator("summary").click()

    def fill_in(self, given: dict[str, Any]) -> None:
        """Fill a form by the labels that stand there: words, choices to tick, files to hand over."""
        for label, value in given.items():
            if isinstance(value, list | tuple):
                self._tick(label, value)
            elif isinstance(value, dict):
                self._field(label).set_input_files([value])
            else:
                self._field(label).fill(str(value))

    def _field(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))

    def _tick(self, label: str, choices: list | tuple) -> None:
        group = self.page.get_by_role("group", name=re.compile(rf"^\s*{re.escape(label)}"))
        for box in group.get_by_role("checkbox").all():
            box.uncheck()
        for choice in choices:
            group.get_by_label(choice, exact=True).check()

    def card(self, number: int) -> Locator:
        """The card of a drawn item."""
        return self.page.locator("[data-card]").nth(number)

    def answer(self, number: int, words: str) -> None:
        """合格, 不合格 or 不涉及."""
        self.card(number).locator(".answer label", has_text=re.compile(f"^{words}$")).click()


class Desk(Phone):
    """The office's wide screen."""

    size = {"width": 1440, "height": 900}


def _session_of(user: User, *, site: str) -> dict:
    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": site,
    }
