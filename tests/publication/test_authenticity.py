"""Anybody can compute again what was published, and when."""

import hashlib
import json

import pytest
import time_machine
from django.utils import timezone

from shuangsuiji.audit.models import DayLeaf
from shuangsuiji.audit.services import note_days_before
from tests.factories.publication import make_notice_draft, make_public_result, make_published_notice, withdraw

pytestmark = pytest.mark.django_db


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def test_the_content_behind_the_hash_can_be_fetched(client):
    _, notice = make_published_notice()
    content = client.get(f"/authenticity/{notice.slug}/content.json").content
    assert sha256(content) == notice.sha256
    assert json.loads(content)["title"] == notice.title


def test_the_event_in_the_chain_names_the_hash_and_proves_itself(client):
    _, result = make_public_result()
    page = client.get(f"/authenticity/{result.slug}/").content.decode()
    event = client.get(f"/authenticity/{result.slug}/event.json").content
    assert f'data-expected="{sha256(event)}"' in page
    assert json.loads(event)["detail"]["sha256"] == result.sha256


def test_the_day_binds_the_event_and_the_day_before(client):
    with time_machine.travel("2026-03-02T01:00:00Z", tick=True):
        county, notice = make_published_notice()
    with time_machine.travel("2026-03-03T01:00:00Z", tick=True):
        withdraw(notice, reason="有误", asked_by=notice.drafted_by, by=notice.approved_by)
        _, second = make_published_notice(county)
    with time_machine.travel("2026-03-04T01:00:00Z", tick=True):
        note_days_before(timezone.localdate())
    first_day, second_day = DayLeaf.objects.order_by("on")
    text = client.get("/authenticity/days/2026-03-03.txt").content
    assert sha256(text) == second_day.digest
    assert f"previous {first_day.digest}" in text.decode()
    event = client.get(f"/authenticity/{second.slug}/event.json").content
    assert f"{sha256(event)}\n" in text.decode()
    page = client.get("/authenticity/").content.decode()
    assert "2026-03-03.txt" in page
    assert second_day.digest[:4] in page


def test_a_withdrawn_text_keeps_its_proof_without_its_words(client):
    _, notice = make_published_notice()
    withdraw(notice, reason="有误", asked_by=notice.drafted_by, by=notice.approved_by)
    page = client.get(f"/authenticity/{notice.slug}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert notice.sha256[:4] in text
    assert "已撤回" in text
    assert notice.title not in text
    for tail in ("content.json", "event.json"):
        assert client.get(f"/authenticity/{notice.slug}/{tail}").status_code == 410


def test_a_draft_proves_nothing(client):
    _, notice = make_notice_draft()
    for tail in ("", "content.json", "event.json"):
        assert client.get(f"/authenticity/{notice.slug}/{tail}").status_code == 404


@pytest.mark.parametrize("day", ["2026-03-03", "2026-13-40", "heute", "2026-3-3"])
def test_a_day_without_a_leaf_is_not_there(client, day):
    assert client.get(f"/authenticity/days/{day}.txt").status_code == 404
