"""Every kind is drafted from the data, approved by somebody else, and holds nothing private."""

import datetime as dt

import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from draws.models import Item
from inspections.models import Proposal
from inspections.services import propose_exposure
from publication import services, tasks
from publication.models import Publication
from publication.periods import Period
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from tests.factories.draws import make_county
from tests.factories.inspections import put_right
from tests.factories.publication import make_notice_draft, make_ordered_public, make_public_result, publish_now

pytestmark = pytest.mark.django_db


def test_the_item_list_holds_what_is_in_force():
    county = make_county()
    Item.objects.filter(code="T1.01").update(withdrawn_on=timezone.localdate())
    draft = services.draft_item_list(by=county.clerk)
    codes = {item["code"] for group in draft.content["groups"] for item in group["items"]}
    assert "T1.01" not in codes
    assert len(codes) == draft.content["item_count"] == Item.objects.count() - 1
    assert services.draft_item_list(by=county.clerk) == draft


def test_the_officer_list_holds_certificates_and_no_phone():
    county = make_county()
    type(county.officers[0]).objects.update(phone="13800000000")
    expired = county.officers[0]
    expired.certificate_expires_on = timezone.localdate() - dt.timedelta(days=1)
    expired.save()
    draft = services.draft_officer_list(by=county.clerk)
    assert {row["certificate_number"] for row in draft.content["officers"]} == {
        one.certificate_number for one in county.officers[1:]
    }
    assert "13800000000" not in str(draft.content)


def test_only_the_latest_list_stands():
    county = make_county()
    first = publish_now(services.draft_item_list(by=county.clerk), by=county.approver)
    second = publish_now(services.draft_item_list(by=county.clerk), by=county.approver)
    first.refresh_from_db()
    assert first.slug != second.slug
    assert (first.state, first.end_reason) == ("expired", "已由新一期代替。")
    assert second.state == "published"


def test_what_became_of_an_order_is_drafted_by_the_job_once_it_is_closed():
    check = make_ordered_public()
    tasks.draft_due_handlings()
    assert not Publication.objects.filter(kind="handling").exists()
    put_right(check)
    tasks.draft_due_handlings()
    tasks.draft_due_handlings()
    handling = Publication.objects.get(kind="handling")
    assert handling.content["outcome"] == "已整改到位"
    assert handling.content["orders"][0]["points"][0]["outcome_label"] == "已整改到位"
    deadline = Deadline.objects.get(rule__code="handling.publish")
    publish_now(handling, by=check.approver)
    deadline.refresh_from_db()
    assert deadline.kept_on == timezone.localdate()


def test_a_check_without_order_has_nothing_to_tell():
    check, _ = make_public_result(failed=0)
    with pytest.raises(Refusal, match="没有责令整改"):
        services.draft_handling(check.task, by=check.clerk)


def test_a_proposal_is_taken_up_by_an_exposure():
    check = make_ordered_public()
    proposal = propose_exposure(check.task, by=check.clerk, reason="逾期不整改", facts="消防沙箱无沙，逾期未改。")
    exposure = services.take_up_exposure(proposal, ground="not_rectified", by=check.clerk)
    proposal.refresh_from_db()
    assert proposal.state == "taken"
    assert exposure.content["ground_label"] == "逾期不整改"
    assert exposure.content["hazards"]
    assert "消防沙箱无沙" not in str(exposure.content)
    assert "经查，消防沙箱无沙，逾期未改。现予曝光。" in exposure.introduction


def test_an_exposure_says_how_far_each_hazard_has_been_put_right():
    check = make_ordered_public(failed=2)
    first = services.draft_exposure(check.task, ground="not_rectified", by=check.clerk)
    assert {row["state_label"] for row in first.content["hazards"]} == {"整改期限内，尚未复查"}
    put_right(check)
    services.discard_draft(first, reason="已整改", by=check.clerk)
    late = services.draft_exposure(check.fresh(), ground="concealed", by=check.clerk)
    assert all(row["state_label"].startswith("已整改到位（") for row in late.content["hazards"])
    assert late.content["as_of"] == timezone.localdate().isoformat()


def test_an_exposure_of_concealment_marks_what_was_concealed(client):
    check = make_ordered_public()
    result = check.task.record.results.get(result="failed")
    with pgtrigger.ignore():
        type(result).objects.filter(pk=result.pk).update(hazard="major", is_concealed=True)
    exposure = publish_now(
        services.draft_exposure(check.fresh(), ground="concealed", by=check.clerk), by=check.approver
    )
    assert [row["is_concealed"] for row in exposure.content["hazards"]] == [True]
    page = client.get(f"/exposures/{exposure.slug}/").content.decode()
    assert "隐瞒不报" in page
    assert "整改情况" in page


def test_an_exposure_waits_for_the_result():
    check = make_public_result()[0]
    type(check.task).objects.filter(pk=check.task.pk).update(results_public_at=None)
    with pytest.raises(Refusal, match="检查结果公开之后"):
        services.draft_exposure(check.fresh(), ground="not_rectified", by=check.clerk)


def test_what_was_put_right_is_not_exposed():
    check = make_ordered_public()
    put_right(check)
    with pytest.raises(Refusal, match="已经全部整改"):
        services.draft_exposure(check.task, ground="not_rectified", by=check.clerk)


def test_a_proposal_that_is_refused_stays_open():
    check = make_ordered_public()
    proposal = propose_exposure(check.task, by=check.clerk, reason="逾期不整改", facts="事实。")
    put_right(check)
    with pytest.raises(Refusal):
        services.take_up_exposure(proposal, ground="not_rectified", by=check.clerk)
    assert Proposal.objects.get(pk=proposal.pk).state == "open"


def test_the_figures_of_a_period_count_what_happened():
    check, _ = make_public_result(failed=1)
    today = timezone.localdate()
    period = Period("year", today.year)
    with pytest.raises(Refusal, match="还没有结束"):
        services.draft_statistics(period, by=check.clerk)
    import time_machine

    with time_machine.travel(dt.datetime(today.year + 1, 1, 2, 8, tzinfo=dt.UTC)):
        tasks.draft_due_statistics()
        tasks.draft_due_statistics()
    drafts = Publication.objects.filter(kind="statistics")
    year = drafts.get(slug=f"statistics-{today.year}")
    figures = {row["code"]: row["value"] for row in year.content["figures"]}
    assert (figures["checked"], figures["failed_items"], figures["sealed_draws"]) == (1, 1, 1)
    assert sum(row["checked"] for row in year.content["by_field"]) == 1


@pytest.mark.parametrize("code", ["2026-13", "2026-q5", "26", "2026-", "x", "2026-q", "2026-0"])
def test_a_period_that_is_none_is_refused(code):
    with pytest.raises(Refusal, match="统计期间写成"):
        Period.read(code)


@pytest.mark.parametrize(
    ("code", "name", "first", "last"),
    [
        ("2024-02", "2024年2月", "2024-02-01", "2024-02-29"),
        ("2026-q4", "2026年第四季度", "2026-10-01", "2026-12-31"),
        ("2025", "2025年度", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_knows_its_days(code, name, first, last):
    period = Period.read(code)
    assert (period.code, period.name) == (code, name)
    assert (period.first_day.isoformat(), period.last_day.isoformat()) == (first, last)


def test_a_quarter_and_a_year_end_with_their_month():
    assert [one.code for one in Period.ended_before(dt.date(2027, 1, 5))] == ["2026-12", "2026-q4", "2026"]
    assert [one.code for one in Period.ended_before(dt.date(2026, 11, 5))] == ["2026-10"]


def test_what_was_approved_cannot_be_reworded_before_it_is_published():
    county, notice = make_notice_draft()
    services.approve_publication(notice, by=county.approver, publish_at=timezone.now() + dt.timedelta(days=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=notice.pk).update(title="换一个标题")
    with pytest.raises(Refusal, match="退回起草"):
        services.refresh_draft(notice, by=county.clerk)


def test_a_step_the_table_does_not_know_is_refused_by_the_database():
    _, notice = make_notice_draft()
    with pytest.raises(DatabaseError, match="no step from drafted to published"), transaction.atomic():
        Publication.objects.filter(pk=notice.pk).update(state="published", published_at=timezone.now(), sha256="x")


def test_concealment_is_a_ground_of_its_own_even_when_all_was_put_right():
    check = make_ordered_public()
    put_right(check)
    exposure = services.draft_exposure(check.task, ground="concealed", by=check.clerk)
    assert exposure.content["hazards"]
    assert "未按要求完成整改" not in exposure.introduction
    assert "隐瞒重大事故隐患，现予曝光" in exposure.introduction


def test_a_period_in_which_nothing_happened_has_no_figures():
    county = make_county()
    with pytest.raises(Refusal, match="没有可以公布的数字"):
        services.draft_statistics(Period("year", 1999), by=county.clerk)
