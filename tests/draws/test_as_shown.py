"""What is approved is what the approver's page showed: a draw or a plan that came back meanwhile is looked at again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from draws.services import return_draw, submit_draw, update_draw
from draws.services.plans import create_plan, return_plan, submit_plan, update_plan
from tests.factories import draws as make
from tests.support.seen import mark_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make.make_county()


@pytest.fixture
def approver(client, county):
    client.force_login(county.approver)
    return client


def pressed(client, name: str, pk, *, seen: str):
    return client.post(reverse(name, args=[pk]), {"seen": seen})


def test_a_draw_that_was_returned_and_handed_in_again_is_not_approved_from_the_old_page(county, approver):
    draw = submit_draw(make.make_draft(county), by=county.clerk)
    page = reverse("draw_detail", args=[draw.pk])
    seen = mark_on(approver, page)
    return_draw(draw, by=county.approver, reason="家数太多")
    update_draw(draw, by=county.clerk, title="改过的抽取")
    submit_draw(draw, by=county.clerk)

    refused = pressed(approver, "draw_approve", draw.pk, seen=seen)

    assert refused.status_code == 409
    assert "打开页面之后有改动" in refused.content.decode()
    draw.refresh_from_db()
    assert draw.state == "submitted"
    assert pressed(approver, "draw_approve", draw.pk, seen=mark_on(approver, page)).status_code == 302
    draw.refresh_from_db()
    assert draw.state == "approved"


def change_cap(plan, county):
    update_plan(plan, by=county.clerk, lines=plan_lines(plan), yearly_cap=5)


def change_line(plan, county):
    update_plan(plan, by=county.clerk, lines=dict.fromkeys(plan_lines(plan), 3))


def plan_lines(plan) -> dict:
    return {(line.field, line.risk_class): line.planned_count for line in plan.lines.all()}


@pytest.mark.parametrize("change", [change_cap, change_line])
def test_a_plan_that_was_changed_meanwhile_is_not_approved_from_the_old_page(county, approver, change):
    days = {"officer_count": 22, "other_enforcement_days": 800, "non_enforcement_days": 900}
    plan = submit_plan(
        create_plan(by=county.clerk, year=2026, lines={(county.fields[0], "C"): 4}, **days), by=county.clerk
    )
    page = reverse("plan_detail", args=[plan.pk])
    seen = mark_on(approver, page)
    plan = return_plan(plan, by=county.approver, reason="请改")
    change(plan, county)
    submit_plan(plan, by=county.clerk)

    assert pressed(approver, "plan_approve", plan.pk, seen=seen).status_code == 409
    plan.refresh_from_db()
    assert plan.state == "submitted"
    assert pressed(approver, "plan_approve", plan.pk, seen=mark_on(approver, page)).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "approved"
