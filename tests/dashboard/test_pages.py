"""What the roof shows: each person's work, the leading group's figures, and nothing covert."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from shuangsuiji.accounts.models import Role
from shuangsuiji.dashboard.models import Heartbeat
from shuangsuiji.dashboard.services import tell_about_deadlines
from shuangsuiji.dashboard.todo import todos_for
from shuangsuiji.lib.deadlines import open_deadline
from shuangsuiji.lib.models import CalendarDay, DeadlineRule
from shuangsuiji.notifications.models import Message
from tests.factories.accounts import person_with
from tests.factories.draws import (
    contribute_all,
    make_approved,
    make_county,
    make_draft,
    make_drawn,
    make_plan,
    make_sealed,
)
from tests.factories.publication import make_notice_draft, make_reviewed

pytestmark = pytest.mark.django_db


def labels(user) -> str:
    todos = todos_for(user, today=timezone.localdate())
    return "；".join(todo.label for group in todos.values() for todo in group)


def test_an_approver_sees_what_waits_and_a_drafter_does_not():
    county, notice = make_notice_draft()
    assert notice.title in labels(county.approver)
    assert notice.title not in labels(county.clerk)


def test_a_clerk_is_told_to_seal_and_then_to_draft_the_notice():
    county = make_county()
    draw = make_approved(county)
    assert f"封存：{draw.title}" in labels(county.clerk)
    make_drawn(county, title="另一批")
    assert "起草公告：另一批" in labels(county.clerk)


def test_a_witness_learns_that_a_sealed_draw_waits_for_them():
    county = make_county()
    draw = make_sealed(county)
    assert f"投入种子：{draw.title}" in labels(county.witness)
    contribute_all(draw, county=county)
    assert "投入种子" not in labels(county.witness)


def test_a_covert_draw_is_in_nobody_elses_work():
    county = make_county()
    make_drawn(county, mode="covert", title="夜查")
    other_clerk = person_with(Role.CLERK)
    assert "夜查" not in labels(other_clerk)


def test_the_home_page_of_every_role_opens(client):
    for role in Role:
        client.force_login(person_with(role))
        assert client.get(reverse("desk_home")).status_code == 200


def test_the_dashboard_compares_plan_and_work(client):
    check = make_reviewed(failed=2)
    make_plan(check.county, year=check.draw.visits_from.year).lines.create(
        field=check.county.fields[0], risk_class="C", planned_count=4
    )
    client.force_login(person_with(Role.LEADER))
    page = client.get(reverse("dashboard")).content.decode()
    assert "未销号隐患" in page
    assert "领导看板" in page


def test_the_dashboard_asks_few_questions(client, django_assert_max_num_queries):
    make_reviewed(failed=1)
    client.force_login(person_with(Role.LEADER))
    with django_assert_max_num_queries(30):
        client.get(reverse("dashboard"))


def test_people_are_told_once_before_a_deadline_and_louder_after():
    clerk, leader = person_with(Role.CLERK), person_with(Role.LEADER)
    start = timezone.localdate()
    deadline = open_deadline(
        "results.after_visit", subject_kind="task", subject_key="T-1", label="任务一", start_on=start, by=None
    )
    for _ in range(2):
        tell_about_deadlines(today=deadline.warn_on)
    assert Message.objects.filter(user=clerk).count() == 1
    tell_about_deadlines(today=deadline.due_on + dt.timedelta(days=1))
    assert Message.objects.filter(user=leader, subject__startswith="期限已过").count() == 1


def test_a_confidential_deadline_is_told_by_its_number():
    clerk = person_with(Role.CLERK)
    deadline = open_deadline(
        "results.after_visit",
        subject_kind="task",
        subject_key="T-1",
        label="示范化工有限公司",
        start_on=timezone.localdate(),
        by=None,
        is_confidential=True,
    )
    tell_about_deadlines(today=deadline.due_on)
    assert "示范化工" not in Message.objects.get(user=clerk).subject


def test_a_day_off_and_a_rule_are_changed_at_the_desk(client):
    client.force_login(person_with(Role.CLERK))
    day = dt.date(timezone.localdate().year, 7, 15)
    client.post(reverse("calendar_day_set"), {"on": day.isoformat(), "kind": "off", "name": "示例假日"})
    assert CalendarDay.objects.get(on=day).name == "示例假日"
    rule = DeadlineRule.objects.get(code="results.after_visit", valid_to=None)
    form = {
        "name": rule.name,
        "amount": 5,
        "unit": rule.unit,
        "rolls_forward": "on",
        "warn_days": 1,
        "source": "示例依据",
        "is_confirmed": "on",
        "valid_from": "2030-01-01",
    }
    client.post(reverse("deadline_rule_edit", args=[rule.code]), form)
    assert DeadlineRule.objects.get(code=rule.code, valid_to=None).amount == 5


def test_a_bad_day_is_refused_with_a_sentence_and_keeps_what_was_typed(client):
    client.force_login(person_with(Role.CLERK))
    page = client.post(reverse("calendar_day_set"), {"on": "2199-01-01", "kind": "off", "name": "示例假日"})
    assert "还没有录入" in page.content.decode()
    assert "示例假日" in page.content.decode()


def test_it_is_ready_when_the_scheduler_has_a_pulse(client):
    assert client.get("/healthz").content == b"ok"
    assert client.get("/readyz").status_code == 503
    Heartbeat.objects.create(name="beat", at=timezone.now())
    assert client.get("/readyz").json() == {"database": "ok", "redis": "ok", "scheduler": "ok", "outbox": "ok"}


def test_metrics_are_for_this_machine_or_a_token(client, settings):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 403
    settings.METRICS_TOKEN = "secret-token"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"authorization": "Bearer secret-token"}).status_code == 200


def test_the_desk_search_finds_by_name_and_code(client):
    county = make_county(enterprise_count=3)
    client.force_login(county.clerk)
    make_draft(county)
    one = county.enterprises[0]
    for words in (one.name[:4], one.credit_code[:12]):
        assert one.name in client.get(reverse("desk_search"), {"q": words}).content.decode()
