"""The public site as one story, in Chromium, against the running stack.

Three makers of machines have been drawn. **The clerk** drafts the notice from the draw, **the
approver** approves it, a job publishes it, another issues the letters. **A citizen** types two
characters and finds it.

**An enterprise** opens the link of its letter on a phone, confirms receipt, and asks that one of the
two officers should not come. **The head** decides; the enterprise reads the answer on the same page.

A name in the notice was wrong. The clerk drafts a correction from the mended register, with the
reason; once approved, the old address says that it was corrected and leads to the new version.

The visit finds a 重大隐患, and nothing is done about it in time. The clerk takes the proposals up: **an
exposure**, which ends by itself when its term is over and leaves its trace; and **a listing**: told
before, heard, decided by the head, published, and a year later, on application, removed.

All the while no page asked anything of another host, and none complained on the console.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import ExitStack
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from tests.journeys.people import Approver, Citizen, Clerk, Enterprise, Person
from tests.journeys.public_story import MISTYPED, RIGHT
from tests.journeys.telling import told
from tests.journeys.watching import Watch
from tests.support.stack import Stack

P = TypeVar("P", bound=Person)
REASON = "企业名称有误，按营业执照更正"


class Story:
    """The steps, in the order in which they happen, and what one step leaves to the next."""

    def __init__(self, stack: Stack, chromium: Browser) -> None:
        self.stack, self.chromium = stack, chromium
        self.watch = Watch(site=stack.url)
        self.windows = ExitStack()
        self.today = timezone.localdate()
        self.clerk = self.window(Clerk).sign_in("clerk")
        self.approver = self.window(Approver).sign_in("approver")
        self.head = self.window(Person).sign_in("head")
        self.citizen = self.window(Citizen)

    def window(self, person: type[P]) -> P:
        """A browser window for somebody, closed at the end of the story."""
        return self.windows.enter_context(person(self.chromium, site=self.stack.url, watch=self.watch))

    def during(self, code: str) -> None:
        """Something that happens off this stage."""
        self.stack.shell(f"from tests.journeys import public_story; public_story.{code}()")

    def is_published(self, *, kind: str, version: int = 1) -> str:
        """The address part of the newest public text of a kind and version, once a job has published it."""
        asked = (
            "SELECT slug FROM publication_publication WHERE kind = %s AND version = %s AND state = 'published' "
            "ORDER BY published_at DESC LIMIT 1"
        )
        rows = self.stack.wait_for(lambda: self.stack.sql(asked, kind, version), seconds=60)
        return rows[0][0]

    # The notice and who reads it.

    def the_clerk_drafts_the_notice(self) -> None:
        self.clerk.open("/desk/publication/").follow("起草")
        self.clerk.press("起草公告")
        self.clerk.reads("已按数据起草")
        self.title = self.clerk.page.locator("h1").inner_text()

    def the_approver_approves_it(self) -> None:
        self.approver.approve_publication(self.title)
        self.notice = self.is_published(kind="notice")

    def a_citizen_finds_it_by_two_characters(self) -> None:
        citizen = self.citizen
        citizen.open("/search/?q=机械")
        citizen.follow(self.title)
        assert citizen.shows(MISTYPED, "索引号", "检查时间", "检查对象")
        citizen.open("/search/?q=乌有")
        citizen.reads(re.compile("没有找到"))

    def the_enterprise_confirms_on_a_phone(self) -> None:
        mail = self.stack.wait_for(self._mail_to_the_first, seconds=60)
        body = mail.get_body(("plain",)).get_content()
        [self.letter] = re.findall(r"/letter/[\w-]+/", body)
        self.enterprise = self.window(Enterprise)
        self.enterprise.open(self.letter).confirm_letter("联系人示例")

    def _mail_to_the_first(self):
        return next((one for one in self.stack.mail.messages if one["To"] == "office1@example.invalid"), None)

    def it_asks_for_recusal(self) -> None:
        page = self.enterprise.page
        form = page.locator("#recusal")
        form.get_by_role("radio").first.check()
        form.get_by_label("理由").fill("该执法人员与本单位股东有近亲属关系")
        form.get_by_label("申请人姓名").fill("联系人示例")
        self.enterprise.press("提交回避申请")
        self.enterprise.reads("等待主要负责人决定")
        self.enterprise.fits()

    def the_head_decides_and_the_enterprise_reads_it(self) -> None:
        self.head.open("/desk/recusals/?state=asked")
        self.head.press("准予")
        self.head.reads(re.compile("已准予回避"))
        self.enterprise.open(self.letter)
        self.enterprise.reads("已准予回避")

    def the_office_sends_somebody_else(self) -> None:
        self.clerk.open("/desk/")
        self.clerk.reads(re.compile("更换已准回避的人员"))
        self.during("replace_who_was_recused")
        self.clerk.open("/desk/")
        assert not self.clerk.shows("更换已准回避的人员")

    # The correction.

    def the_clerk_corrects_a_name(self) -> None:
        self.during("mend_the_name")
        self.clerk.open("/desk/publication/?kind=notice").follow(self.title)
        self.clerk.page.get_by_label("更正原因（将公开）").fill(REASON)
        self.clerk.press("起草更正")
        self.clerk.reads("更正稿已按最新数据起草")
        self.corrected_title = self.clerk.page.locator("h1").inner_text()
        self.approver.approve_publication(self.corrected_title)
        self.correction = self.is_published(kind="notice", version=2)

    def a_citizen_sees_the_trace(self) -> None:
        citizen = self.citizen
        citizen.open(f"/notices/{self.notice}/")
        assert citizen.shows("这一版已更正", REASON, MISTYPED)
        citizen.follow("第 2 版")
        assert citizen.shows("这是第 2 版", REASON, RIGHT)
        assert urlsplit(citizen.page.url).path == f"/notices/{self.correction}/"

    # The visit, the exposure, the list.

    def the_visit_finds_a_major_hazard(self) -> None:
        self.stack.sql("UPDATE inspections_task SET visit_on = %s", self.today)
        self.during("visit_and_find_a_major_hazard")
        drafted = "SELECT title FROM publication_publication WHERE kind = 'result'"
        [(title,)] = self.stack.wait_for(lambda: self.stack.sql(drafted), seconds=60)
        self.approver.approve_publication(title)
        self.is_published(kind="result")
        self.during("the_limit_passes")

    def it_is_exposed(self) -> None:
        self.clerk.open("/desk/publication/new/")
        self.clerk.press("采纳并起草曝光")
        self.clerk.reads("已按数据起草")
        title = self.clerk.page.locator("h1").inner_text()
        self.approver.approve_publication(title)
        self.exposure = self.is_published(kind="exposure")
        self.citizen.open("/exposures/").follow(title)
        assert self.citizen.shows("逾期不整改", "重大隐患", RIGHT)

    def the_exposure_ends_by_itself_and_leaves_its_trace(self) -> None:
        self.stack.sql(
            "UPDATE publication_publication SET expires_on = %s WHERE kind = 'exposure'",
            self.today - dt.timedelta(days=1),
        )
        self.stack.wait_for(
            lambda: self.stack.sql(
                "SELECT 1 FROM publication_publication WHERE kind = 'exposure' AND state = 'expired'"
            ),
            seconds=60,
        )
        page = self.citizen.page
        page.goto(f"/exposures/{self.exposure}/")
        assert self.citizen.shows("公开期限届满", "SHA-256")
        assert not self.citizen.shows(RIGHT)

    def the_listing_begins(self) -> None:
        clerk = self.clerk
        clerk.open("/desk/publication/listings/").follow("启动列入程序")
        clerk.page.get_by_label("处罚决定书文号").fill("示应急罚〔2026〕1号")
        clerk.page.get_by_label("处罚决定日期").fill(self.today.isoformat())
        clerk.page.get_by_label("作出处罚的机关").fill("示例省应急管理厅")
        clerk.press("启动列入程序")
        clerk.reads("列入程序已启动")
        self.listing = urlsplit(clerk.page.url).path

    def the_enterprise_is_told_and_heard(self) -> None:
        self.approver.open(self.listing)
        self.approver.press_and_confirm("签发告知书", verb="签发告知书")
        self.approver.reads("告知书已签发")
        self.the_clerk_notes_the_delivery("告知书")
        self.head.open(self.listing)
        self.head.reads(re.compile("陈述申辩期限到"))
        self.clerk.open(self.listing)
        self.clerk.page.get_by_label("陈述申辩内容").fill("正在整改，请求不列入。")
        self.clerk.press("登记")
        self.clerk.reads("陈述申辩已登记")

    def the_clerk_notes_the_delivery(self, paper: str) -> None:
        self.clerk.open(self.listing)
        self.clerk.page.get_by_label("收件人").fill("李示例")
        self.clerk.press("登记送达")
        self.clerk.reads(f"{paper}的送达已登记")

    def the_head_decides_and_it_is_published(self) -> None:
        self.head.open(self.listing)
        self.head.page.locator("#id_decide_reason").fill("重大隐患逾期不整改，情节严重。")
        self.head.press_and_confirm("决定列入", verb="决定列入")
        self.head.reads("决定书已签发")
        self.the_clerk_notes_the_delivery("决定书")
        title = f"{RIGHT}列入安全生产严重失信主体名单"
        self.approver.approve_publication(title)
        self.listed = self.is_published(kind="listing")
        self.citizen.open("/listings/").follow(title)
        assert self.citizen.shows("示应急罚〔2026〕1号", "逾期不整改")

    def a_year_later_it_leaves_the_list(self) -> None:
        self.stack.sql("UPDATE publication_listing SET early_removal_from = %s", self.today)
        self.clerk.open(self.listing)
        self.clerk.page.get_by_label("申请理由").fill("已消除重大隐患，履行处罚决定。")
        self.clerk.press("登记申请")
        self.clerk.reads("申请已登记")
        self.head.open(self.listing)
        self.head.page.locator("#id_grant_answer").fill("已纠正违法行为，准予提前移出。")
        self.head.press("准予移出")
        self.head.reads("已移出名单")
        self.citizen.page.goto(f"/listings/{self.listed}/")
        assert self.citizen.shows("已决定提前移出名单")
        title = f"{RIGHT}移出安全生产严重失信主体名单"
        self.approver.approve_publication(title)
        self.is_published(kind="removal")
        self.citizen.open("/listings/").follow(title)
        assert self.citizen.shows("移出日期")

    def no_page_did_what_it_may_not(self) -> None:
        # A browser says on its console that an address answered 410; here two are meant to.
        assert [one for one in self.watch.troubles if "410 (Gone)" not in one] == []
        assert self.watch.request_count > 100


@pytest.mark.timeout(420)
def test_from_the_draw_to_the_removal_from_the_list(own_stack, chromium):
    own_stack.shell("from tests.journeys.public_story import draw_three; draw_three()")
    own_stack.start()
    story = Story(own_stack, chromium)
    with story.windows:
        told(story.the_clerk_drafts_the_notice)
        told(story.the_approver_approves_it)
        told(story.a_citizen_finds_it_by_two_characters)
        told(story.the_enterprise_confirms_on_a_phone)
        told(story.it_asks_for_recusal)
        told(story.the_head_decides_and_the_enterprise_reads_it)
        told(story.the_office_sends_somebody_else)
        told(story.the_clerk_corrects_a_name)
        told(story.a_citizen_sees_the_trace)
        told(story.the_visit_finds_a_major_hazard)
        told(story.it_is_exposed)
        told(story.the_exposure_ends_by_itself_and_leaves_its_trace)
        told(story.the_listing_begins)
        told(story.the_enterprise_is_told_and_heard)
        told(story.the_head_decides_and_it_is_published)
        told(story.a_year_later_it_leaves_the_list)
        told(story.no_page_did_what_it_may_not)
