"""A notice that was served and turned out wrong: taken back in plain view, told anew, its days counted anew."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from inspections.models import CaseStep
from inspections.policies.case_papers import check_may_replace
from inspections.policies.cases import check_may_decide, deadline_of, undelivered
from inspections.selectors.cases import withdrawal_notes
from inspections.services.volumes import volume_parts
from inspections.states import CaseState
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from tests.factories.cases import POINTS, REPORT, STATEMENT, CaseWorld, make_decided, make_reviewed_case, make_told
from tests.factories.inspections import put_right

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WHY = {"cause": "law", "reason": "告知的罚款数额超出裁量基准。"}


def withdraw(world: CaseWorld, **changes) -> None:
    """By the approver."""
    world.take("notice_withdrawn", by=world.approver, **{**WHY, **changes})


def tell_again(world: CaseWorld, *, fine: int) -> None:
    """Reported, reviewed and told once more; not yet served."""
    world.take("report", by=world.handler, **{**REPORT, "fine": Decimal(fine)})
    world.take("review", by=world.approver, points=POINTS, opinion="同意。")
    world.take("tell", by=world.head, opinion="同意。")


class TestWithdrawing:
    def test_the_case_goes_back_and_the_party_is_to_learn_of_it(self):
        world = make_told()
        notice = world.paper("penalty_notice")

        withdraw(world)

        assert (world.case.state, world.case.told_kinds, world.case.told_fine) == (CaseState.OPEN, None, None)
        assert [paper.kind for paper in undelivered(world.case)] == ["notice_withdrawal"]
        assert notice.number in str(world.paper("notice_withdrawal").context["papers"]["penalty_notice"])
        assert AuditEvent.objects.filter(action="case.notice_withdrawn").count() == 1

    def test_it_says_why_and_is_never_done_by_who_handles_the_case(self):
        world = make_told()

        with pytest.raises(Refusal, match="请填写“理由”"):
            withdraw(world, reason=" ")
        for person in (world.handler, world.clerk):
            with pytest.raises(Refusal, match="须由"):
                world.take("notice_withdrawn", by=person, **WHY)

    def test_one_that_was_not_served_is_taken_back_without_a_letter(self):
        world = make_reviewed_case()
        world.take("tell", by=world.head, opinion="同意。")

        withdraw(world)

        assert undelivered(world.case) == []
        with pytest.raises(Refusal, match="不再送达"):
            world.deliver("penalty_notice")

    def test_after_the_decision_it_is_too_late(self):
        with pytest.raises(Refusal, match="这一步在“已告知”时办理"):
            withdraw(make_decided())

    def test_the_old_papers_stay_as_they_were_and_are_marked(self):
        world = make_told()
        old, sheet = world.paper("penalty_notice"), world.paper("case_report")
        withdraw(world)
        tell_again(world, fine=10_000)

        notes = withdrawal_notes(world.case.task)
        assert set(notes) == {old.pk, sheet.pk}
        assert notes[old.pk] == f"已撤回（{world.paper('notice_withdrawal').number}）"
        put_right(world.check)
        parts = volume_parts(world.check.task.dossier)
        told = [(part.number, part.note) for part in parts if part.title == "行政处罚告知书"]
        assert told == [(old.number, notes[old.pk]), (f"{old.number}之二", "")]
        with pytest.raises(Refusal, match="不再更正"):
            check_may_replace(world.head, world.case, old)


class TestNextRound:
    def test_the_days_of_the_new_notice_run_from_its_own_service(self):
        world = make_told()
        first = deadline_of(world.case, "statement.request")
        withdraw(world)
        first.refresh_from_db()
        assert first.cancelled_reason == "行政处罚告知书已撤回"

        with time_machine.travel(timezone.now() + 10 * DAY, tick=True):
            tell_again(world, fine=10_000)
            world.deliver("penalty_notice")
            second = deadline_of(world.case, "statement.request")
            assert (second.starts_on, second.kept_on) == (timezone.localdate(), None)
            with pytest.raises(Refusal, match="陈述申辩的期限还没有届满"):
                check_may_decide(world.head, world.case)

    def test_what_was_said_before_counts_for_nothing_now_and_is_not_lost(self):
        world = make_told()
        world.take("statement_record", by=world.handler, **STATEMENT)
        withdraw(world)
        tell_again(world, fine=10_000)
        world.deliver("penalty_notice")

        with pytest.raises(Refusal, match="陈述申辩的期限还没有届满"):
            check_may_decide(world.head, world.case)
        assert CaseStep.objects.filter(case=world.case, act="statement_record").count() == 1
        world.take("statement_waived", by=world.handler, how="书面放弃")
        check_may_decide(world.head, world.case)

    def test_who_has_spoken_is_told_nothing_harsher_unless_new_facts_were_found(self):
        harsher = {**REPORT, "fine": Decimal(30_000)}
        world = make_told()
        world.take("statement_record", by=world.handler, **STATEMENT)
        withdraw(world)
        with pytest.raises(Refusal, match="不得高于告知的 20000"):
            world.take("report", by=world.handler, **harsher)
        tell_again(world, fine=20_000)
        withdraw(world, cause="facts")
        assert world.take("report", by=world.handler, **harsher).fine == 30_000


class TestScreens:
    def test_the_case_page_offers_it_marks_the_papers_and_says_why(self, client):
        world = make_told()
        address = reverse("case_detail", args=[world.case.pk])
        client.force_login(world.approver)
        assert reverse("case_act", args=[world.case.pk, "notice_withdrawn"]) in client.get(address).content.decode()

        client.post(reverse("case_act", args=[world.case.pk, "notice_withdrawn"]), WHY)

        html = client.get(address).content.decode()
        assert "已撤回" in html
        assert WHY["reason"] in html
        assert "登记撤回行政处罚告知书通知书送达" in html

    def test_whoever_holds_the_old_notice_reads_that_it_was_withdrawn(self, client):
        world = make_told()
        address = reverse("document_check", args=[world.paper("penalty_notice").token])
        assert "本文书真实有效" in client.get(address).content.decode()

        withdraw(world)

        assert "本文书已撤回" in client.get(address).content.decode()
