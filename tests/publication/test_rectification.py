"""整改报告: the enterprise reports through its link; officers are told and come by a day; nothing strange is kept."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from inspections import services
from inspections.models import Proposal, RectificationPhoto, RectificationReport
from publication.models import Letter
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.models import Deadline
from shuangsuiji.notifications.models import Message
from tests.factories.inspections import make_reviewed, photo_file, put_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def check():
    return make_reviewed(failed=2)


@pytest.fixture
def letter(check):
    document = IssuedDocument.objects.get(kind="inspection_notice", subject_key=str(check.task.pk))
    expires = timezone.localdate() + datetime.timedelta(days=90)
    return Letter.objects.create(
        task=check.task, token="t" * 43, document=document, issued_at=timezone.now(), expires_on=expires
    )


def report(client, letter, point, **changes):
    data = {
        f"done-{point.pk}": "已补足沙。",
        "reporter_name": "李示例",
        f"photos-{point.pk}": [photo_file()],
        **changes,
    }
    return client.post(reverse("letter_rectification", args=[letter.token]), data)


def first_point(check):
    return check.task.orders.get().points.order_by("rectify_by", "id").first()


def test_it_keeps_words_and_photos_and_tells_the_officers(client, check, letter):
    response = report(client, letter, first_point(check))

    assert response.status_code == 302
    kept = RectificationReport.objects.get()
    assert (kept.done, kept.reporter_name, kept.photos.count()) == ("已补足沙。", "李示例", 1)
    told = Message.objects.filter(subject__contains="企业已填报整改情况")
    assert {check.lead, check.second, check.clerk} <= {message.user for message in told}


def test_the_reinspection_becomes_due_ten_days_after_the_first_report(client, check, letter):
    report(client, letter, first_point(check))

    deadline = Deadline.objects.get(rule__code="reinspection.after_request")
    assert deadline.starts_on == timezone.localdate()
    put_right(check)
    deadline.refresh_from_db()
    assert deadline.kept_on == timezone.localdate()


def test_the_same_report_again_is_one(client, check, letter):
    for _ in range(2):
        report(client, letter, first_point(check))

    assert RectificationReport.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"reporter_name": ""}, "填报人姓名"), ({"done": " "}, "至少填写一项")],
    ids=["nobody", "nothing"],
)
def test_what_is_missing_is_said_and_the_words_stay(client, check, letter, changes, words):
    point = first_point(check)
    given = {f"done-{point.pk}": changes.get("done", "已补足沙。"), **changes}

    response = report(client, letter, point, **given)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_what_is_no_photo_is_refused_and_nothing_is_kept(client, check, letter):
    point = first_point(check)
    strange = SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", content_type="image/jpeg")

    response = report(client, letter, point, **{f"photos-{point.pk}": [strange]})

    assert "这不是照片" in response.content.decode()
    assert not RectificationReport.objects.exists()
    assert not RectificationPhoto.objects.exists()


def test_a_wrong_link_leads_nowhere(client, check):
    assert client.get(reverse("letter_rectification", args=["x" * 43])).status_code == 404


def test_after_the_reinspection_there_is_nothing_to_report(client, check, letter):
    put_right(check)

    html = client.get(reverse("letter_rectification", args=[letter.token])).content.decode()

    assert "现在没有需要填报的整改事项" in html


def test_officers_see_what_was_reported_and_its_photo_without_exif(client, check, letter):
    report(client, letter, first_point(check))
    client.force_login(check.lead)

    html = client.get(reverse("task_rectification", args=[check.task.pk])).content.decode()
    photo = client.get(reverse("rectification_photo", args=[RectificationPhoto.objects.get().pk]))

    assert "已补足沙。" in html
    assert b"Exif" not in b"".join(photo.streaming_content)
    photo.close()


def test_done_in_time_is_not_overdue(client, check, letter):
    for point in check.task.orders.get().points.all():
        report(client, letter, point)
    late = timezone.localdate() + datetime.timedelta(days=30)

    assert services.propose_overdue(today=late) == 0
    assert not Proposal.objects.exists()


def test_a_report_stands(client, check, letter):
    report(client, letter, first_point(check))

    with pytest.raises(ProgrammingError), transaction.atomic():
        RectificationReport.objects.update(done="没改")
