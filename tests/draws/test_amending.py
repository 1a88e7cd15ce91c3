"""After the draw: four changes, each approved by somebody else, each leaving the rest untouched and verifiable."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from draws.engine import verify_record
from draws.models import Amendment, DrawnEnterprise, Recusal
from draws.selectors.ledger import record_json
from draws.services import approve_amendment, ask_amendment, refuse_amendment, register_drawn_hook
from draws.states import DrawState
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


@pytest.fixture
def draw(county):
    return make.make_drawn(county)


def seats(draw) -> dict:
    rows = DrawnEnterprise.objects.filter(draw=draw, is_standing=True)
    return {row.enterprise.credit_code: [str(seat) for seat in in_order(row)] for row in rows}


def in_order(row) -> list:
    return sorted(row.seats.all(), key=lambda seat: (seat.expert_id is not None, seat.seat))


def verifies(draw) -> bool:
    return verify_record(json.loads(record_json(draw))).passed


def replace_first_officer(county, draw, **changes):
    row = draw.drawn.first()
    wanted = {
        "stage": "inspectors",
        "enterprise": row.enterprise.credit_code,
        "out": row.seats.get(seat=1, inspector__isnull=False).inspector.certificate_number,
        "why": "recused",
    }
    return ask_amendment(draw, by=county.clerk, kind="person_replaced", reason="因公出差", **wanted | changes)


def test_an_officer_is_replaced_by_whom_the_tickets_name(county, draw):
    before = seats(draw)
    approve_amendment(replace_first_officer(county, draw), by=county.approver)
    after = seats(draw)
    changed = [code for code in before if before[code] != after[code]]
    assert changed == [draw.drawn.first().enterprise.credit_code]
    assert before[changed[0]][1:] == after[changed[0]][1:]
    assert verifies(draw)


def test_an_enterprise_is_replaced_by_the_first_reserve(county, draw):
    row = draw.drawn.first()
    asked = ask_amendment(
        draw, by=county.clerk, kind="enterprise_replaced", reason="已注销", enterprise=row.enterprise.credit_code
    )
    approve_amendment(asked, by=county.approver)
    row.refresh_from_db()
    assert not row.is_standing
    assert draw.drawn.filter(is_standing=True).count() == 4
    assert verifies(draw)


def test_the_head_invites_an_expert(county, draw):
    row = draw.drawn.filter(seats__expert__isnull=True).first()
    code = row.enterprise.credit_code
    taken = set(row.seats.filter(expert__isnull=False).values_list("expert__number", flat=True))
    expert = next(one for one in county.experts if one.number not in taken)
    asked = ask_amendment(
        draw, by=county.clerk, kind="expert_invited", reason="工艺特殊复杂", enterprise=code, expert=expert.number
    )
    with pytest.raises(Refusal, match="主要负责人"):
        approve_amendment(asked, by=county.approver)
    approve_amendment(asked, by=county.head)
    assert row.seats.filter(expert=expert).exists()
    assert verifies(draw)


def test_a_blocked_draw_is_resumed_with_the_same_seed(county):
    told = []
    register_drawn_hook(told_by := lambda draw, by: told.append(draw.number))
    for officer in county.officers[1:]:
        officer.state = "away"
        officer.save()
    county.officers[0].visit_limit = 20
    county.officers[0].save()
    make.make_officer(county, 90, visit_limit=2)
    draw = make.make_drawn(county)
    seed = draw.sealed.drawing.seed
    assert (draw.state, told) == (DrawState.BLOCKED, [])
    helpers = [make.make_officer(county, number) for number in (91, 92)]
    people = [one.certificate_number for one in helpers]
    asked = ask_amendment(draw, by=county.clerk, kind="people_added", reason="补充人员", people=people)
    approve_amendment(asked, by=county.approver)
    draw.refresh_from_db()
    assert draw.state == DrawState.DRAWN
    assert told == [draw.number]
    assert draw.sealed.drawing.seed == seed
    assert all(len(who) >= 2 for who in seats(draw).values())
    assert verifies(draw)
    from draws.services import after_drawing

    after_drawing._after_drawing.remove(told_by)


def test_the_proposer_does_not_approve(county, draw):
    make.UserRole.objects.create(user=county.clerk, role="approver")
    with pytest.raises(Refusal, match="不能审批自己"):
        approve_amendment(replace_first_officer(county, draw), by=make.User.objects.get(pk=county.clerk.pk))


def test_approving_twice_makes_one_amendment(county, draw):
    asked = replace_first_officer(county, draw)
    approve_amendment(asked, by=county.approver)
    approve_amendment(asked, by=county.approver)
    assert Amendment.objects.count() == 1


def test_a_refused_change_changes_nothing(county, draw):
    before = seats(draw)
    refuse_amendment(replace_first_officer(county, draw), by=county.approver)
    assert seats(draw) == before
    assert not Amendment.objects.exists()


def test_nobody_is_appointed_while_the_tickets_name_somebody(county, draw):
    free = county.officers[-1].certificate_number
    with pytest.raises(Refusal, match="按规则"):
        replace_first_officer(county, draw, appoint=free)


def test_the_pages_ask_approve_and_publish(client, county, draw):
    client.force_login(county.clerk)
    address = reverse("draw_amend", args=[draw.pk, "enterprise_replaced"])
    code = draw.drawn.first().enterprise.credit_code
    assert client.post(address, {"enterprise": code, "reason": "企业已注销"}).status_code == 302
    client.force_login(county.approver)
    page = client.get(reverse("draw_amendments", args=[draw.pk])).content.decode()
    assert "企业已注销" in page
    asked = draw.amendment_requests.get()
    client.post(reverse("amendment_approve", args=[asked.pk]))
    assert "企业已注销" in client.get(reverse("ledger_entry", args=[draw.number])).content.decode()
    assert "变更 1 项" in client.get(reverse("ledger")).content.decode()


def test_a_recusal_granted_after_sealing_does_not_touch_the_seal(county):
    draw = make.make_sealed(county)
    before = draw.sealed.record
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
    draw.sealed.refresh_from_db()
    assert draw.sealed.record == before
