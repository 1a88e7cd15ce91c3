"""Letters: one per enterprise, numbers without gap, read by an unguessable link."""

import datetime as dt
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from publication import tasks
from publication.models import Letter
from publication.selectors.letters import delivery_story
from publication.services import letter_links
from publication.services import letters as letter_services
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.models import Message
from tests.factories.draws import make_county
from tests.factories.publication import make_issued_letter, make_published_notice


@pytest.mark.django_db
def test_every_enterprise_gets_one_letter_with_a_number_of_its_own():
    _, notice = make_published_notice()
    tasks.issue_letters()
    tasks.issue_letters()
    issued = IssuedDocument.objects.filter(kind="inspection_notice")
    assert sorted(issued.values_list("serial", flat=True)) == list(range(1, notice.draw.drawn.count() + 1))


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_leave_no_gap_and_no_twin():
    _, notice = make_published_notice()
    workers = [Thread(target=_work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    serials = IssuedDocument.objects.filter(kind="inspection_notice").values_list("serial", flat=True)
    assert sorted(serials) == list(range(1, notice.draw.drawn.count() + 1))


def _work():
    try:
        tasks.issue_letters()
    finally:
        connection.close()


@pytest.mark.django_db
def test_a_letter_that_cannot_be_issued_is_counted_and_the_others_go_out(monkeypatch):
    _, notice = make_published_notice()
    unlucky = notice.letters.order_by("task__drawn__position").first()
    real = letter_services._letter_context
    broken = lambda letter: 1 / 0 if letter.pk == unlucky.pk else real(letter)  # noqa: E731
    monkeypatch.setattr(letter_services, "_letter_context", broken)
    tasks.issue_letters()
    unlucky.refresh_from_db()
    assert (unlucky.attempt_count, unlucky.issued_at) == (1, None)
    assert "ZeroDivisionError" in unlucky.last_error
    assert Letter.objects.filter(issued_at__isnull=False).count() == notice.draw.drawn.count() - 1


@pytest.mark.django_db
def test_it_is_e_mailed_where_an_address_is_known():
    county = make_county()
    county.enterprises[0].__class__.objects.update(contact_email="office@example.invalid")
    make_published_notice(county)
    tasks.issue_letters()
    message = Message.objects.filter(channel="email").first()
    assert Message.objects.filter(channel="email").count() == Letter.objects.count()
    assert message.link in message.body
    assert message.attachment_paths[0].endswith(".pdf")


@pytest.mark.django_db
def test_the_link_shows_the_letter_and_notes_the_first_opening(client):
    letter = make_issued_letter()
    page = client.get(f"/letter/{letter.token}/")
    assert letter.document.number in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    opened = Letter.objects.get(pk=letter.pk).first_opened_at
    client.get(f"/letter/{letter.token}/")
    assert Letter.objects.get(pk=letter.pk).first_opened_at == opened is not None


@pytest.mark.django_db
def test_the_paper_is_a_pdf(client):
    letter = make_issued_letter()
    response = client.get(f"/letter/{letter.token}/letter.pdf")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


@pytest.mark.django_db
def test_confirming_twice_keeps_the_first_name(client):
    letter = make_issued_letter()
    client.post(f"/letter/{letter.token}/confirm/", {"name": "李示例"})
    client.post(f"/letter/{letter.token}/confirm/", {"name": "别人"})
    letter.refresh_from_db()
    assert letter.confirmed_name == "李示例"
    assert "李示例" in client.get(f"/letter/{letter.token}/").content.decode()


@pytest.mark.django_db
def test_confirming_without_a_name_says_what_is_missing(client):
    letter = make_issued_letter()
    page = client.post(f"/letter/{letter.token}/confirm/", {"name": "  "})
    assert page.status_code == 422
    assert "请填写确认人姓名" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "letter.pdf"])
def test_a_guessed_link_leads_nowhere(client, path):
    make_issued_letter()
    page = client.get(f"/letter/{'A' * 43}/{path}")
    assert page.status_code == 404
    assert "示范第" not in page.content.decode()


@pytest.mark.django_db
def test_an_expired_link_says_whom_to_ask(client):
    letter = make_issued_letter()
    Letter.objects.filter(pk=letter.pk).update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    page = client.get(f"/letter/{letter.token}/")
    assert page.status_code == 410
    assert "链接已经停用" in page.content.decode()


@pytest.mark.django_db
def test_a_renewed_link_stops_the_old_one(client):
    letter = make_issued_letter()
    old = letter.token
    letter_links.renew_letter_link(letter, by=_clerk())
    letter.refresh_from_db()
    gone = client.get(f"/letter/{old}/")
    assert gone.status_code == 410
    assert "通知书链接已经更换" in gone.content.decode()
    assert client.get(f"/letter/{old}/rectification/").status_code == 410
    assert client.get(f"/letter/{letter.token}/").status_code == 200


def _clerk():
    from shuangsuiji.accounts.models import User

    return User.objects.get(username="clerk")


@pytest.mark.django_db
def test_only_a_clerk_renews_links():
    letter = make_issued_letter()
    with pytest.raises(Refusal, match="经办人"):
        letter_links.renew_letter_link(letter, by=letter.publication.approved_by)


@pytest.mark.django_db
def test_what_staff_and_programs_open_is_no_opening(client):
    letter = make_issued_letter()
    address = f"/letter/{letter.token}/"
    client.head(address)
    client.get(address, headers={"sec-purpose": "prefetch;prerender"})
    client.force_login(letter.publication.drafted_by)
    client.get(address)
    letter.refresh_from_db()
    assert letter.first_opened_at is None
    client.logout()
    client.get(address)
    letter.refresh_from_db()
    assert letter.first_opened_at is not None
    [row] = [row for row in delivery_story(letter) if row["title"] == "链接被打开"]
    assert "不作为送达的证明" in row["text"]


@pytest.mark.django_db
def test_the_attachment_is_called_as_the_paper_is():
    county, notice = make_published_notice()
    type(county.enterprises[0]).objects.update(contact_email="office@example.invalid")
    letter = notice.letters.order_by("task__drawn__position").first()
    letter_services.issue_letter(letter.pk, now=timezone.now())
    letter.refresh_from_db()
    message = Message.objects.get(subject_kind="letter", subject_key=str(letter.pk))
    assert message.attachment_names == [f"行政检查通知书{letter.document.number}.pdf"]


@pytest.mark.django_db
def test_a_refused_request_for_recusal_says_so_at_the_top_and_an_accepted_one_too(client):
    letter = make_issued_letter()
    page = client.post(f"/letter/{letter.token}/recusal/", {"reason": "", "name": ""}).content.decode()
    assert page.index("请先改正下面的内容") < page.index("检查安排")
    seat = letter.task.drawn.seats.order_by("seat").first()
    given = {"seat": seat.pk, "reason": "他是我单位负责人的亲属。", "name": "李示例"}
    page = client.post(f"/letter/{letter.token}/recusal/", given, follow=True).content.decode()
    assert page.index("回避申请已收到") < page.index("检查安排")


@pytest.mark.django_db
def test_nobody_signed_in_confirms_for_the_enterprise(client):
    letter = make_issued_letter()
    client.force_login(letter.publication.approved_by)
    answer = client.post(f"/letter/{letter.token}/confirm/", {"name": "企业代签"})
    assert answer.status_code == 403
    assert "不能代替收到链接的人填写" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.confirmed_at is None
