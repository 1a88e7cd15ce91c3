"""The clock, at the level of publications: the golden table of notices and results, warnings, what was missed."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from inspections.models import Task
from publication import tasks
from publication.models import Publication
from publication.services import approve_publication, draft_result, refresh_draft
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.dashboard.services import tell_about_deadlines
from shuangsuiji.lib.calendar import YearWithoutCalendar
from shuangsuiji.lib.deadlines import mark_missed, open_deadline
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import CalendarYear, Deadline
from shuangsuiji.lib.selectors import deadline_counts
from shuangsuiji.lib.services import set_rule
from shuangsuiji.notifications.models import Message
from tests.factories.accounts import person_with
from tests.factories.draws import make_county, make_draft
from tests.factories.publication import make_notice_draft, make_public_result, make_reviewed

pytestmark = pytest.mark.django_db


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at_noon(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(12), tzinfo=timezone.get_current_timezone())


NATURAL = {"amount": 15, "unit": "natural", "rolls_forward": False}
ROLLED = {"amount": 15, "unit": "natural", "rolls_forward": True}
WORKING = {"amount": 10, "unit": "working", "rolls_forward": True}

# First visit, rule → the last day on which the notice may be published.
NOTICES = [
    # 15 whole calendar days, whatever day it is
    ("2026-04-20", NATURAL, "2026-04-04"),
    ("2024-03-10", NATURAL, "2024-02-23"),  # over 29 February
    ("2025-03-10", NATURAL, "2025-02-22"),
    ("2025-01-08", NATURAL, "2024-12-23"),  # over the year's end
    ("2026-01-05", NATURAL, "2025-12-20"),  # a Saturday, and it stays one
    ("2024-10-08", NATURAL, "2024-09-22"),
    # the same, but a last day off gives way to the working day before it
    ("2026-04-22", ROLLED, "2026-04-03"),  # 6 April is 清明节, 4 and 5 a weekend
    ("2026-10-22", ROLLED, "2026-09-30"),  # 1–7 October off
    ("2025-10-24", ROLLED, "2025-09-30"),  # 1–8 October off
    ("2024-10-23", ROLLED, "2024-09-30"),
    ("2025-10-14", ROLLED, "2025-09-28"),  # a Sunday that is worked
    ("2026-01-18", ROLLED, "2025-12-31"),  # 1–3 January off: back over the year's end
    ("2026-02-28", ROLLED, "2026-02-12"),
    # working days: shifted days count as what they are
    ("2026-10-12", WORKING, "2026-09-20"),  # a Sunday worked; Friday 25 is off, Saturday 10 October is worked
    ("2025-02-10", WORKING, "2025-01-20"),  # Sunday 26 January and Saturday 8 February are worked
    ("2024-02-26", WORKING, "2024-02-05"),  # Sunday 18 February is worked, 10–17 are off
]


@pytest.fixture
def noticed():
    """One notice draft whose first visit the table moves about; its facts are brought up to date each time."""
    return make_notice_draft()


def with_rule(terms: dict, *, row: int) -> None:
    """Each row of the table is a later version of the rule, in force on all of its days."""
    set_rule("notice.before_visit", valid_from=day("2019-01-01") + dt.timedelta(days=row), by=None, **terms)


def move_first_visit(notice: Publication, *, to: dt.date, by) -> Publication:
    Task.objects.filter(drawn__draw=notice.draw).update(visit_on=to)
    return refresh_draft(notice, by=by)


def test_a_notice_may_be_published_until_the_golden_day_and_not_after(noticed):
    county, notice = noticed
    for row, (visit, terms, latest) in enumerate(NOTICES):
        with_rule(terms, row=row)
        moved = move_first_visit(notice, to=day(visit), by=county.clerk)
        assert moved.must_publish_by == day(latest), (visit, terms)
        with pytest.raises(Refusal, match="公告最迟须在"):
            approve_publication(moved, by=county.approver, now=at_noon(day(latest) + dt.timedelta(days=1)))


def test_on_the_last_day_itself_it_is_in_time(noticed):
    county, notice = noticed
    latest = notice.must_publish_by
    assert approve_publication(notice, by=county.approver, now=at_noon(latest)).state == "scheduled"


# Day of the visit → last day of the results under "7 working days, rolled", the warning day.
RESULTS = [
    ("2026-03-02", "2026-03-11", "2026-03-09"),
    ("2026-09-24", "2026-10-12", "2026-10-01"),
    ("2026-02-13", "2026-03-02", "2026-02-20"),
    ("2025-12-29", "2026-01-08", "2026-01-05"),
    ("2025-09-26", "2025-10-13", "2025-10-03"),
    ("2024-02-05", "2024-02-20", "2024-02-12"),
    ("2024-12-27", "2025-01-08", "2025-01-03"),
    ("2024-04-29", "2024-05-11", "2024-05-06"),  # Saturday 11 May is worked
]


@pytest.mark.parametrize(("visited", "due", "warned"), RESULTS)
def test_results_are_due_on_the_golden_day_and_warned_of_by_the_calendar_week(visited, due, warned):
    clerk, leader = person_with(Role.CLERK), person_with(Role.LEADER, email="leader@example.invalid")
    deadline = open_deadline(
        "results.after_visit", subject_kind="task", subject_key="T", label="结果", start_on=day(visited), by=None
    )
    assert (deadline.due_on, deadline.warn_on) == (day(due), day(warned))
    tell_about_deadlines(today=day(warned) - dt.timedelta(days=1))
    assert not Message.objects.exists()
    tell_about_deadlines(today=day(warned))
    assert Message.objects.filter(user=clerk, subject__startswith="期限将至").count() == 1
    tell_about_deadlines(today=day(due))
    assert not Message.objects.filter(user=leader).exists()
    tell_about_deadlines(today=day(due) + dt.timedelta(days=1))
    assert Message.objects.filter(user=leader, subject__startswith="期限已过").count() == 1
    assert Message.objects.get(channel="email").address == "leader@example.invalid"


def test_escalation_is_mailed_once_with_the_rule_and_its_source():
    person_with(Role.LEADER, email="leader@example.invalid")
    deadline = open_deadline(
        "results.after_visit", subject_kind="task", subject_key="T", label="结果", start_on=day("2026-03-02"), by=None
    )
    for days in (1, 2, 3):
        tell_about_deadlines(today=deadline.due_on + dt.timedelta(days=days))
    mail = Message.objects.get(channel="email")
    assert "7工作日" in mail.body
    assert "实施方案" in mail.body


def test_a_result_published_late_is_missed_for_ever():
    before = deadline_counts(today=timezone.localdate()).missed
    check, _ = make_public_result()
    deadline = Deadline.objects.get(rule__code="results.after_visit", subject_key=str(check.task.pk))
    assert (deadline.kept_on, deadline.missed_at) == (timezone.localdate(), None)
    late = open_deadline(
        "results.after_visit", subject_kind="task", subject_key="late", label="迟", start_on=day("2026-03-02"), by=None
    )
    assert mark_missed(today=late.due_on + dt.timedelta(days=1)) == 1
    assert deadline_counts(today=late.due_on + dt.timedelta(days=1)).missed == before + 1


def test_a_draw_too_early_for_its_notice_is_not_approved():
    from draws.services import approve_draw, submit_draw

    county = make_county()
    first = timezone.localdate() + dt.timedelta(days=16)
    draw = make_draft(county, visits_from=first, visits_to=first + dt.timedelta(days=5))
    submit_draw(draw, by=county.clerk)
    with (
        time_machine.travel(at_noon(timezone.localdate() + dt.timedelta(days=1))),
        pytest.raises(Refusal, match=r"来不及公告|已过约定的抽取期限"),
    ):
        approve_draw(draw, by=county.approver)


def test_a_year_without_calendar_is_refused_with_a_sentence(noticed):
    county, notice = noticed
    CalendarYear.objects.filter(year__gte=2027).delete()
    with_rule(WORKING, row=0)
    with pytest.raises(YearWithoutCalendar, match="2028年的节假日安排还没有录入"):
        move_first_visit(notice, to=day("2028-03-01"), by=county.clerk)


def test_a_moved_visit_gives_the_notice_a_new_last_day(noticed):
    county, notice = noticed
    before = notice.must_publish_by
    first = Task.objects.filter(drawn__draw=notice.draw).order_by("visit_on").first().visit_on
    moved = move_first_visit(notice, to=first + dt.timedelta(days=3), by=county.clerk)
    assert moved.must_publish_by == before + dt.timedelta(days=3)
    assert {row["visit_on"] for row in moved.content["enterprises"]} == {(first + dt.timedelta(days=3)).isoformat()}


def test_a_notice_whose_job_came_too_late_is_published_and_counted_as_missed():
    county, notice = make_notice_draft()
    approve_publication(notice, by=county.approver)
    deadline = Deadline.objects.get(rule__code="notice.before_visit", subject_key=notice.draw.number)
    with time_machine.travel(at_noon(deadline.due_on + dt.timedelta(days=2))):
        tasks.publish_due()
    deadline.refresh_from_db()
    assert deadline.kept_on == deadline.due_on + dt.timedelta(days=2)
    assert deadline.missed_at is not None


def test_a_result_later_than_its_day_needs_a_reason_that_stays():
    check = make_reviewed()
    draft = draft_result(check.task, by=check.clerk)
    late = timezone.now() + dt.timedelta(days=60)
    with pytest.raises(Refusal, match="逾期发布的原因"):
        approve_publication(draft, by=check.approver, publish_at=late)
    with pytest.raises(Refusal, match="一年之内"):
        approve_publication(draft, by=check.approver, publish_at=timezone.now() + dt.timedelta(days=5000))
    approved = approve_publication(draft, by=check.approver, publish_at=late, late_reason="等待复检报告")
    assert (approved.state, approved.late_reason) == ("scheduled", "等待复检报告")
    event = AuditEvent.objects.get(action="publication.approved", target_key=str(draft.pk))
    assert event.detail["late_reason"] == "等待复检报告"


def test_what_is_late_already_needs_its_reason_also_when_it_is_published_at_once():
    check = make_reviewed()
    draft = draft_result(check.task, by=check.clerk)
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        with pytest.raises(Refusal, match="请写明逾期发布的原因"):
            approve_publication(draft, by=check.approver)
        approved = approve_publication(draft, by=check.approver, late_reason="系统停机")
    assert (approved.state, approved.late_reason) == ("scheduled", "系统停机")
