"""What one person cannot do alone: void a draw, witness their own, change a pool unseen, overlook a rehearsal."""

from __future__ import annotations

import pytest

from draws.models import Draw, Recusal, SealedDraw
from draws.services import (
    SourceWanted,
    approve_draw,
    ask_void,
    confirm_pool,
    refuse_void,
    seal_draw,
    submit_draw,
    void_draw,
)
from draws.services.recusals import end_recusal, grant_recusal
from draws.states import DrawState
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


def test_a_sealed_draw_is_voided_by_two(county):
    draw = make.make_sealed(county)
    with pytest.raises(Refusal, match="须两个人"):
        void_draw(draw, by=county.approver)
    ask_void(draw, by=county.approver, reason="名录有误")
    with pytest.raises(Refusal, match="提出作废的人不能自己批准"):
        void_draw(draw, by=county.approver)
    refuse_void(draw, by=county.approver)
    ask_void(draw, by=county.clerk, reason="名录有误")
    assert void_draw(draw, by=county.approver).state == DrawState.VOID


def test_nobody_holds_a_ceremony_up_by_asking_to_void(county):
    draw = make.make_sealed(county)
    ask_void(draw, by=county.clerk, reason="名录有误")
    make.contribute_all(draw, county=county)
    assert Draw.objects.get().state == DrawState.DRAWN


def test_a_pool_that_changed_after_the_approval_needs_the_approvers_new_word(county):
    draw = make.make_approved(county)
    gone = county.enterprises[3]
    gone.state = "closed"
    gone.save()
    with pytest.raises(Refusal, match=f"少了 1 家：{gone.name}"):
        seal_draw(draw, by=county.clerk)
    confirm_pool(draw, by=county.approver)
    assert seal_draw(draw, by=county.clerk).number


def test_those_who_make_a_draw_are_not_its_only_witnesses(county):
    sources = [
        SourceWanted(name="起草人", kind="account", user=county.clerk),
        SourceWanted(name="审批人", kind="account", user=county.approver),
    ]
    with pytest.raises(Refusal, match="只有起草人、审批人自己"):
        make.make_approved(county, sources=sources)


def test_trial_draws_that_blocked_need_the_approvers_word(county):
    for officer in county.officers[2:]:
        officer.state = "away"
        officer.save()
    for officer in county.officers[:2]:
        officer.visit_limit = 4
        officer.save()
    Recusal.objects.create(
        inspector=county.officers[0],
        enterprise=county.enterprises[0],
        reason="kinship",
        source="示例",
        starts_on="2020-01-01",
        state="granted",
        decided_by=county.head,
        decided_at=make.timezone.now(),
    )
    draw = submit_draw(make.make_draft(county, strata={(county.fields[0], "C"): 4}), by=county.clerk)
    assert draw.rehearsal["run_count"] == 20
    Draw.objects.filter(pk=draw.pk).update(rehearsal={**draw.rehearsal, "blocked_count": 3})
    with pytest.raises(Refusal, match="20 次预演里有 3 次排不满"):
        approve_draw(draw, by=county.approver, scarcity_note="人手有限")
    approved = approve_draw(draw, by=county.approver, scarcity_note="人手有限", blocking_note="另有外援")
    seal_draw(approved, by=county.clerk)
    assert "审批前预演 20 次，3 次排不满执法人员" in SealedDraw.objects.get().record


def test_hidden_characters_are_refused_where_the_public_reads(county):
    with pytest.raises(Refusal, match="看不见的控制字符"):
        make.make_draft(county, title="第三批\u202e抽取")
    draw = make.make_sealed(county)
    with pytest.raises(Refusal, match="看不见的控制字符"):
        ask_void(draw, by=county.clerk, reason="名单\u2066有误")


def test_the_head_ends_a_recusal_early_and_says_why(county):
    recusal = Recusal.objects.create(
        inspector=county.officers[0],
        enterprise=county.enterprises[0],
        reason="employment",
        source="示例",
        starts_on="2020-01-01",
        asked_by=county.clerk,
    )
    grant_recusal(recusal, by=county.head)
    with pytest.raises(Refusal, match="为什么提前解除"):
        end_recusal(recusal, by=county.head, reason="")
    ended = end_recusal(recusal, by=county.head, reason="已满三年")
    assert (ended.state, ended.decided_by, ended.end_reason) == ("ended", county.head, "已满三年")
