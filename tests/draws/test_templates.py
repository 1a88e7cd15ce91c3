"""Rules kept under a name, and drafts begun with them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from draws.models import Draw, DrawTemplate
from draws.rules import PoolRules, Share
from draws.services.templates import rename_template, retire_template, save_template, use_template
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
NAME = "化工季度抽查"


@pytest.fixture
def county():
    return make.make_county()


@pytest.fixture
def template(county):
    rules = PoolRules(field_codes=(county.fields[0].code,), officer_limit=3)
    strata = {(county.fields[0], "C"): Share(10), (county.fields[1], "B"): 2}
    draft = make.make_draft(county, officer_mode="crossed", rules=rules, strata=strata)
    return save_template(draft, by=county.clerk, name=NAME)


def test_it_gives_a_new_draft_everything_but_its_days(county, template):
    draft = make.make_draft(county, title="下一季度", sources=[], strata={})
    use_template(draft, template=template, by=county.clerk)
    draft.refresh_from_db()
    assert (draft.officer_mode, draft.rules["officer_limit"]) == ("crossed", 3)
    assert {(one.risk_class, one.share) for one in draft.strata.all()} == {("C", 10), ("B", None)}
    assert [source.name for source in draft.sources.all()] == ["纪检监察", "企业代表"]
    assert draft.title == "下一季度"


def test_it_leaves_out_a_witness_who_has_gone(county, template):
    county.witness.is_active = False
    county.witness.save()
    draft = make.make_draft(county, title="另一次", sources=[])
    use_template(draft, template=template, by=county.clerk)
    assert [source.name for source in draft.sources.all()] == ["企业代表"]


def test_a_name_in_use_is_not_taken_twice(county, template):
    draft = make.make_draft(county, title="另一次")
    with pytest.raises(Refusal, match="已经有名为"):
        save_template(draft, by=county.clerk, name=f" {NAME} ")
    retire_template(template, by=county.clerk)
    assert save_template(draft, by=county.clerk, name=NAME).pk != template.pk


def test_a_retired_one_begins_nothing(county, template):
    retire_template(template, by=county.clerk)
    with pytest.raises(Refusal, match="已经停用"):
        use_template(make.make_draft(county, title="另一次"), template=template, by=county.clerk)


def test_it_is_renamed(county, template):
    assert rename_template(template, by=county.clerk, name="新名称").name == "新名称"
    with pytest.raises(Refusal, match="没有这个角色"):
        rename_template(template, by=person_with("leader"), name="又一个")


def test_the_pages_save_use_rename_and_retire(client, county):
    draft = make.make_draft(county)
    client.force_login(county.clerk)
    client.post(reverse("draw_template_save", args=[draft.pk]), {"name": NAME})
    template = DrawTemplate.objects.get()
    assert NAME in client.get(reverse("draw_template_list")).content.decode()
    address = reverse("draw_create") + f"?template={template.pk}"
    assert NAME in client.get(address).content.decode()
    start = draft.visits_from
    given = {"title": "第二次", "mode": "announced", "visits_from": start, "visits_to": draft.visits_to}
    client.post(address, given)
    assert Draw.objects.get(title="第二次").strata.count() == 2
    client.post(reverse("draw_template_rename", args=[template.pk]), {"name": "改过的名称"})
    client.post(reverse("draw_template_retire", args=[template.pk]))
    page = client.get(reverse("draw_template_list")).content.decode()
    assert "改过的名称" in page
    assert f"?template={template.pk}" not in page
