"""Linking an account to an officer opens no covert task that was given before."""

from __future__ import annotations

import pytest
from django.urls import reverse

from draws.models import DrawnSeat
from draws.services.seats import admit_account
from inspections.models import Task
from inspections.policies import may_see_task
from inspections.selectors import tasks_visible_to
from inspectors.services import link_account
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    county = make.make_county()
    for officer in county.officers:
        officer.account = person_with(Role.INSPECTOR)
        officer.save(update_fields=["account"])
    return county


def seat_of(draw) -> DrawnSeat:
    seats = DrawnSeat.objects.filter(drawn__draw=draw, inspector__isnull=False).select_related("inspector__account")
    return seats.order_by("pk").first()


def may_open(user, seat) -> tuple[bool, bool]:
    task = Task.objects.get(drawn=seat.drawn)
    return may_see_task(user, task), tasks_visible_to(user).filter(pk=task.pk).exists()


def relink(seat, *, county):
    spy = person_with(Role.INSPECTOR, Role.CLERK)
    link_account(seat.inspector_id, account=spy, by=county.clerk)
    return spy


def test_the_officer_drawn_sees_the_covert_task(county):
    seat = seat_of(make.make_drawn(county, mode="covert"))
    assert may_open(seat.inspector.account, seat) == (True, True)


def test_an_account_linked_afterwards_does_not(client, county):
    draw = make.make_drawn(county, mode="covert")
    seat = seat_of(draw)
    spy = relink(seat, county=county)
    assert may_open(spy, seat) == (False, False)
    client.force_login(spy)
    name = seat.drawn.enterprise.name
    task = Task.objects.get(drawn=seat.drawn)
    assert name not in client.get(reverse("task_list")).content.decode()
    assert client.get(reverse("task_detail", args=[task.pk])).status_code == 404
    assert name not in client.get(reverse("desk_home")).content.decode()


def test_of_an_announced_draw_it_does(county):
    seat = seat_of(make.make_drawn(county))
    assert may_open(relink(seat, county=county), seat) == (True, True)


def test_a_change_of_somebody_else_does_not_let_it_in(county):
    from draws.services import approve_amendment, ask_amendment

    draw = make.make_drawn(county, mode="covert")
    seat = seat_of(draw)
    spy = relink(seat, county=county)
    other = seat.drawn.seats.filter(inspector__isnull=False).exclude(pk=seat.pk).get()
    asked = ask_amendment(
        draw,
        by=county.clerk,
        kind="person_replaced",
        reason="因公出差",
        stage="inspectors",
        enterprise=seat.drawn.enterprise.credit_code,
        out=other.inspector.certificate_number,
        why="unavailable",
    )
    approve_amendment(asked, by=county.approver)
    assert may_open(spy, seat) == (False, False)


def test_somebody_cleared_admits_a_new_account(client, county):
    draw = make.make_drawn(county, mode="covert")
    seat = seat_of(draw)
    fresh = relink(seat, county=county)
    seat.refresh_from_db()
    with pytest.raises(Refusal, match="知情"):
        admit_account(seat, by=county.head)
    client.force_login(county.approver)
    assert fresh.username in client.get(reverse("draw_detail", args=[draw.pk])).content.decode()
    client.post(reverse("seat_admit", args=[draw.pk, seat.pk]))
    assert may_open(fresh, seat) == (True, True)
