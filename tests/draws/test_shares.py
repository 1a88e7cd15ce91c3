"""Strata by share: they follow the pool until the sealing, and never come to nothing unasked."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from draws.rules import PoolRules, Share
from draws.services import seal_draw
from draws.services.confirming import confirm_pool
from enterprises.models import Enterprise
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


@pytest.mark.parametrize(
    ("percent", "pool", "drops_small", "taken"),
    [(5, 0, False, 0), (1, 1, False, 1), (1, 1, True, 0), (50, 1, True, 0), (100, 7, True, 7), (34, 3, True, 2)],
)
def test_a_share_is_rounded_up(percent, pool, drops_small, taken):
    assert Share(percent).of(pool, drops_small=drops_small) == taken


@pytest.mark.parametrize("percent", [0, 101])
def test_a_share_is_1_to_100(percent):
    with pytest.raises(Refusal, match="1 到 100"):
        Share(percent)


def test_a_share_follows_the_pool_until_the_sealing(county):
    stratum = (county.fields[0], "C")
    draw = make.make_approved(county, strata={stratum: Share(50)})
    assert draw.strata.get().take == 3
    for number in range(100, 108, 4):
        make.make_enterprise(county, number, field=stratum[0], risk_class="C")
    confirm_pool(draw, by=county.approver)
    sealed = seal_draw(draw, by=county.clerk)
    content = json.loads(sealed.record)
    assert content["strata"] == [{"id": "危险化学品/C", "take": 4}]
    assert "危险化学品/C 层候选 8 家，按 50% 抽 4 家" in content["about"]["rules"]
    assert "按比例抽取的，小数进位，有企业的层至少抽一家" in content["about"]["rules"]


def test_small_strata_are_left_out_only_when_the_drafter_says_so(client, county):
    draw = make.make_draft(county)
    client.force_login(county.clerk)
    address = reverse("draw_step", args=[draw.pk, "strata"])
    client.post(address, {"share": 10, "by_share": "1"})
    assert {one.take for one in draw.strata.all()} == {1}
    client.post(address, {"share": 10, "by_share": "1", "drops_small_strata": "on"})
    assert {one.take for one in draw.strata.all()} == {0}


def test_a_count_and_a_share_stand_side_by_side(client, county):
    draw = make.make_draft(county, strata={})
    chem, firework = county.fields
    client.force_login(county.clerk)
    given = {f"take-{chem.pk}-C": 50, f"unit-{chem.pk}-C": "share", f"take-{firework.pk}-B": 2}
    client.post(reverse("draw_step", args=[draw.pk, "strata"]), given)
    assert sorted((one.share or 0, one.take) for one in draw.strata.all()) == [(0, 2), (50, 3)]
    given[f"take-{chem.pk}-C"] = 101
    page = client.post(reverse("draw_step", args=[draw.pk, "strata"]), given).content.decode()
    assert "比例请填 1 到 100" in page


def test_a_narrower_range_changes_what_a_share_takes(county):
    from draws.services import update_draw

    draw = make.make_draft(county, strata={(county.fields[0], "C"): Share(50)})
    assert draw.strata.get().take == 3
    of_stratum = Enterprise.objects.filter(field=county.fields[0], risk_class="C").order_by("pk")
    Enterprise.objects.filter(pk__in=of_stratum.values("pk")[:4]).update(township=county.townships[1])
    update_draw(draw, by=county.clerk, rules=PoolRules(township_codes=(county.townships[0].code,)))
    assert draw.strata.get().take == 1
