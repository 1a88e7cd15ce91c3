"""A screen with a browser window of its own: what is pressed, followed, filled in and read, by the words there."""

from __future__ import annotations

import re
from typing import Any, Self

from playwright.sync_api import BrowserContext, Locator, Page

from tests.support.browser import PATIENCE_MS
from tests.support.pages import press


class Screen:
    """One window; `context` is closed with it."""

    def __init__(self, context: BrowserContext, *, site: str) -> None:
        self.site, self.context = site, context
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def open(self, path: str) -> Self:
        """Go to a page; it must answer, and no page is wider than the screen."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{answer.status} from {path}"
        self.fits()
        return self

    def fits(self) -> None:
        """Nothing sticks out at the right."""
        self.page.wait_for_load_state()
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{self.page.url.removeprefix(self.site)} is {over} px wider than the screen"

    def press(self, words: str, *, within: Locator | None = None) -> None:
        """Press the first button with these words."""
        press((within or self.page).get_by_role("button", name=words, exact=True).first)

    def press_and_confirm(self, words: str, *, verb: str) -> None:
        """Press a button that asks once more, and say yes."""
        self.press(words)
        self.press(verb, within=self.page.get_by_role("dialog"))

    def follow(self, words: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow the first link with these words to its page, which is no wider than the screen."""
        exact = isinstance(words, str)
        with self.page.expect_navigation():
            press((within or self.page).get_by_role("link", name=words, exact=exact).first)
        self.fits()

    def unfold(self, heading: str) -> None:
        """Open a part of the page that begins closed on a phone."""
        part = self.page.locator("details", has=self.page.locator("summary", has_text=heading))
        if not part.evaluate("part => part.open"):
            press(part.locator("summary"))

    def reads(self, words: str | re.Pattern[str]) -> None:
        """These words come to stand on the page; a failure does not tell the page, which may name somebody."""
        self.page.get_by_text(words).first.wait_for()

    def shows(self, *words: str) -> bool:
        """Whether all these words stand in the page's main part; a register's names are compared so, never printed."""
        text = self.page.locator("main").inner_text()
        return all(each in text for each in words)

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
