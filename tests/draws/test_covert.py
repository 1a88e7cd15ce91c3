"""A covert draw under way: its names are nowhere but before the people named for it."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from draws.models import DrawnEnterprise
from draws.policies import may_see_names
from draws.selectors import visible_to
from draws.services import create_draw, open_envelope, update_draw
from tests.factories import draws as make

pytestmark = pytest.mark.django_db
TITLE = "暗查示范第一化工有限公司"


@pytest.fixture
def county():
    return make.make_county()


@pytest.fixture
def draw(county):
    return make.make_drawn(county, mode="covert", title=TITLE)


def names_of(draw) -> list[str]:
    return [row.enterprise.name for row in DrawnEnterprise.objects.filter(draw=draw).select_related("enterprise")]


def leaks(page, draw) -> list[str]:
    text = page.content.decode()
    return [word for word in (TITLE, *names_of(draw)) if word in text]


PUBLIC = ("ledger_entry", "ledger_sealed", "ledger_record", "ledger_envelopes")


def test_no_public_page_names_an_enterprise(client, draw):
    pages = [client.get(reverse(name, args=[draw.number])) for name in PUBLIC] + [client.get(reverse("ledger"))]
    assert [leaks(page, draw) for page in pages] == [[]] * 5


def test_the_full_record_is_404_with_a_sentence(client, draw):
    page = client.get(reverse("ledger_record", args=[draw.number]))
    assert page.status_code == 404
    assert "名单尚未公开" in page.content.decode()


def test_the_envelopes_are_public_and_still_closed(client, draw):
    answer = client.get(reverse("ledger_envelopes", args=[draw.number])).json()
    assert len(answer["envelopes"]) == 4
    assert answer["openings"] == []


@pytest.mark.parametrize("who", ["head", "witness"])
def test_people_not_named_do_not_see_it(client, county, draw, who):
    user = getattr(county, who)
    client.force_login(user)
    assert leaks(client.get(reverse("draw_list")), draw) == [] or who == "witness"
    page = client.get(reverse("draw_detail", args=[draw.pk]))
    assert not set(names_of(draw)) & set(leaks(page, draw))
    assert not may_see_names(user, draw)


def test_an_outsider_does_not_know_of_it(client, county, draw):
    other = make.make_user("other", "clerk")
    assert draw not in visible_to(other)
    client.force_login(other)
    for name in ("draw_detail", "ceremony", "screen", "draw_seal"):
        assert client.get(reverse(name, args=[draw.pk])).status_code == 404


def test_its_drafter_sees_it_and_the_reading_is_noted(client, county, draw):
    from shuangsuiji.audit.models import AuditEvent

    client.force_login(county.clerk)
    page = client.get(reverse("draw_detail", args=[draw.pk]))
    assert set(names_of(draw)) <= set(leaks(page, draw))
    assert AuditEvent.objects.filter(action="draw.names_read", actor_name=county.clerk.name).exists()


def test_a_cleared_person_sees_it(county):
    draw = make.make_drawn(county, mode="covert", title=TITLE, cleared_people=[county.head])
    assert may_see_names(county.head, draw)


def test_the_projector_shows_no_name(client, county, draw):
    client.force_login(county.clerk)
    assert leaks(client.get(reverse("screen", args=[draw.pk])), draw) == []


def test_the_same_search_finds_the_names_after_opening(client, draw):
    for row in DrawnEnterprise.objects.filter(draw=draw):
        open_envelope(row, by=None)
    page = client.get(reverse("ledger_entry", args=[draw.number]))
    assert set(names_of(draw)) <= set(leaks(page, draw))


def test_an_unopened_covert_draw_leaves_no_gap_in_a_pool_by_recent_checks(county, draw):
    from draws.rules import PoolRules

    rules = PoolRules(months_unchecked=6)
    pool = make.make_sealed(county, rules=rules).sealed.leaves
    assert set(DrawnEnterprise.objects.filter(draw=draw).values_list("enterprise__credit_code", flat=True)) <= set(
        pool.values_list("credit_code", flat=True)
    )


def test_the_day_by_which_it_is_drawn_says_nothing_of_its_visits(county):
    today = timezone.localdate()
    for days in (3, 20, 40):
        begin = today + datetime.timedelta(days=days)
        draw = create_draw(
            by=county.clerk, title=f"夜间作业专项{days}", mode="covert", visits_from=begin, visits_to=begin
        )
        assert draw.carry_out_by in (today, today + datetime.timedelta(days=7))
        assert draw.carry_out_by < begin


def test_a_draft_that_turns_covert_forgets_a_day_counted_from_its_visits(county):
    begin = timezone.localdate() + datetime.timedelta(days=40)
    draw = create_draw(by=county.clerk, title="夜间作业专项", mode="notified", visits_from=begin, visits_to=begin)
    assert draw.carry_out_by == begin
    assert update_draw(draw, by=county.clerk, mode="covert").carry_out_by < begin
