"""Letters from outside: a receipt, an answer, nothing public without review, and nobody sees who need not."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.feedback import services
from shuangsuiji.feedback.models import Feedback
from shuangsuiji.feedback.selectors import visible_to
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.models import Message
from tests.factories.accounts import Role, person_with

pytestmark = pytest.mark.django_db
LETTER = {"kind": "opinion", "about": "", "text": "公告里的日期看不清。", "name": "李示例", "contact": "13800000000"}


def write(client, **changes):
    return client.post("/feedback/", {**LETTER, "website": "", **changes})


def make_letter(**changes):
    values = {**LETTER, "address": "127.0.0.9", "trap": "", "now": timezone.now(), **changes}
    return services.receive_feedback(**values)


def make_answered(**changes):
    letter, clerk = make_letter(**changes), person_with(Role.CLERK)
    services.assign_feedback(letter, handler=clerk, by=clerk, now=timezone.now())
    return services.answer_feedback(letter, answer="已改正。", by=clerk, now=timezone.now()), clerk


def test_a_letter_gets_a_receipt_that_shows_the_answer_and_nothing_of_the_sender(client):
    answer = write(client)
    letter = Feedback.objects.get()
    assert answer["Location"] == f"/feedback/receipt/{letter.number}/"
    assert re.fullmatch(r"FK\d{4}(-[2-9A-HJ-NP-TV-Z]{4}){3}", letter.number)
    clerk = person_with(Role.CLERK)
    services.assign_feedback(letter, handler=clerk, by=clerk, now=timezone.now())
    services.answer_feedback(letter, answer="字号已放大。", by=clerk, now=timezone.now())
    page = client.get(answer["Location"])
    text = page.content.decode()
    assert "字号已放大" in text
    for secret in (LETTER["text"], LETTER["name"], LETTER["contact"], clerk.name):
        assert secret not in text
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("typed", [str.lower, lambda n: n.replace("-", ""), lambda n: f" {n} "])
def test_a_receipt_is_read_as_people_type_it(client, typed):
    letter = make_letter()
    assert letter.number in client.post("/feedback/status/", {"number": typed(letter.number)})["Location"]


@pytest.mark.parametrize(
    ("typed", "words"), [("", "请填写受理号"), ("123", "FK 加年份"), ("FK2026-AAAA-AAAA-AAAA", "没有这个受理号")]
)
def test_a_wrong_receipt_gets_a_sentence(client, typed, words):
    answer = client.post("/feedback/status/", {"number": typed})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_letter_without_words_keeps_what_was_typed(client):
    answer = write(client, text="", about="示应急检查〔2026〕1号")
    assert answer.status_code == 422
    assert "请写明您的意见" in answer.content.decode()
    assert "示应急检查〔2026〕1号" in answer.content.decode()


def test_a_filled_trap_is_refused_in_words(client):
    answer = write(client, website="http://spam.invalid")
    assert (answer.status_code, Feedback.objects.count()) == (400, 0)
    assert "应当留空" in answer.content.decode()


def test_one_address_sends_only_so_many_letters_an_hour(client, settings):
    assert settings.MOST_FEEDBACK_AN_HOUR >= 20, "a township may share one address"
    settings.MOST_FEEDBACK_AN_HOUR = 2
    for number in range(2):
        assert write(client, text=f"第{number}件").status_code == 302
    answer = write(client, text="第三件")
    assert (answer.status_code, Feedback.objects.count()) == (429, 2)
    assert answer.headers["Retry-After"] == "3600"
    assert "第三件" in answer.content.decode()
    assert "请过一小时再写" in answer.content.decode()


def test_pressing_twice_is_one_letter(client):
    assert write(client)["Location"] == write(client)["Location"]


def test_the_address_is_kept_as_a_key_only(client):
    write(client)
    letter = Feedback.objects.get()
    assert len(letter.source_key) == 64
    assert "127.0.0.1" not in str(vars(letter))


def test_a_complaint_passes_the_clerks_by():
    complaint, opinion = make_letter(kind="complaint"), make_letter(kind="opinion")
    roles = (Role.CLERK, Role.SUPERVISOR, Role.HEAD, Role.APPROVER)
    seen = {role: set(visible_to(person_with(role))) for role in roles}
    assert seen == {
        Role.CLERK: {opinion},
        Role.SUPERVISOR: {complaint},
        Role.HEAD: {complaint, opinion},
        Role.APPROVER: set(),
    }


def test_the_message_to_the_desk_holds_no_word_of_the_letter():
    supervisor = person_with(Role.SUPERVISOR)
    make_letter(kind="complaint")
    (message,) = Message.objects.filter(user=supervisor)
    assert LETTER["text"] not in message.subject + message.body


def test_a_complaint_is_not_handed_to_a_clerk():
    letter, head = make_letter(kind="complaint"), person_with(Role.HEAD)
    with pytest.raises(Refusal, match="监督员或主要负责人"):
        services.assign_feedback(letter, handler=person_with(Role.CLERK), by=head, now=timezone.now())


def test_only_the_handler_sees_who_wrote_and_every_look_is_recorded(client):
    letter, clerk, other = make_letter(), person_with(Role.CLERK), person_with(Role.CLERK)
    services.assign_feedback(letter, handler=clerk, by=clerk, now=timezone.now())
    client.force_login(other)
    page = client.get(f"/desk/feedback/{letter.pk}/").content.decode()
    assert LETTER["text"] in page
    assert LETTER["contact"] not in page
    assert client.post(f"/desk/feedback/{letter.pk}/contact/").status_code == 403
    client.force_login(clerk)
    assert LETTER["contact"] not in client.get(f"/desk/feedback/{letter.pk}/").content.decode()
    assert LETTER["contact"] in client.post(f"/desk/feedback/{letter.pk}/contact/").content.decode()
    assert AuditEvent.objects.filter(action="feedback.contact_revealed").count() == 1


def test_the_trail_names_no_sender_and_no_word():
    make_answered()
    trail = str([vars(event) for event in AuditEvent.objects.all()])
    for secret in (LETTER["text"], LETTER["name"], LETTER["contact"]):
        assert secret not in trail


def test_somebody_else_approves_what_becomes_public(client):
    letter, clerk = make_answered()
    services.propose_selection(letter, question="日期在哪里？", answer="已放大。", by=clerk)
    assert "日期在哪里" not in client.get("/feedback/").content.decode()
    with pytest.raises(Refusal):
        services.publish_selection(letter, by=clerk, now=timezone.now())
    services.publish_selection(letter, by=person_with(Role.APPROVER), now=timezone.now())
    page = client.get("/feedback/").content.decode()
    assert "日期在哪里" in page
    assert LETTER["text"] not in page


def test_an_approver_sees_the_selected_words_and_not_the_letter(client):
    letter, clerk = make_answered()
    services.propose_selection(letter, question="日期在哪里？", answer="已放大。", by=clerk)
    client.force_login(person_with(Role.APPROVER))
    page = client.get(f"/desk/feedback/{letter.pk}/").content.decode()
    assert "日期在哪里" in page
    assert LETTER["text"] not in page


def test_an_answer_is_given_once():
    letter, clerk = make_answered()
    with pytest.raises(Refusal):
        services.answer_feedback(letter, answer="再答。", by=clerk, now=timezone.now())


def test_senders_are_forgotten_half_a_year_after_the_answer():
    letter, _ = make_answered()
    assert services.forget_senders(now=timezone.now() + timedelta(days=179)) == 0
    assert services.forget_senders(now=timezone.now() + timedelta(days=181)) == 1
    letter.refresh_from_db()
    assert (letter.name, letter.contact, letter.source_key, letter.text) == ("", "", "", LETTER["text"])


def test_a_letter_is_neither_rewritten_nor_deleted():
    letter = make_letter()
    for change in (
        lambda: Feedback.objects.filter(pk=letter.pk).update(text="别的"),
        lambda: Feedback.objects.filter(pk=letter.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "change", [{"state": "answered"}, {"answer": "有"}, {"state": "assigned"}, {"public_at": timezone.now()}]
)
def test_the_database_refuses_half_a_step(change):
    letter = make_letter()
    with pytest.raises(DatabaseError), transaction.atomic():
        Feedback.objects.filter(pk=letter.pk).update(**change)


class RandomInput(TestCase):
    """Whatever is typed into the public forms, the answer is a page."""

    anything = st.text(max_size=80) | st.sampled_from(["opinion", "complaint", "' OR 1=1", "\x00", "<p>", "９" * 50])

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries(dict.fromkeys((*LETTER, "website"), anything)))
    def test_the_feedback_form(self, values):
        assert self.client.post("/feedback/", values).status_code < 500

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(anything)
    def test_the_receipt_form(self, value):
        assert self.client.post("/feedback/status/", {"number": value}).status_code < 500
        assert self.client.get("/feedback/receipt/x/", {"number": value}).status_code < 500
