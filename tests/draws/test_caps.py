"""每家企业的年度上限: it binds every later draw, and what is still kept secret does not show through it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from draws.models import Draw
from draws.selectors.caps import check_count, over_cap
from draws.selectors.drafting import draft_problems
from draws.selectors.range import capped, funnel, pool
from draws.services import open_envelope
from tests.factories import draws as make

pytestmark = pytest.mark.django_db
YEAR = (make.timezone.localdate() + make.datetime.timedelta(days=40)).year


@pytest.fixture
def county():
    county = make.make_county()
    make.make_plan(county, year=YEAR, yearly_cap=1)
    return county


def everybody(county):
    return {(county.fields[0], "C"): 6, (county.fields[1], "B"): 6}


def names(rows) -> set[str]:
    return {row.enterprise.name for row in rows}


def test_who_is_at_the_cap_leaves_the_pool_and_is_named_to_the_drafter(client, county):
    first = make.make_drawn(county)
    second = make.make_draft(county, title="第二批")
    assert names(capped(second)) == names(first.drawn.select_related("enterprise"))
    assert names(capped(second)).isdisjoint(pool(second).values_list("name", flat=True))
    client.force_login(county.clerk)
    page = client.get(reverse("draw_step", args=[second.pk, "strata"])).content.decode()
    assert "已达年度上限，不参加抽取的 4 家" in page
    assert all(name in page for name in names(capped(second)))


def test_too_few_left_is_told_with_the_reason(county):
    make.make_drawn(county)
    second = make.make_draft(county, strata=everybody(county))
    sentences = [problem.sentence for problem in draft_problems(second, now=make.timezone.now())]
    assert any("候选名单里只有 4 家（另有 2 家今年已达检查上限 1 次，不能再抽）" in one for one in sentences)


def test_a_drafter_cannot_lift_the_cap(client, county):
    make.make_drawn(county)
    second = make.make_draft(county)
    before = pool(second).count()
    client.force_login(county.clerk)
    client.post(reverse("draw_step", args=[second.pk, "range"]), {"kind": "general", "months_unchecked": 0})
    second.refresh_from_db()
    assert pool(second).count() == before == 8


def test_rules_sealed_when_it_was_a_choice_are_still_read(county):
    assert make.PoolRules.from_json({"respects_cap": False, "kind": "key"}) == make.PoolRules(kind="key")


def test_another_year_counts_for_itself(county):
    make.make_drawn(county)
    start = make.datetime.date(YEAR + 1, 3, 1)
    later = make.make_draft(county, visits_from=start, visits_to=start)
    assert capped(later) == []


@pytest.mark.parametrize("mode", [Draw.Mode.COVERT, Draw.Mode.NOTIFIED])
def test_a_kept_name_changes_no_pool_no_count_and_no_list_until_it_is_opened(county, mode):
    draft = make.make_draft(county)
    before = (list(pool(draft).values_list("credit_code", flat=True)), funnel(draft), capped(draft))
    kept = make.make_drawn(county, mode=mode, title="夜间专项")
    drawn = list(kept.drawn.select_related("enterprise"))
    assert (list(pool(draft).values_list("credit_code", flat=True)), funnel(draft), capped(draft)) == before
    assert {check_count(row.enterprise, year=YEAR) for row in drawn} == {0}
    for row in drawn:
        open_envelope(row, by=county.clerk)
    assert names(capped(draft)) == names(drawn)


def test_two_sealed_pools_with_the_same_names_show_who_must_be_replaced(county):
    strata = everybody(county)
    first, second = (make.make_sealed(county, strata=strata, title=title) for title in ("一", "二"))
    make.contribute_all(first, county=county)
    make.contribute_all(second, county=county)
    assert len(over_cap(second)) == 12
    assert "请办理变更，更换企业" in over_cap(second)[0].sentence
    content = json.loads(second.sealed.record)
    assert len(content["enterprises"]) == 12
