"""What the roof shows: each person's work, the leading group's figures, and nothing covert."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from shuangsuiji.accounts.models import Role
from shuangsuiji.dashboard.models import Heartbeat
from shuangsuiji.dashboard.services import tell_about_deadlines
from shuangsuiji.dashboard.todo import todos_for
from shuangsuiji.lib.credit_code import with_check_characters
from shuangsuiji.lib.deadlines import open_deadline
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
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.inspectors import ExpertFactory, InspectorFactory
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


def test_a_bad_day_is_refused_with_a_sentence_and_keeps_what_was_typed(client):
    client.force_login(person_with(Role.CLERK))
    page = client.post(reverse("calendar_day_set"), {"on": "2099-01-01", "kind": "off", "name": "示例假日"})
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


@pytest.mark.parametrize(
    "words", ["ＳＦＨＧ", "示范 化工", "化工　示范", "(示例)", "（示例）", "shi fan", "sf hg", "９１９９９９"]
)
def test_width_blanks_and_brackets_do_not_matter(client, words):
    client.force_login(person_with(Role.CLERK))
    EnterpriseFactory(name="示范化工（示例）有限公司")
    EnterpriseFactory(name="样例采石场", credit_code=with_check_characters("9133010079965505"))
    for name, query in (("desk_search", {"q": words}), ("enterprise_list", {"q": words})):
        page = client.get(reverse(name), query).content.decode()
        assert "示范化工（示例）有限公司" in page
        assert "样例采石场" not in page


def test_the_desk_search_finds_people_too(client):
    client.force_login(person_with(Role.CLERK))
    InspectorFactory(name="张示例", certificate_number="湘1806")
    ExpertFactory(name="李示例")
    assert "湘1806" in client.get(reverse("desk_search"), {"q": "zsl"}).content.decode()
    assert "李示例" in client.get(reverse("desk_search"), {"q": "李"}).content.decode()


def test_what_is_late_is_told_once_and_leads_to_the_thing(client):
    check = make_reviewed(failed=1)
    today = timezone.localdate()
    about = {"subject_kind": "task", "label": "查处结果", "by": None}
    late = open_deadline("order.rectify", subject_key=str(check.task.pk), start_on=today, **about)
    todos = todos_for(check.clerk, today=late.due_on + dt.timedelta(days=7))
    mine = [(group, todo) for group, rows in todos.items() for todo in rows if todo.label == "查处结果"]
    assert [(group, todo.status) for group, todo in mine] == [("late", "已过 7 天")]
    assert mine[0][1].url == reverse("task_detail", args=[check.task.pk])


def test_deadlines_of_next_year_are_among_those_running(client):
    client.force_login(person_with(Role.CLERK))
    start = dt.date(timezone.localdate().year + 1, 1, 1)
    about = {"subject_kind": "task", "subject_key": "T-1", "label": "明年的", "by": None}
    open_deadline("results.after_visit", start_on=start, **about)
    page = client.get(reverse("deadline_list"))
    assert page.context["open_count"] == 1
    assert "明年的" in page.content.decode()


def test_a_leader_without_work_is_shown_to_the_dashboard(client):
    client.force_login(person_with(Role.LEADER))
    assert f'href="{reverse("dashboard")}">打开领导看板' in client.get(reverse("desk_home")).content.decode()
