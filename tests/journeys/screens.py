"""Two screens of the bureau, each with somebody signed in: a phone of 390 pixels and the office's wide desk."""

from __future__ import annotations

import re

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator

from shuangsuiji.accounts.models import User
from tests.journeys.screen import Screen
from tests.support.pages import press

PLACE = {"latitude": 28.806512, "longitude": 113.079422, "accuracy": 12}


class Phone(Screen):
    """A phone of 390 pixels, signed in or not."""

    size = {"width": 390, "height": 844}

    def __init__(self, browser: Browser, *, site: str, user: User | None) -> None:
        context = browser.new_context(
            base_url=site,
            viewport=self.size,
            has_touch=True,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            geolocation=PLACE,
            permissions=["geolocation"],
        )
        super().__init__(context, site=site)
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda fault: self.troubles.append(str(fault)))
        self.hand_to(user)

    def hand_to(self, user: User | None) -> None:
        """From now on somebody else sits here, signed in or not; what the browser has cached stays."""
        self.context.clear_cookies()
        if user:
            self.context.add_cookies([_session_of(user, site=self.site)])

    def card(self, number: int) -> Locator:
        """The card of a drawn item."""
        return self.page.locator("[data-card]").nth(number)

    def answer(self, number: int, words: str) -> None:
        """合格, 不合格 or 不涉及."""
        press(self.card(number).locator(".answer label", has_text=re.compile(f"^{words}$")))


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
