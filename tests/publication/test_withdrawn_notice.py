"""A notice that is withdrawn takes its visits back with it: none begins before a new notice stands."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from draws.services.amending import approve_amendment, ask_amendment
from inspections import services as inspections
from inspections.models import Task
from publication import services, tasks
from publication.models import Letter
from publication.selectors.letters import delivery_story
from shuangsuiji.dashboard.todo import todos_for
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.deadlines import NOTICE_BEFORE_VISIT, latest_publication_on
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from shuangsuiji.notifications.models import Message
from tests.factories.inspections import officers_of
from tests.factories.publication import make_published_notice, publish_now, withdraw

pytestmark = pytest.mark.django_db

REASON = "检查内容有误"


def make_withdrawn(*, issued: bool = True):
    county, notice = make_published_notice()
    type(county.enterprises[0]).objects.update(contact_email="office@example.invalid")
    if issued:
        tasks.issue_letters()
    withdraw(notice, reason=REASON, asked_by=county.clerk, by=county.approver)
    notice.refresh_from_db()
    return county, notice


def tasks_of(notice):
    return list(Task.objects.filter(drawn__draw=notice.draw).order_by("number"))


def duties(notice):
    return Deadline.objects.filter(rule__code=NOTICE_BEFORE_VISIT, subject_key=notice.draw.number).order_by("id")


def test_its_tasks_are_as_before_it_and_its_duty_is_open_again():
    _, notice = make_withdrawn()
    assert {task.state for task in tasks_of(notice)} == {"assigned"}
    kept, again = duties(notice)
    assert (kept.kept_on, again.kept_on) == (timezone.localdate(), None)
    assert again.due_on == latest_publication_on(min(task.visit_on for task in tasks_of(notice)))


def test_no_visit_begins_without_a_new_notice():
    _, notice = make_withdrawn()
    task = tasks_of(notice)[0]
    Task.objects.filter(pk=task.pk).update(visit_on=timezone.localdate())
    lead, _ = officers_of(task)
    with pytest.raises(Refusal, match="公告还没有发布"):
        inspections.start_visit(task, by=lead)


def test_the_clerk_finds_the_new_notice_among_what_is_to_do_and_in_the_inbox():
    county, notice = make_withdrawn()
    found = [todo for todo in todos_for(county.clerk, today=timezone.localdate())["waiting"] if "公告" in todo.label]
    assert [(todo.label, todo.hint) for todo in found] == [(f"重新起草公告：{notice.draw.title}", "原公告已撤回")]
    subjects = Message.objects.filter(user=county.clerk).values_list("subject", flat=True)
    assert any("须重新公告" in subject and notice.draw.number in subject for subject in subjects)


def test_the_enterprises_are_told_that_the_visit_does_not_take_place_as_told(client):
    _, notice = make_withdrawn()
    letter = Letter.objects.order_by("pk").first()
    page = client.get(reverse("letter", args=[letter.token])).content.decode()
    assert "原定的检查暂不进行" in page
    assert REASON in page
    mails = Message.objects.filter(subject_kind="letter", subject__startswith="原定检查暂不进行")
    assert mails.count() == len(tasks_of(notice))
    assert all(REASON in mail.body for mail in mails)
    assert "公告撤回，检查暂不进行" in [row["title"] for row in delivery_story(letter)]


def test_letters_that_waited_are_not_issued_and_nobody_is_reminded():
    make_withdrawn(issued=False)
    tasks.issue_letters()
    tasks.remind_unconfirmed()
    assert not Letter.objects.filter(issued_at__isnull=False).exists()
    assert not Message.objects.filter(subject_kind="letter").exists()


def test_a_new_notice_takes_the_tasks_on_and_keeps_the_second_duty_and_the_papers():
    county, notice = make_withdrawn()
    papers = set(Letter.objects.values_list("document", flat=True))
    again = publish_now(services.draft_notice(notice.draw, by=county.clerk), by=county.approver)
    tasks.issue_letters()
    assert {task.state for task in tasks_of(notice)} == {"noticed"}
    assert all(duty.kept_on for duty in duties(notice))
    assert set(Letter.objects.values_list("document", "publication")) == {(paper, again.pk) for paper in papers}


def test_a_letter_that_tells_another_day_is_replaced_and_confirmed_anew(client):
    county, notice = make_withdrawn()
    letter = Letter.objects.order_by("task__visit_on").first()
    services.confirm_letter(letter, name="李示例", now=timezone.now())
    later = notice.draw.visits_to
    assert letter.task.visit_on < later
    inspections.move_visit(letter.task, by=county.clerk, visit_on=later, reason="重新公告")
    publish_now(services.draft_notice(notice.draw, by=county.clerk), by=county.approver)
    former = letter.document
    tasks.issue_letters()
    letter.refresh_from_db()
    assert letter.document.replaces == former
    assert letter.document.context["visit_from"] == later.isoformat()
    assert letter.confirmed_at is None
    story = str(delivery_story(letter))
    assert f"原通知书 {former.number}，" in story
    assert "李示例于 " in story
    assert IssuedDocument.objects.filter(kind="inspection_notice", subject_key=str(letter.task_id)).count() == 2
    mails = Message.objects.filter(subject_kind="letter", subject_key=str(letter.pk), subject__contains="〕")
    assert mails.filter(subject__contains=letter.document.number).count() == 1


def test_an_approved_scheme_still_holds_after_the_new_notice():
    county, notice = make_published_notice()
    task = tasks_of(notice)[0]
    lead, second = officers_of(task)
    inspections.draft_scheme(task, by=lead)
    inspections.review_scheme(task, by=second)
    inspections.approve_scheme(task, by=county.approver)
    withdraw(notice, reason=REASON, asked_by=county.clerk, by=county.approver)
    task.refresh_from_db()
    assert task.state == "assigned"
    publish_now(services.draft_notice(notice.draw, by=county.clerk), by=county.approver)
    task.refresh_from_db()
    assert task.state == "ready"


def test_where_the_first_visit_is_too_near_the_duty_counts_from_the_end_of_the_period_and_follows_the_visits():
    county, notice = make_published_notice()
    near = timezone.localdate() + dt.timedelta(days=3)
    first = tasks_of(notice)[0]
    Task.objects.filter(pk=first.pk).update(visit_on=near)
    withdraw(notice, reason=REASON, asked_by=county.clerk, by=county.approver)
    assert duties(notice).last().due_on == latest_publication_on(notice.draw.visits_to)
    for task in tasks_of(notice):
        inspections.move_visit(task, by=county.clerk, visit_on=notice.draw.visits_to, reason="重新公告")
    inspections.move_visit(first, by=county.clerk, visit_on=notice.draw.visits_from, reason="重新公告")
    assert duties(notice).last().due_on == latest_publication_on(notice.draw.visits_from)


def test_a_visit_that_has_begun_goes_on_and_is_not_announced_again():
    county, notice = make_published_notice()
    begun = tasks_of(notice)[0]
    Task.objects.filter(pk=begun.pk).update(state="on_site", visited_on=timezone.localdate())
    withdraw(notice, reason=REASON, asked_by=county.clerk, by=county.approver)
    assert {task.state for task in tasks_of(notice)} == {"assigned", "on_site"}
    again = services.draft_notice(notice.draw, by=county.clerk)
    named = set(again.enterprises.values_list("enterprise", flat=True))
    assert named == {task.enterprise_id for task in tasks_of(notice)} - {begun.enterprise_id}


def test_a_correction_of_what_stands_needs_no_new_fifteen_days():
    county, notice = make_published_notice()
    Task.objects.filter(drawn__draw=notice.draw).update(visit_on=timezone.localdate() + dt.timedelta(days=2))
    draft = services.draft_correction(notice, reason="企业名称有误", by=county.clerk)
    assert draft.must_publish_by is None
    assert publish_now(draft, by=county.approver).state == "published"


def test_a_correction_under_way_when_its_notice_is_withdrawn_has_to_be_in_time_again():
    county, notice = make_published_notice()
    draft = services.draft_correction(notice, reason="企业名称有误", by=county.clerk)
    services.approve_publication(draft, by=county.approver, publish_at=timezone.now() + dt.timedelta(days=1))
    withdraw(notice, reason=REASON, asked_by=county.clerk, by=county.approver)
    draft.refresh_from_db()
    first = min(task.visit_on for task in tasks_of(notice))
    assert (draft.state, draft.must_publish_by) == ("drafted", latest_publication_on(first))


def test_who_was_told_that_the_visit_is_off_is_told_when_it_is_on_again(client):
    county, notice = make_withdrawn()
    again = publish_now(services.draft_notice(notice.draw, by=county.clerk), by=county.approver)
    mails = Message.objects.filter(subject_kind="letter", subject__startswith="检查照原定日期进行")
    assert mails.count() == len(tasks_of(notice))
    page = client.get(reverse("letter", args=[Letter.objects.first().token])).content.decode()
    assert "暂不进行" not in page
    assert again.number in page


def test_the_address_of_the_withdrawn_notice_leads_to_the_new_one(client):
    county, notice = make_withdrawn()
    again = publish_now(services.draft_notice(notice.draw, by=county.clerk), by=county.approver)
    gone = client.get(f"/notices/{notice.slug}/")
    assert gone.status_code == 410
    assert f"/notices/{again.slug}/" in gone.content.decode()


def test_its_officers_are_told_by_number():
    county, notice = make_published_notice()
    task = tasks_of(notice)[0]
    lead, _ = officers_of(task)
    withdraw(notice, reason=REASON, asked_by=county.clerk, by=county.approver)
    message = Message.objects.get(user=lead, subject=f"公告已撤回，检查暂不进行：{task.number}")
    assert task.enterprise.name not in message.subject + message.body


def test_a_notice_whose_visits_are_done_can_be_withdrawn_with_a_correction_under_way():
    county, notice = make_published_notice()
    draft = services.draft_correction(notice, reason="企业名称有误", by=county.clerk)
    Task.objects.filter(drawn__draw=notice.draw).update(state="on_site", visited_on=timezone.localdate())
    withdraw(notice, reason=REASON, asked_by=county.clerk, by=county.approver)
    draft.refresh_from_db()
    assert draft.state == "drafted"


def test_a_mail_is_text_and_escapes_nothing():
    county, notice = make_published_notice()
    type(county.enterprises[0]).objects.update(contact_email="office@example.invalid")
    tasks.issue_letters()
    withdraw(notice, reason="内容<重新>安排 & 更正", asked_by=county.clerk, by=county.approver)
    mail = Message.objects.filter(subject__startswith="原定检查暂不进行").first()
    assert "内容<重新>安排 & 更正" in mail.body


def test_a_visit_moved_while_the_notice_stands_asks_for_its_correction():
    county, notice = make_published_notice()
    tasks.issue_letters()
    task, lead = tasks_of(notice)[0], officers_of(tasks_of(notice)[0])[0]

    def wanted():
        return [one.label for one in todos_for(county.clerk, today=timezone.localdate())["waiting"]]

    assert f"更正公告：{notice.title}" not in wanted()
    inspections.move_visit(task, by=county.clerk, visit_on=notice.draw.visits_to, reason="企业停产")
    assert f"更正公告：{notice.title}" in wanted()
    assert Message.objects.filter(user=lead, subject=f"检查日期已改：{task.number}").exists()
    publish_now(services.draft_correction(notice, reason="检查日期已改", by=county.clerk), by=county.approver)
    tasks.issue_letters()
    assert not [label for label in wanted() if label.startswith("更正公告")]


def test_a_proposal_to_withdraw_is_among_what_the_deciders_have_to_do():
    county, notice = make_published_notice()
    services.propose_withdrawal(notice, reason=REASON, by=county.clerk)
    for decider in (county.approver, county.head):
        labels = [one.label for one in todos_for(decider, today=timezone.localdate())["waiting"]]
        assert f"决定是否撤回{notice.get_kind_display()}：{notice.title}" in labels


def test_who_comes_in_somebody_elses_place_is_told_by_a_new_paper():
    county, notice = make_published_notice()
    tasks.issue_letters()
    letter = Letter.objects.order_by("task__number").first()
    former, seat = letter.document, letter.task.drawn.seats.get(seat=1, inspector__isnull=False)
    asked = ask_amendment(
        notice.draw,
        by=county.clerk,
        kind="person_replaced",
        reason="已准予回避",
        stage="inspectors",
        enterprise=letter.task.enterprise.credit_code,
        out=seat.inspector.certificate_number,
        why="recused",
        appoint="",
    )
    approve_amendment(asked, by=county.approver)
    tasks.issue_letters()
    letter.refresh_from_db()
    assert letter.document.replaces == former
    told = {one["certificate_number"] for one in letter.document.context["officers"]}
    assert seat.inspector.certificate_number not in told
    assert IssuedDocument.objects.filter(kind="inspection_notice").count() == len(tasks_of(notice)) + 1


def test_an_enterprise_that_comes_in_for_another_asks_for_a_correction():
    county, notice = make_published_notice()
    row = notice.draw.drawn.filter(is_standing=True).first()
    asked = ask_amendment(
        notice.draw, by=county.clerk, kind="enterprise_replaced", reason="已注销", enterprise=row.enterprise.credit_code
    )
    approve_amendment(asked, by=county.approver)
    labels = [one.label for one in todos_for(county.clerk, today=timezone.localdate())["waiting"]]
    assert f"更正公告：{notice.title}" in labels
