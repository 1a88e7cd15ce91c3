"""From draft to result: who may take each step, and what stands afterwards."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.db import DatabaseError, transaction

from draws.models import (
    Contribution,
    Draw,
    Drawing,
    DrawnEnterprise,
    DrawSource,
    DrawStratum,
    PoolLeaf,
    Recusal,
    SealedDraw,
)
from draws.selectors import funnel, public_record
from draws.selectors.ledger import record_json
from draws.services import (
    approve_draw,
    contribute,
    open_envelope,
    return_draw,
    seal_draw,
    submit_draw,
    update_draw,
    void_draw,
)
from draws.states import DrawState
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


def test_it_goes_from_draft_to_result(county):
    draw = make.make_drawn(county)
    assert draw.state == DrawState.DRAWN
    assert draw.drawn.count() == 4
    assert all(row.seats.filter(inspector__isnull=False).count() == 2 for row in draw.drawn.all())
    assert all(row.items.count() == 2 for row in draw.drawn.all())


def test_it_is_not_approved_by_its_drafter(county):
    make.UserRole.objects.create(user=county.clerk, role="approver")
    draw = submit_draw(make.make_draft(county), by=county.clerk)
    with pytest.raises(Refusal, match="不能审批自己"):
        approve_draw(draw, by=make.User.objects.get(pk=county.clerk.pk))


def test_it_is_returned_with_a_reason(county):
    draw = submit_draw(make.make_draft(county), by=county.clerk)
    with pytest.raises(Refusal, match="退回的意见"):
        return_draw(draw, by=county.approver, reason=" ")
    draw = return_draw(draw, by=county.approver, reason="家数太多")
    assert (draw.state, draw.returned_reason) == ("draft", "家数太多")


def test_it_is_refused_when_it_asks_for_more_than_the_pool(county):
    draw = make.make_draft(county, strata={(county.fields[0], "C"): 99})
    with pytest.raises(Refusal, match="要抽 99 家，候选名单里只有"):
        submit_draw(draw, by=county.clerk)


def test_it_is_not_approved_when_the_notice_cannot_be_in_time(county):
    start = make.timezone.localdate() + make.datetime.timedelta(days=10)
    draw = make.make_draft(county, visits_from=start, visits_to=start)
    with pytest.raises(Refusal, match="来不及公告"):
        submit_draw(draw, by=county.clerk)


def test_it_needs_two_sources(county):
    draw = make.make_draft(county, sources=[])
    with pytest.raises(Refusal, match="至少要 2 个"):
        submit_draw(draw, by=county.clerk)


def test_sealing_twice_gives_one_number(county):
    draw = make.make_approved(county)
    first, second = seal_draw(draw, by=county.clerk), seal_draw(draw, by=county.clerk)
    assert first.number == second.number
    assert SealedDraw.objects.count() == 1
    assert first.number.endswith("-0001")


def test_numbers_have_no_gap_when_a_sealing_fails(county):
    make.make_sealed(county)
    broken = make.make_approved(county)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        seal_draw(broken, by=county.clerk)
        raise RuntimeError
    assert make.make_sealed(county).number.endswith("-0002")


def test_a_sealed_draw_is_not_changed(county):
    draw = make.make_sealed(county)
    with pytest.raises(Refusal, match="已经封存"):
        update_draw(draw, by=county.clerk, title="别的名称")


def test_the_public_record_verifies_in_a_bare_python(county, tmp_path):
    draw = make.make_drawn(county)
    file = tmp_path / "record.json"
    file.write_bytes(record_json(draw))
    done = subprocess.run(
        [sys.executable, "-S", "-m", "draws.engine", "verify", str(file)], capture_output=True, text=True, cwd="."
    )
    assert done.returncode == 0, done.stderr


def test_a_recused_pair_never_meets(county):
    for officer in county.officers[:6]:
        for enterprise in county.enterprises:
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
    draw = make.make_drawn(county)
    seated = {seat.inspector for row in draw.drawn.all() for seat in row.seats.filter(inspector__isnull=False)}
    assert seated == set(county.officers[6:])


def test_a_draw_without_enough_people_is_blocked_and_names_who_is_in_the_way(county):
    for officer in county.officers[1:]:
        for enterprise in county.enterprises:
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
    draw = make.make_drawn(county)
    assert draw.state == DrawState.BLOCKED
    assert draw.sealed.drawing.result["blocked"]["need"] == 8


def test_a_text_is_taken_once(county):
    source = make.make_sealed(county).sources.get(kind="link")
    contribute(source, text="一二三")
    assert contribute(source, text=" 一二三 ").text == "一二三"
    with pytest.raises(Refusal, match="已经投入过"):
        contribute(source, text="四五六")


@pytest.mark.parametrize("text", ["", "  \n ", "字" * 501, "a\x00b"])
def test_an_unusable_text_is_refused(county, text):
    source = make.make_sealed(county).sources.get(kind="link")
    with pytest.raises(Refusal):
        contribute(source, text=text)


def test_nobody_contributes_for_a_witness(county):
    draw = make.make_sealed(county)
    with pytest.raises(Refusal, match="见证人用自己的账号"):
        contribute(draw.sources.get(kind="account"), text="1", by=county.clerk)
    with pytest.raises(Refusal, match="一次性链接"):
        contribute(draw.sources.get(kind="link"), text="1", by=county.clerk)


def test_a_drawn_draw_is_never_voided(county):
    draw = make.make_drawn(county)
    with pytest.raises(Refusal, match="不能作废"):
        void_draw(draw, by=county.approver, reason="想重抽")


def test_a_voided_draw_keeps_its_number_and_its_reason(county):
    draw = make.make_void(make.make_sealed(county), county=county, reason="名录有误")
    assert draw.number
    assert draw.void_reason == "名录有误"
    with pytest.raises(Refusal, match="已经作废"):
        contribute(draw.sources.get(kind="link"), text="1")


def test_the_funnel_counts_what_each_rule_leaves(county):
    make.make_enterprise(county, 101, state="closed")
    make.make_enterprise(county, 102, risk_class="")
    make.make_enterprise(county, 103, is_key=True)
    steps = funnel(make.make_draft(county))
    assert [step.count for step in steps] == [27, 26, 25, 24, 12, 12]


def test_an_enterprise_at_its_yearly_cap_leaves_the_pool(county):
    make.make_plan(county, year=(make.timezone.localdate() + make.datetime.timedelta(days=40)).year, yearly_cap=1)
    drawn = set(make.make_drawn(county).drawn.values_list("enterprise__credit_code", flat=True))
    second = make.make_sealed(county)
    assert drawn.isdisjoint(second.sealed.leaves.values_list("credit_code", flat=True))


def test_a_covert_draw_publishes_its_record_with_the_last_envelope(county):
    draw = make.make_drawn(county, mode=Draw.Mode.COVERT)
    with pytest.raises(Refusal, match="尚未公开"):
        public_record(draw)
    for row in DrawnEnterprise.objects.filter(draw=draw):
        assert open_envelope(row, by=None)
        assert not open_envelope(row, by=None)
    assert len(public_record(draw)["openings"]) == 4


def test_a_covert_record_verifies_after_opening(county, tmp_path):
    from draws.engine import verify_record

    draw = make.make_drawn(county, mode=Draw.Mode.COVERT)
    for row in DrawnEnterprise.objects.filter(draw=draw):
        open_envelope(row, by=None)
    assert verify_record(json.loads(record_json(draw))).passed


def test_the_trail_of_a_covert_draw_names_nobody(county):
    draw = make.make_drawn(county, mode=Draw.Mode.COVERT, title="暗查示范第一化工")
    told = json.dumps(list(AuditEvent.objects.values("target_label", "detail")), ensure_ascii=False)
    assert draw.title not in told
    assert not any(enterprise.name in told for enterprise in county.enterprises)


@pytest.mark.parametrize(
    "changes",
    [{"title": "x"}, {"visits_to": "2030-01-01"}, {"state": "draft"}, {"number": "X-1"}, {"rules": {}}],
)
def test_sql_cannot_change_a_sealed_draw(county, changes):
    draw = make.make_sealed(county)
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(**changes)


def test_sql_cannot_touch_what_was_sealed_or_drawn(county):
    make.make_drawn(county)
    tables = (SealedDraw, Drawing, PoolLeaf, Contribution, DrawSource, DrawStratum)
    for rows in (table.objects.all() for table in tables):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(using="default")


@pytest.mark.django_db
def test_a_double_click_begins_one_draft(county):
    first, second = make.make_draft(county, title="同一批"), make.make_draft(county, title="同一批")
    assert first == second
    assert Draw.objects.filter(title="同一批").count() == 1


@pytest.mark.django_db
def test_a_text_that_turns_the_reading_direction_is_refused(county):
    draw = make.make_sealed(county)
    with pytest.raises(Refusal, match="控制字符"):
        contribute(draw.sources.get(kind="link"), text="骰子 \u202e 3")
