"""The pages around a visit, without scripts: calendar, code, opinions, decisions, proposals, work."""

import datetime

import pgtrigger
import pytest
from django.urls import reverse
from django.utils import timezone

from draws.models import Draw, DrawnSeat
from inspections import services
from inspections.models import ExpertOpinion, HandlingDecision, Proposal, Task, WorkEntry
from inspections.selectors.work import month_sheet, year_account
from inspectors.models import ExpertEvaluation
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import person_with
from tests.factories.inspections import (
    fill_record,
    make_check,
    make_noticed,
    make_on_site,
    make_ready,
    make_recorded,
    make_reviewed,
    make_urgent,
)
from tests.factories.inspectors import ExpertFactory

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **query) -> str:
    if user:
        client.force_login(user)
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def seat_expert(check):
    """An expert drawn with the officers."""
    expert = ExpertFactory()
    with pgtrigger.ignore():
        DrawnSeat.objects.create(drawn=check.task.drawn, seat=9, expert=expert)
    return expert


class TestCalendar:
    def test_it_shows_visits_on_their_day_and_limits(self, client):
        check = make_reviewed(failed=1)

        html = page(client, check.clerk, "task_calendar")
        limit = check.task.orders.get().points.get().rectify_by
        later = page(client, check.clerk, "task_calendar", month=f"{limit:%Y-%m}")

        assert check.task.enterprise.name in html
        assert "整改到期" in later

    def test_covert_visits_stay_with_those_cleared(self, client):
        check = make_check(mode=Draw.Mode.COVERT)
        stranger = person_with(Role.CLERK, username="other", name="周示例")

        assert check.task.enterprise.name not in page(client, stranger, "task_calendar")

    @pytest.mark.parametrize("month", ["2026-13", "x", "1999-01", ""])
    def test_a_strange_month_is_this_month(self, client, month):
        html = page(client, person_with(Role.CLERK), "task_calendar", month=month)

        assert f"{timezone.localdate().year}年{timezone.localdate().month}月" in html

    def test_its_queries_do_not_grow(self, client, django_assert_max_num_queries):
        check = make_check()
        client.force_login(check.clerk)
        client.get(reverse("task_calendar"))

        with django_assert_max_num_queries(12):
            client.get(reverse("task_calendar"))


class TestBoard:
    def test_the_tab_of_the_next_week_holds_what_is_due(self, client):
        check = make_ready()
        later = Task.objects.exclude(pk=check.task.pk).order_by("number").first()
        Task.objects.filter(pk=later.pk).update(visit_on=timezone.localdate() + datetime.timedelta(days=8))

        html = page(client, check.clerk, "task_list", tab="due")

        assert check.task.number in html
        assert later.number not in html

    def test_an_urgent_beginning_is_offered_to_own_officers_only(self, client):
        check = make_check()

        assert "情况紧急，先行检查" in page(client, check.lead, "task_detail", check.task.pk)
        assert "情况紧急，先行检查" not in page(client, check.clerk, "task_detail", check.task.pk)

    def test_it_begins_from_the_page_and_the_approver_approves_afterwards(self, client):
        check = make_noticed()
        client.force_login(check.lead)
        client.post(reverse("task_start", args=[check.task.pk]), {"urgent_reason": "接到险情报告。"})
        assert "先行检查，待补办审批" in page(client, check.approver, "task_detail", check.task.pk)

        client.post(reverse("task_check_approve", args=[check.task.pk]), {"opinion": "同意"})

        assert IssuedDocument.objects.filter(kind="check_approval").count() == 1

    def test_people_change_by_amendment_only(self, client):
        check = make_noticed()

        html = page(client, check.clerk, "task_detail", check.task.pk)

        assert reverse("draw_amendments", args=[check.draw.pk]) in html


class TestSiteCode:
    def test_the_enterprise_reads_who_came_without_signing_in(self, client):
        check = make_on_site()
        code = services.show_code(check.task, by=check.lead)

        response = client.get(f"/visit/{code.token}/")

        html = response.content.decode()
        officer = check.task.drawn.seats.get(seat=1, inspector__isnull=False).inspector
        assert officer.certificate_number in html
        assert check.task.enterprise.name in html
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert not (officer.phone and officer.phone in html)

    def test_an_ended_one_says_so_and_names_nobody(self, client):
        check = make_on_site()
        code = services.show_code(check.task, by=check.lead)
        services.revoke_code(check.task, by=check.lead)

        response = client.get(f"/visit/{code.token}/")

        assert response.status_code == 410
        assert check.task.enterprise.name not in response.content.decode()

    def test_a_guessed_one_leads_nowhere(self, client):
        assert client.get(f"/visit/{'a' * 43}/").status_code == 404

    def test_looking_at_the_page_makes_no_code(self, client):
        check = make_on_site()
        page(client, check.lead, "task_site_code", check.task.pk)
        assert not check.task.site_codes.exists()

        client.post(reverse("task_site_code", args=[check.task.pk]))

        assert "data:image/svg+xml" in page(client, check.lead, "task_site_code", check.task.pk)


class TestExperts:
    def test_an_opinion_is_registered_and_stands_in_the_record(self, client):
        check = make_recorded()
        expert = seat_expert(check)
        client.force_login(check.lead)

        client.post(
            reverse("task_opinions", args=[check.task.pk]),
            {"expert": expert.pk, "given_on": timezone.localdate().isoformat(), "opinion": "建议更换密封件。"},
        )
        check.fresh()
        services.approve_record(check.task.record, by=check.approver)

        assert ExpertOpinion.objects.get().recorded_by == check.lead
        paper = IssuedDocument.objects.get(kind="site_record")
        assert paper.context["opinions"][0]["opinion"] == "建议更换密封件。"

    def test_an_expert_is_evaluated_after_the_visit(self, client):
        check = make_recorded()
        expert = seat_expert(check)
        client.force_login(check.lead)

        client.post(
            reverse("expert_evaluate", args=[check.task.pk, expert.pk]), {"score": "4", "comment": "意见具体。"}
        )

        assert ExpertEvaluation.objects.get().task_key == check.task.number
        assert "4 分" in page(client, check.lead, "task_opinions", check.task.pk)

    def test_somebody_who_did_not_come_gives_no_opinion(self):
        check = make_recorded()

        with pytest.raises(Refusal, match="没有参加"):
            services.give_opinion(
                check.task, by=check.lead, expert=ExpertFactory(), opinion="好。", given_on=timezone.localdate()
            )


class TestHandling:
    def test_it_follows_an_approved_record_and_is_issued(self, client):
        check = make_reviewed(failed=1)
        result = check.task.record.results.get(result="failed")
        client.force_login(check.approver)

        client.post(
            reverse("task_handling", args=[check.task.pk]),
            {"results": [result.pk], "basis": "《示例规定》第一条", "measures": "停止使用。\n撤出人员。"},
        )

        paper = HandlingDecision.objects.get().document
        assert "现决〔" in paper.number
        assert paper.context["measures"] == ["停止使用。", "撤出人员。"]

    def test_before_the_review_there_is_none(self):
        check = make_recorded(failed=1)

        with pytest.raises(Refusal, match="审核之后"):
            services.decide_handling(check.task, by=check.approver, results=[], basis="x", measures="y")


class TestProposals:
    def test_one_is_made_and_dismissed_on_the_screen(self, client):
        check = make_reviewed(failed=1)
        client.force_login(check.lead)
        client.post(
            reverse("proposal_add", args=[check.task.pk]),
            {"kind": "exposure", "reason": "隐瞒重大隐患", "facts": "停用报警器。"},
        )
        proposal = Proposal.objects.get()
        assert "停用报警器。" in page(client, check.approver, "proposal_list")

        client.post(reverse("proposal_dismiss", args=[proposal.pk]), {"reason": "已当场改好。"})

        assert "已当场改好。" in page(client, check.approver, "proposal_list", state="dismissed")


class TestWorkLog:
    def test_a_submitted_record_is_half_a_day_of_each_officer(self, client):
        check = make_recorded()

        rows = [row for row in month_sheet(check.clerk, month=timezone.localdate().replace(day=1)) if row.total]

        assert [row.check_days for row in rows] == [0.5, 0.5]
        assert year_account(year=timezone.localdate().year)["spent"] == 1
        assert "检½" in page(client, check.clerk, "work_log").replace("\n", "")

    def test_a_day_holds_no_more_than_a_day(self):
        check = make_recorded()
        officer = check.task.drawn.seats.get(seat=1, inspector__isnull=False).inspector
        how = {"by": check.lead, "on": timezone.localdate(), "kind": "other_duty"}
        services.enter_work(officer, half_days=1, **how)

        with pytest.raises(Refusal, match="超过一天"):
            services.enter_work(officer, half_days=1, **how)

    def test_an_officer_keeps_the_own_log_only(self):
        check = make_ready()
        officer = check.task.drawn.seats.get(seat=1, inspector__isnull=False).inspector

        with pytest.raises(Refusal, match="本人或经办人"):
            services.enter_work(officer, by=check.second, on=timezone.localdate(), kind="no_duty", half_days=1)

    def test_it_is_entered_and_taken_back_on_the_screen(self, client):
        check = make_urgent()
        officer = check.task.drawn.seats.get(seat=1, inspector__isnull=False).inspector
        client.force_login(check.lead)
        day = timezone.localdate().isoformat()
        client.post(
            reverse("work_log"),
            {"inspector": officer.pk, "on": day, "kind": "no_duty", "half_days": "2", "note": "学习"},
        )
        entry = WorkEntry.objects.get()
        assert entry.half_days == 2

        client.post(reverse("work_remove", args=[entry.pk]))

        assert not WorkEntry.objects.exists()

    def test_days_to_come_are_not_entered(self):
        check = make_ready()
        officer = check.task.drawn.seats.get(seat=1, inspector__isnull=False).inspector
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)

        with pytest.raises(Refusal, match="已经过去"):
            services.enter_work(officer, by=check.lead, on=tomorrow, kind="no_duty", half_days=1)


def test_the_story_of_an_urgent_check_tells_its_approval_and_its_decision(client):
    check = make_urgent()
    html = page(client, check.lead, "task_detail", check.task.pk)
    assert "行政检查审批（事后补办）" in html
    assert "现场检查方案批准" not in html

    services.submit_record(fill_record(check, failed=1), by=check.lead, signature="signed")
    check.fresh()
    services.approve_check(check.task, by=check.approver)
    services.approve_record(check.task.record, by=check.approver)
    failed = list(check.fresh().record.results.filter(result="failed").select_related("record"))
    services.decide_handling(check.task, by=check.approver, results=failed, basis="《示例规定》", measures="停用。")

    assert "现场处理措施决定" in page(client, check.lead, "task_detail", check.task.pk)
