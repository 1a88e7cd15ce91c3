"""Few people left for an enterprise: flagged, answered for by the approver, and in the record."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from draws.models import Draw, Recusal
from draws.services import approve_draw, seal_draw, submit_draw
from draws.states import DrawState
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make
from tests.support.seen import mark_on

pytestmark = pytest.mark.django_db
WORD = "两名执法人员与该企业有亲属关系，已核实"


@pytest.fixture
def county():
    return make.make_county()


def keep_away(county, enterprise, *, officers) -> None:
    for officer in officers:
        Recusal.objects.create(
            inspector=officer,
            enterprise=enterprise,
            reason="kinship",
            source="示例",
            starts_on="2020-01-01",
            state="granted",
            decided_by=county.head,
            decided_at=make.timezone.now(),
        )


def in_range(county):
    return next(one for one in county.enterprises if one.risk_class == "C" and one.field == county.fields[0])


@pytest.fixture
def submitted(county):
    keep_away(county, in_range(county), officers=county.officers[2:])
    return submit_draw(make.make_draft(county), by=county.clerk)


def test_it_is_not_approved_without_a_word(county, submitted):
    with pytest.raises(Refusal, match="有 1 家企业可派的执法人员少于 3 名"):
        approve_draw(submitted, by=county.approver, scarcity_note="  ")


def test_a_word_on_one_enterprise_is_no_word_on_another(county, submitted, client):
    client.force_login(county.approver)
    seen = mark_on(client, reverse("draw_detail", args=[submitted.pk]))
    others = (one for one in county.enterprises if one.risk_class == "C" and one.field == county.fields[0])
    keep_away(county, list(others)[1], officers=county.officers[2:])
    with pytest.raises(Refusal, match="打开页面之后有改动"):
        approve_draw(submitted, by=county.approver, scarcity_note=WORD, seen=seen)
    submitted.refresh_from_db()
    assert submitted.state == DrawState.SUBMITTED
    again = mark_on(client, reverse("draw_detail", args=[submitted.pk]))
    assert approve_draw(submitted, by=county.approver, scarcity_note=WORD, seen=again).state == DrawState.APPROVED


def test_the_word_stands_in_the_record_and_the_name_does_not(county, submitted):
    draw = approve_draw(submitted, by=county.approver, scarcity_note=WORD)
    rules = json.loads(seal_draw(draw, by=county.clerk).record)["about"]["rules"]
    [sentence] = [rule for rule in rules if "少于 3 名" in rule]
    assert sentence.endswith(f"最少的 2 名；审批人{county.approver.name}说明：{WORD}")
    assert in_range(county).name not in sentence


def test_of_a_covert_draw_the_record_says_only_that_there_was_a_word(county):
    keep_away(county, in_range(county), officers=county.officers[2:])
    record = make.make_sealed(county, mode="covert").sealed.record
    assert "审批人已书面说明" in record
    assert "人手确实有限" not in record


def test_somebody_scarce_since_the_approval_sends_it_back(county):
    draw = make.make_approved(county)
    keep_away(county, in_range(county), officers=county.officers[2:])
    with pytest.raises(Refusal, match="审批人还不知道"):
        seal_draw(draw, by=county.clerk)


def test_the_database_wants_the_word_too(county, submitted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=submitted.pk).update(scarcity={"codes": ["x"], "least": 3, "fewest": 1})


def test_the_approver_sees_who_is_short_and_answers_on_the_page(client, county, submitted):
    client.force_login(county.approver)
    page = client.get(reverse("draw_detail", args=[submitted.pk])).content.decode()
    assert "可派人员偏少" in page
    assert f"{in_range(county).name}：2 名" in page
    address = reverse("draw_approve", args=[submitted.pk])
    client.post(address, {"scarcity_note": ""})
    submitted.refresh_from_db()
    assert submitted.state == DrawState.SUBMITTED
    client.post(address, {"scarcity_note": WORD})
    submitted.refresh_from_db()
    assert (submitted.state, submitted.scarcity_note) == (DrawState.APPROVED, WORD)
