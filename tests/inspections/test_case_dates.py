"""When an act of a case may have happened, and who may have a say in it."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from inspections.services import cases
from inspections.states import CaseState
from inspectors.models import Inspector
from shuangsuiji.lib.errors import Refusal
from tests.factories.cases import (
    DISCUSSION,
    REPORT,
    STATEMENT,
    decision,
    make_decided,
    make_filed,
    make_told,
)
from tests.factories.draws import make_officer

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


class TestDates:
    """Nothing in a case lies before what it follows; what is written down late says why."""

    def test_nobody_is_summoned_into_the_past(self):
        world = make_filed()
        fields = {"person": "李示例", "place": "大队", "contact": "孙", "phone": "1"}

        with pytest.raises(Refusal, match="须在现在之后"):
            world.take("inquiry_notice", by=world.handler, appear_at=timezone.now() - DAY, **fields)

    def test_evidence_begins_with_the_visit(self):
        world = make_filed()
        early = timezone.now() - 2000 * DAY
        fields = {"starts_at": early, "ends_at": early + DAY / 24, "place": "罐区", "text": "正常。"}

        with pytest.raises(Refusal, match="不能早于现场检查开始的时间"):
            world.take("inquiry_record", by=world.handler, person="李", number=1, signature="signed", **fields)
        with pytest.raises(Refusal, match="不能早于现场检查开始的时间"):
            world.take(
                "survey_record", by=world.handler, party_person="李", recorder="张", signature="signed", **fields
            )

    def test_a_statement_follows_the_notice_and_a_discussion_the_statement(self):
        world = make_told()

        with pytest.raises(Refusal, match="不能早于行政处罚告知书送达的时间"):
            world.take("statement_record", by=world.handler, **{**STATEMENT, "starts_at": timezone.now() - DAY})
        with pytest.raises(Refusal, match="陈述申辩的期限还没有届满"):
            world.take("discussion_record", by=world.clerk, **DISCUSSION)
        world.take("statement_waived", by=world.handler, how="书面放弃")
        with pytest.raises(Refusal, match="不能早于当事人陈述申辩"):
            world.take("discussion_record", by=world.clerk, **{**DISCUSSION, "starts_at": timezone.now() - DAY})
        world.take("discussion_record", by=world.clerk, **DISCUSSION)

    def test_a_penalty_is_not_public_before_it_is_decided(self):
        world = make_decided()

        with pytest.raises(Refusal, match="不能早于作出处罚决定的日期"):
            world.take("published", by=world.clerk, on=timezone.localdate() - DAY, where="门户网站")

    def test_what_is_written_down_late_says_why_on_the_paper(self):
        with time_machine.travel(timezone.now() - 6 * DAY, tick=True):
            world = make_filed()
            seen = timezone.now()
        fields = {
            "person": "李",
            "taken_at": seen,
            "place": "罐区",
            "samples": "甲醇｜工业级｜2瓶",
            "signature": "signed",
        }

        with pytest.raises(Refusal, match="迟延登记的原因"):
            world.take("sampling", by=world.handler, **fields)
        world.take("sampling", by=world.handler, **fields, late_reason="现场没有网络。")
        assert world.paper("sampling").context["f"]["late_reason"] == "现场没有网络。"

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"present": "郑示例｜局长｜同意\n周示例｜副局长｜同意"}, "至少 3 人"),
            ({"present": "郑示例｜局长｜同意\n郑示例｜副局长｜同意\n吴示例｜总工｜同意"}, "不能重复"),
            ({"present": "郑示例｜局长｜同意\n周示例｜副局长\n吴示例｜总工｜同意"}, "周示例没有意见"),
            ({"host": "孙示例"}, "主持人须是出席人员之一"),
        ],
    )
    def test_a_collective_discussion_names_at_least_three_people_and_their_opinions(self, change, sentence):
        world = make_told()
        world.take("statement_waived", by=world.handler, how="书面放弃")

        with pytest.raises(Refusal, match=sentence):
            world.take("discussion_record", by=world.clerk, **{**DISCUSSION, **change})


class TestRecusal:
    def test_the_head_decides_and_work_goes_on_meanwhile(self):
        world = make_filed()
        second = world.case.handlers.get(position=2).inspector
        asked = cases.ask_case_recusal(world.case, by=world.clerk, inspector=second, side="party", reason="近亲属任职")

        assert world.take("report", by=world.handler, **REPORT).state == CaseState.REPORTED
        replacement = make_officer(world.check.county, 90)
        cases.decide_case_recusal(asked, by=world.head, is_granted=True, opinion="属实", replacement=replacement)
        now = [row.inspector for row in world.case.handlers.filter(left_on=None)]
        assert second not in now
        assert replacement in now
        assert world.paper("recusal_decision").number.startswith("示应急避〔")

    def test_an_open_request_holds_the_decision_back(self):
        world = make_told()
        world.take("statement_waived", by=world.handler, how="书面放弃")
        inspector = Inspector.objects.get(account=world.check.second)
        asked = cases.ask_case_recusal(
            world.case, by=world.clerk, inspector=inspector, side="party", reason="有利害关系"
        )

        with pytest.raises(Refusal, match="回避申请没有决定"):
            world.take("decide", by=world.head, **decision(20_000))
        cases.decide_case_recusal(asked, by=world.head, is_granted=False, opinion="不属实")
        assert world.take("decide", by=world.head, **decision(1)).state == "decided"

    def test_granted_without_somebody_to_take_over_is_refused(self):
        world = make_filed()
        inspector = world.case.handlers.get(position=1).inspector
        asked = cases.ask_case_recusal(world.case, by=world.handler, inspector=inspector, side="officer", reason="亲属")

        with pytest.raises(Refusal, match="接办"):
            cases.decide_case_recusal(asked, by=world.head, is_granted=True, opinion="准")
