from __future__ import annotations

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import Plan, PlanLine
from draws.selectors.caps import cap_of, plan_in_force
from draws.selectors.plans import FinishedVisits, load_of, progress_of, register_visit_reader
from draws.services.plan_lines import Wanted, cell_name
from draws.services.plans import (
    adjust_plan,
    approve_plan,
    close_plan,
    create_plan,
    drop_unit,
    name_key_units,
    name_unit,
    publish_plan,
    return_plan,
    submit_plan,
    update_plan,
)
from draws.states import PlanState
from shuangsuiji.accounts.models import Department
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import CalendarYear
from shuangsuiji.lib.services import confirm_year, set_day
from tests.factories import draws as make
from tests.support.pages import as_shown

pytestmark = pytest.mark.django_db
DAYS = {"officer_count": 22, "other_enforcement_days": 800, "non_enforcement_days": 900}


@pytest.fixture
def county():
    return make.make_county()


def draft(county, **changes) -> Plan:
    values = {"year": 2026, "lines": {(county.fields[0], "C"): 4, (county.fields[1], "B"): 4}, **DAYS}
    return create_plan(by=county.clerk, **{**values, **changes})


def public(county, **changes) -> Plan:
    plan = submit_plan(draft(county, **changes), by=county.clerk)
    return publish_plan(approve_plan(plan, by=county.approver), by=county.clerk)


# 能力


def test_the_capacity_follows_the_rule_of_2017(county):
    plan = draft(county, other_enforcement_days=0, non_enforcement_days=0)
    assert plan.capacity_days == plan.working_days * 22
    assert 245 <= plan.working_days <= 255
    plan = update_plan(plan, by=county.clerk, lines={}, other_enforcement_days=100, non_enforcement_days=50)
    assert plan.capacity_days == plan.working_days * 22 - 150


def test_a_year_without_calendar_is_refused_with_the_remedy(county):
    with pytest.raises(Refusal, match="2031年的节假日安排还没有录入"):
        draft(county, year=2031)


def test_more_days_away_than_there_are_is_refused(county):
    with pytest.raises(Refusal, match="请核对这两个数"):
        draft(county, officer_count=1)


def test_a_plan_beyond_its_days_is_not_handed_in(county):
    plan = draft(county, lines={(county.fields[0], "C"): 5000})
    with pytest.raises(Refusal, match="监督检查工作日只有"):
        submit_plan(plan, by=county.clerk)


def test_a_stratum_is_not_asked_for_more_checks_than_it_has(county):
    plan = draft(county, lines={(county.fields[0], "C"): 7})
    with pytest.raises(Refusal, match="最多 6 家次，计划填了 7"):
        submit_plan(plan, by=county.clerk)


# 任务


def test_a_share_becomes_a_count_rounded_up_on_the_register_as_it_stands(county):
    line = draft(county, lines={(county.fields[0], "C"): Wanted(share=30)}).lines.get()
    assert (line.enterprise_count, line.share, line.planned_count) == (6, 30, 2)


def test_a_named_unit_is_not_counted_again_in_its_stratum(county):
    plan = draft(county, lines={})
    chosen = next(one for one in county.enterprises if one.field == county.fields[0] and one.risk_class == "C")
    name_unit(plan, enterprise=chosen, by=county.clerk)
    plan = update_plan(plan, by=county.clerk, lines={(county.fields[0], "C"): Wanted(share=100)})
    assert plan.lines.get().planned_count == 5
    assert load_of(plan).days == (5 + 1) * plan.days_per_check


def test_a_unit_is_named_once_and_never_beyond_the_cap(county):
    plan, unit = draft(county), county.enterprises[0]
    partner = Department.objects.create(code="env", name="生态环境局", is_partner=True)
    name_unit(plan, enterprise=unit, by=county.clerk)
    named = name_unit(plan, enterprise=unit, by=county.clerk, times=2, month=6, partners=[partner])
    assert plan.units.get() == named
    assert list(named.partners.all()) == [partner]
    with pytest.raises(Refusal, match="年度上限 2 次"):
        name_unit(plan, enterprise=unit, by=county.clerk, times=3)
    with pytest.raises(Refusal, match="超过年度上限 1 次"):
        update_plan(plan, by=county.clerk, lines={}, yearly_cap=1)


def test_the_units_of_the_register_are_named_at_once(county):
    make.make_enterprise(county, 201, is_key=True)
    make.make_enterprise(county, 202, is_key=True, state="closed")
    plan = draft(county)
    assert [name_key_units(plan, by=county.clerk) for _ in range(2)] == [1, 0]
    drop_unit(plan.units.get(), by=county.clerk)
    assert not plan.units.exists()


# 审批、公布、调整


def test_nobody_approves_their_own_plan(county):
    make.UserRole.objects.create(user=county.clerk, role="approver")
    plan = submit_plan(draft(county), by=county.clerk)
    clerk = make.User.objects.get(pk=county.clerk.pk)
    with pytest.raises(Refusal):
        approve_plan(plan, by=clerk)
    with pytest.raises(IntegrityError, match="a_plan_is_approved_by_somebody_else"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(state="approved", approved_by=clerk, approved_at=make.timezone.now())


def test_a_plan_goes_back_with_a_reason(county):
    plan = submit_plan(draft(county), by=county.clerk)
    with pytest.raises(Refusal, match="退回的意见"):
        return_plan(plan, by=county.approver)
    plan = return_plan(plan, by=county.approver, reason="家数偏多")
    assert (plan.state, plan.returned_reason) == (PlanState.DRAFT, "家数偏多")


def test_publishing_again_does_nothing(county):
    plan = public(county)
    first = plan.published_at
    assert publish_plan(plan, by=county.clerk).published_at == first
    assert AuditEvent.objects.filter(action="plan.published").count() == 1


@pytest.mark.parametrize("change", [{"yearly_cap": 9}, {"note": "改"}, {"officer_count": 1}, {"state": "draft"}])
def test_sql_cannot_change_a_published_plan(county, change):
    plan = public(county)
    with pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanLine.objects.filter(plan=plan).update(planned_count=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        plan.lines.all()._raw_delete(using="default")


def test_an_adjustment_is_a_new_version_and_the_former_stays(county):
    former = public(county)
    name = county.enterprises[0]
    with pytest.raises(Refusal, match="调整的原因"):
        adjust_plan(former, by=county.clerk, reason=" ")
    version = adjust_plan(former, by=county.clerk, reason="机构改革，人员减少")
    assert adjust_plan(former, by=county.clerk, reason="再来一次") == version
    assert (version.version, version.lines.count()) == (2, 2)
    name_unit(version, enterprise=name, by=county.clerk)
    update_plan(version, by=county.clerk, lines={(county.fields[0], "C"): 2}, yearly_cap=1)
    assert cap_of(2026) == 2
    submit_plan(version, by=county.clerk)
    approve_plan(version, by=county.approver)
    assert plan_in_force(2026) == former
    publish_plan(version, by=county.clerk)
    former.refresh_from_db()
    assert (former.state, former.lines.count()) == (PlanState.SUPERSEDED, 2)
    assert (plan_in_force(2026), cap_of(2026)) == (version, 1)


def test_there_is_one_plan_in_hand_a_year(county):
    public(county)
    with pytest.raises(Refusal, match="办理调整"):
        draft(county)


def test_a_plan_ends_after_its_year(county):
    plan = public(county)
    with pytest.raises(Refusal, match="还没有结束"):
        close_plan(plan, by=county.clerk, now=make.datetime.datetime(2026, 12, 30, tzinfo=make.datetime.UTC))
    after = make.datetime.datetime(2027, 1, 5, tzinfo=make.datetime.UTC)
    assert close_plan(plan, by=county.clerk, now=after).state == PlanState.CLOSED


# 进度


def test_progress_follows_what_the_rooms_above_count(county, monkeypatch):
    monkeypatch.setattr("draws.selectors.plans._readers", [])
    plan = public(county)
    key = plan.lines.first().key
    register_visit_reader(lambda *, year: FinishedVisits(by_stratum=make_counter({key: 3} if year == 2026 else {})))
    progress = progress_of(plan)
    assert (progress.planned, progress.visited) == (8, 3)
    assert [row.visited for row in progress.lines] == [3, 0]


def make_counter(found):
    from collections import Counter

    return Counter(found)


# 页面


@pytest.fixture
def desk(client, county):
    client.force_login(county.clerk)
    return client


def test_the_form_takes_counts_and_shares_and_keeps_what_was_typed(desk, county):
    given = {"year": 2026, "days_per_check": 4, "frequency": 1, "yearly_cap": 2, "fewest_eligible": 3, **DAYS}
    cell, other = (f"count-{field.pk}-C" for field in county.fields)
    page = desk.post(reverse("plan_create"), given | {cell: "三成", other: "2"}).content.decode()
    assert "请填家数（如 12）或比例（如 30%）" in page
    assert 'value="三成"' in page
    desk.post(reverse("plan_create"), given | {cell: "３０％", other: "2"})
    assert [(line.share, line.planned_count) for line in Plan.objects.get().lines.all()] == [(30, 2), (None, 2)]


def test_a_proposal_is_shown_with_its_reasons_and_adopted_by_a_person(desk, county):
    plan = draft(county, lines={})
    page = desk.get(reverse("plan_proposal", args=[plan.pk])).content.decode()
    assert "从未检查或超过 24 个月未查" in page
    assert not plan.lines.exists()
    terms = {f"share-{risk}": 100 for risk in "ABCD"} | {f"interval-{risk}": 12 for risk in "ABCD"}
    desk.post(reverse("plan_adopt", args=[plan.pk]), terms)
    assert {line.planned_count for line in plan.lines.all()} == {6}
    assert all("建议 6 家" in line.why for line in plan.lines.all())


def test_a_unit_is_found_named_and_taken_out_by_form(desk, county):
    plan, unit = draft(county), county.enterprises[0]
    page = desk.get(reverse("plan_units", args=[plan.pk]), {"q": unit.name}).content.decode()
    assert f"列入：{unit.name}" in page
    desk.post(reverse("plan_unit", args=[plan.pk, unit.pk]), {"times": 2, "month": "6", "why": "重大危险源"})
    named = plan.units.get()
    assert (named.times, named.month) == (2, 6)
    page = desk.get(reverse("plan_detail", args=[plan.pk])).content.decode()
    assert unit.name in page
    desk.post(reverse("plan_unit_drop", args=[plan.pk, named.pk]))
    assert not plan.units.exists()


def test_every_version_can_be_opened(desk, county):
    former = public(county)
    version = adjust_plan(former, by=county.clerk, reason="人员减少")
    page = desk.get(reverse("plan_detail", args=[version.pk])).content.decode()
    assert "人员减少" in page
    assert reverse("plan_detail", args=[former.pk]) in page
    assert "第2版" in desk.get(reverse("plan_list")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(desk, county, count, django_assert_max_num_queries):
    for year in range(2024, 2024 + count):
        draft(county, year=year)
    with django_assert_max_num_queries(12):
        desk.get(reverse("plan_list"))


def test_two_tabs_of_one_plan_lose_nothing(client, county):
    plan = draft(county)
    client.force_login(county.clerk, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("plan_edit", args=[plan.pk])
    first, second = client.get(address), client.get(address)
    cells = [cell_name(field, risk) for field, risk in ((county.fields[0], "C"), (county.fields[1], "B"))]
    client.post(address, as_shown(first, **{cells[0]: "7", "note": "甲"}))
    client.post(address, as_shown(second, **{cells[1]: "9"}))
    plan.refresh_from_db()
    assert sorted(plan.lines.values_list("planned_count", flat=True)) == [7, 9]
    assert plan.note == "甲"
    clash = client.post(address, as_shown(second, **{cells[0]: "2"}))
    assert "已把它改为“7”" in clash.content.decode()
    client.post(address, as_shown(clash))
    assert sorted(plan.lines.values_list("planned_count", flat=True)) == [2, 9]


# 日历还没有核对的年份


def test_a_plan_for_a_year_not_yet_compared_is_drafted_but_neither_approved_nor_published(client, county):
    CalendarYear.objects.filter(year=2026).update(is_confirmed=False)
    plan = submit_plan(draft(county), by=county.clerk)
    client.force_login(county.approver, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("plan_detail", args=[plan.pk])).content.decode()
    assert f"暂按 {plan.working_days} 天计算" in page
    assert reverse("plan_approve", args=[plan.pk]) not in page
    assert reverse("plan_return", args=[plan.pk]) in page
    with pytest.raises(Refusal, match="不能批准和公布"):
        approve_plan(plan, by=county.approver)
    confirm_year(2026, source="国务院办公厅通知", by=county.clerk)
    assert approve_plan(plan, by=county.approver).state == PlanState.APPROVED


def test_a_plan_whose_days_the_calendar_has_changed_goes_back_and_is_counted_again(county):
    plan = submit_plan(draft(county), by=county.clerk)
    set_day(datetime.date(2026, 11, 2), kind="off", name="示例放假", by=county.clerk)
    with pytest.raises(
        Refusal, match=f"按 {plan.working_days} 个国家法定工作日编制，现在是 {plan.working_days - 1} 个"
    ):
        approve_plan(plan, by=county.approver)
    again = submit_plan(return_plan(plan, by=county.approver, reason="日历已改"), by=county.clerk)
    assert approve_plan(again, by=county.approver).working_days == plan.working_days - 1


def test_the_form_says_which_years_are_not_compared(client, county):
    client.force_login(county.clerk, backend="django.contrib.auth.backends.ModelBackend")
    CalendarYear.objects.filter(year=timezone.localdate().year + 1).update(is_confirmed=False)
    page = client.get(reverse("plan_create")).content.decode()
    assert "的国家法定工作日只是暂算，计划可以起草和提交，不能批准和公布" in page
