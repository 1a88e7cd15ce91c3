"""A penalty case from what a check found to the volume in the archive, and the volume read as paper.

**The officer in charge** proposes the case on a phone; **an approver** files it. The officer summons, questions, looks
at the place, keeps papers as evidence and gives them back, each on the spot and with its signed sheet; then reports.
**The approver who filed** may not review it; **another one** does, point by point. **The head** has the party told,
with the right to a hearing, and the officer serves both papers. The approver finds the sum wrong and withdraws it;
**the enterprise** reads that beside the code of the old one. It is reported, reviewed, told and served anew, and the
days run anew. The enterprise states its case and asks for a hearing; **the office** sets it and writes it down. Two
people are no discussion, three are; what the head decides is no harsher than what was told. The decision is served,
made public, paid and carried out; the officer asks to close and the head closes.

The officer has the volume assembled and the office, somebody else, files it. To read it the office asks, the head
opens it, and it is closed again. Every paper of the way lies in it, in the archive's order, on the page that the
catalogue says, and the withdrawn notice is marked.
"""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from inspections import services
from inspections.documents.volume_order import RECEIPT_KIND
from inspections.models import Delivery, Dossier
from inspections.services.volumes import documents_in_volume
from tests.journeys.casework import Bureau, make_finished_check, minute
from tests.journeys.paper import Paper
from tests.journeys.screens import Desk, Phone
from tests.journeys.telling import told
from tests.support.pages import press

POINTS = (
    "本机关有管辖权，执法人员具备资格",
    "事实清楚，证据合法充分",
    "适用法律、法规、规章准确，裁量适当",
    "程序合法",
    "文书完备规范",
    "不涉嫌犯罪、不需要移送",
)
REPORT = {
    "证据": "现场检查记录｜检查时的现场状况\n询问笔录｜停用的时间和原因\n勘验笔录｜报警器的状况",
    "裁量理由": "主动整改，没有造成后果，从轻。",
    "拟处罚种类": ["罚款", "没收违法所得"],
    "没收违法所得（元）": "3000",
}
GOODS = "动火作业票｜2026年｜12份｜原件"
PRESENT = ("郑示例｜局长｜同意拟处罚意见", "周示例｜副局长｜同意", "吴示例｜总工程师｜同意，可以从轻")
WHY = "告知的罚款数额超出裁量基准，应当重新审核。"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.volume]


class Investigation(Bureau):
    """From what was found to the report."""

    def the_officer_proposes_and_an_approver_files(self) -> None:
        with self.at(Phone, self.check.lead, path=reverse("task_detail", args=[self.check.task.pk])) as officer:
            officer.follow("提请立案")
            for choice in ("普通程序", "单位"):
                officer.page.get_by_label(choice, exact=True).check()
            officer.fill_in(
                {
                    "案由": "未对安全设备进行定期检测",
                    "违反的规定": "《中华人民共和国安全生产法》第三十六条第二款",
                    "处罚依据": "《中华人民共和国安全生产法》第九十九条第三项",
                }
            )
            officer.press("提请")
            officer.reads("已提请，承办人为本次检查的执法人员。")
            officer.reads("下一步：批准立案")
        self.days_pass(1)
        self.takes(self.check.approver, "批准立案", {})
        self.says(self.check.clerk, "下一步：调查终结，提请审核", f"轮到承办人{self.check.lead.name}")

    def somebody_is_summoned_and_questioned(self) -> None:
        summons = {
            "被询问人": "李示例",
            "接受询问的时间": minute(days=2),
            "联系人": "孙示例",
            "联系电话": "0000-0000000",
        }
        self.takes(self.check.lead, "询问通知书", summons, kind=Phone)
        self.serves("inquiry_notice")
        self.days_pass(2)
        talk = {
            "开始时间": minute(before=50),
            "结束时间": minute(before=10),
            "询问地点": "执法大队",
            "被询问人": "李示例",
            "职务": "安全总监",
            "询问内容": "问：报警器什么时候停用的？\n答：四月停用，检定过期没有送检。",
        }
        self.takes(self.check.lead, "询问笔录", {**talk, "对方签名情况": ["已签名"]}, kind=Phone)
        self.signs(self.check.lead, "inquiry_record")

    def the_place_is_looked_at_and_papers_are_kept(self) -> None:
        survey = {
            "开始时间": minute(before=40),
            "结束时间": minute(before=5),
            "勘验场所": "2号罐区",
            "当事人（在场人）": "李示例",
            "记录人": self.check.second.name,
            "勘验情况及结果": "报警器四台均处于断电状态。",
        }
        self.takes(self.check.second, "勘验笔录", {**survey, "对方签名情况": ["已签名"]}, kind=Phone)
        self.signs(self.check.second, "survey_record")
        kept = {"涉嫌的违法行为": "未定期检测", "登记保存的证据": GOODS, "保存方式": ["就地保存"], "保存地点": "档案室"}
        self.takes(self.check.lead, "先行登记保存证据通知书", kept, kind=Phone)
        self.serves("preservation")
        self.days_pass(1)
        back = {"处理的证据": GOODS, "处理决定": "解除登记保存，复印件附卷，原件发还。"}
        self.takes(self.check.lead, "先行登记保存证据处理决定书", back, kind=Phone)
        self.serves("preservation_outcome")

    def the_officer_reports_and_another_approver_reviews(self) -> None:
        self.tries(
            self.check.lead,
            "调查终结，提请审核",
            {**REPORT, "罚款（元）": "80000", "停产停业期限（日）": "5"},
            refused="没有选择与“停产停业期限（日）”对应的处罚种类",
            then={"停产停业期限（日）": ""},
        )
        self.says(self.check.approver, "提请立案和批准立案的人不能做本案的法制审核")
        self.tries(
            self.lawyer,
            "法制审核通过",
            {"审核内容": POINTS[:-1]},
            refused=f"下列各项没有勾选：{POINTS[-1]}",
            then={"审核内容": POINTS},
        )


class Hearing(Investigation):
    """What the party is told, and what it says."""

    def the_party_is_told_and_the_notice_served(self) -> None:
        self.days_pass(1)
        self.takes(self.check.county.head, "审批拟处罚意见并告知当事人", {})
        self.says(self.check.county.head, "下一步：登记行政处罚告知书送达", "轮到承办人")
        for kind in ("penalty_notice", "hearing_notice"):
            self.serves(kind)
        self.says(self.check.county.head, "下一步：等待当事人陈述申辩")

    def the_approver_withdraws_the_notice_and_the_enterprise_reads_it(self) -> None:
        self.days_pass(1)
        self.withdrawn = self.paper("penalty_notice")
        given = {"撤回的原因": ["适用法律或者裁量有误"], "理由": WHY}
        self.takes(self.check.approver, "撤回告知书", given)
        self.says(self.check.lead, "下一步：登记撤回行政处罚告知书通知书送达", WHY)
        self.serves("notice_withdrawal")
        with self.at(Phone, path=f"/documents/{self.withdrawn.token}/") as enterprise:
            enterprise.reads("本文书已撤回。")

    def it_is_told_anew_with_the_right_sum(self) -> None:
        self.days_pass(1)
        self.takes(self.check.lead, "调查终结，提请审核", {"罚款（元）": "60000"})
        self.takes(self.lawyer, "法制审核通过", {"审核内容": POINTS})
        self.takes(self.check.county.head, "审批拟处罚意见并告知当事人", {})
        for kind in ("penalty_notice", "hearing_notice"):
            self.serves(kind)
        assert self.paper("penalty_notice").number == f"{self.withdrawn.number}之二"

    def the_enterprise_states_its_case_and_asks_for_a_hearing(self) -> None:
        self.days_pass(1)
        spoken = {
            "时间": minute(before=20),
            "地点": "执法大队",
            "陈述申辩人": "李示例",
            "陈述申辩内容": "已经整改，请求从轻处罚。",
            "复核和采纳情况": "整改属实，予以采纳。",
        }
        self.takes(self.check.lead, "陈述申辩笔录", {**spoken, "对方签名情况": ["已签名"]}, kind=Phone)
        self.signs(self.check.lead, "statement_record")
        self.takes(self.check.lead, "登记听证申请", {"申请方式和内容": "书面申请，要求听证。"}, kind=Phone)
        self.says(self.check.county.head, "下一步：听证会通知书", "轮到经办人或者审批负责人")

    def the_office_sets_the_hearing_and_writes_it_down(self) -> None:
        told_of = {"听证时间": minute(days=3), "听证地点": "三楼会议室", "听证主持人": "吴示例", "记录员": "冯示例"}
        self.tries(
            self.check.clerk,
            "听证会通知书",
            {**told_of, "是否公开": ["公开举行"]},
            refused="听证会须在举行的七个工作日前通知当事人",
            then={"听证时间": minute(days=14)},
        )
        self.serves("hearing_meeting")
        self.days_pass(15)
        held = {
            "开始时间": minute(before=90),
            "结束时间": minute(before=30),
            "参加人": "当事人代表：李示例\n调查人员：张示例",
            "听证记录": "调查人员提出违法事实、证据和处罚建议。\n当事人没有异议，请求从轻。",
            "听证主持人意见": "事实清楚，可以从轻。",
        }
        self.takes(self.check.clerk, "听证笔录", {**held, "对方签名情况": ["已签名"]})
        self.signs(self.check.clerk, "hearing_record", screen=Desk)


class Decision(Hearing):
    """Discussed, decided, served, carried out, closed."""

    def three_people_discuss(self) -> None:
        self.days_pass(1)
        discussed = {
            "讨论时间": minute(before=30),
            "地点": "二楼会议室",
            "主持人": "郑示例",
            "汇报人": self.check.lead.name,
            "记录人": "冯示例",
            "出席人员和意见": "\n".join(PRESENT[:2]),
            "讨论内容": "承办人汇报案情。各位出席人员发表意见。",
            "讨论决定": "同意罚款五万元。",
        }
        self.tries(
            self.check.clerk,
            "案件集体讨论记录",
            discussed,
            refused="集体讨论至少 3 人出席",
            then={"出席人员和意见": "\n".join(PRESENT)},
        )
        self.signs(self.check.clerk, "discussion_record", screen=Desk)

    def the_head_decides_no_harsher_than_what_was_told(self) -> None:
        self.days_pass(1)
        self.tries(
            self.check.county.head,
            "作出处罚决定",
            {"罚款（元）": "70000", "缴款方式": "示例银行，户名：示例市财政局。"},
            refused="罚款不得高于告知的 60000.00 元",
            then={"罚款（元）": "50000", "陈述申辩和听证意见的复核及采纳情况": "整改属实，予以采纳。"},
        )
        self.serves("penalty_unit")
        self.says(self.check.clerk, "下一步：登记缴款", "轮到当事人缴款")

    def it_is_made_public_paid_and_carried_out(self) -> None:
        public = {"公开日期": f"{timezone.localdate():%Y-%m-%d}", "公开的网站和栏目": "门户网站行政处罚栏"}
        self.takes(self.check.clerk, "登记处罚信息公开", public)
        self.days_pass(5)
        with self.at(Desk, self.check.clerk) as clerk:
            clerk.follow("登记缴款")
            clerk.fill_in({"票据号": "示例0001", "票据照片或扫描件": self.sheet()})
            clerk.press("登记")
            clerk.reads("缴款已登记。")
        self.takes(self.check.lead, "登记其他处罚已履行", {"履行情况": "违法所得 3000 元已上缴。"}, kind=Phone)

    def the_officer_asks_to_close_and_the_head_closes(self) -> None:
        self.days_pass(2)
        done = {"执行情况": "罚款已缴清，违法所得已上缴，隐患已经复查整改到位。"}
        self.takes(self.check.lead, "提请结案", done)
        self.takes(self.check.county.head, "批准结案", {})
        self.says(self.check.clerk, "下一步：组卷和归档", "轮到经办人")


class Archive(Decision):
    """The volume: assembled, filed by somebody else, opened, closed, and read as paper."""

    @property
    def dossier(self) -> Dossier:
        """The volume as it stands."""
        return Dossier.objects.get(task=self.check.task)

    @property
    def volume_page(self) -> str:
        """Its address."""
        return reverse("dossier_detail", args=[self.dossier.pk])

    def the_officer_assembles_and_the_office_files(self) -> None:
        self.days_pass(1)
        with self.at(Desk, self.check.lead, path=self.volume_page) as officer:
            officer.press("组卷")
            officer.reads("已提交组卷")
        services.render_next_dossier()
        with self.at(Desk, self.check.clerk, path=self.volume_page) as clerk:
            clerk.press_and_confirm("归档", verb="归档")
            clerk.reads("案卷已归档，归档号")

    def the_head_opens_it_for_the_office_and_it_is_closed_again(self) -> None:
        self.days_pass(1)
        self.says(self.check.clerk, "卷内的文书、证据和记录须经负责人批准才能查阅")
        with self.at(Desk, self.check.clerk, path=self.volume_page) as clerk:
            clerk.fill_in({"查阅理由": "核对卷内目录"})
            clerk.press("申请查阅")
            clerk.reads("查阅申请已提交")
        with self.at(Desk, self.check.county.head, path=self.volume_page) as head:
            head.press("办理")
            head.reads("查阅申请已办理")
        with self.at(Desk, self.check.clerk, path=self.volume_page) as clerk:
            with clerk.page.expect_download() as download:
                press(clerk.page.get_by_role("link", name="下载 PDF"))
            self.volume = Paper(download.value.path().read_bytes())
            clerk.press("合卷")
            clerk.reads("案卷已合上，再次查阅须重新申请。")
            assert clerk.page.get_by_role("link", name="下载 PDF").count() == 0

    def every_paper_of_the_way_lies_in_it_on_its_page(self) -> None:
        rows, volume = self.dossier.catalogue, self.volume
        numbered = [number for number in volume.sheet_numbers if number is not None]
        assert [page for row in rows for page in range(row["page_from"], row["page_to"] + 1)] == numbered
        assert numbered == list(range(1, len(numbered) + 1))
        keys = [row["document_key"] for row in rows if row["document_key"]]
        assert sorted(keys) == sorted(str(paper.pk) for paper in documents_in_volume(self.check.task))
        for row in rows:
            first = volume.text_of(row["page_from"])
            assert row["title"] in first, row
            assert row["number"].replace(" ", "") in first, row
            assert row["number"] in self.catalogue_text(), row

    def catalogue_text(self) -> str:
        """The words of the sheets before the first numbered one."""
        return "".join(self.volume.texts[: self.volume.sheet_numbers.index(1)])

    def it_follows_the_order_of_an_archive(self) -> None:
        kinds = {str(paper.pk): paper.kind for paper in documents_in_volume(self.check.task)}
        order = [kinds.get(row["document_key"], row["title"]) for row in self.dossier.catalogue]
        assert tuple(one for one in order if not one.endswith("（签字件）")) == VOLUME
        served = {str(one.document_id): str(one.receipt_id) for one in Delivery.objects.filter(task=self.check.task)}
        keys = [row["document_key"] for row in self.dossier.catalogue]
        assert all(keys[keys.index(document) + 1] == receipt for document, receipt in served.items())

    def the_withdrawn_notice_is_marked_and_the_new_one_is_not(self) -> None:
        old, new = self.withdrawn, self.paper("penalty_notice")
        pages = {row["document_key"]: row for row in self.dossier.catalogue}
        note = f"已撤回（{self.paper('notice_withdrawal').number}）"
        assert (pages[str(old.pk)]["note"], pages[str(new.pk)]["note"]) == (note, "")
        assert note in self.volume.text_of(pages[str(old.pk)]["page_from"])
        assert "80000" in self.volume.text_of(pages[str(old.pk)]["page_from"])

    def no_page_complained(self) -> None:
        assert self.troubles == []


R = RECEIPT_KIND
VOLUME = (
    "case_filing",
    *("penalty_unit", R),
    "inspection_notice",
    *("order", R),
    *("reinspection", R),
    *("inquiry_notice", R),
    *("preservation", R),
    *("preservation_outcome", R),
    *("penalty_notice", R),
    *("hearing_notice", R),
    *("notice_withdrawal", R),
    *("penalty_notice", R),
    *("hearing_notice", R),
    *("hearing_meeting", R),
    *("site_record", "inquiry_record", "survey_record", "statement_record", "hearing_record"),
    "证据清单",
    *("check_approval", "scheme", "legal_review", "case_report", "legal_review", "case_report", "discussion_record"),
    "罚款缴纳情况",
    "case_closing",
)
STEPS = (
    Archive.the_officer_proposes_and_an_approver_files,
    Archive.somebody_is_summoned_and_questioned,
    Archive.the_place_is_looked_at_and_papers_are_kept,
    Archive.the_officer_reports_and_another_approver_reviews,
    Archive.the_party_is_told_and_the_notice_served,
    Archive.the_approver_withdraws_the_notice_and_the_enterprise_reads_it,
    Archive.it_is_told_anew_with_the_right_sum,
    Archive.the_enterprise_states_its_case_and_asks_for_a_hearing,
    Archive.the_office_sets_the_hearing_and_writes_it_down,
    Archive.three_people_discuss,
    Archive.the_head_decides_no_harsher_than_what_was_told,
    Archive.it_is_made_public_paid_and_carried_out,
    Archive.the_officer_asks_to_close_and_the_head_closes,
    Archive.the_officer_assembles_and_the_office_files,
    Archive.the_head_opens_it_for_the_office_and_it_is_closed_again,
    Archive.every_paper_of_the_way_lies_in_it_on_its_page,
    Archive.it_follows_the_order_of_an_archive,
    Archive.the_withdrawn_notice_is_marked_and_the_new_one_is_not,
    Archive.no_page_complained,
)


@pytest.mark.timeout(600)
def test_a_penalty_case_from_the_finding_to_the_archive(chromium, live_server, monkeypatch):
    # Playwright keeps an event loop in this thread; Django would not speak to the database in it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with (
        time_machine.travel(dt.datetime.now(dt.UTC), tick=True) as clock,
        Archive(make_finished_check(), chromium, site=live_server.url, clock=clock) as story,
    ):
        for step in STEPS:
            told(step.__get__(story))
