"""Pushing to the provincial platform, against a real server on this machine."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from publication.models import PlatformPush
from publication.platform import signature
from publication.services.pushing import MOST_ATTEMPTS, push_again, push_next
from publication.tasks import push_due
from shuangsuiji.lib.errors import Refusal
from tests.factories.publication import make_published_notice, withdraw

pytestmark = pytest.mark.django_db
KEY = "a-key-agreed-with-the-province"


class Platform:
    """Takes what it is sent, or answers as told."""

    def __init__(self):
        self.taken, self.answers = [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = outer.answers.pop(0) if outer.answers else 200
                outer.taken.append((status, dict(self.headers), body))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/receive?from=county"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def documents(self):
        return [json.loads(body) for _, _, body in self.taken]


@pytest.fixture
def platform(settings):
    server = Platform()
    settings.PLATFORM_URL, settings.PLATFORM_KEY = server.url, KEY
    yield server
    server.stop()


def test_without_an_address_nothing_is_queued():
    make_published_notice()
    assert not PlatformPush.objects.exists()


def test_a_publication_arrives_signed_and_once(platform):
    _, notice = make_published_notice()
    push_due()
    push_due()
    ((_, headers, body),) = platform.taken
    assert headers["X-Signature"] == signature(body, timestamp=int(headers["X-Timestamp"]), key=KEY)
    assert headers["Idempotency-Key"] == str(PlatformPush.objects.get().pk)
    document = json.loads(body)
    assert (document["sha256"], document["state"], document["number"]) == (notice.sha256, "published", notice.number)
    assert document["content"]["enterprises"] == notice.content["enterprises"]


def test_a_withdrawal_arrives_without_the_words(platform):
    county, notice = make_published_notice()
    push_due()
    withdraw(notice, reason="名单有误", asked_by=county.clerk, by=county.approver)
    push_due()
    last = platform.documents[-1]
    assert (last["state"], last["reason"]) == ("withdrawn", "名单有误")
    assert not {"title", "content", "introduction", "url"} & set(last)


def test_a_row_that_waited_too_long_tells_of_the_withdrawal_only(platform):
    county, notice = make_published_notice()
    withdraw(notice, reason="名单有误", asked_by=county.clerk, by=county.approver)
    push_due()
    assert [one["state"] for one in platform.documents] == ["withdrawn", "withdrawn"]


@pytest.mark.parametrize("status", [302, 400, 401, 500, 503])
def test_anything_but_yes_is_tried_again_later(platform, status):
    platform.answers = [status]
    make_published_notice()
    push_due()
    push = PlatformPush.objects.get()
    assert (push.state, push.attempt_count, str(status) in push.last_error) == ("waiting", 1, True)
    assert push.not_before > timezone.now()
    assert push_next(now=push.not_before)
    push.refresh_from_db()
    assert (push.state, len(platform.taken)) == ("sent", 2)


def test_what_is_there_already_counts_as_taken(platform):
    platform.answers = [409]
    make_published_notice()
    push_due()
    assert PlatformPush.objects.get().state == "sent"


def test_a_platform_that_is_away_ends_in_a_dead_letter_that_a_person_revives(platform, settings, client):
    county, _ = make_published_notice()
    settings.PLATFORM_URL = "http://127.0.0.1:9/receive"
    for number in range(MOST_ATTEMPTS):
        assert push_next(now=timezone.now() + timedelta(days=number + 1))
    push = PlatformPush.objects.get()
    assert push.state == "dead"
    assert not push_next(now=timezone.now() + timedelta(days=99))
    client.force_login(county.clerk)
    assert "推送失败" in client.get("/desk/platform/").content.decode()
    settings.PLATFORM_URL = platform.url
    client.post(f"/desk/platform/{push.pk}/again/")
    push_due()
    push.refresh_from_db()
    assert push.state == "sent"


def test_only_a_clerk_sends_again(platform):
    county, _ = make_published_notice()
    with pytest.raises(Refusal):
        push_again(PlatformPush.objects.get(), by=county.approver)


def test_the_desk_says_that_pushing_is_off(client):
    county, _ = make_published_notice()
    client.force_login(county.clerk)
    assert "推送没有开启" in client.get("/desk/platform/").content.decode()
