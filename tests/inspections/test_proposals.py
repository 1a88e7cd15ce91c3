"""公开建议: made once by the watch or by hand, taken up or dismissed by people with a reason."""

import datetime

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from draws.models import Draw
from inspections import services
from inspections.models import ItemResult, Proposal
from inspections.selectors.proposals import open_proposals, proposals_visible_to
from inspections.states import ProposalState
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.models import Message
from tests.factories.accounts import person_with
from tests.factories.inspections import fill_record, look_again, make_on_site, make_reviewed

pytestmark = pytest.mark.django_db


def days_on(count: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=count)


def make_ordered(*, hazard: str = "general", **changes):
    """One point ordered to be put right within five days."""
    check = make_on_site(**changes)
    record = fill_record(check, failed=1, limit=days_on(5))
    failed = record.results.get(result="failed")
    services.save_result(failed, by=check.lead, revision=failed.revision, hazard=hazard)
    services.submit_record(record, by=check.lead, signature="signed")
    check.fresh()
    services.approve_record(check.task.record, by=check.approver)
    check.fresh()
    return check


class TestTheWatch:
    def test_it_proposes_nothing_before_the_last_day_is_over(self):
        make_ordered()

        assert services.propose_overdue(today=days_on(5)) == 0

    def test_it_proposes_exposure_of_an_overdue_order_once(self):
        check = make_ordered()

        assert [services.propose_overdue(today=days_on(6)) for _ in range(2)] == [1, 0]

        proposal = Proposal.objects.get()
        assert (proposal.kind, proposal.reason, proposal.order) == ("exposure", "逾期不整改", check.task.orders.get())
        assert "消防沙箱无沙。（一般隐患" in proposal.facts

    def test_it_proposes_listing_too_where_the_hazard_is_major(self):
        make_ordered(hazard=ItemResult.Hazard.MAJOR)

        services.propose_overdue(today=days_on(6))

        assert set(Proposal.objects.values_list("kind", "reason")) == {
            ("exposure", "逾期不整改"),
            ("listing", "重大隐患逾期不整改"),
        }

    def test_the_office_is_told(self):
        check = make_ordered()

        services.propose_overdue(today=days_on(6))

        assert Message.objects.filter(user=check.clerk, subject__contains="建议曝光").count() == 1


class TestLookingAgain:
    def test_after_the_last_day_what_is_undone_proposes_exposure(self):
        check = make_ordered(hazard=ItemResult.Hazard.MAJOR)

        look(check, is_passed=False, on=days_on(6))

        assert set(Proposal.objects.values_list("kind", "reason")) == {
            ("exposure", "整改不到位"),
            ("listing", "重大隐患整改不到位"),
        }

    @pytest.mark.parametrize("day", [0, 5], ids=["the day of the order", "the last day itself"])
    def test_before_the_last_day_is_over_nobody_is_late(self, day):
        check = make_ordered(hazard=ItemResult.Hazard.MAJOR)

        look(check, is_passed=False, on=days_on(day))

        assert not Proposal.objects.exists()

    def test_what_was_proposed_is_withdrawn_by_the_house_when_all_is_put_right(self):
        check = make_ordered(hazard=ItemResult.Hazard.MAJOR)
        services.propose_overdue(today=days_on(6), now=moment_on(6))
        look(check, is_passed=False, on=days_on(6))
        assert Proposal.objects.filter(state=ProposalState.OPEN).count() == 4

        look(check, is_passed=True, on=days_on(7))

        assert set(Proposal.objects.values_list("state", "settled_by")) == {(ProposalState.WITHDRAWN, None)}
        assert "复查已整改到位，系统撤回建议" in Proposal.objects.first().settled_reason
        assert AuditEvent.objects.filter(action="proposal.withdrawn", actor_name="系统").count() == 4
        assert Message.objects.filter(user=check.clerk, subject__contains="已撤回建议").count() == 4

    def test_what_somebody_took_up_or_proposed_by_hand_stands(self):
        check = make_ordered()
        services.propose_overdue(today=days_on(6), now=moment_on(6))
        taken = Proposal.objects.get()
        services.take_proposal(taken, by=check.clerk)
        by_hand = services.propose_exposure(check.task, by=check.lead, reason="隐瞒重大隐患", facts="停用报警器。")

        look(check, is_passed=True, on=days_on(6))

        assert set(Proposal.objects.values_list("pk", "state")) == {
            (by_hand.pk, ProposalState.OPEN),
            (taken.pk, ProposalState.TAKEN),
        }


def moment_on(count: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=count)


def look(check, *, is_passed: bool, on: datetime.date) -> None:
    """The open order is looked at on this day, as if it had come."""
    order = check.task.orders.get(reinspection=None)
    outcome = {"is_passed": is_passed, "seen": "看过。", "rectify_by": on + datetime.timedelta(days=9)}
    noon = datetime.datetime.combine(on, datetime.time(12), tzinfo=timezone.get_current_timezone())
    look_again(check, on=on, outcomes={order.points.get().pk: outcome}, now=noon)


class TestByHand:
    def test_own_officers_propose_after_the_review(self):
        check = make_reviewed(failed=1)

        proposal = services.propose_listing(check.task, by=check.lead, reason="隐瞒重大隐患", facts="停用报警器。")

        assert (proposal.enterprise, proposal.proposed_by) == (check.task.enterprise, check.lead)
        assert AuditEvent.objects.filter(action="proposal.made").count() == 1

    def test_nothing_is_proposed_before_the_review(self):
        check = make_on_site()

        with pytest.raises(Refusal, match="审核之后"):
            services.propose_exposure(check.task, by=check.lead, reason="隐瞒重大隐患", facts="停用报警器。")

    @pytest.mark.parametrize(("reason", "facts", "words"), [("", "有", "理由"), ("有", " ", "事实")])
    def test_it_says_why_and_what(self, reason, facts, words):
        check = make_reviewed(failed=1)

        with pytest.raises(Refusal, match=words):
            services.propose_exposure(check.task, by=check.clerk, reason=reason, facts=facts)


class TestSettling:
    @pytest.fixture
    def check(self):
        return make_reviewed(failed=1)

    @pytest.fixture
    def proposal(self, check):
        return services.propose_exposure(check.task, by=check.lead, reason="隐瞒重大隐患", facts="停用报警器。")

    def test_taken_twice_is_taken_once(self, check, proposal):
        services.take_proposal(proposal, by=check.clerk)
        taken = services.take_proposal(proposal, by=check.clerk)

        assert (taken.state, taken.settled_by) == (ProposalState.TAKEN, check.clerk)
        assert AuditEvent.objects.filter(action="proposal.taken").count() == 1

    def test_it_is_dismissed_with_a_reason(self, check, proposal):
        with pytest.raises(Refusal, match="不采纳的理由"):
            services.dismiss_proposal(proposal, by=check.approver, reason=" ")

        dismissed = services.dismiss_proposal(proposal, by=check.approver, reason="企业当日已改好。")

        assert (dismissed.state, dismissed.settled_reason) == (ProposalState.DISMISSED, "企业当日已改好。")

    def test_a_dismissed_one_is_not_taken(self, check, proposal):
        services.dismiss_proposal(proposal, by=check.approver, reason="企业当日已改好。")

        with pytest.raises(Refusal, match="不采纳"):
            services.take_proposal(proposal, by=check.clerk)

    def test_an_officer_dismisses_nothing(self, check, proposal):
        with pytest.raises(Refusal, match="没有这个角色"):
            services.dismiss_proposal(proposal, by=check.second, reason="不用。")

    def test_its_words_stand(self, proposal):
        with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(facts="另一回事")


def test_a_covert_one_is_seen_by_cleared_people_only():
    check = make_reviewed(failed=1, mode=Draw.Mode.COVERT)
    services.propose_exposure(check.task, by=check.lead, reason="隐瞒重大隐患", facts="停用报警器。")
    stranger = person_with(Role.CLERK, username="othe", name="周示例")

    assert list(proposals_visible_to(stranger)) == []
    assert len(open_proposals(check.lead, kind="exposure")) == 1
