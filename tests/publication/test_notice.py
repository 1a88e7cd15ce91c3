"""The advance notice: from the draw, approved by somebody else, published by the job, once."""

import datetime as dt

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from inspections.models import Task
from publication import tasks
from publication.models import Letter, Publication
from publication.services import approve_publication, draft_notice, publish_publication, return_publication
from publication.states import PublicationState
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.services import document_path
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from tests.factories.draws import make_county, make_drawn
from tests.factories.publication import make_notice_draft, make_published_notice

pytestmark = pytest.mark.django_db


def test_it_names_objects_contents_time_and_requirements():
    _, notice = make_notice_draft(requirements="请备台账。\n请安排人员在场。")
    content = notice.content
    tasks_of_draw = Task.objects.filter(drawn__draw=notice.draw)
    assert {row["name"] for row in content["enterprises"]} == {task.enterprise.name for task in tasks_of_draw}
    assert all(row["items"] and row["visit_on"] for row in content["enterprises"])
    assert content["requirements"] == ["请备台账。", "请安排人员在场。"]
    assert content["visits_from"] == notice.draw.visits_from.isoformat()


def test_it_holds_no_phone_contact_or_representative():
    county = make_county()
    type(county.enterprises[0]).objects.update(
        contact_name="联系人示例",
        contact_phone="0730-1234567",
        representative="负责人示例",
        contact_email="a@example.invalid",
    )
    _, notice = make_notice_draft(county)
    text = str(notice.content)
    assert not any(secret in text for secret in ("联系人示例", "1234567", "负责人示例", "example.invalid"))


def test_drafting_twice_is_one_notice():
    county, notice = make_notice_draft()
    assert draft_notice(notice.draw, by=county.clerk) == notice


@pytest.mark.parametrize("mode", ["covert", "notified"])
def test_what_is_not_announced_gets_no_notice(mode):
    county = make_county()
    draw = make_drawn(county, mode=mode)
    with pytest.raises(Refusal, match="不能起草公告"):
        draft_notice(draw, by=county.clerk)


def test_the_drafter_does_not_approve():
    county, notice = make_notice_draft()
    with pytest.raises(Refusal, match="审批负责人"):
        approve_publication(notice, by=county.clerk)


def test_a_notice_that_comes_too_late_is_refused_with_the_last_day():
    county, notice = make_notice_draft()
    late = timezone.make_aware(dt.datetime.combine(notice.must_publish_by + dt.timedelta(days=1), dt.time(9)))
    with time_machine.travel(late), pytest.raises(Refusal, match=f"{notice.must_publish_by.day}日发布"):
        approve_publication(notice, by=county.approver)


def test_fifteen_whole_days_lie_between_notice_and_visit():
    _, notice = make_notice_draft()
    first_visit = Task.objects.filter(drawn__draw=notice.draw).order_by("visit_on").first().visit_on
    assert (first_visit - notice.must_publish_by).days == 16


def test_the_job_publishes_when_due_and_only_then():
    county, notice = make_notice_draft()
    approve_publication(notice, by=county.approver, publish_at=timezone.now() + dt.timedelta(hours=3))
    tasks.publish_due()
    assert Publication.objects.get(pk=notice.pk).state == PublicationState.SCHEDULED
    Publication.objects.filter(pk=notice.pk).update(publish_at=timezone.now())
    tasks.publish_due()
    tasks.publish_due()
    notice.refresh_from_db()
    assert notice.state == PublicationState.PUBLISHED
    assert notice.number == f"示应急公告〔{timezone.localdate().year}〕1号"
    assert IssuedDocument.objects.filter(kind="public_notice").count() == 1


def test_publishing_notices_the_tasks_writes_the_letters_and_keeps_the_deadline():
    _, notice = make_published_notice()
    drawn = notice.draw.drawn.count()
    assert Task.objects.filter(drawn__draw=notice.draw, state="noticed").count() == drawn
    assert Letter.objects.filter(publication=notice, issued_at=None).count() == drawn
    deadline = Deadline.objects.get(rule__code="notice.before_visit", subject_key=notice.draw.number)
    assert deadline.kept_on == timezone.localdate()
    assert deadline.missed_at is None


def test_publishing_again_does_nothing():
    _, notice = make_published_notice()
    assert publish_publication(notice.pk, now=timezone.now()) is None
    assert IssuedDocument.objects.filter(kind="public_notice").count() == 1


@pytest.mark.parametrize("change", [{"title": "改"}, {"content": {}}, {"introduction": "改"}, {"published_at": None}])
def test_published_words_stand_even_against_sql(change):
    _, notice = make_published_notice()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=notice.pk).update(**change)


def test_a_publication_is_never_deleted():
    _, notice = make_notice_draft()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=notice.pk).delete()


def test_a_scheduled_notice_can_go_back_with_a_reason():
    county, notice = make_notice_draft()
    approve_publication(notice, by=county.approver, publish_at=timezone.now() + dt.timedelta(days=1))
    with pytest.raises(Refusal, match="原因"):
        return_publication(notice, reason=" ", by=county.approver)
    assert return_publication(notice, reason="日期有误", by=county.approver).state == PublicationState.DRAFTED
    tasks.publish_due()
    assert not Publication.objects.filter(published_at__isnull=False).exists()


@pytest.mark.paper
def test_the_official_paper_holds_the_list():
    _, notice = make_published_notice()
    paper = IssuedDocument.objects.get(kind="public_notice")
    text = "".join(page.extract_text() for page in PdfReader(document_path(paper)).pages).replace("\n", "")
    assert notice.number in text
    assert all(row["name"] in text for row in notice.content["enterprises"])
