"""A penalty case: every step by its rule, every deadline a row, nothing harsher than what was told."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from enterprises.models import PenaltyFact
from inspections.models import Case, CaseStep, Payment
from inspections.policies.case_papers import check_may_replace
from inspections.policies.cases import undelivered
from inspections.services import cases
from inspections.states import CaseState
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.deadlines import mark_missed
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from tests.factories.accounts import person_with
from tests.factories.cases import (
    DISCUSSION,
    POINTS,
    REPORT,
    STATEMENT,
    decision,
    make_case_closed,
    make_decided,
    make_filed,
    make_paid,
    make_proposed,
    make_reviewed_case,
    make_told,
)
from tests.factories.inspections import make_recorded

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def deadline(world, code: str) -> Deadline:
    return Deadline.objects.get(rule__code=code, subject_kind="case", subject_key=str(world.case.pk))


class TestFiling:
    def test_it_grows_out_of_a_reviewed_check_with_its_officers(self):
        world = make_proposed()

        assert world.case.number == f"{world.check.task.number}-案1"
        assert world.case.party_name == world.check.task.enterprise.name
        assert [row.inspector.account for row in world.case.handlers.all()] == [world.check.lead, world.check.second]
        assert deadline(world, "case.file").starts_on == world.case.found_on

    def test_a_record_that_was_not_reviewed_carries_no_case(self):
        with pytest.raises(Refusal, match="审核之后"):
            make_proposed(check=make_recorded(failed=1))

    def test_filing_keeps_its_deadline_and_opens_ninety_days(self):
        world = make_filed()

        assert deadline(world, "case.file").kept_on == timezone.localdate()
        assert deadline(world, "penalty.decide").rule.amount == 90
        assert world.paper("case_filing").number.startswith("示应急立〔")

    def test_nobody_files_what_they_proposed(self):
        world = make_proposed()
        Case.objects.filter(pk=world.case.pk).update(proposed_by=world.approver)

        with pytest.raises(Refusal, match="起草人不能审批"):
            world.take("file", by=world.approver, opinion="同意立案。")

    def test_papers_share_the_serial_of_the_check(self):
        world = make_filed()
        serials = {world.paper("case_filing").serial, world.check.task.scheme.document.serial}

        assert len(serials) == 1

    def test_an_empty_field_is_named(self):
        world = make_filed()

        with pytest.raises(Refusal) as refused:
            world.take("report", by=world.handler, **{**REPORT, "discretion": " "})
        assert refused.value.field == "discretion"
        assert "裁量理由" in refused.value.sentence

    def test_a_state_the_table_does_not_know_is_refused_by_the_database(self):
        world = make_proposed()

        with pytest.raises(Exception, match="no step from proposed to decided"), transaction.atomic():
            Case.objects.filter(pk=world.case.pk).update(state="decided")


class TestEvidence:
    def test_only_officers_in_charge_take_evidence(self):
        world = make_filed()

        with pytest.raises(Refusal, match="承办人"):
            world.take("sampling", by=world.clerk)

    def test_a_refusal_to_sign_needs_its_reason(self):
        world = make_filed()
        fields = {
            "person": "李示例",
            "taken_at": timezone.now(),
            "place": "罐区",
            "samples": "甲醇｜工业级｜2瓶",
            "signature": "refused",
        }

        with pytest.raises(Refusal, match="拒签原因"):
            world.take("sampling", by=world.handler, **fields)
        world.take("sampling", by=world.handler, **fields, refusal_reason="不认可")
        assert world.paper("sampling").context["f"]["samples"] == [{"cells": ["甲醇", "工业级", "2瓶", ""]}]

    def test_what_was_preserved_is_dealt_with_before_the_report(self):
        world = make_filed()
        goods = "作业票｜2026年｜3份｜"
        world.take("preservation", by=world.handler, reason="未定期检测", goods=goods, way="here", place="档案室")

        row = Deadline.objects.get(rule__code="evidence.preserve")
        assert (row.rule.amount, row.rule.unit, row.kept_on) == (7, "working", None)
        with pytest.raises(Refusal, match="先行登记保存"):
            world.take("report", by=world.handler, **REPORT)
        world.take("preservation_outcome", by=world.handler, goods=goods, outcome="解除登记保存。")
        row.refresh_from_db()
        assert row.kept_on == timezone.localdate()
        assert world.take("report", by=world.handler, **REPORT).state == CaseState.REPORTED

    def test_a_mistaken_paper_is_replaced_by_one_that_names_it_and_is_served_anew(self):
        world = make_filed()
        fields = {"person": "李示例", "appear_at": timezone.now() + DAY, "place": "大队", "contact": "孙", "phone": "1"}
        world.take("inquiry_notice", by=world.handler, **fields)
        old = world.paper("inquiry_notice")
        world.deliver("inquiry_notice")
        act = cases.act_of("inquiry_notice")

        with pytest.raises(Refusal, match="原因"):
            cases.replace_paper(world.case, old, act, by=world.handler, reason=" ", fields=fields)
        new = cases.replace_paper(
            world.case, old, act, by=world.handler, reason="地点有误", fields={**fields, "place": "二楼"}
        )
        assert (new.replaces, new.context["f"]["place"]) == (old, "二楼")
        assert new.number == f"{old.number}之二"
        assert undelivered(world.case) == [new]
        with pytest.raises(Refusal, match="已被新文书替代"):
            cases.replace_paper(world.case, old, act, by=world.handler, reason="再改", fields=fields)

    def test_only_the_role_of_an_act_replaces_its_paper_and_what_was_typed_is_printed(self):
        world = make_reviewed_case()
        review, act = world.paper("legal_review"), cases.act_of("review")
        typed = {"points": POINTS, "opinion": "同意，文书中的笔误已改正。"}

        for person in (world.handler, world.clerk, world.head):
            with pytest.raises(Refusal, match="审批负责人"):
                cases.replace_paper(world.case, review, act, by=person, reason="笔误", fields=typed)
        new = cases.replace_paper(world.case, review, act, by=world.approver, reason="笔误", fields=typed)
        assert new.context["opinions"]["review"] == {
            "opinion": typed["opinion"],
            "name": world.approver.name,
            "on": timezone.localdate().isoformat(),
        }
        with pytest.raises(Refusal, match="没有勾选"):
            cases.replace_paper(
                world.case, new, act, by=world.approver, reason="再改", fields={**typed, "points": ["facts"]}
            )
        world.take("tell", by=world.head, opinion="同意。")
        assert world.paper("case_report").context["opinions"]["review"]["opinion"] == typed["opinion"]

    def test_a_paper_is_fixed_once_a_later_step_rests_on_it(self):
        world = make_told()
        fixed = {"legal_review": world.approver, "case_filing": world.head}
        for kind, person in fixed.items():
            with pytest.raises(Refusal, match="不能再更正"):
                check_may_replace(person, world.case, world.paper(kind))

        check_may_replace(world.head, world.case, world.paper("penalty_notice"))
        with pytest.raises(Refusal, match="负责人"):
            check_may_replace(world.handler, world.case, world.paper("penalty_notice"))
        world.take("statement_record", by=world.handler, **STATEMENT)
        with pytest.raises(Refusal, match="不能再更正"):
            check_may_replace(world.head, world.case, world.paper("penalty_notice"))

    def test_a_replacement_can_be_replaced_in_its_turn(self):
        world = make_filed()
        fields = {"person": "李示例", "appear_at": timezone.now() + DAY, "place": "大队", "contact": "孙", "phone": "1"}
        world.take("inquiry_notice", by=world.handler, **fields)
        for place in ("二楼", "三楼"):
            old = world.paper("inquiry_notice")
            cases.replace_paper(
                world.case,
                old,
                cases.act_behind(old),
                by=world.handler,
                reason="地点有误",
                fields={**fields, "place": place},
            )

        assert world.paper("inquiry_notice").context["f"]["place"] == "三楼"

    def test_a_decision_is_not_rewritten(self):
        world = make_decided()

        with pytest.raises(Refusal, match="撤销或者变更"):
            cases.replace_paper(
                world.case, world.paper("penalty_unit"), cases.act_of("decide"), by=world.handler, reason="x", fields={}
            )


class TestBeforeTheDecision:
    def test_the_review_is_passed_on_every_point_or_goes_back(self):
        world = make_filed()
        world.take("report", by=world.handler, **REPORT)

        with pytest.raises(Refusal, match="没有勾选：本机关有管辖权"):
            world.take("review", by=world.approver, points=["facts"], opinion="同意。")
        rest = {"points": POINTS[:5], "not_applicable": ["crime"], "opinion": "同意。"}
        with pytest.raises(Refusal, match="写明理由"):
            world.take("review", by=world.approver, **rest)
        world.take("review", by=world.approver, **rest, not_applicable_reason="不涉及人身伤害。")
        assert world.paper("legal_review").context["f"]["not_applicable_reason"] == "不涉及人身伤害。"

    def test_who_filed_the_case_does_not_review_it(self):
        world = make_proposed()
        world.take("file", by=world.approver, opinion="同意立案。")
        world.take("report", by=world.handler, **REPORT)

        with pytest.raises(Refusal, match="第五十八条"):
            world.take("review", by=world.approver, points=POINTS, opinion="同意。")
        other = person_with(Role.APPROVER)
        assert world.take("review", by=other, points=POINTS, opinion="同意。").state == CaseState.REVIEWED

    def test_an_officer_in_charge_does_not_review_their_own_case(self):
        world = make_filed()
        world.take("report", by=world.handler, **REPORT)
        from shuangsuiji.accounts.models import UserRole

        UserRole.objects.create(user=world.handler, role=Role.APPROVER)
        handler = type(world.handler).objects.get(pk=world.handler.pk)

        with pytest.raises(Refusal, match="不能审核"):
            world.take("review", by=handler, points=["facts"], opinion="同意。")

    def test_a_report_may_come_back(self):
        world = make_filed()
        world.take("report", by=world.handler, **REPORT)

        assert world.take("return", by=world.approver, reason="补充询问").state == CaseState.OPEN

    def test_telling_issues_notice_and_approval_sheet(self):
        world = make_told()

        assert world.paper("penalty_notice").context["penalty"]["fine_words"] == "贰万元整"
        assert world.paper("case_report").context["opinions"]["undertaker"]["name"] == world.handler.name
        assert not CaseStep.objects.filter(document__kind="hearing_notice").exists()
        assert deadline(world, "statement.request").starts_on == timezone.localdate()

    def test_no_decision_before_the_party_was_heard(self):
        world = make_told()

        with pytest.raises(Refusal, match="陈述申辩的期限还没有届满"):
            world.take("decide", by=world.head, **decision(20_000))

    def test_a_decision_is_never_harsher_than_what_was_told(self):
        world = make_told()
        world.take("statement_record", by=world.handler, **STATEMENT)

        with pytest.raises(Refusal, match="不得高于告知"):
            world.take("decide", by=world.head, **decision(20_001))
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=world.case.pk).update(fine=Decimal(20_001))

    def test_words_and_figures_of_a_penalty_come_from_its_parts(self):
        parts = {"penalty_kinds": ["suspension", "fine", "warning"], "scope": "2号罐区", "days": 10}
        world = make_told(report=parts)

        told = world.paper("penalty_notice").context["penalty"]["text"]
        assert told == "警告、罚款人民币贰万元整（￥20000元）、责令2号罐区停产停业整顿10日"
        assert world.paper("hearing_notice").context["penalty"]["text"] == told

    @pytest.mark.parametrize(
        ("harsher", "sentence"),
        [
            ({"penalty_kinds": ["fine", "suspension", "revocation"]}, "没有告知“吊销许可证件”"),
            ({"days": 11}, "不得长于告知的 10 日"),
            ({"days": None}, "不得长于告知的 10 日"),
            ({"fine": Decimal(20_001)}, "不得高于告知的"),
        ],
    )
    def test_no_part_of_a_decision_is_harsher_than_told(self, harsher, sentence):
        world = make_told(report={"penalty_kinds": ["suspension", "fine"], "scope": "2号罐区", "days": 10})
        world.deliver("hearing_notice")
        world.take("statement_waived", by=world.handler, how="书面放弃")
        world.take("hearing_waived", by=world.handler, how="书面放弃")
        world.take("discussion_record", by=world.clerk, **DISCUSSION)
        told = {"penalty_kinds": ["suspension", "fine"], "fine": Decimal(20_000), "days": 10, "pay_to": "示例银行"}

        with pytest.raises(Refusal, match=sentence):
            world.take("decide", by=world.head, **{**told, **harsher})
        world.take("decide", by=world.head, **{**told, "penalty_kinds": ["fine"], "days": None})
        assert world.case.penalty_text == "罚款人民币贰万元整（￥20000元）"
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=world.case.pk).update(penalty_kinds=["fine", "closure"])

    @pytest.mark.parametrize(
        ("parts", "sentence"),
        [
            ({"penalty_kinds": ["revocation"], "fine": None}, "须写明“许可证件”"),
            ({"permit": "安全生产许可证"}, "没有选择与“许可证件”对应的处罚种类"),
            ({"penalty_kinds": ["fine", "suspension"], "scope": "全厂并罚款五万元"}, "只写名称、编号"),
        ],
    )
    def test_a_proposal_says_what_each_kind_needs_and_nothing_else(self, parts, sentence):
        world = make_filed()

        with pytest.raises(Refusal, match=sentence):
            world.take("report", by=world.handler, **{**REPORT, **parts})

    def test_a_high_fine_needs_hearing_notice_and_discussion(self):
        world = make_told(report={"fine": Decimal(60_000)})
        world.take("statement_waived", by=world.handler, how="书面放弃")

        with pytest.raises(Refusal, match="听证告知书还没有送达"):
            world.take("decide", by=world.head, **decision(60_000))
        world.deliver("hearing_notice")
        with pytest.raises(Refusal, match="要求听证的期限还没有届满"):
            world.take("decide", by=world.head, **decision(60_000))
        world.take("hearing_waived", by=world.handler, how="书面放弃")
        with pytest.raises(Refusal, match="集体讨论"):
            world.take("decide", by=world.head, **decision(60_000))
        world.take("discussion_record", by=world.clerk, **DISCUSSION)
        assert world.take("decide", by=world.head, **decision(60_000)).state == "decided"

    def test_a_hearing_is_announced_seven_working_days_ahead(self):
        world = make_told(report={"fine": Decimal(60_000)})
        world.deliver("hearing_notice")
        world.take("hearing_request", by=world.handler, how="书面申请")
        fields = {"place": "会议室", "chair": "郑示例", "is_open": "open", "clerk": "冯示例"}

        with pytest.raises(Refusal, match="七个工作日前"):
            world.take("hearing_meeting", by=world.clerk, held_at=timezone.now() + 3 * DAY, **fields)
        world.take("hearing_meeting", by=world.clerk, held_at=timezone.now() + 30 * DAY, **fields)
        world.deliver("hearing_meeting")
        assert deadline(world, "hearing.notice").kept_on == timezone.localdate()
        with pytest.raises(Refusal, match="听证结束"):
            cases.act_of("decide").rule(world.head, world.case) if world.take(
                "statement_waived", by=world.handler, how="放弃"
            ) else None


class TestDecision:
    def test_it_opens_delivery_and_publication_and_reaches_the_register(self):
        world = make_decided()

        assert deadline(world, "penalty.decide").kept_on == timezone.localdate()
        assert {deadline(world, code).rule.amount for code in ("penalty.deliver", "penalty.publish")} == {7}
        fact = PenaltyFact.objects.get(enterprise=world.case.task.enterprise)
        assert fact.document_number == world.paper("penalty_unit").number

    def test_service_opens_payment_and_both_ways_to_appeal(self):
        world = make_decided()
        world.deliver("penalty_unit")

        assert deadline(world, "penalty.deliver").kept_on == timezone.localdate()
        assert deadline(world, "penalty.pay").rule.amount == 15
        assert deadline(world, "appeal.review").rule.amount == 60
        assert (deadline(world, "appeal.court").rule.amount, deadline(world, "appeal.court").rule.unit) == (6, "month")

    def test_a_document_is_served_once_and_has_its_receipt(self):
        world = make_decided()
        delivery = world.deliver("penalty_unit")

        assert delivery.receipt.context["deliveries"][0]["number"] == world.paper("penalty_unit").number
        with pytest.raises(Refusal, match="已经登记送达"):
            world.deliver("penalty_unit")

    def test_a_document_left_behind_names_reason_and_witness(self):
        world = make_decided()

        with pytest.raises(Refusal, match="见证人"):
            world.deliver("penalty_unit", way="left")
        delivery = world.deliver("penalty_unit", way="left", refusal_reason="拒收", witness="吴示例")
        assert "见证人：吴示例" in delivery.receipt.context["remarks"]

    def test_it_is_not_served_before_it_was_issued_or_tomorrow(self):
        world = make_decided()

        for at in (timezone.now() - 2 * DAY, timezone.now() + DAY):
            with pytest.raises(Refusal, match="送达"):
                world.deliver("penalty_unit", at=at)

    def test_on_the_spot_it_goes_straight_to_the_decision_within_its_limits(self):
        world = make_proposed(procedure="spot")
        fields = {
            "decided_at": timezone.now(),
            "place": "厂区",
            "penalty_kinds": ["fine"],
            "collected": "bank",
            "pay_to": "请到示例银行缴纳。",
            "signature": "signed",
        }

        with pytest.raises(Refusal, match="3000 元"):
            world.take("decide_on_spot", by=world.handler, fine=Decimal(3001), **fields)
        world.take("decide_on_spot", by=world.handler, fine=Decimal(3000), **fields)
        assert world.case.state == CaseState.DECIDED
        assert world.paper("penalty_spot").number.startswith("示应急罚当〔")

    def test_an_ordinary_case_is_not_decided_on_the_spot(self):
        world = make_filed()

        with pytest.raises(Refusal, match="普通程序"):
            world.take("decide_on_spot", by=world.handler)

    def test_revoked_after_publication_it_is_withdrawn_within_three_working_days(self):
        world = make_paid()
        world.take("published", by=world.clerk, on=timezone.localdate(), where="门户网站 行政处罚栏")
        world.take("revoke", by=world.head, cause="review", number="示复决〔2026〕1号", reason="程序违法")

        row = deadline(world, "penalty.withdraw")
        assert (row.rule.amount, row.rule.unit) == (3, "working")
        with pytest.raises(Refusal, match="还没有撤回"):
            world.take("closing_asked", by=world.handler, execution="已撤销", text="结案")
        world.take("withdrawn", by=world.clerk, on=timezone.localdate(), explanation="复议撤销")
        row.refresh_from_db()
        assert row.kept_on == timezone.localdate()


class TestMoney:
    def test_three_per_cent_a_day_never_above_the_fine(self):
        fine, due = Decimal(10_000), datetime.date(2026, 6, 1)

        def after(days: int, **how):
            return cases.surcharge(fine, due_on=due, on=due + days * DAY, **how)

        assert [after(days) for days in (0, 1, 3, 33, 34, 400)] == [0, 300, 900, 9900, 10_000, 10_000]
        assert after(10, payments=[(due + 2 * DAY, Decimal(5000))]) == 2 * 300 + 8 * 150
        assert after(10, payments=[(due + 3 * DAY, fine)]) == 900
        assert after(10, pauses=[(due + 2 * DAY, due + 6 * DAY)]) == 5 * 300

    def test_paid_in_full_it_is_fulfilled(self):
        world = make_paid()

        assert world.case.state == CaseState.FULFILLED
        assert deadline(world, "penalty.pay").kept_on == timezone.localdate()

    def test_a_receipt_number_counts_once_and_too_much_is_refused(self):
        world = make_decided()
        world.deliver("penalty_unit")
        pay = {"by": world.clerk, "paid_on": timezone.localdate()}
        cases.register_payment(world.case, amount=Decimal(5000), receipt_number="A1", **pay)

        with pytest.raises(Refusal, match="已经登记过"):
            cases.register_payment(world.case, amount=Decimal(5000), receipt_number="A1", **pay)
        with pytest.raises(Refusal, match="多于应缴数"):
            cases.register_payment(world.case, amount=Decimal(15_001), receipt_number="A2", **pay)
        assert Payment.objects.count() == 1

    def test_paid_late_it_owes_the_surcharge_and_may_be_reminded(self):
        world = make_decided()
        world.deliver("penalty_unit")
        with pytest.raises(Refusal, match="期满未缴"):
            world.take("remind", by=world.handler)
        late = timezone.localdate() - 4 * DAY
        Deadline.objects.filter(rule__code="penalty.pay").update(due_on=late)

        world.take("remind", by=world.handler)
        assert world.paper("reminder").context["opinions"]["account"]["surcharge"] == "2400"
        world.deliver("reminder")
        assert deadline(world, "enforcement.demand").rule.amount == 10
        assert deadline(world, "enforcement.apply").starts_on == deadline(world, "appeal.court").due_on
        pay = {"by": world.clerk, "paid_on": timezone.localdate()}
        cases.register_payment(world.case, amount=Decimal(20_000), receipt_number="B1", **pay)
        world.case.refresh_from_db()
        assert world.case.state == CaseState.DECIDED
        cases.register_payment(world.case, amount=Decimal(2400), receipt_number="B2", **pay)
        world.case.refresh_from_db()
        assert world.case.state == CaseState.FULFILLED


class TestClosing:
    def test_it_waits_for_every_receipt(self):
        world = make_filed()
        world.take(
            "inquiry_notice",
            by=world.handler,
            person="李示例",
            appear_at=timezone.now() + DAY,
            place="大队",
            contact="孙示例",
            phone="0730",
        )
        world.take("report", by=world.handler, **REPORT)
        world.take("review", by=world.approver, points=POINTS, opinion="同意。")
        world.take("drop", by=world.head, reason="轻微并及时改正", basis="行政处罚法第三十三条")

        with pytest.raises(Refusal, match=r"没有送达回执：.*询问通知书.*不予行政处罚决定书"):
            world.take("closing_asked", by=world.handler, execution="无", text="结案")

    def test_it_ends_with_the_closing_sheet(self):
        world = make_case_closed()

        assert world.case.closed_on == timezone.localdate()
        assert world.paper("case_closing").context["opinions"]["account"]["paid"] == "20000"

    def test_every_step_stands_in_the_trail(self):
        world = make_case_closed()
        actions = set(AuditEvent.objects.filter(target_key=str(world.case.pk)).values_list("action", flat=True))

        assert {"case.proposed", "case.file", "case.decide", "case.paid", "case.close", "document.delivered"} <= actions

    @pytest.mark.owner
    def test_steps_and_payments_are_never_changed(self):
        make_paid()

        for statement in ("UPDATE inspections_casestep SET act = 'x'", "DELETE FROM inspections_payment"):
            with pytest.raises(Exception, match=r"annot"), transaction.atomic():
                connection.cursor().execute(statement)


def test_a_right_that_runs_out_is_nobodys_failure():
    world = make_told()
    Deadline.objects.filter(rule__code="statement.request").update(due_on=timezone.localdate() - DAY)
    Deadline.objects.filter(rule__code="penalty.decide").update(due_on=timezone.localdate() - DAY)

    assert mark_missed(today=timezone.localdate()) == 1
    right, duty = deadline(world, "statement.request"), deadline(world, "penalty.decide")
    assert (right.missed_at, right.kept_on) == (None, right.due_on)
    assert duty.missed_at is not None


def test_a_covert_case_reaches_the_open_register_only_with_its_results():
    from inspections.services import mark_results_public
    from tests.factories.inspections import make_reviewed

    check = make_reviewed(failed=1, mode="covert")
    world = make_proposed(check=check, procedure="spot")
    fields = {"decided_at": timezone.now(), "place": "厂区", "penalty_kinds": ["warning"]}
    world.take("decide_on_spot", by=world.handler, signature="signed", **fields)

    assert not PenaltyFact.objects.exists()
    mark_results_public(check.task)
    assert PenaltyFact.objects.get().enterprise == check.task.enterprise


def test_a_stranger_sees_no_case():
    from inspections.policies.cases import may_see_case

    world = make_filed()
    assert may_see_case(world.handler, world.case)
    assert not may_see_case(person_with(Role.INSPECTOR), world.case)
