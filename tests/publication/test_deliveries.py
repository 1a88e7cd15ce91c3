"""How letters reach enterprises: printed, handed over with a proof, reminded, link stopped and renewed, recusal."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from draws.models import Recusal
from draws.services.recusals import refuse_recusal
from publication import services, tasks
from publication.models import Letter, LetterEvent
from publication.selectors.letters import delivery_story
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.models import Message
from tests.factories.accounts import Role, person_with
from tests.factories.inspections import photo_file
from tests.factories.publication import make_issued_letter, make_published_notice

pytestmark = pytest.mark.django_db


def clerk_of(letter):
    return letter.task.drawn.draw.drafted_by


def served(letter, **changes):
    values = {"kind": "handed", "delivered_at": timezone.now(), "receiver": "李示例", "place": "厂区门卫"}
    values["proof"] = photo_file()
    return services.record_delivery(letter, by=clerk_of(letter), **{**values, **changes})


@pytest.mark.paper
def test_all_letters_of_a_notice_are_one_pdf_and_noted_as_printed(client):
    county, notice = make_published_notice()
    tasks.issue_letters()
    client.force_login(county.clerk)
    response = client.post(reverse("letters_print", args=[notice.pk]))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).replace("\n", "")
    letters = Letter.objects.filter(publication=notice)
    assert all(letter.document.number in text for letter in letters)
    assert LetterEvent.objects.filter(kind="printed").count() == letters.count()


def test_a_letter_handed_over_has_a_proof_and_a_receipt():
    letter = make_issued_letter()
    event = served(letter)
    assert event.receipt.number.endswith(letter.document.number.partition("〔")[2])
    assert event.proof_type == "image/jpeg"
    assert "当面送达" in [row["title"] for row in delivery_story(letter)]
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterEvent.objects.filter(pk=event.pk).update(receiver="别人")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"receiver": ""}, "收件人"),
        ({"proof": None}, "签收照片"),
        ({"kind": "refused", "note": ""}, "拒收的事由"),
        ({"kind": "teleport"}, "送达方式"),
        ({"delivered_at": dt.datetime(2099, 1, 1, tzinfo=dt.UTC)}, "不能晚于现在"),
        ({"proof": SimpleUploadedFile("a.jpg", b"MZ not a picture", content_type="image/jpeg")}, "不是照片"),
    ],
)
def test_a_delivery_that_proves_nothing_is_refused(change, words):
    letter = make_issued_letter()
    with pytest.raises(Refusal, match=words):
        served(letter, **change)
    assert not LetterEvent.objects.exists()
    assert not IssuedDocument.objects.filter(kind="delivery_receipt").exists()


def test_the_desk_keeps_what_was_typed_when_the_proof_is_missing(client):
    letter = make_issued_letter()
    client.force_login(clerk_of(letter))
    given = {"kind": "handed", "delivered_at": "2026-01-05T09:00", "receiver": "李示例", "place": "门卫"}
    page = client.post(reverse("letter_delivery", args=[letter.pk]), given)
    assert page.status_code == 422
    assert "签收照片" in page.content.decode()
    assert "李示例" in page.content.decode()


def test_the_proof_is_saved_not_shown_and_only_to_who_may_know_of_the_check(client):
    letter = make_issued_letter()
    event = served(letter)
    client.force_login(clerk_of(letter))
    response = client.get(reverse("letter_proof", args=[event.pk]))
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    assert response["Content-Disposition"].startswith("attachment")
    client.force_login(person_with(Role.INSPECTOR))
    assert client.get(reverse("letter_proof", args=[event.pk])).status_code == 404


def test_enterprises_that_do_not_confirm_are_reminded_by_the_rule():
    letter = make_issued_letter()
    type(letter.task.enterprise).objects.update(contact_email="office@example.invalid")
    tasks.remind_unconfirmed()
    assert not LetterEvent.objects.filter(kind="reminded").exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        tasks.remind_unconfirmed()
        tasks.remind_unconfirmed()
    reminded = LetterEvent.objects.filter(kind="reminded", letter=letter)
    assert reminded.count() == 1
    mail = Message.objects.get(key=f"letter.reminder:{letter.pk}:1")
    assert letter.token in mail.body
    with time_machine.travel(timezone.now() + dt.timedelta(days=18)):
        tasks.remind_unconfirmed()
    assert reminded.count() == 2


def test_whoever_confirmed_is_left_in_peace():
    letter = make_issued_letter()
    services.confirm_letter(letter, name="李示例", now=timezone.now())
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        tasks.remind_unconfirmed()
    assert not LetterEvent.objects.filter(letter=letter).exists()


def test_a_stopped_link_leads_to_whom_to_ask_and_a_renewed_one_back(client):
    letter = make_issued_letter()
    type(letter.task.enterprise).objects.update(contact_email="office@example.invalid")
    old = letter.token
    with pytest.raises(Refusal, match="原因"):
        services.revoke_letter_link(letter, reason=" ", by=clerk_of(letter))
    services.revoke_letter_link(letter, reason="链接外泄", by=clerk_of(letter))
    page = client.get(f"/letter/{old}/")
    assert page.status_code == 410
    assert "链接已经停用" in page.content.decode()
    renewed = services.renew_letter_link(letter, by=clerk_of(letter))
    replaced = client.get(f"/letter/{old}/")
    assert replaced.status_code == 410
    assert "已经更换" in replaced.content.decode()
    assert client.get(f"/letter/{renewed.token}/").status_code == 200
    assert renewed.token in Message.objects.get(key=f"letter.link:{letter.pk}:1").body


def ask(client, letter, **changes):
    seat = letter.task.drawn.seats.filter(inspector__isnull=False).order_by("seat").first()
    given = {"seat": seat.pk, "reason": "与本单位股东有近亲属关系", "name": "李示例", **changes}
    return seat, client.post(f"/letter/{letter.token}/recusal/", given)


def test_the_enterprise_asks_for_recusal_and_sees_the_heads_answer(client):
    letter = make_issued_letter()
    head = person_with(Role.HEAD)
    seat, response = ask(client, letter)
    ask(client, letter)
    assert response.status_code == 302
    recusal = Recusal.objects.get()
    assert (recusal.inspector, recusal.enterprise) == (seat.inspector, letter.task.enterprise)
    assert recusal.reason == "enterprise_request"
    assert letter.document.number in recusal.source
    assert "等待主要负责人决定" in client.get(f"/letter/{letter.token}/").content.decode()
    assert Message.objects.filter(user=head, subject__contains="回避").exists()
    refuse_recusal(recusal, by=head)
    assert "决定不予回避" in client.get(f"/letter/{letter.token}/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"), [({"reason": ""}, "申请回避的理由"), ({"name": " "}, "申请人姓名"), ({"seat": "999999"}, "")]
)
def test_an_empty_application_says_what_is_missing(client, change, words):
    letter = make_issued_letter()
    _, response = ask(client, letter, **change)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Recusal.objects.exists()


def test_after_the_visit_it_is_too_late_for_recusal(client):
    letter = make_issued_letter()
    type(letter.task).objects.filter(pk=letter.task.pk).update(visited_on=timezone.localdate())
    _, response = ask(client, letter)
    assert response.status_code == 422
    assert "不能再申请回避" in response.content.decode()
