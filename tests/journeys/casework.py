"""The people of a penalty case at their screens, one after another, and the days between them."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import Self

import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from inspections import services
from inspections.models import Case, SiteRecord, Task
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.documents.models import IssuedDocument
from tests.factories.draws import make_user
from tests.factories.inspections import (
    Check,
    add_photo,
    fill_record,
    make_on_site,
    photo_bytes,
    put_right,
    serve_papers,
)
from tests.journeys.screens import Desk, Phone


def make_finished_check() -> Check:
    """A check that found something, put right meanwhile, with its results public: only the case is to come."""
    check = make_on_site()
    record = fill_record(check, failed=1)
    for shade in (60, 160):
        add_photo(check, shade=shade)
    services.submit_record(record, by=check.lead, signature="signed")
    services.approve_record(SiteRecord.objects.get(task=check.task), by=check.approver)
    put_right(check)
    serve_papers(check)
    Task.objects.filter(pk=check.task.pk).update(results_public_at=timezone.now())
    check.fresh()
    return check


class Bureau:
    """The people at their screens, one after another, and the days between them."""

    def __init__(self, check: Check, chromium: Browser, *, site: str, clock: time_machine.Coordinates) -> None:
        self.check, self.clock = check, clock
        self.screens = {kind: kind(chromium, site=site, user=None) for kind in (Phone, Desk)}
        self.lawyer = make_user("lawyer", Role.APPROVER, name="钱示例")
        self.count = 0

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return Case.objects.get()

    @property
    def page(self) -> str:
        """Its address."""
        return reverse("case_detail", args=[self.case.pk])

    def days_pass(self, count: int) -> None:
        """So many days later, at the same time of the day."""
        self.clock.shift(dt.timedelta(days=count))

    @contextmanager
    def at(self, kind: type[Phone], user: User | None = None, *, path: str = ""):
        """Somebody comes to the office's screen or takes the phone, and opens a page."""
        screen = self.screens[kind]
        screen.hand_to(user)
        screen.open(path or self.page)
        yield screen

    @property
    def troubles(self) -> list[str]:
        """What went wrong in the pages of both screens."""
        return [trouble for screen in self.screens.values() for trouble in screen.troubles]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for screen in self.screens.values():
            screen.context.close()

    def takes(self, user: User, label: str, given: dict, *, kind: type[Phone] = Desk) -> None:
        """Somebody takes the step with this name on the case's page."""
        with self.at(kind, user) as person:
            person.follow(label)
            person.fill_in(given)
            person.press("确认办理")
            person.reads(f"“{label}”已办理。")
            person.fits()

    def tries(self, user: User, label: str, given: dict, *, refused: str, then: dict) -> None:
        """Somebody fills a form wrongly, reads why, mends it and goes on."""
        with self.at(Desk, user) as person:
            person.follow(label)
            person.fill_in(given)
            person.press("确认办理")
            person.reads(refused)
            person.fill_in(then)
            person.press("确认办理")
            person.reads(f"“{label}”已办理。")

    def serves(self, kind: str) -> None:
        """The officer hands the newest paper of a kind over, and uploads the signed receipt."""
        with self.at(Phone, self.check.lead) as person:
            person.unfold("文书与送达")
            row = person.page.locator("tr", has=person.page.locator(f"a[href*='{self.paper(kind).pk}']"))
            person.follow("登记送达", within=row)
            person.fill_in({"送达地点": "公司办公室", "收件人": "李示例", "签收照片或扫描件": self.sheet()})
            person.press("登记")
            person.reads("送达已登记，送达回执已签发")

    def signs(self, user: User, kind: str, *, screen: type[Phone] = Phone) -> None:
        """Somebody adds the signed sheet of the newest paper of a kind."""
        with self.at(screen, user) as person:
            person.unfold("文书与送达")
            row = person.page.locator("tr", has=person.page.locator(f"a[href*='{self.paper(kind).pk}']"))
            person.follow("附签字件", within=row)
            person.fill_in({"签字件": self.sheet()})
            person.press("上传")
            person.reads("签字件已附在文书后面")

    def says(self, user: User, *sentences: str) -> None:
        """The case's page says so to this person."""
        with self.at(Desk, user) as person:
            for sentence in sentences:
                person.reads(sentence)

    def paper(self, kind: str) -> IssuedDocument:
        """The newest paper of a kind."""
        return IssuedDocument.objects.filter(case_step__case=self.case, kind=kind).latest("issued_at")

    def sheet(self) -> dict:
        """Another photo of a signed sheet."""
        self.count += 1
        picture = photo_bytes(shade=self.count * 7, size=(900, 1200))
        return {"name": f"IMG_{self.count}.jpg", "mimeType": "image/jpeg", "buffer": picture}


def minute(*, before: int = 0, days: int = 0) -> str:
    """A moment as a form takes it, so many minutes before now or days after it."""
    at = timezone.localtime() - dt.timedelta(minutes=before) + dt.timedelta(days=days)
    return f"{at:%Y-%m-%dT%H:%M}"
