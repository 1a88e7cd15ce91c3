"""严重失信名单: every step by the right person, in its order and time, to the removal."""

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inspections.services import propose_listing
from publication import services, tasks
from publication.models import Listing, Publication
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.day_counting import add_months
from shuangsuiji.lib.deadlines import due_on
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from shuangsuiji.lib.services import set_rule
from shuangsuiji.notifications.models import Message
from tests.factories.inspections import put_right
from tests.factories.publication import make_listed, make_listing, make_ordered_public, publish_now, serve_paper

pytestmark = pytest.mark.django_db


def noon(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(12), tzinfo=timezone.get_current_timezone())


def make_notified():
    check = make_ordered_public()
    listing = services.notify_listing(make_listing(check), by=check.approver)
    serve_paper(listing, "notice", by=check.clerk)
    listing.refresh_from_db()
    return check, listing


def test_a_proposal_of_a_check_is_taken_up():
    check = make_ordered_public()
    proposal = propose_listing(check.task, by=check.clerk, reason="逾期不整改", facts="事实。")
    listing = make_listing(check, proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.state == "taken"
    assert listing.number in proposal.settled_reason


@pytest.mark.parametrize(("change", "words"), [({"penalty_number": " "}, "行政处罚"), ({"facts": ""}, "违法事实")])
def test_without_a_penalty_or_facts_there_is_no_listing(change, words):
    with pytest.raises(Refusal, match=words):
        make_listing(**change)


def test_an_enterprise_is_listed_once_at_a_time():
    check = make_ordered_public()
    make_listing(check)
    with pytest.raises(Refusal, match="不能重复启动"):
        make_listing(check)


def test_the_notice_names_how_long_and_is_signed_by_somebody_else():
    check = make_ordered_public()
    type(check.task.enterprise).objects.update(contact_email="office@example.invalid")
    listing = make_listing(check)
    with pytest.raises(Refusal, match="审批负责人"):
        services.notify_listing(listing, by=check.clerk)
    listing = services.notify_listing(listing, by=check.approver)
    paper = IssuedDocument.objects.get(kind="listing_notice")
    assert "自收到本告知书之日起10个工作日内" in str(paper.context)
    assert "示例省应急管理厅已作出行政处罚决定" in str(paper.context)
    assert Message.objects.get(subject_kind="listing").attachment_paths == [paper.file_name]


def test_the_days_of_the_statement_count_from_the_delivery_of_the_notice():
    check = make_ordered_public()
    listing = services.notify_listing(make_listing(check), by=check.approver)
    today = timezone.localdate()
    assert listing.statement_until is None
    with pytest.raises(Refusal, match="登记告知书的送达"):
        services.decide_listing(listing, reason="情节严重", by=check.county.head, now=noon(today + dt.timedelta(60)))
    with pytest.raises(Refusal, match="不能晚于今天"):
        serve_paper(listing, "notice", by=check.clerk, on=today + dt.timedelta(days=1))
    with time_machine.travel(noon(today + dt.timedelta(days=3))):
        serve_paper(listing, "notice", by=check.clerk)
    listing.refresh_from_db()
    assert listing.statement_until == due_on("listing.statement", start_on=today + dt.timedelta(days=3))
    with pytest.raises(Refusal, match="已经登记过"):
        serve_paper(listing, "notice", by=check.clerk)


def test_a_statement_from_the_future_is_refused():
    check, listing = make_notified()
    with pytest.raises(Refusal, match="不能晚于今天"):
        services.record_statement(listing, statement="已整改。", stated_on=dt.date(2030, 1, 1), by=check.clerk)


def test_the_penalty_is_one_of_our_cases_or_another_authority_is_named():
    with pytest.raises(Refusal, match="没有对这家企业的决定书"):
        make_listing(penalty_authority="")


@pytest.mark.parametrize("ground", ["not_rectified", "poorly_rectified"])
def test_what_was_put_right_in_time_is_no_ground(ground):
    check = make_ordered_public()
    put_right(check)
    with pytest.raises(Refusal, match="都已按期整改到位"):
        make_listing(check, ground=ground)
    listing = make_listing(check, ground="other")
    basis = {name: getattr(listing, name) for name in ("facts", "penalty_number", "penalty_on", "penalty_authority")}
    with pytest.raises(Refusal, match="都已按期整改到位"):
        services.edit_listing(listing, ground=ground, by=check.clerk, **basis)


def test_what_was_put_right_too_late_is_a_ground():
    check = make_ordered_public()
    with time_machine.travel(noon(timezone.localdate() + dt.timedelta(days=60))):
        put_right(check)
        assert make_listing(check, ground="not_rectified").state == "proposed"


def test_whoever_decides_sees_how_far_each_problem_was_put_right(client):
    check = make_ordered_public()
    listing = make_listing(check)
    client.force_login(check.county.head)
    assert "整改期限内，尚未复查" in client.get(reverse("listing_detail", args=[listing.pk])).content.decode()
    put_right(check)
    assert "已整改到位（" in client.get(reverse("listing_detail", args=[listing.pk])).content.decode()


def test_facts_are_mended_until_the_notice_is_signed():
    check = make_ordered_public()
    listing = make_listing(check)
    basis = {name: getattr(listing, name) for name in ("ground", "penalty_number", "penalty_on", "penalty_authority")}
    services.edit_listing(listing, facts="消防沙箱无沙，责令整改逾期未改", by=check.clerk, **basis)
    listing = services.notify_listing(listing, by=check.approver)
    assert "逾期未改。" in str(listing.notice.context)
    with pytest.raises(Refusal, match="已经签发"):
        services.edit_listing(listing, facts="另外的事实。", by=check.clerk, **basis)


def test_a_decision_is_made_public_after_it_was_served():
    check, listing = make_notified()
    services.record_statement(listing, statement="已在整改。", stated_on=timezone.localdate(), by=check.clerk)
    decided = services.decide_listing(listing, reason="情节严重", by=check.county.head)
    assert "情节严重。依照" in str(decided.decision.context)
    text = Publication.objects.get(listing=listing)
    with pytest.raises(Refusal, match="登记决定书的送达"):
        services.approve_publication(text, by=check.approver)


def test_nobody_decides_before_the_enterprise_was_heard_or_its_time_is_over():
    check, listing = make_notified()
    with pytest.raises(Refusal, match="陈述申辩期限"):
        services.decide_listing(listing, reason="情节严重。", by=check.county.head)
    after = noon(listing.statement_until + dt.timedelta(days=1))
    decided = services.decide_listing(listing, reason="情节严重。", by=check.county.head, now=after)
    assert decided.state == "decided"
    assert "未提出陈述" in str(decided.decision.context)


def test_the_head_may_decide_against_it():
    check, listing = make_notified()
    dropped = services.drop_listing(listing, reason="已经改正。", by=check.county.head)
    assert (dropped.state, dropped.decision) == ("dropped", None)
    assert make_listing(check).state == "proposed"


def test_a_decision_drafts_its_text_and_opens_its_deadline():
    check, listing = make_notified()
    services.record_statement(listing, statement="已在整改。", stated_on=timezone.localdate(), by=check.clerk)
    services.decide_listing(listing, reason="情节严重。", by=check.county.head)
    serve_paper(listing, "decision", by=check.clerk)
    text = Publication.objects.get(listing=listing)
    assert text.content["penalty_number"] == listing.penalty_number
    assert "已在整改" not in str(text.content)
    deadline = Deadline.objects.get(rule__code="listing.publish")
    publish_now(text, by=check.approver)
    deadline.refresh_from_db()
    assert deadline.kept_on == timezone.localdate()


def test_the_term_is_three_years_and_the_rule_may_be_edited():
    _, listing = make_listed()
    today = timezone.localdate()
    assert listing.term_ends_on == add_months(today, 36)
    assert listing.early_removal_from == add_months(today, 12)
    set_rule("listing.term", valid_from=today + dt.timedelta(days=1), by=None, amount=12)
    assert due_on("listing.term", start_on=today + dt.timedelta(days=1)) == add_months(today + dt.timedelta(days=1), 12)


def test_early_removal_is_asked_for_after_twelve_months_and_answered_by_the_head():
    check, listing = make_listed()
    early = listing.early_removal_from
    with pytest.raises(Refusal, match="满12个月"):
        services.ask_removal(listing, reason="已改正。", asked_on=early - dt.timedelta(days=1), by=check.clerk)
    with time_machine.travel(noon(early)):
        services.ask_removal(listing, reason="已改正。", asked_on=early, by=check.clerk)
    with pytest.raises(Refusal, match="主要负责人"):
        services.grant_removal(listing, answer="准予。", by=check.approver)
    with time_machine.travel(noon(early + dt.timedelta(days=2))):
        removed = services.grant_removal(listing, answer="已纠正违法行为。", by=check.county.head)
        removal = publish_now(Publication.objects.get(kind="removal"), by=check.approver)
    text = Publication.objects.get(kind="listing")
    assert (removed.state, text.state, text.end_reason) == ("removed", "expired", "已决定提前移出名单。")
    assert removal.content["removed_on"] == (early + dt.timedelta(days=2)).isoformat()
    assert Deadline.objects.get(rule__code="listing.reply").missed_at is None


def test_a_refused_application_leaves_the_enterprise_on_the_list_and_it_may_ask_again():
    check, listing = make_listed()
    early = listing.early_removal_from
    with time_machine.travel(noon(early)):
        services.ask_removal(listing, reason="已改正。", asked_on=early, by=check.clerk)
    kept = services.refuse_removal(listing, answer="尚未履行义务。", by=check.county.head, now=noon(early))
    assert (kept.state, kept.answer) == ("listed", "尚未履行义务。")
    later = early + dt.timedelta(days=10)
    with time_machine.travel(noon(later)):
        asked = services.ask_removal(listing, reason="已履行。", asked_on=later, by=check.clerk)
    assert asked.state == "asked"


def test_it_ends_by_itself_on_the_last_day_of_its_term():
    _, listing = make_listed()
    with time_machine.travel(noon(listing.term_ends_on)):
        tasks.expire_due()
    listing.refresh_from_db()
    assert listing.state == "listed"
    with time_machine.travel(noon(listing.term_ends_on + dt.timedelta(days=1))):
        tasks.expire_due()
        tasks.expire_due()
    listing.refresh_from_db()
    assert (listing.state, listing.removed_on) == ("removed", listing.term_ends_on + dt.timedelta(days=1))
    assert Publication.objects.get(kind="listing").state == "expired"


def test_nobody_takes_an_enterprise_off_the_list_by_withdrawing_its_text():
    check, listing = make_listed()
    text = Publication.objects.get(kind="listing")
    with pytest.raises(Refusal, match="不能撤回"):
        services.propose_withdrawal(text, reason="处罚决定被撤销", by=check.clerk)
    with pytest.raises(Refusal, match="不能撤回"):
        services.withdraw_publication(text, by=check.approver)
    now = timezone.now()
    asked = {"withdrawal_asked_by": check.clerk, "withdrawal_asked_at": now, "withdrawal_reason": "有误"}
    ended = {"state": "withdrawn", "ended_by": check.approver, "ended_at": now, "end_reason": "有误"}
    with pytest.raises(IntegrityError, match="never_a_listing"), transaction.atomic():
        Publication.objects.filter(pk=text.pk).update(**asked, **ended)
    with pytest.raises(IntegrityError, match="by_decision_or_by_its_term"), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(state="removed", removed_on=timezone.localdate())


def test_the_head_revokes_the_decision_with_a_paper_and_the_public_learns_of_it():
    check, listing = make_listed()
    with pytest.raises(Refusal, match="主要负责人"):
        services.revoke_listing(listing, reason="处罚决定被撤销", by=check.approver)
    revoked = services.revoke_listing(listing, reason="处罚决定被撤销", by=check.county.head)
    text = Publication.objects.get(kind="listing")
    assert (revoked.state, text.state) == ("removed", "expired")
    assert text.end_reason == "列入决定已撤销：处罚决定被撤销。"
    assert revoked.removal.kind == "listing_revocation"
    removal = Publication.objects.get(kind="removal")
    assert "决定已经撤销" in removal.introduction


def test_a_decision_revoked_before_it_was_public_leaves_nothing_waiting():
    check, listing = make_notified()
    services.record_statement(listing, statement="已在整改。", stated_on=timezone.localdate(), by=check.clerk)
    services.decide_listing(listing, reason="情节严重。", by=check.county.head)
    serve_paper(listing, "decision", by=check.clerk)
    text = Publication.objects.get(listing=listing)
    services.approve_publication(text, by=check.approver)
    services.revoke_listing(listing, reason="事实认定有误", by=check.county.head)
    tasks.publish_due()
    text.refresh_from_db()
    assert (text.state, text.published_at) == ("withdrawn", None)
    assert not Publication.objects.filter(kind="removal").exists()


def test_the_database_refuses_a_step_out_of_order_and_a_deletion():
    listing = make_listing()
    with pytest.raises(DatabaseError, match="no step from proposed to decided"), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(state="decided")
    with pytest.raises(IntegrityError, match="nobody_is_listed_without_being_told_before"), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(state="notified")
    with pytest.raises(DatabaseError), transaction.atomic():
        Listing.objects.filter(pk=listing.pk).delete()
