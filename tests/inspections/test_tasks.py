"""Tasks come from a draw, are announced, moved within their period, seen by those who may."""

import datetime

import pytest
from django.utils import timezone

from draws.models import Draw
from inspections import services
from inspections.models import Task
from inspections.policies import may_see_task
from inspections.selectors import tasks_visible_to
from inspections.services.noticing import mark_noticed, take_notice_back
from inspections.services.tasks import spread, visit_days
from inspections.states import TaskState
from inspections.views.story import story_of
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from shuangsuiji.lib.templatetags.words import cn_date
from shuangsuiji.notifications.models import Message
from tests.factories.accounts import person_with
from tests.factories.draws import make_county, make_drawn
from tests.factories.inspections import make_check, make_noticed, make_recorded

pytestmark = pytest.mark.django_db


def test_it_makes_one_task_for_each_drawn_enterprise():
    draw = make_drawn(make_county())

    tasks = Task.objects.filter(drawn__draw=draw).order_by("number")

    assert [task.number for task in tasks] == [f"{draw.number}-{n:02d}" for n in range(1, 5)]
    assert {task.state for task in tasks} == {TaskState.ASSIGNED}


def test_it_makes_no_task_twice():
    draw = make_drawn(make_county())

    assert services.create_tasks(draw, by=None) == []
    assert Task.objects.filter(drawn__draw=draw).count() == 4


def test_it_withholds_covert_tasks():
    check = make_check(mode=Draw.Mode.COVERT)

    assert (check.task.state, check.task.is_covert) == (TaskState.WITHHELD, True)


def test_it_spreads_visits_over_the_working_days_of_the_period():
    draw = make_drawn(make_county())

    days = list(Task.objects.filter(drawn__draw=draw).order_by("number").values_list("visit_on", flat=True))

    working = visit_days(draw)
    assert days == spread(working, count=4)
    assert all(day.weekday() < 5 and draw.visits_from <= day <= draw.visits_to for day in days)


@pytest.mark.parametrize(
    ("count", "expected"), [(0, []), (1, [1]), (2, [1, 3]), (5, [1, 2, 3, 4, 5]), (6, [1, 1, 2, 3, 4, 5])]
)
def test_it_spreads_evenly_and_in_order(count, expected):
    days = [datetime.date(2026, 6, n) for n in range(1, 6)]

    assert [day.day for day in spread(days, count=count)] == expected


def test_it_uses_weekdays_where_the_calendar_has_no_such_year():
    draw = Draw(visits_from=datetime.date(2040, 6, 1), visits_to=datetime.date(2040, 6, 3))

    assert visit_days(draw) == [datetime.date(2040, 6, 1)]


def test_it_tells_officers_a_number_and_no_name():
    county = make_county()
    officer = county.officers[0]
    officer.account = person_with(Role.INSPECTOR)
    officer.save()
    while not Task.objects.filter(drawn__seats__inspector=officer).exists():
        make_drawn(county)

    task = Task.objects.filter(drawn__seats__inspector=officer).order_by("number").first()
    message = Message.objects.get(key=f"task.assigned:{task.pk}:{officer.account.pk}")
    assert message.subject == f"新的检查任务 {task.number}"
    assert task.enterprise.name not in message.subject + message.body


def test_it_drops_the_task_of_a_replaced_enterprise():
    check = make_check()
    check.task.drawn.is_standing = False
    check.task.drawn.save(update_fields=["is_standing"])

    services.create_tasks(check.draw, by=None)

    assert check.fresh().state == TaskState.DROPPED


def test_it_marks_an_announced_task_once():
    announced = make_check()

    assert services.mark_noticed([announced.task]) == 1
    assert services.mark_noticed([announced.task]) == 0
    assert announced.fresh().state == TaskState.NOTICED


def test_a_covert_task_is_never_announced():
    check = make_check(mode=Draw.Mode.COVERT)

    assert services.mark_noticed([check.task]) == 0
    assert check.fresh().state == TaskState.WITHHELD


def test_results_made_public_keep_their_deadline():
    check = make_recorded()

    services.mark_results_public(check.task)
    services.mark_results_public(check.task)

    deadline = Deadline.objects.get(rule__code="results.after_visit", subject_key=str(check.task.pk))
    assert deadline.kept_on == timezone.localdate()
    assert check.fresh().results_public_at is not None


def test_the_office_moves_a_visit_within_the_period_and_the_reason_stays():
    check = make_check()
    day = check.draw.visits_to

    services.move_visit(check.task, by=check.clerk, visit_on=day, reason="台风停工")

    event = AuditEvent.objects.get(action="task.visit_moved")
    assert check.fresh().visit_on == day
    assert event.detail["reason"] == "台风停工"


def test_the_course_of_a_task_tells_of_a_day_that_was_moved_and_a_notice_that_was_withdrawn():
    check = make_noticed()
    before = check.task.visit_on
    services.move_visit(check.task, by=check.clerk, visit_on=check.draw.visits_to, reason="台风停工")
    take_notice_back(check.draw, today=timezone.localdate(), by=check.clerk)

    told = [event["title"] for event in story_of(check.fresh())]
    moved = next(event for event in story_of(check.task) if event["title"] == "检查日期改动")

    assert told.index("检查日期改动") < told.index("检查公告撤回") < told.index("现场检查")
    assert moved["text"].startswith(f"{cn_date(before)}改为{cn_date(check.draw.visits_to)}，")
    assert moved["text"].endswith("原因：台风停工")
    assert "重新公告" not in told
    mark_noticed([check.fresh()])
    again = [event["title"] for event in story_of(check.fresh())]
    assert again.index("检查公告撤回") < again.index("重新公告") < again.index("现场检查")


def test_a_visit_stays_within_the_period_of_its_draw():
    check = make_check()

    with pytest.raises(Refusal, match="检查时段内"):
        services.move_visit(
            check.task, by=check.clerk, visit_on=check.draw.visits_to + datetime.timedelta(days=1), reason="x"
        )


def test_an_announced_visit_is_not_moved_forward():
    check = make_noticed()
    Task.objects.filter(pk=check.task.pk).update(visit_on=check.draw.visits_to)

    with pytest.raises(Refusal, match="只能推后"):
        services.move_visit(check.fresh(), by=check.clerk, visit_on=check.draw.visits_from, reason="x")


def test_an_officer_does_not_move_a_visit():
    check = make_check()

    with pytest.raises(Refusal, match="经办人"):
        services.move_visit(check.task, by=check.lead, visit_on=check.draw.visits_to, reason="x")


def test_the_database_refuses_a_step_the_table_does_not_know():
    check = make_check()

    with pytest.raises(Exception, match="no step from assigned to closed"):
        Task.objects.filter(pk=check.task.pk).update(state=TaskState.CLOSED, closed_on=timezone.localdate())


class TestWhoSees:
    """The query and the policy give one answer."""

    def people(self, check):
        return {
            "clerk": check.clerk,
            "approver": check.approver,
            "head": check.county.head,
            "supervisor": check.county.witness,
            "lead": check.lead,
            "other_clerk": person_with(Role.CLERK),
            "stranger": person_with(Role.INSPECTOR),
            "leader": person_with(Role.LEADER),
        }

    def seen_by(self, check):
        people = self.people(check)
        by_query = {name for name, user in people.items() if tasks_visible_to(user).filter(pk=check.task.pk).exists()}
        by_policy = {name for name, user in people.items() if may_see_task(user, check.task)}
        assert by_query == by_policy
        return by_query

    def test_the_office_and_the_own_officers_see_an_announced_check(self):
        assert self.seen_by(make_check()) == {"clerk", "approver", "head", "supervisor", "lead", "other_clerk"}

    def test_only_those_named_for_it_see_a_covert_check(self):
        assert self.seen_by(make_check(mode=Draw.Mode.COVERT)) == {"clerk", "approver", "lead"}

    def test_a_person_cleared_for_the_draw_sees_it(self):
        county = make_county()
        check = make_check(county, mode=Draw.Mode.COVERT, cleared_people=[county.head])

        assert self.seen_by(check) == {"clerk", "approver", "head", "lead"}

    def test_a_covert_check_is_open_to_the_office_once_its_result_is_public(self):
        check = make_recorded(mode=Draw.Mode.COVERT)
        check.task = services.mark_results_public(check.task)

        assert "head" in self.seen_by(check)


def test_no_message_and_no_trail_of_a_covert_check_names_the_enterprise():
    check = make_recorded(mode=Draw.Mode.COVERT)
    name, code = check.task.enterprise.name, check.task.enterprise.credit_code

    events = AuditEvent.objects.values_list("action", "target_label", "detail")
    told = [*map(str, events), *map(str, Message.objects.values_list("subject", "body", "link"))]
    told += map(str, Deadline.objects.values_list("label", flat=True))

    assert any(check.task.number in text for text in told)
    assert not [text for text in told if name in text or code in text]
