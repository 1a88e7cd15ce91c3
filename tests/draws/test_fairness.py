"""The fairness report: what it counts, what it flags, and what it must not know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from draws.fairness import DrawFacts, Finding, Section, StratumFacts, VisitFacts, fairness_report
from draws.models import DrawnEnterprise, DrawnSeat
from draws.services import open_envelope
from tests.factories import draws as make

OFFICERS = tuple(f"P{number}" for number in range(1, 7))
ITEMS = ("I1", "I2", "I3")


def visit(code, officers, *, items=("I1",), barred=()):
    return VisitFacts(code, tuple(officers), items, frozenset(barred), frozenset())


def facts(visits, *, limits=None, pool=None):
    pool = pool or tuple(f"E{number:03d}" for number in range(100))
    return DrawFacts(
        number="MLYJ-2026-0001",
        strata=(StratumFacts("危险化学品/C", pool, tuple(one.enterprise for one in visits)),),
        visits=tuple(visits),
        limits=tuple(dict.fromkeys(OFFICERS, 4).items()) if limits is None else limits,
        item_groups=((1, ITEMS),),
    )


def by_key(section):
    return {one.key: one for one in section.findings}


def test_an_even_load_over_many_draws_is_usual():
    rounds = [("P1", "P2"), ("P3", "P4"), ("P5", "P6")]
    draws = [facts([visit(f"E{3 * turn + place:03d}", pair) for place, pair in enumerate(rounds)]) for turn in range(9)]
    section = fairness_report(draws).officers
    assert {one.observed for one in section.findings} == {9}
    assert section.unusual == ()
    assert not section.can_show


def test_an_officer_who_always_has_most_to_do_is_flagged():
    draws = [facts([visit("E001", ("P1", "P2")), visit("E002", ("P1", f"P{turn % 4 + 3}"))]) for turn in range(12)]
    section = fairness_report(draws).officers
    found = by_key(section)["P1",]
    assert (found.occasions, found.observed) == (12, 24)
    assert found.p == pytest.approx((1 / 6) ** 12, rel=1e-6)
    assert ("P1",) in {one.key for one in section.unusual}


def test_officers_are_compared_with_those_who_could_go_to_the_same_places():
    others = ("P2", "P3", "P4", "P5", "P6")
    draws = [facts([visit("E001", ("P1", "P2"), barred=others[1:])]) for _ in range(9)]
    found = by_key(fairness_report(draws).officers)["P1",]
    assert (found.observed, found.expected, found.p) == (9, 9.0, 1.0)


def test_two_officers_who_always_meet_are_flagged():
    pairs = [("P1", "P2"), ("P3", "P5"), ("P4", "P6")], [("P1", "P2"), ("P3", "P6"), ("P4", "P5")]
    draws = [facts([visit(f"E00{n}", pair) for n, pair in enumerate(pairs[turn % 2])]) for turn in range(8)]
    section = fairness_report(draws).pairs
    assert section.compared == 15
    assert [one.key for one in section.unusual] == [("P1", "P2")]
    assert by_key(section)["P1", "P2"].p == pytest.approx((3 / 15) ** 8)


def test_an_item_drawn_every_time_is_flagged_and_one_never_drawn_too():
    draws = [facts([visit("E001", (), items=("I1",))]) for _ in range(21)]
    section = fairness_report(draws).items
    assert [one.observed for one in section.findings] == [21, 0, 0]
    assert [one.expected for one in section.findings] == pytest.approx([7, 7, 7])
    assert [one.key for one in section.unusual] == [("I1",), ("I2",), ("I3",)]


def test_a_stratum_drawn_from_one_end_of_its_list_is_flagged():
    draws = [facts([visit("E001", ()), visit("E002", ()), visit("E003", ())]) for _ in range(4)]
    section = fairness_report(draws).strata
    assert (section.findings[0].occasions, section.findings[0].observed) == (12, 12)
    assert [one.key for one in section.unusual] == [("危险化学品/C",)]


def test_an_enterprise_drawn_each_time_is_compared_with_its_own_lists():
    draws = [facts([visit("E001", ())], pool=("E001", "E002")), facts([visit("E001", ())], pool=("E001",))]
    section = fairness_report(draws).repeats
    assert [(one.key, one.occasions, one.observed, one.p) for one in section.findings] == [(("E001",), 2, 2, 0.5)]


def test_a_blocked_draw_says_nothing_about_officers():
    report = fairness_report([facts([visit("E001", ("P1",))], limits=())])
    assert report.officers.findings == report.pairs.findings == ()
    assert report.strata.findings


@pytest.fixture
def county():
    return make.make_county()


def text_of(client, name="fairness"):
    return client.get(reverse(name)).content.decode()


@pytest.mark.django_db
def test_nothing_drawn_yet(client):
    assert "还没有可以统计的抽取" in text_of(client)


@pytest.mark.django_db
def test_officers_and_items_stand_there_with_their_counts(client, county):
    draw = make.make_drawn(county)
    officer = DrawnSeat.objects.filter(drawn__draw=draw, inspector__isnull=False).first().inspector
    text = text_of(client)
    assert officer.name in text
    assert officer.certificate_number in text
    assert "示例检查事项1之1" in text
    assert "次数还太少" in text


@pytest.mark.django_db
def test_a_covert_draw_under_way_leaves_no_trace(client, county):
    make.make_drawn(county)
    pages = ("fairness", "draw_fairness")
    client.force_login(make.make_user("leader", "leader"))
    before = [_content(text_of(client, page)) for page in pages]
    draw = make.make_drawn(county, mode="covert", title="暗查示范化工")
    assert [_content(text_of(client, page)) for page in pages] == before
    for drawn in DrawnEnterprise.objects.filter(draw=draw)[1:]:
        open_envelope(drawn, by=county.clerk)
    assert [_content(text_of(client, page)) for page in pages] == before


@pytest.mark.django_db
def test_a_covert_draw_counts_once_its_last_envelope_is_open(client, county):
    draw = make.make_drawn(county, mode="covert")
    for drawn in DrawnEnterprise.objects.filter(draw=draw):
        open_envelope(drawn, by=county.clerk)
    officers = DrawnSeat.objects.filter(drawn__draw=draw, inspector__isnull=False)
    assert all(seat.inspector.certificate_number in text_of(client) for seat in officers)


@pytest.mark.django_db
def test_nobody_counts_a_notified_draw_before_its_last_envelope(client, county):
    make.make_drawn(county, mode="notified")
    client.force_login(make.make_user("leader", "leader"))
    assert "还没有可以统计的抽取" in text_of(client)
    assert "还没有可以统计的抽取" in text_of(client, "draw_fairness")


@pytest.mark.django_db
def test_an_enterprise_drawn_twice_is_named(client, county):
    everybody = {(county.fields[0], "C"): 6, (county.fields[1], "B"): 6}
    for _ in range(2):
        make.make_drawn(county, strata=everybody, inspectors_per_enterprise=2)
    twice = DrawnEnterprise.objects.values_list("enterprise__name", flat=True)
    assert {name for name in twice if name not in text_of(client)} == set()
    assert len(set(twice)) == 12


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 4])
def test_the_number_of_queries_does_not_grow(client, county, count, django_assert_max_num_queries):
    make.make_plan(county, year=_year(), yearly_cap=12)
    for _ in range(count):
        make.make_drawn(county)
    # One fewer when the dice drew no enterprise twice: there is no name to ask for.
    with django_assert_max_num_queries(7):
        client.get(reverse("fairness"))


@pytest.mark.django_db
def test_the_ledger_leads_there(client):
    assert reverse("fairness") in text_of(client, "ledger")


def _year() -> int:
    return (make.timezone.localdate() + make.datetime.timedelta(days=40)).year


def _content(page: str) -> str:
    """The page without what changes with every request (tokens, nonces)."""
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def test_honest_draws_raise_no_hand_because_the_report_makes_many_comparisons():
    """One section's 4 % would be unusual alone; beside four other sections it is not."""
    section = Section((Finding(("P1",), 1, 1, 0.1, 0.04, 0.04),), compared=1)
    assert section.unusual
    assert not replace(section, beside=5).unusual
