"""Rules and the calendar change with two people, never backwards, one change at a time."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from shuangsuiji.accounts.models import Role
from shuangsuiji.dashboard.models import SettingProposal
from shuangsuiji.dashboard.settings_changes import (
    change_day,
    confirm_setting,
    propose_rule,
    propose_year,
    refuse_setting,
)
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import CalendarDay, CalendarYear, DeadlineRule
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db
CODE = "notice.before_visit"
SOURCE = "本机关2026年第3次局务会议决定"


@pytest.fixture
def clerk():
    return person_with(Role.CLERK, Role.APPROVER)


@pytest.fixture
def approver():
    return person_with(Role.APPROVER)


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def ask(clerk, **changes):
    given = {"valid_from": in_days(1), "amount": 20, "source": SOURCE, **changes}
    return propose_rule(CODE, by=clerk, today=timezone.localdate(), **given)


def rule_now() -> DeadlineRule:
    return DeadlineRule.objects.get(code=CODE, valid_to=None)


def test_the_rule_of_fifteen_days_changes_when_a_second_person_agrees(clerk, approver):
    proposal = ask(clerk)
    assert rule_now().amount == 15
    with pytest.raises(Refusal, match="起草人不能审批"):
        confirm_setting(proposal, by=clerk)
    confirm_setting(proposal, by=approver)
    assert (rule_now().amount, rule_now().valid_from) == (20, in_days(1))


def test_a_rule_never_begins_in_the_past_not_even_by_a_late_confirmation(clerk, approver):
    with pytest.raises(Refusal, match="不能改到以前"):
        ask(clerk, valid_from=in_days(-1))
    proposal = ask(clerk)
    with time_machine.travel(timezone.now() + dt.timedelta(days=5)), pytest.raises(Refusal, match="生效日已经过去"):
        confirm_setting(proposal, by=approver)
    assert rule_now().amount == 15


@pytest.mark.parametrize("source", ["无", "", "暂无", "规定"])
def test_a_rule_needs_a_source_that_names_something(clerk, source):
    with pytest.raises(Refusal, match="请写明依据"):
        ask(clerk, source=source)


def test_one_change_of_a_rule_waits_at_a_time_and_may_be_refused(clerk, approver):
    proposal = ask(clerk)
    with pytest.raises(Refusal, match="等待"):
        ask(clerk, amount=25)
    refuse_setting(proposal, reason="依据不足", by=approver)
    assert rule_now().amount == 15
    assert ask(clerk, amount=25).state == "open"


def test_a_year_is_entered_by_one_and_confirmed_by_another(clerk, approver):
    CalendarYear.objects.filter(year=2031).delete()
    proposal = propose_year(2031, source="国办发明电〔2030〕9号", by=clerk)
    assert not CalendarYear.objects.get(year=2031).is_confirmed
    assert change_day(dt.date(2031, 1, 1), kind="off", name="元旦", by=clerk) is None
    with pytest.raises(Refusal, match="起草人不能审批"):
        confirm_setting(proposal, by=clerk)
    confirm_setting(proposal, by=approver)
    assert CalendarYear.objects.get(year=2031).is_confirmed


def test_a_day_of_a_confirmed_year_waits_for_somebody_else(clerk, approver):
    day = dt.date(2026, 7, 1)
    assert CalendarYear.objects.get(year=2026).is_confirmed
    proposal = change_day(day, kind="off", name="停工日", by=clerk)
    assert not CalendarDay.objects.filter(on=day).exists()
    confirm_setting(proposal, by=approver)
    assert CalendarDay.objects.get(on=day).name == "停工日"
    confirm_setting(change_day(day, kind="", name="停工日", by=clerk), by=approver)
    assert not CalendarDay.objects.filter(on=day).exists()


def test_the_database_wants_two_people_too(clerk):
    proposal = ask(clerk)
    alone = {"state": "confirmed", "decided_by": clerk, "decided_at": timezone.now()}
    with pytest.raises(IntegrityError, match="confirmed_by_somebody_else"), transaction.atomic():
        SettingProposal.objects.filter(pk=proposal.pk).update(**alone)


def test_from_the_form_to_the_confirmation_by_their_buttons(client, approver):
    office = person_with(Role.CLERK)
    client.force_login(office)
    page = client.get(reverse("deadline_rule_edit", args=[CODE])).content.decode()
    assert 'value="15"' in page
    rule = rule_now()
    given = {"name": rule.name, "amount": 20, "unit": rule.unit, "warn_days": 3, "source": "无"}
    given |= {"valid_from": in_days(1).isoformat(), "is_confirmed": "on"}
    refused = client.post(reverse("deadline_rule_edit", args=[CODE]), given)
    assert refused.status_code == 422
    client.post(reverse("deadline_rule_edit", args=[CODE]), {**given, "source": SOURCE})
    assert "15 → 20" in client.get(reverse("settings")).content.decode()
    client.force_login(approver)
    client.post(reverse("setting_confirm", args=[SettingProposal.objects.get().pk]))
    assert rule_now().amount == 20
