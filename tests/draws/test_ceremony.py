"""The last contribution draws, once, whoever presses at the same moment; the room tells nothing of the texts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from draws.models import Draw, Drawing, WitnessLink
from draws.services import contribute, make_link
from draws.states import DrawState
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make

SECRET_TEXT = "只有我知道的一句话"


@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_last_contributions_give_one_result():
    county = make.make_county()
    draw = make.make_sealed(county)
    contribute(draw.sources.get(kind="account"), text="第一个", by=county.witness)
    source = draw.sources.get(kind="link")

    def post(number: int) -> str:
        try:
            return contribute(source, text=f"内容{number}").text
        except Refusal as refusal:
            return refusal.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(post, range(50)))
    assert len([answer for answer in answers if answer.startswith("内容")]) == 1
    assert Drawing.objects.count() == 1
    assert Draw.objects.get().drawn.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_witnesses_at_the_same_moment_draw_once():
    county = make.make_county()
    draw = make.make_sealed(county)
    pairs = [(source, source.user if source.kind == "account" else None) for source in draw.sources.all()]

    def post(pair) -> None:
        try:
            contribute(pair[0], text="同时", by=pair[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(post, pairs))
    assert Draw.objects.get().state == DrawState.DRAWN


def link_of(draw) -> str:
    """A fresh link for the witness of this draw who has no account."""
    return reverse("witness", args=[make_link(draw.sources.get(kind="link"), by=draw.drafted_by)])


@pytest.fixture
def county(db):
    return make.make_county()


@pytest.fixture
def draw(county):
    return make.make_sealed(county)


def test_a_hook_that_fails_takes_the_whole_draw_back(county, draw, monkeypatch):
    from draws.services import after_drawing

    def fail(draw, *, by):
        raise RuntimeError("the room above is broken")

    monkeypatch.setattr(after_drawing, "_after_drawing", [fail])
    contribute(draw.sources.get(kind="account"), text="1", by=county.witness)
    with pytest.raises(RuntimeError):
        contribute(draw.sources.get(kind="link"), text="2")
    assert Draw.objects.get().state == DrawState.SEALED
    assert not Drawing.objects.exists()
    assert draw.sealed.contributions.count() == 1


def test_the_room_shows_who_has_come_and_nothing_of_what(client, county, draw):
    contribute(draw.sources.get(kind="account"), text=SECRET_TEXT, by=county.witness)
    client.force_login(county.clerk)
    for name in ("ceremony", "ceremony_sources", "screen", "screen_state", "draw_detail"):
        page = client.get(reverse(name, args=[draw.pk]))
        assert page.status_code == 200
        assert SECRET_TEXT not in page.content.decode()
    assert SECRET_TEXT not in client.get(reverse("ledger_entry", args=[draw.number])).content.decode()


def test_a_witness_contributes_by_link_once(client, draw):
    address = link_of(draw)
    assert "投入" in client.get(address).content.decode()
    assert client.post(address, {"text": "骰子 6 6 6"}).status_code == 302
    assert "已收到您的内容" in client.get(address).content.decode()
    assert "不能重复投入" in client.post(address, {"text": "骰子 1 1 1"}).content.decode()


def test_an_empty_text_gives_a_sentence(client, draw):
    page = client.post(link_of(draw), {"text": "   "})
    assert "不能为空" in page.content.decode()


def test_a_guessed_link_is_404_with_a_sentence(client, draw):
    page = client.get(reverse("witness", args=["A" * 43]))
    assert page.status_code == 404
    assert "请重新扫描" in page.content.decode()


def test_only_the_named_account_may_open_its_page(client, county, draw):
    address = reverse("draw_contribute", args=[draw.pk, draw.sources.get(kind="account").pk])
    client.force_login(county.head)
    assert client.get(address).status_code == 404
    client.force_login(county.witness)
    assert client.post(address, {"text": "掷出 3 1 6"}).status_code == 302


def test_a_link_is_shown_once_to_the_clerk_who_made_it(client, county, draw):
    room = reverse("ceremony", args=[draw.pk])
    source = draw.sources.get(kind="link")
    client.force_login(county.clerk)
    first = client.post(reverse("draw_link", args=[draw.pk, source.pk]), follow=True).content.decode()
    assert "/witness/" in first
    assert "/witness/" not in client.get(room).content.decode()
    assert WitnessLink.objects.get(source=source).token_hash not in first
    client.force_login(county.head)
    assert "/witness/" not in client.get(room).content.decode()
    assert client.post(reverse("draw_link", args=[draw.pk, source.pk])).status_code == 403


def test_a_new_link_revokes_the_old_one(client, county, draw):
    old, new = link_of(draw), link_of(draw)
    assert client.get(old).status_code == 404
    assert client.post(old, {"text": "骰子"}).status_code == 404
    assert client.get(new).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        WitnessLink.objects.filter(revoked_at__isnull=False).update(revoked_at=None)


def test_no_link_is_made_for_somebody_who_has_come(county, draw):
    source = draw.sources.get(kind="link")
    contribute(source, text="骰子 1")
    with pytest.raises(Refusal, match="已经投入"):
        make_link(source, by=county.clerk)


def test_sealing_asks_for_the_password(client, county):
    approved = make.make_approved(county)
    client.force_login(county.clerk, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("draw_seal", args=[approved.pk])
    assert "密码不正确" in client.post(address, {"password": "wrong"}).content.decode()
    page = client.post(address, {"password": make.PASSWORD}, follow=True).content.decode()
    assert page.count("见证人的一次性链接") == 1
    assert Draw.objects.get(pk=approved.pk).state == DrawState.SEALED
    again = client.post(address, {"password": make.PASSWORD}, follow=True)
    assert "已经封存" in again.content.decode()


def test_going_back_after_sealing_gives_a_sentence(client, county, draw):
    client.force_login(county.clerk)
    page = client.post(reverse("draw_step", args=[draw.pk, "strata"]), {"take-1-C": "9"}, follow=True)
    assert "已经封存" in page.content.decode()


def test_nobody_signed_in_contributes_by_the_link_of_a_witness(client, draw, county):
    client.force_login(county.clerk)
    answer = client.post(link_of(draw), {"text": "经办人自己投"})
    assert answer.status_code == 403
    assert not draw.sources.filter(contribution__isnull=False, kind="link").exists()
