"""A year's plan as one story, in Chromium, against the running stack.

**The clerk** begins the plan of the coming year. The system counts the national working days, multiplies
them by the officers and takes off what the clerk says they have to do besides; it proposes how the days
may be spread over the fields and risk classes and says why. The clerk takes the proposal over, names one
enterprise that is to be checked without a draw, and hands the plan in: every enterprise at most once a
year. **The approver**, somebody else, approves it; the clerk publishes it, and **anybody** reads it with
its tables.

The clerk draws one enterprise of a trade under the plan, with two witnesses. When the clerk drafts
another draw, that enterprise stands in it no longer: the page names it and says why, and a draw of the
whole trade is refused with the same reason.

The named enterprise gets its visit: the clerk appoints officers and items, the approver approves, and the
task is there without a draw. A second visit is refused: the plan has no more of them.

The weeks pass. **The lead officer** of the drawn enterprise visits it; the moment the record is handed in,
the plan's page shows one visit more, to everybody.
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

from shuangsuiji.demo.people import OFFICERS
from tests.journeys.people import Approver, Citizen, Clerk, Officer, Person, PhoneWitness, Witness, Wizard
from tests.journeys.telling import told
from tests.journeys.watching import Watch
from tests.support.pages import press
from tests.support.stack import Stack

TRADE, RISK = "机械", "B 一般"
NAMED = "示范加油站"
P = TypeVar("P", bound=Person)


class Story:
    """The steps, in the order in which they happen, and what one step leaves to the next."""

    def __init__(self, stack: Stack, chromium: Browser) -> None:
        self.stack, self.chromium = stack, chromium
        self.watch = Watch(site=stack.url)
        self.windows = ExitStack()
        self.today = timezone.localdate()
        self.year = self.today.year + 1
        self.first = max(self.today + dt.timedelta(days=24), dt.date(self.year, 1, 11))
        self.clerk = self.window(Clerk).sign_in("clerk")
        self.approver = self.window(Approver).sign_in("approver")
        self.anybody = self.window(Citizen)

    def window(self, person: type[P]) -> P:
        """A browser window for somebody, closed at the end of the story."""
        return self.windows.enter_context(person(self.chromium, site=self.stack.url, watch=self.watch))

    # The plan.

    def the_calendar_knows_the_year(self) -> None:
        """No plan is approved on a year nobody has confirmed: the clerk enters it, the approver confirms."""
        [[known]] = self.stack.sql("SELECT count(*) FROM lib_calendaryear WHERE year = %s AND is_confirmed", self.year)
        if not known:
            page = self.clerk.open("/desk/settings/").page
            page.get_by_label("年份").fill(str(self.year))
            page.get_by_label("依据").first.fill("国务院办公厅通知（示例）")
            self.clerk.press("录入并提交确认")
            self.approver.open("/desk/settings/").press_and_confirm("确认", verb="确认")

    def the_clerk_begins_the_plan(self) -> None:
        page = self.clerk.open("/desk/plans/new/").page
        page.get_by_label("年度", exact=False).first.fill(str(self.year))
        page.get_by_label("其他执法工作日").fill("620")
        page.get_by_label("非执法工作日", exact=False).last.fill("880")
        page.get_by_label("每家企业年度检查上限").fill("1")
        self.clerk.press("保存")
        self.clerk.reads("个监督检查工作日")
        self.plan = urlsplit(page.url).path
        formula = page.locator(".formula").inner_text().replace(",", "")
        days, people, other, rest, capacity = map(int, re.findall(r"\d+", formula))
        assert days * people - other - rest == capacity > 0

    def the_clerk_takes_the_proposal_over(self) -> None:
        self.clerk.follow("系统建议")
        self.clerk.fits()
        for why in self.clerk.page.get_by_text("算法", exact=True).all():
            press(why)
        assert self.clerk.shows("还够一般检查", "从未检查或超过", "由人决定")
        self.clerk.press("采用这个建议")
        self.clerk.reads("已按建议填入各层家数和理由")

    def the_clerk_names_an_enterprise(self) -> None:
        self.clerk.follow("重点检查单位")
        self.clerk.page.get_by_label("找企业").fill(NAMED)
        self.clerk.press("查找")
        self.clerk.follow(f"列入：{NAMED}")
        self.clerk.page.get_by_label("列为重点的理由").fill("储量大，临近居民区")
        self.clerk.press("列入计划")
        self.clerk.reads(f"“{NAMED}”已列为重点检查单位。")

    def the_approver_approves_and_the_clerk_publishes(self) -> None:
        self.clerk.open(self.plan).press("提交审批")
        self.clerk.reads("已提交审批。")
        self.approver.open("/desk/").follow(f"审批{self.year}年度计划")
        self.approver.press("批准")
        self.approver.reads("已批准，可以公布。")
        self.clerk.open(self.plan).press_and_confirm("公布", verb="公布")
        self.clerk.reads("已公布，公告已在门户发布。")

    def anybody_reads_it(self) -> None:
        self.anybody.open("/plans/").follow(f"{self.year}年度安全生产监督检查计划")
        self.anybody.fits()
        self.notice = urlsplit(self.anybody.page.url).path
        assert self.anybody.shows("监督检查工作日", "一般检查任务", "重点检查单位", NAMED, "不超过1次")
        assert self.progress() == (0, 0)

    def progress(self) -> tuple[int, int]:
        """Drawn and visited so far, as the public page says."""
        text = self.anybody.open(self.notice).page.locator("main").inner_text()
        [(drawn, visited)] = re.findall(r"已抽取 (\d+) 家，已检查 (\d+) 家", text)
        return int(drawn), int(visited)

    # A draw under the plan, and the next one.

    def draft(self, title: str) -> Wizard:
        """A draft of the trade, up to its strata."""
        wizard = Wizard(self.clerk)
        wizard.basics(title=title, visits_from=self.first, visits_to=self.first + dt.timedelta(days=6))
        wizard.range(field=TRADE, risk=RISK)
        return wizard

    def finish(self, wizard: Wizard) -> None:
        """Its other steps."""
        wizard.people()
        wizard.items(1)
        wizard.witnesses(account=("纪检监察", "孙示例"), link="企业代表", requirements="请备好台账。")

    def one_enterprise_is_drawn(self) -> None:
        wizard = self.draft("机械企业双随机抽取")
        self.pool_count = wizard.strata(field=TRADE, risk="一般", take=1)
        self.finish(wizard)
        self.clerk.press("提交审批")
        self.clerk.reads("已提交审批。")
        self.draw = urlsplit(self.clerk.page.url).path
        self.approver.approve_draw(self.draw)
        self.number = self.clerk.seal(self.draw)
        self.both_witnesses_contribute()
        [self.name] = self.clerk.open(self.draw).drawn_names()
        assert self.progress() == (1, 0)

    def both_witnesses_contribute(self) -> None:
        link = self.clerk.scan(self.clerk.page.get_by_alt_text("见证人的一次性链接"))
        supervisor = self.window(Witness).sign_in("supervisor")
        supervisor.open(f"{self.draw}ceremony/").follow("投入")
        supervisor.contribute("骰子 2 2 6")
        self.window(PhoneWitness).open(urlsplit(link).path).contribute("今天有风")

    def the_next_draw_leaves_it_alone_and_says_so(self) -> None:
        wizard = self.draft("机械企业第二批")
        self.clerk.reads("已达年度上限，不参加抽取的 1 家")
        assert self.clerk.shows(f"{self.name}：今年已检查或安排 1 次，上限 1 次")
        assert wizard.strata(field=TRADE, risk="一般", take=self.pool_count) == self.pool_count - 1
        self.clerk.reads(f"候选只有 {self.pool_count - 1} 家，抽不了 {self.pool_count} 家。")

    # The named enterprise.

    def the_named_enterprise_gets_its_visit(self) -> None:
        self.arrange()
        page = self.clerk.page
        page.get_by_label("检查开始").fill(self.first.isoformat())
        page.get_by_label("检查结束").fill(self.first.isoformat())
        page.get_by_label("主办执法人员").select_option(index=1)
        lead = page.get_by_label("主办执法人员").locator("option:checked").text_content()
        second = next(name for name in page.locator("#div_id_others label").all_inner_texts() if name.strip() != lead)
        page.get_by_label(second.strip(), exact=True).check()
        self.clerk.press("提请批准")
        self.clerk.reads("已提请批准。")
        visit = urlsplit(page.url).path
        self.approver.open("/desk/").follow(f"审批重点检查：{NAMED}")
        self.approver.press("批准并派发")
        self.approver.reads("已批准，任务已派发")
        self.clerk.open(visit).follow("到检查任务")
        assert self.clerk.shows(NAMED)

    def arrange(self) -> None:
        """To the form of the named enterprise; its name stands in the link for screen readers."""
        self.clerk.open(self.plan)
        self.clerk.follow(re.compile(rf"安排检查\s*{NAMED}"))

    def a_second_one_is_refused(self) -> None:
        self.arrange()
        self.clerk.reads("达到每家企业年度上限 1 次，不能再安排。")

    # The visit.

    def the_notice_is_published(self) -> None:
        self.clerk.open(self.draw).press("检查公告")
        self.clerk.reads("已按数据起草")
        title = self.clerk.page.get_by_role("heading", level=1).inner_text()
        self.approver.approve_publication(title)
        self.anybody.open("/notices/").reloads_until(title)

    def the_weeks_pass(self) -> None:
        """Nobody can wait for them in a test: the planned day moves to today, nothing else does."""
        self.stack.sql("UPDATE inspections_task SET visit_on = %s WHERE number LIKE %s", self.today, f"{self.number}-%")

    def the_lead_officer_visits_it(self) -> None:
        self.clerk.open("/desk/tasks/").follow(self.name)
        self.clerk.page.wait_for_url(re.compile("/desk/tasks/[0-9a-f-]{36}/"))
        task = urlsplit(self.clerk.page.url).path
        [lead] = re.findall(r"(\S+)（主办）", self.clerk.page.locator("main aside").inner_text())
        officer = self.window(Officer).sign_in(f"officer{OFFICERS.index(lead) + 1}")
        officer.draft_scheme(task)
        self.clerk.review_scheme(task)
        self.approver.approve_scheme(task)
        officer.begin(task)
        assert self.progress() == (1, 0)
        for card in officer.cards:
            officer.pass_item(card)
        officer.fill_head(ended_at=timezone.localtime() + dt.timedelta(minutes=2))
        officer.submit()

    def the_plan_shows_the_visit(self) -> None:
        assert self.progress() == (1, 1)
        self.clerk.open(self.plan)
        row = self.clerk.page.get_by_role("row").filter(has_text=TRADE).filter(has_text=RISK)
        assert row.locator("[data-label=已检查]").inner_text() == "1"

    def no_page_did_what_it_may_not(self) -> None:
        assert not self.watch.troubles, "\n".join(self.watch.troubles)


@pytest.mark.timeout(420)
def test_a_year_from_its_plan_to_the_visit_that_counts(planned_bureau, chromium):
    story = Story(planned_bureau, chromium)
    with story.windows:
        told(story.the_calendar_knows_the_year)
        told(story.the_clerk_begins_the_plan)
        told(story.the_clerk_takes_the_proposal_over)
        told(story.the_clerk_names_an_enterprise)
        told(story.the_approver_approves_and_the_clerk_publishes)
        told(story.anybody_reads_it)
        told(story.one_enterprise_is_drawn)
        told(story.the_next_draw_leaves_it_alone_and_says_so)
        told(story.the_named_enterprise_gets_its_visit)
        told(story.a_second_one_is_refused)
        told(story.the_notice_is_published)
        told(story.the_weeks_pass)
        told(story.the_lead_officer_visits_it)
        told(story.the_plan_shows_the_visit)
        told(story.no_page_did_what_it_may_not)
