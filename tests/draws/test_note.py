"""The internal note: who was filtered out and who may not meet, for the cleared, never in public."""

from __future__ import annotations

import io
import itertools
import json

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from draws.models import Draw, FilterStep, Recusal
from draws.rules import PoolRules
from draws.selectors import funnel
from draws.selectors.ledger import record_json
from draws.selectors.range import removed_by_filter
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from tests.factories import draws as make
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
REASON = "近亲属关系"


@pytest.fixture
def county():
    county = make.make_county()
    for number in (101, 102):
        make.make_enterprise(county, number, state="closed")
    make.make_enterprise(county, 103, risk_class="")
    in_range = [one for one in county.enterprises if one.risk_class == "C" and one.field == county.fields[0]]
    for enterprise in in_range:
        Recusal.objects.create(
            inspector=county.officers[0],
            enterprise=enterprise,
            reason="kinship",
            source="本人书面申请",
            starts_on="2020-01-01",
            state="granted",
            decided_by=county.head,
            decided_at=make.timezone.now(),
        )
    return county


def test_what_is_removed_adds_up_with_the_funnel(county):
    draft = make.make_draft(county, rules=PoolRules(township_codes=(county.townships[0].code,)), strata={})
    counts = [step.count for step in funnel(draft)]
    assert [len(one.codes) for one in removed_by_filter(draft)] == [
        before - left for before, left in itertools.pairwise(counts)
    ]


def test_the_page_of_a_draft_counts_live(client, county):
    draft = make.make_draft(county)
    client.force_login(county.clerk)
    page = client.get(reverse("draw_note", args=[draft.pk]), {"filter": 1}).content.decode()
    assert "示范第101化工有限公司" in page
    assert REASON in page


def test_sealed_it_stays_as_it_was(client, county):
    draw = make.make_sealed(county)
    county.enterprises[0].__class__.objects.filter(state="closed").update(state="active")
    client.force_login(county.witness)
    page = client.get(reverse("draw_note", args=[draw.pk]), {"filter": 1}).content.decode()
    assert "示范第101化工有限公司" in page
    assert "本人书面申请" in page
    assert f"执法人员 {REASON}：{county.officers[0].name}" in page


def test_nothing_of_the_reasons_is_public(client, county):
    draw = make.make_drawn(county)
    public = [client.get(reverse(name, args=[draw.number])) for name in ("ledger_entry", "ledger_sealed")]
    told = "".join(page.content.decode() for page in public) + record_json(draw).decode()
    assert REASON not in told
    assert "书面申请" not in told
    assert county.officers[0].certificate_number in json.dumps(json.loads(record_json(draw))["leaves"])


@pytest.mark.parametrize("mode", ["crossed", "local", "matched"])
def test_it_says_who_is_kept_away_by_the_way_officers_are_sent(client, county, mode):
    county.officers[1].fields.set(county.fields[1:])
    draft = make.make_draft(county, officer_mode=mode)
    client.force_login(county.clerk)
    words = {"crossed": "所所交叉：", "local": "区域定向：", "matched": "专业匹配："}[mode]
    assert words in client.get(reverse("draw_note", args=[draft.pk])).content.decode()


def test_of_a_covert_draw_it_opens_to_the_cleared_and_leaves_a_trace(client, county):
    draw = make.make_sealed(county, mode="covert")
    address = reverse("draw_note", args=[draw.pk])
    client.force_login(county.witness)  # a source of this draw, so its page exists for them
    assert client.get(address).status_code == 403
    client.force_login(county.head)
    assert client.get(address).status_code == 404
    client.force_login(county.approver)
    assert client.get(address).status_code == 200
    assert AuditEvent.objects.filter(action="draw.note_read").count() == 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.INSPECTOR])
def test_other_roles_have_no_such_page(client, county, role):
    client.force_login(person_with(role))
    assert client.get(reverse("draw_note", args=[make.make_draft(county).pk])).status_code == 403


@pytest.mark.parametrize(("part", "lines"), [("filters", 28 - 13), ("pairs", 6), ("enterprises", 12)])
def test_its_parts_are_taken_along_as_workbooks(client, county, part, lines):
    draw = make.make_sealed(county)
    client.force_login(county.clerk)
    answer = client.get(reverse("draw_note_export", args=[draw.pk, part]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == lines + 1
    assert AuditEvent.objects.filter(action="draw.note_exported").count() == 1
    assert client.get(reverse("draw_note_export", args=[draw.pk, "other"])).status_code == 404


def test_sql_does_not_touch_it(county):
    draw = make.make_sealed(county)
    rows = FilterStep.objects.filter(sealed=draw.pk)
    for touch in (lambda: rows.update(removed_count=0), lambda: rows._raw_delete(using="default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            touch()
    assert Draw.objects.filter(pk=draw.pk).exists()
