"""Filters on what is known of an enterprise beside its row, each with its living count and its sentence."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from draws.models import Item, ItemGroup
from draws.rules import Penalties, PoolRules
from draws.selectors import funnel, pool
from draws.selectors.preparation import prepare
from enterprises.models import Hazard, ListMembership, PenaltyFact, SpecialList
from inspectors.models import ExpertAbsence
from shuangsuiji.accounts.models import Department
from shuangsuiji.lib.models import TechnicalFeature
from tests.factories import draws as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


def names(draft) -> set[str]:
    return set(pool(draft).values_list("name", flat=True))


def draft_with(county, **rules):
    return make.make_draft(county, title=f"{rules}"[:100], strata={}, rules=PoolRules(**rules))


def penalise(enterprise, *, on) -> None:
    PenaltyFact.objects.create(enterprise=enterprise, decided_on=on, document_number="示应急罚〔1〕1号", source="示例")


def test_penalised_this_year_only_or_never(county):
    year = (make.timezone.localdate() + make.datetime.timedelta(days=40)).year
    penalise(county.enterprises[0], on=make.datetime.date(year, 1, 2))
    penalise(county.enterprises[1], on=make.datetime.date(year - 1, 12, 31))
    only = draft_with(county, penalties=Penalties.ONLY)
    without = draft_with(county, penalties=Penalties.WITHOUT)
    assert names(only) == {county.enterprises[0].name}
    assert county.enterprises[0].name not in names(without)
    assert county.enterprises[1].name in names(without)
    assert (f"{year} 年受过行政处罚", 1) in [(step.label, step.count) for step in funnel(only)]


def test_a_special_list_counts_while_it_holds(county):
    accident = SpecialList.objects.get_or_create(code="accident", defaults={"name": "涉事故"})[0]
    day = make.datetime.date(2020, 1, 1)
    standing = {"special_list": accident, "starts_on": day, "reason": "示例"}
    ListMembership.objects.create(enterprise=county.enterprises[0], **standing)
    ListMembership.objects.create(enterprise=county.enterprises[1], **standing, ends_on=day, end_reason="示例")
    draft = draft_with(county, list_codes=(accident.code,))
    assert names(draft) == {county.enterprises[0].name}
    assert funnel(draft)[-2].label == f"专项名单：{accident.name}"


def test_dangers_and_features(county):
    hazard = Hazard.objects.get(name="涉爆粉尘")
    feature = TechnicalFeature.objects.get(name="制冷")
    county.enterprises[0].hazards.add(hazard)
    county.enterprises[1].features.add(feature)
    assert names(draft_with(county, hazard_codes=(hazard.code,))) == {county.enterprises[0].name}
    assert names(draft_with(county, feature_codes=(feature.code,))) == {county.enterprises[1].name}


def test_an_expert_must_know_one_of_the_features(county):
    feature = TechnicalFeature.objects.get(name="制冷")
    for enterprise in county.enterprises:
        enterprise.features.add(feature)
    county.experts[0].features.add(feature)
    asked = prepare(make.make_draft(county, rules=PoolRules(matches_features=True)), today=make.timezone.localdate())
    allowed = set(asked.experts.limits) - asked.excluded_experts(asked.candidates[0])
    assert allowed == {county.experts[0].number}
    free = prepare(make.make_draft(county, title="不问特点"), today=make.timezone.localdate())
    assert not free.excluded_experts(free.candidates[0])


def test_an_expert_who_is_away_all_the_time_is_left_out(county):
    draft = make.make_draft(county)
    ExpertAbsence.objects.create(expert=county.experts[0], starts_on=draft.visits_from, ends_on=draft.visits_to)
    prepared = prepare(draft, today=make.timezone.localdate())
    assert county.experts[0].number not in prepared.experts.limits
    assert (county.experts[0].number, county.experts[0].name, "检查期间全程不便参加") in prepared.experts.left_out


def test_matching_takes_an_officer_without_fields_as_knowing_all(county):
    county.officers[0].fields.clear()
    county.officers[1].fields.set(county.fields[1:])
    draft = make.make_draft(county, officer_mode="matched", strata={(county.fields[0], "C"): 2})
    prepared = prepare(draft, today=make.timezone.localdate())
    assert prepared.excluded_officers(prepared.candidates[0]) == {county.officers[1].certificate_number}


@pytest.mark.parametrize(("mode", "wanted"), [("mixed", 8), ("local", 4), ("crossed", 4), ("matched", 8)])
def test_every_way_of_sending_officers(county, mode, wanted):
    prepared = prepare(make.make_draft(county, officer_mode=mode), today=make.timezone.localdate())
    assert {count for _, count in prepared.eligible_counts()} == {wanted}


def test_a_joint_draw_brings_the_partners_officers_and_items(county):
    partner = Department.objects.create(code="market", name="市场监管局", is_partner=True)
    make.make_officer(county, 90, department=partner)
    kept = Item.objects.filter(group__code="1", published_on__isnull=False).first()
    Item.objects.create(
        code="1.90",
        group=ItemGroup.objects.get(code="1"),
        name="特种设备登记",
        legal_basis="示例",
        department=partner,
        edition=kept.edition,
        published_on=kept.published_on,
    )
    alone = prepare(make.make_draft(county), today=make.timezone.localdate())
    rules = PoolRules(department_codes=("office", "market"))
    draw = make.make_sealed(county, title="联合抽查", rules=rules)
    content = json.loads(draw.sealed.record)
    assert "1.90" not in {item.code for item in alone.items}
    assert "1.90" in {item["id"] for item in content["items"]["items"]}
    assert "18060001090" in {person["id"] for person in content["inspectors"]["people"]}
    assert "跨部门联合抽查：事项包括本机关的和市场监管局的" in content["about"]["rules"]


def test_the_wizard_asks_for_them_with_a_living_count(client, county):
    county.enterprises[0].hazards.add(Hazard.objects.get(name="涉爆粉尘"))
    draft = make.make_draft(county, strata={})
    client.force_login(county.clerk)
    given = {"kind": "general", "months_unchecked": 0, "hazards": ["combustible_dust"], "penalties": "without"}
    page = client.post(reverse("draw_funnel", args=[draft.pk]), given).content.decode()
    assert "危险因素：涉爆粉尘" in page
    client.post(reverse("draw_step", args=[draft.pk, "range"]), given)
    draft.refresh_from_db()
    assert (draft.rules["hazard_codes"], draft.rules["penalties"]) == (["combustible_dust"], "without")
