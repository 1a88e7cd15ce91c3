"""A public event as a source: named beforehand, entered by two people, counted only when both say the same."""

from __future__ import annotations

import datetime
import json
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils import timezone

from draws.drand import GENESIS, beacon_text, fetch_round, round_at
from draws.models import Draw, EventEntry
from draws.selectors import public_record
from draws.services import SourceWanted, contribute, enter_event, seal_draw, submit_draw, withdraw_event
from draws.services.events import ssq_text
from draws.states import DrawState
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make

pytestmark = pytest.mark.django_db
SAID = "收盘三千一百点"
BALLS = "03 08 15 21 26 33 07"
SIGNATURE = "ab" * 48
RANDOMNESS = sha256(bytes.fromhex(SIGNATURE)).hexdigest()


@pytest.fixture
def county():
    return make.make_county()


def sources(county, *, event: str = "ssq", hours: int = 2, **more) -> list[SourceWanted]:
    when = timezone.now() + datetime.timedelta(hours=hours)
    named = {"name": "", "kind": "event", "event": event, "issue": "2026135", "published_at": when, **more}
    return [SourceWanted(name="纪检监察", kind="account", user=county.witness), SourceWanted(**named)]


@pytest.fixture
def draw(county):
    return make.make_sealed(county, sources=sources(county))


def event_of(draw):
    return draw.sources.get(kind="event")


def after(source) -> datetime.datetime:
    return source.published_at + datetime.timedelta(minutes=1)


def test_which_event_it_will_be_is_in_the_sealed_record(draw):
    content = json.loads(draw.sealed.record)
    assert content["sources"] == ["纪检监察", "双色球2026135期"]
    assert any("双色球第 2026135 期开奖号码" in rule for rule in content["about"]["rules"])


def test_two_people_enter_the_same_and_it_counts(county, draw):
    source = event_of(draw)
    contribute(draw.sources.get(kind="account"), text="骰子", by=county.witness)
    enter_event(source, text="3、8、15、21、26、33 + 7", by=county.clerk, now=after(source))
    assert Draw.objects.get().state == DrawState.SEALED
    enter_event(source, text=BALLS, by=county.approver, now=after(source))
    assert Draw.objects.get().state == DrawState.DRAWN
    assert public_record(Draw.objects.get())["contributions"][1] == {"source": "双色球2026135期", "text": BALLS}


def test_one_person_twice_is_still_one_person(county, draw):
    source = event_of(draw)
    for _ in range(2):
        enter_event(source, text=BALLS, by=county.clerk, now=after(source))
    assert not draw.sealed.contributions.exists()
    with pytest.raises(Refusal, match="先撤回"):
        enter_event(source, text="1 2 3 4 5 6 7", by=county.clerk, now=after(source))


def test_different_values_count_for_nothing_until_one_withdraws(county, draw):
    source = event_of(draw)
    enter_event(source, text="1 2 3 4 5 6 7", by=county.clerk, now=after(source))
    with pytest.raises(Refusal, match="不一致"):
        enter_event(source, text=BALLS, by=county.approver, now=after(source))
    with pytest.raises(Refusal, match="录入人本人"):
        withdraw_event(source, by=county.approver)
    withdraw_event(source, by=county.clerk)
    enter_event(source, text=BALLS, by=county.approver, now=after(source))
    enter_event(source, text=BALLS, by=county.clerk, now=after(source))
    assert draw.sealed.contributions.get().text == BALLS


def test_nothing_is_entered_before_it_is_published(county, draw):
    with pytest.raises(Refusal, match="才公布"):
        enter_event(event_of(draw), text=BALLS, by=county.clerk)


def test_the_clerk_alone_cannot_contribute_for_an_event(county, draw):
    with pytest.raises(Refusal, match="两个人分别录入"):
        contribute(event_of(draw), text=BALLS, by=county.clerk)


def test_an_event_that_is_known_already_is_refused(county):
    draft = make.make_draft(county, sources=sources(county, hours=-1))
    with pytest.raises(Refusal, match="已经公布"):
        submit_draw(draft, by=county.clerk)


def test_an_event_known_at_the_sealing_is_refused(county):
    draw = make.make_approved(county, sources=sources(county))
    with pytest.raises(Refusal, match="已经公布"):
        seal_draw(draw, by=county.clerk, now=timezone.now() + datetime.timedelta(hours=3))


@pytest.mark.parametrize(
    ("given", "why"),
    [({"issue": "135"}, "7 位数字"), ({"published_at": None}, "公布时间")],
)
def test_an_event_is_named_whole(county, given, why):
    with pytest.raises(Refusal, match=why):
        make.make_draft(county, sources=sources(county, **given))


@pytest.mark.parametrize("text", ["1 2 3", "1 2 3 4 5 34 1", "1 1 2 3 4 5 6", "1 2 3 4 5 6 17", "八"])
def test_numbers_that_cannot_be_drawn_are_refused(text):
    with pytest.raises(Refusal):
        ssq_text(text)


def test_a_round_of_drand_is_fixed_by_its_time(county):
    when = datetime.datetime.fromtimestamp(GENESIS + 10, datetime.UTC)
    assert round_at(when) == 5
    draw = make.make_draft(county, sources=sources(county, event="drand", issue=""))
    source = draw.sources.get(kind="event")
    assert source.issue == str(round_at(source.published_at))
    assert source.name == f"drand第{source.issue}轮"


def test_a_round_is_taken_only_whole_and_genuine():
    whole = f"5 {RANDOMNESS} {SIGNATURE}"
    pasted = json.dumps({"round": 5, "randomness": RANDOMNESS, "signature": SIGNATURE})
    assert beacon_text(pasted, issue="5") == whole
    assert beacon_text(f"{RANDOMNESS.upper()} / {SIGNATURE}", issue="5") == whole
    with pytest.raises(Refusal, match="第 5 轮"):
        beacon_text(pasted, issue="6")
    with pytest.raises(Refusal, match="对不上"):
        beacon_text(f"{'0' * 64} {SIGNATURE}", issue="5")
    for text in ("", "{", "[1]", RANDOMNESS):
        with pytest.raises(Refusal, match="请粘贴"):
            beacon_text(text, issue="5")


def test_nothing_is_fetched_unless_the_setting_allows_it(settings):
    assert settings.DRAND_URL == ""
    with pytest.raises(Refusal, match="没有开通"):
        fetch_round("5")


def test_a_beacon_out_of_reach_is_a_sentence(settings):
    settings.DRAND_URL = "https://127.0.0.1:9"
    with pytest.raises(Refusal, match="连不上"):
        fetch_round("5")


def test_the_pages_take_it_from_two_people_and_show_neither_to_the_other(client, county):
    # Not digits: the page has addresses with any of them.
    given = sources(county, event="other", name="某日公布的指数", hours=1)
    draw = make.make_sealed(county, sources=given)
    source = event_of(draw)
    Draw.objects.filter(pk=draw.pk).exists()
    address = reverse("draw_contribute", args=[draw.pk, source.pk])
    client.force_login(county.clerk)
    assert "才公布" in client.post(address, {"text": SAID}).content.decode()
    enter_event(source, text=SAID, by=county.clerk, now=after(source))
    assert SAID in client.get(address).content.decode()
    client.force_login(county.approver)
    page = client.get(address).content.decode()
    assert "已经录入" in page
    assert SAID not in page
    assert SAID not in client.get(reverse("ceremony", args=[draw.pk])).content.decode()
    client.force_login(county.clerk)
    client.post(reverse("event_withdraw", args=[draw.pk, source.pk]))
    assert EventEntry.objects.get().withdrawn_at is not None


def test_the_wizard_takes_an_event(client, county):
    draw = make.make_draft(county)
    client.force_login(county.clerk)
    at = timezone.localtime(timezone.now() + datetime.timedelta(days=2))
    given = {
        "carry_out_by": draw.carry_out_by,
        "name-1": "企业代表",
        "kind-1": "link",
        "event-1": "ssq",
        "issue-1": "20",
        "at-1": f"{at:%Y-%m-%dT%H:%M}",
    }
    address = reverse("draw_step", args=[draw.pk, "witnesses"])
    assert "7 位数字" in client.post(address, given).content.decode()
    assert client.post(address, given | {"issue-1": "2026136"}).status_code == 302
    assert event_of(draw).name == "双色球2026136期"
    assert "2026136" in client.get(address).content.decode()
