"""A row first, delivery after: nothing is lost, nothing is sent twice side by side."""

import contextlib
import datetime as dt
import smtplib
from threading import Thread

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from shuangsuiji.accounts.models import Role
from shuangsuiji.notifications.models import Message
from shuangsuiji.notifications.selectors import unread_count
from shuangsuiji.notifications.services import MOST_ATTEMPTS, deliver_next, notify_role, queue_email, send_again
from shuangsuiji.notifications.tasks import relay_messages
from tests.factories.accounts import UserFactory, person_with


def queue(key="letter:1", **fields):
    fields = {"address": "office@example.invalid", "subject": "通知", **fields}
    context = {"enterprise": {"name": "示范化工有限公司"}, "document": {"number": "示应急检通〔2026〕1号"}}
    queue_email(key=key, template="messages/letter.txt", context=context, **fields)


class DeadServer:
    """A mail server that answers nothing."""

    def __init__(self, *args, **kwargs):
        raise smtplib.SMTPConnectError(421, "closed")


@pytest.mark.django_db
def test_the_same_key_is_one_message():
    queue()
    queue(subject="再来一次")
    assert Message.objects.get().subject == "通知"


@pytest.mark.django_db
def test_a_queued_message_vanishes_with_its_transaction():
    with contextlib.suppress(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_the_relay_sends_what_is_due_once_with_a_stable_message_id():
    queue()
    queue(key="later", not_before=timezone.now() + dt.timedelta(hours=1))
    relay_messages()
    relay_messages()
    sent = Message.objects.get(key="letter:1")
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [f"<{sent.pk}@bureau.invalid>"]
    assert (sent.state, sent.attempt_count) == (Message.State.SENT, 1)


@pytest.mark.django_db
def test_a_dead_server_is_tried_again_later_and_ends_on_the_desk(settings, monkeypatch):
    monkeypatch.setattr(smtplib, "SMTP", DeadServer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    queue()
    for _ in range(MOST_ATTEMPTS):
        Message.objects.update(not_before=timezone.now())
        assert deliver_next(now=timezone.now())
    message = Message.objects.get()
    assert message.state == Message.State.DEAD
    assert "SMTPConnectError" in message.last_error
    send_again(message, by=person_with(Role.CLERK))
    message.refresh_from_db()
    assert (message.state, message.attempt_count) == (Message.State.WAITING, 0)


@pytest.mark.django_db(transaction=True)
def test_relays_side_by_side_send_each_message_once():
    for number in range(12):
        queue(key=f"letter:{number}")
    relays = [Thread(target=_relay_in_thread) for _ in range(4)]
    for relay in relays:
        relay.start()
    for relay in relays:
        relay.join()
    assert len(mail.outbox) == 12
    assert Message.objects.filter(state=Message.State.SENT, attempt_count=1).count() == 12


def _relay_in_thread():
    try:
        relay_messages()
    finally:
        connection.close()


@pytest.mark.django_db
def test_desk_messages_reach_the_holders_of_a_role_and_count_until_read(client):
    clerk, other = person_with(Role.CLERK), UserFactory()
    notify_role(Role.CLERK, key="k", subject="请办理")
    notify_role(Role.CLERK, key="k", subject="请办理")
    assert (unread_count(clerk), unread_count(other)) == (1, 0)
    client.force_login(clerk)
    assert "请办理" in client.get("/desk/inbox/").content.decode()
    client.post("/desk/inbox/read/")
    assert unread_count(clerk) == 0
