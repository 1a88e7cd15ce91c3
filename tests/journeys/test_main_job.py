"""The main job as one story, in Chromium, against the running stack.

**The clerk** has the register as a workbook, imports it, and sees before anything changes that
one row is mistyped. The register's guesses at a trade are suggestions only: the clerk confirms
the building-material makers and gives them a risk class. Then the clerk drafts a draw of two of
them. **The approver**, somebody else, approves it. The clerk seals it with the password once more,
and from then on nobody can change it: it has a number in the public ledger.

**Two witnesses** contribute to the seed: the supervisor at an own desk, and somebody without an
account, who scans a one-time link with a phone. With the second text the draw is done. **Anybody**
reads the result in the ledger, takes the public record home, and recomputes it with bare Python
and in a browser.

The clerk drafts the notice, the approver approves it, and a job publishes it; another job issues a
letter to each enterprise and e-mails it. **An enterprise** scans the QR code on the letter with a
phone, reads when who will come for what, and confirms receipt.

The weeks pass. **The lead officer** drew up the scheme, the approver approved it, and on the day the
officer records the visit on a phone: one item failed, with a photo, the others passed. The approver
reviews the record; the order to put things right goes out with it. A job drafts the result, the
approver approves it, a job publishes it. The officer looks again, all is well, the check is closed.

The officer has the volume assembled, by a worker; the clerk files it, and downloads it: cover, catalogue with
true page numbers, every document, the list of evidence, the closing sheet.

All the while no page asked anything of another host, and none complained on the console.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import ExitStack
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser

from shuangsuiji.demo.people import OFFICERS
from tests.journeys.paper import Paper
from tests.journeys.people import (
    Approver,
    Citizen,
    Clerk,
    Enterprise,
    Officer,
    Person,
    PhoneWitness,
    Witness,
    Wizard,
)
from tests.journeys.register import Register
from tests.journeys.telling import bare, told
from tests.journeys.watching import Watch
from tests.support.stack import Stack

TAKE = 2
PARTS = (
    "行政检查通知书",
    "行政检查审批表",
    "现场检查方案",
    "现场检查记录",
    "责令限期整改指令书",
    "送达回执",
    "送达回执（签字件）",
    "整改复查意见书",
    "送达回执",
    "送达回执（签字件）",
    "证据清单",
)
P = TypeVar("P", bound=Person)


class Story:
    """The steps, in the order in which they happen, and what one step leaves to the next."""

    def __init__(self, stack: Stack, chromium: Browser, *, register: Register, folder: Path) -> None:
        self.stack, self.chromium, self.register, self.folder = stack, chromium, register, folder
        self.watch = Watch(site=stack.url)
        self.windows = ExitStack()
        self.today = timezone.localdate()
        self.clerk = self.window(Clerk).sign_in("clerk")
        self.approver = self.window(Approver).sign_in("approver")
        self.anybody = self.window(Citizen)

    def window(self, person: type[P]) -> P:
        """A browser window for somebody, closed at the end of the story."""
        return self.windows.enter_context(person(self.chromium, site=self.stack.url, watch=self.watch))

    # From the register to the draw.

    def the_clerk_imports_the_register(self) -> None:
        clerk, register = self.clerk, self.register
        clerk.upload_register(register.path)
        assert clerk.preview_counts() == {"将新增": register.good_count, "将更新": 0, "未变": 0, "有误": 1}
        clerk.follow(re.compile("^有误"))
        assert clerk.shows(str(register.fault_row), "统一社会信用代码", "第 18 位校验码不符", "请对照营业执照逐位核对")
        clerk.press(f"导入 {register.good_count} 行")
        clerk.reads(f"新增 {register.good_count} 家，更新 0 家，未变 0 家，有误未导入 1 行。")

    def the_clerk_confirms_a_trade_and_sets_its_risk(self) -> None:
        clerk, register = self.clerk, self.register
        clerk.open("/desk/enterprises/?field=none")
        clerk.choose(建议领域=register.trade)
        self.pool_count = clerk.tick_all()
        assert self.pool_count >= register.trade_count
        clerk.press("确认建议领域")
        clerk.reads(f"已确认 {self.pool_count} 家的建议领域。")
        clerk.open("/desk/enterprises/")
        clerk.choose(领域=register.trade, 风险="未定")
        assert clerk.tick_all() == self.pool_count
        clerk.set_risk("D 重大")
        clerk.reads(f"已把 {self.pool_count} 家设为“D 重大”。")

    def the_clerk_drafts_a_draw(self) -> None:
        wizard, trade = Wizard(self.clerk), self.register.trade
        first = self.today + dt.timedelta(days=24)
        wizard.basics(title="建材企业双随机抽取", visits_from=first, visits_to=first + dt.timedelta(days=6))
        wizard.range(field=trade, risk="D 重大")
        assert wizard.strata(field=trade, risk="重大", take=TAKE) == self.pool_count
        wizard.people()
        wizard.items(2, 1)
        wizard.witnesses(account=("纪检监察", "孙示例"), link="企业代表", requirements="请备好台账。\n请安排人员在场。")
        self.clerk.press("提交审批")
        self.clerk.reads("已提交审批。")
        self.draw = self.path(self.clerk)

    def the_approver_approves_it(self) -> None:
        self.approver.approve_draw(self.draw)

    def the_clerk_seals_it(self) -> None:
        self.number = self.clerk.seal(self.draw)
        self.anybody.open(f"/ledger/{self.number}/")
        assert self.anybody.shows("已封存", "封存指纹", "纪检监察：未到", "企业代表：未到")

    def two_witnesses_contribute(self) -> None:
        link = self.clerk.scan(self.clerk.page.get_by_alt_text("见证人的一次性链接"))
        supervisor = self.window(Witness).sign_in("supervisor")
        supervisor.open(f"{self.draw}ceremony/").follow("投入")
        supervisor.contribute("骰子 3 5 1 6")
        self.anybody.page.reload()
        assert self.anybody.shows("纪检监察：已到", "企业代表：未到")
        guest = self.window(PhoneWitness)
        guest.open(self.site_path(link)).contribute("今天有雨")
        guest.reads("所有来源都已到齐，抽取已经完成。")

    def everybody_reads_the_result(self) -> None:
        self.names = self.clerk.open(self.draw).drawn_names()
        assert len(self.names) == TAKE
        self.anybody.open("/ledger/").follow(self.number)
        assert self.anybody.shows("抽取结果", "骰子 3 5 1 6", "今天有雨", *self.names)

    def anybody_recomputes_it_with_bare_python(self) -> None:
        record, program = self.folder / "record.json", self.folder / "draw.pyz"
        record.write_bytes(self.anybody.download_record())
        assert bare("-c", "import django").returncode, "this Python is not bare"
        right = bare("-m", "draws.engine", "verify", str(record))
        assert (right.returncode, right.stdout.count("\n")) == (0, 1), right.stderr
        program.write_bytes(self.anybody.download_verifier())
        assert bare(str(program), "verify", str(record), cwd=self.folder).stdout == right.stdout
        record.write_text(record.read_text().replace("今天有雨", "今天无雨"))
        assert bare("-m", "draws.engine", "verify", str(record)).returncode == 1

    def anybody_recomputes_it_in_a_browser(self) -> None:
        self.anybody.open(f"/ledger/{self.number}/").follow("在浏览器里核验")
        self.anybody.reads("从封存的名单到最后一次变更，每一步都与重算的结果相同。")

    # From the notice to the letter.

    def a_job_publishes_the_notice(self) -> None:
        self.clerk.open(self.draw).press("检查公告")
        self.clerk.reads("已按数据起草")
        title = self.clerk.page.get_by_role("heading", level=1).inner_text()
        self.approver.approve_publication(title)
        self.anybody.open("/notices/").reloads_until(title)
        self.anybody.follow(title)
        self.anybody.fits()
        assert self.anybody.shows("公告〔", "请安排人员在场。", *self.names)

    def a_job_sends_each_enterprise_its_letter(self) -> None:
        self.stack.wait_for(lambda: len(self.letters()) == TAKE, seconds=60)
        self.letter = self.letters()[0]
        [self.letter_link] = re.findall(r"http://\S+/letter/\S+/", self.letter.get_body().get_content())

    def an_enterprise_reads_it_by_the_qr_code(self) -> None:
        [attachment] = self.letter.iter_attachments()
        paper = Paper(attachment.get_content())
        assert paper.qr_texts() == [self.letter_link]
        assert all(paper.fonts().values())
        enterprise = self.window(Enterprise)
        enterprise.open(self.site_path(self.letter_link))
        [self.name] = [name for name in self.names if enterprise.shows(name)]
        assert enterprise.shows("检查日期", "执法证号", self.number, "您的权利", "请备好台账。")
        enterprise.confirm_letter("联系人示例")

    # The visit.

    def the_weeks_pass(self) -> None:
        """The planned days come: nobody can wait two weeks in a test, so the plan moves to today.

        Only the planned days move. The notice was approved against the real ones, its
        fifteen days were counted, and no clock is turned.
        """
        self.stack.sql("UPDATE inspections_task SET visit_on = %s WHERE number LIKE %s", self.today, f"{self.number}-%")

    def the_lead_officer_draws_up_the_scheme(self) -> None:
        self.clerk.open("/desk/tasks/").follow(self.name)
        self.clerk.page.wait_for_url(re.compile("/desk/tasks/[0-9a-f-]{36}/"))
        self.task = self.path(self.clerk)
        [lead] = re.findall(r"(\S+)（主办）", self.clerk.page.locator("main aside").inner_text())
        self.officer = self.window(Officer).sign_in(f"officer{OFFICERS.index(lead) + 1}")
        self.officer.draft_scheme(self.task)
        self.clerk.review_scheme(self.task)
        self.approver.approve_scheme(self.task)

    def the_officer_records_the_visit_on_a_phone(self) -> None:
        officer = self.officer
        officer.begin(self.task)
        failed, *passed = officer.cards
        assert len(passed) == 2
        limit = self.today + dt.timedelta(days=15)
        officer.fail_item(failed, seen="消防沙箱内无沙。", photo=make_photo(self.folder), rectify_by=limit)
        for card in passed:
            officer.pass_item(card)
        officer.fill_head(ended_at=timezone.localtime() + dt.timedelta(minutes=2))
        officer.submit()

    def the_approver_reviews_it(self) -> None:
        self.approver.approve_record(self.task)
        self.approver.reads("记录已审核，责令限期整改指令书已签发。")

    def the_officer_serves_the_order(self) -> None:
        self.officer.serve(self.task, "责令限期整改指令书", photo=make_photo(self.folder))

    def a_job_drafts_the_result_and_another_publishes_it(self) -> None:
        title = f"{self.name}检查结果"
        self.approver.open("/desk/publication/?state=drafted").reloads_until(title)
        self.approver.approve_publication(title)
        self.anybody.open("/results/").reloads_until(title)
        self.anybody.follow(title)
        self.anybody.fits()
        assert self.anybody.shows("责令限期整改", "不合格", "合格", "一般")

    def the_officer_looks_again(self) -> None:
        self.officer.reinspect(self.task)
        self.approver.approve_reinspection(self.task)
        self.officer.serve(self.task, "整改复查意见书", photo=make_photo(self.folder))

    # The volume.

    def the_clerk_files_the_volume_that_a_worker_assembled(self) -> None:
        officer, clerk = self.officer, self.clerk
        officer.open(self.task).follow("办理组卷")
        officer.press("组卷")
        officer.reads("已提交组卷")
        clerk.open(self.task).follow("办理组卷")
        clerk.reloads_until("案卷 SHA-256")
        clerk.press_and_confirm("归档", verb="归档")
        clerk.reads("案卷已归档，归档号")
        self.catalogue = clerk.catalogue()
        self.the_head_lets_the_clerk_read_the_filed_volume()
        self.volume = Paper(clerk.download("下载 PDF"))
        clerk.open(self.task).follow("一企一档")
        clerk.reads(re.compile(r"20\d{6}"))

    def the_head_lets_the_clerk_read_the_filed_volume(self) -> None:
        clerk, head = self.clerk, self.window(Person).sign_in("head")
        page = self.path(clerk)
        clerk.page.get_by_label("查阅理由").fill("核对卷内目录")
        clerk.press("申请查阅")
        clerk.reads("查阅申请已提交")
        head.open(page).press("办理")
        head.reads("查阅申请已办理")
        clerk.open(page)

    def the_volume_would_stand_in_an_archive(self) -> None:
        volume, catalogue = self.volume, self.catalogue
        body = [number for number in volume.sheet_numbers if number is not None]
        assert volume.sheet_numbers == [None, None, *range(1, len(body) + 1), None]
        assert tuple(row.title for row in catalogue) == PARTS
        assert [page for row in catalogue for page in row.pages] == body
        assert all(row.title in volume.text_of(row.pages[0]) for row in catalogue)
        assert all(row.number in volume.text_of(row.pages[0]) for row in catalogue)
        cover, contents, *_, closing = volume.texts
        assert "案卷" in cover
        assert self.name in cover
        assert all(row.number in contents for row in catalogue)
        assert f"本卷共有文件材料{len(PARTS)}件，计{len(body)}页，其中照片等证据1件" in closing
        assert "消防沙箱内无沙。" in "".join(volume.texts)
        assert volume.fonts()
        assert all(volume.fonts().values()), volume.fonts()

    def no_page_did_what_it_may_not(self) -> None:
        assert self.watch.request_count > 100
        assert not self.watch.troubles, "\n".join(self.watch.troubles)

    # Small things.

    def path(self, person: Person) -> str:
        """Where somebody is."""
        return urlsplit(person.page.url).path

    def site_path(self, link: str) -> str:
        """A link from a QR code or a letter, which must lead to this site."""
        assert link.startswith(f"{self.stack.url}/")
        return urlsplit(link).path

    def letters(self) -> list[EmailMessage]:
        """The letters that arrived so far."""
        return [mail for mail in self.stack.mail.messages if "行政检查通知书" in mail["Subject"]]


def make_photo(folder: Path) -> Path:
    """A picture as a phone takes it, of nothing."""
    path = folder / "photo.jpg"
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(path, quality=85)
    return path


@pytest.mark.timeout(420)
def test_from_the_register_to_the_volume_in_the_archive(planned_bureau, chromium, register, tmp_path):
    story = Story(planned_bureau, chromium, register=register, folder=tmp_path)
    with story.windows:
        told(story.the_clerk_imports_the_register)
        told(story.the_clerk_confirms_a_trade_and_sets_its_risk)
        told(story.the_clerk_drafts_a_draw)
        told(story.the_approver_approves_it)
        told(story.the_clerk_seals_it)
        told(story.two_witnesses_contribute)
        told(story.everybody_reads_the_result)
        told(story.anybody_recomputes_it_with_bare_python)
        told(story.anybody_recomputes_it_in_a_browser)
        told(story.a_job_publishes_the_notice)
        told(story.a_job_sends_each_enterprise_its_letter)
        told(story.an_enterprise_reads_it_by_the_qr_code)
        told(story.the_weeks_pass)
        told(story.the_lead_officer_draws_up_the_scheme)
        told(story.the_officer_records_the_visit_on_a_phone)
        told(story.the_approver_reviews_it)
        told(story.the_officer_serves_the_order)
        told(story.a_job_drafts_the_result_and_another_publishes_it)
        told(story.the_officer_looks_again)
        told(story.the_clerk_files_the_volume_that_a_worker_assembled)
        told(story.the_volume_would_stand_in_an_archive)
        told(story.no_page_did_what_it_may_not)
