"""After the draw: four changes, each approved by somebody else, each leaving the rest untouched and verifiable."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from draws.engine import verify_record
from draws.models import Amendment, DrawnEnterprise, Recusal
from draws.selectors.draws import result_rows
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
    known = {county.officers[0].certificate_number: 20}
    with pytest.raises(Refusal, match="上限也没有提高"):
        ask_amendment(draw, by=county.clerk, kind="people_added", reason="补充人员", people=known)
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


def test_who_cannot_go_at_all_leaves_every_seat_under_one_approval():
    county = make.make_county(officer_count=4)
    draw = make.make_drawn(county)
    busiest = max(county.officers, key=lambda one: draw.drawn.filter(seats__inspector=one).count())
    rows = draw.drawn.filter(seats__inspector=busiest).order_by("position")
    asked = replace_first_officer(
        county,
        draw,
        why="unavailable",
        enterprise=rows.first().enterprise.credit_code,
        out=busiest.certificate_number,
    )
    count = rows.count()
    assert (count > 1, draw.amendment_requests.count()) == (True, count)
    approve_amendment(asked, by=county.approver)
    assert Amendment.objects.count() == count
    assert not draw.drawn.filter(seats__inspector=busiest).exists()
    assert verifies(draw)


def test_a_seat_is_asked_about_once_at_a_time(county, draw):
    replace_first_officer(county, draw)
    with pytest.raises(Refusal, match="已经有一项相同的变更"):
        replace_first_officer(county, draw)


def test_the_approver_sees_who_goes_and_who_comes(client, county, draw):
    asked = replace_first_officer(county, draw)
    client.force_login(county.approver)
    page = client.get(reverse("draw_amendments", args=[draw.pk])).content.decode()
    out = next(one.name for one in county.officers if one.certificate_number == asked.wanted["out"])
    assert f"换下：执法人员 {out}（只回避这一家）" in page
    amendment = approve_amendment(asked, by=county.approver)
    coming = next(one.name for one in county.officers if one.certificate_number == amendment.entry["in"])
    assert f"换上：执法人员 {coming}（按签号接替）" in page
    ledger = client.get(reverse("ledger_entry", args=[draw.number])).content.decode()
    assert f"换上：执法人员 {coming}（按签号接替）" in ledger
    assert "（变更）" in ledger


def test_an_enterprise_that_is_said_to_be_gone_and_is_not_is_flagged(client, county, draw):
    code = draw.drawn.first().enterprise.credit_code
    ask_amendment(draw, by=county.clerk, kind="enterprise_replaced", reason="企业已注销", enterprise=code)
    client.force_login(county.approver)
    page = client.get(reverse("draw_amendments", args=[draw.pk])).content.decode()
    assert "却是“正常经营”" in page


def test_who_came_in_stands_where_the_other_stood(county, draw):
    row = draw.drawn.order_by("position").first()
    code = row.enterprise.credit_code
    asked = ask_amendment(draw, by=county.clerk, kind="enterprise_replaced", reason="迁出", enterprise=code)
    approve_amendment(asked, by=county.approver)
    first, second, *_ = result_rows(draw)
    assert (first.credit_code, first.is_standing) == (code, False)
    assert (second.replaces, second.position) == (first.name, first.position)


def test_a_refusal_of_the_rules_names_people_and_enterprises(county, draw):
    row = draw.drawn.first()
    seated = set(row.seats.filter(inspector__isnull=False).values_list("inspector", flat=True))
    other = next(one for one in county.officers if one.pk not in seated)
    with pytest.raises(Refusal, match=f"“{other.name}”在“{row.enterprise.name}”没有席位"):
        replace_first_officer(county, draw, out=other.certificate_number)


def test_approving_twice_makes_one_amendment(county, draw):
    asked = replace_first_officer(county, draw)
    approve_amendment(asked, by=county.approver)
    approve_amendment(asked, by=county.approver)
    assert Amendment.objects.count() == 1


def test_a_refused_change_changes_nothing(county, draw):
    before = seats(draw)
    asked = replace_first_officer(county, draw)
    with pytest.raises(Refusal, match="写明不批准的理由"):
        refuse_amendment(asked, by=county.approver, reason=" ")
    refuse_amendment(asked, by=county.approver, reason="本人可以去")
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
