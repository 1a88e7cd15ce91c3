"""重点检查: the plan names, the office appoints, somebody else approves; then it is a check like any other."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from draws.models import Draw, Item, NamedVisit, Recusal
from draws.selectors.named import appointable, room_of
from draws.selectors.plans import progress_of
from draws.selectors.range import pool
from draws.services.named import approve_named_visit, ask_named_visit, refuse_named_visit
from draws.services.plans import approve_plan, create_plan, name_unit, publish_plan, submit_plan
from inspections.models import Task
from inspections.policies.caps import check_within_cap
from publication.models import Letter
from publication.services import approve_publication, draft_notice, issue_letter, publish_publication
from shuangsuiji.accounts.models import Department
from shuangsuiji.lib.deadlines import earliest_visit_on
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


def first_day():
    day = earliest_visit_on(timezone.localdate())
    return day if day.year == (day + make.datetime.timedelta(days=6)).year else make.datetime.date(day.year + 1, 1, 5)


def make_unit(county, *, times=1, cap=2, partners=()):
    year = first_day().year
    plan = create_plan(by=county.clerk, year=year, officer_count=22, yearly_cap=cap)
    name_unit(plan, enterprise=county.enterprises[0], by=county.clerk, times=times, partners=list(partners))
    publish_plan(approve_plan(submit_plan(plan, by=county.clerk), by=county.approver), by=county.clerk)
    return plan.units.select_related("plan", "enterprise").get()


def ask(county, unit, **changes) -> NamedVisit:
    unit = type(unit).objects.select_related("plan", "enterprise").get(pk=unit.pk)
    values = {
        "visits_from": first_day(),
        "visits_to": first_day() + make.datetime.timedelta(days=4),
        "officers": county.officers[:2],
        "items": list(Item.objects.all()[:3]),
    }
    return ask_named_visit(unit, by=county.clerk, **{**values, **changes})


def test_an_approved_visit_is_a_task_with_the_appointed_people_and_items(county):
    visit = approve_named_visit(ask(county, make_unit(county)), by=county.approver)
    assert approve_named_visit(visit, by=county.approver).draw == visit.draw
    task = Task.objects.get(drawn__draw=visit.draw)
    assert task.enterprise == county.enterprises[0]
    assert [seat.inspector for seat in task.drawn.seats.order_by("seat")] == county.officers[:2]
    assert task.drawn.items.count() == 3
    assert visit.draw.is_named
    assert visit.draw.number.endswith("-Z0001")


def test_nobody_approves_their_own_and_a_refusal_says_why(county):
    visit = ask(county, make_unit(county))
    with pytest.raises(Refusal):
        approve_named_visit(visit, by=county.clerk)
    with pytest.raises(Refusal, match="原因"):
        refuse_named_visit(visit, by=county.approver, reason=" ")
    assert refuse_named_visit(visit, by=county.approver, reason="人员不足").state == "refused"
    with pytest.raises(Refusal, match="已经决定"):
        approve_named_visit(visit, by=county.approver)


def test_only_a_named_batch_is_assigned_whoever_writes_the_sql(county):
    draw = make.make_approved(county)
    rule = "what_the_plan_names_is_assigned_and_nothing_else"
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(state="assigned", number="X-1")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(basis="named")


# 上限


def test_the_plans_times_and_the_cap_hold(county):
    unit = make_unit(county, times=1, cap=2)
    approve_named_visit(ask(county, unit), by=county.approver)
    with pytest.raises(Refusal, match="计划全年安排 1 次重点检查，已经安排 1 次"):
        ask(county, unit)


def test_two_requests_do_not_both_find_room(county):
    unit = make_unit(county, times=1, cap=1)
    visits = [ask(county, unit) for _ in range(2)]
    approve_named_visit(visits[0], by=county.approver)
    with pytest.raises(Refusal, match="达到每家企业年度上限 1 次"):
        approve_named_visit(visits[1], by=county.approver)


def test_a_named_visit_counts_in_every_later_draw(county):
    unit = make_unit(county, times=1, cap=1)
    start = first_day()
    strata = {(unit.enterprise.field, unit.enterprise.risk_class): 1}
    draft = make.make_draft(county, visits_from=start, visits_to=start, strata=strata)
    assert unit.enterprise in pool(draft)
    approve_named_visit(ask(county, unit), by=county.approver)
    assert unit.enterprise not in pool(draft)


def test_a_joint_visit_of_several_departments_counts_once(county):
    partner = Department.objects.create(code="env", name="生态环境局", is_partner=True)
    guest = make.make_officer(county, 90, department=partner)
    alone = make_unit(county, times=1, cap=2, partners=[partner])
    visit = ask(county, alone, officers=[county.officers[0], guest])
    approve_named_visit(visit, by=county.approver)
    room = room_of(alone, year=first_day().year)
    assert (room.check_count, room.named_count) == (1, 1)


def test_at_the_door_a_covert_visit_gives_way_to_what_was_announced(county):
    unit = make_unit(county, times=1, cap=1)
    visit = approve_named_visit(ask(county, unit), by=county.approver)
    announced = Task.objects.get(drawn__draw=visit.draw)
    covert = make.make_drawn(county, mode="covert", visits_from=first_day(), visits_to=first_day(), title="夜间专项")
    task = Task.objects.filter(drawn__draw=covert).first()
    # The dice may have drawn somebody else; the rule is about this enterprise.
    Task.objects.filter(pk=task.pk).update(enterprise=unit.enterprise)
    Task.objects.filter(pk=announced.pk).update(state="noticed")
    task.refresh_from_db()
    with pytest.raises(Refusal) as told:
        check_within_cap(task)
    assert unit.enterprise.name not in told.value.sentence
    check_within_cap(announced)


# 人员和事项


def test_who_must_stay_away_cannot_be_appointed(county):
    unit, (kin, gone, *_) = make_unit(county), county.officers
    Recusal.objects.create(
        inspector=kin,
        enterprise=unit.enterprise,
        reason="kinship",
        source="本人申请",
        starts_on=timezone.localdate(),
        state="granted",
    )
    gone.certificate_expires_on = first_day()
    gone.save(update_fields=["certificate_expires_on"])
    reasons = {
        one.officer: one.reason
        for one in appointable(unit, visits_from=first_day(), visits_to=first_day() + make.datetime.timedelta(days=4))
    }
    assert reasons[kin] == "须回避这家企业"
    assert "到期" in reasons[gone]
    for officer in (kin, gone):
        with pytest.raises(Refusal, match="不能指派"):
            ask(county, unit, officers=[officer, county.officers[5]])
    with pytest.raises(Refusal, match="不得少于 2 名"):
        ask(county, unit, officers=[county.officers[5]])


def test_an_item_outside_the_list_in_force_is_refused(county):
    unit = make_unit(county)
    item = Item.objects.get(code="T1.01")
    Item.objects.filter(pk=item.pk).update(withdrawn_on=timezone.localdate())
    with pytest.raises(Refusal, match="不在现行清单"):
        ask(county, unit, items=[item])


def test_a_day_that_leaves_no_time_for_the_notice_is_refused(county):
    # At the end of a year the plan is next year's, and today lies outside of it.
    with pytest.raises(Refusal, match=r"来不及公告|须在 \d{4} 年内"):
        ask(county, make_unit(county), visits_from=timezone.localdate(), visits_to=timezone.localdate())


# 公告、通知、进度


def test_it_is_announced_and_the_letter_says_that_the_plan_names_it(client, county):
    unit = make_unit(county)
    visit = approve_named_visit(ask(county, unit), by=county.approver)
    notice = draft_notice(visit.draw, by=county.clerk)
    assert "重点检查" in notice.title
    approve_publication(notice, by=county.approver)
    publish_publication(notice.pk, now=timezone.now())
    letter = Letter.objects.get(publication=notice)
    issue_letter(letter.pk, now=timezone.now())
    letter.refresh_from_db()
    assert letter.document is not None
    page = client.get(reverse("notice", args=[notice.slug])).content.decode()
    assert unit.enterprise.name in page
    assert "抽取台账" not in page.split("</article>")[0].split("<article")[1]
    assert "年度监督检查计划重点检查" in client.get(reverse("letter", args=[letter.token])).content.decode()
    assert progress_of(unit.plan).units[0].assigned == 1


def test_it_stands_in_no_list_of_draws_and_in_no_ledger(client, county):
    visit = approve_named_visit(ask(county, make_unit(county)), by=county.approver)
    client.force_login(county.clerk)
    for name in ("draw_list", "ledger", "fairness"):
        assert visit.draw.number not in client.get(reverse(name)).content.decode()
    assert client.get(reverse("draw_detail", args=[visit.draw.pk])).status_code == 404


def test_it_goes_through_the_pages(client, county):
    unit = make_unit(county)
    client.force_login(county.clerk)
    assert "安排检查" in client.get(reverse("plan_detail", args=[unit.plan_id])).content.decode()
    address = reverse("named_visit_create", args=[unit.pk])
    assert unit.enterprise.name in client.get(address).content.decode()
    given = {
        "visits_from": first_day().isoformat(),
        "visits_to": first_day().isoformat(),
        "lead": county.officers[0].pk,
        "others": [county.officers[0].pk],
        "items": [item.pk for item in Item.objects.all()[:2]],
    }
    assert "不用在协办里再选一次" in client.post(address, given).content.decode()
    client.post(address, given | {"others": [county.officers[1].pk]})
    visit = NamedVisit.objects.get()
    client.force_login(county.approver)
    assert unit.enterprise.name in client.get(reverse("desk_home")).content.decode()
    client.post(reverse("named_visit_approve", args=[visit.pk]))
    visit.refresh_from_db()
    assert visit.state == "approved"
    assert visit.draw.number in client.get(reverse("named_visit_list")).content.decode()
    assert client.get(reverse("named_visit", args=[visit.pk])).status_code == 200
    task = Task.objects.get(drawn__draw=visit.draw)
    assert client.get(reverse("task_detail", args=[task.pk])).status_code == 200
