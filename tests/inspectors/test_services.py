from __future__ import annotations

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from inspectors.models import Inspector, LeavePeriod
from inspectors.selectors import available_between, expired, expiring, inspectors, search
from inspectors.services import (
    add_leave,
    change_inspector_state,
    create_expert,
    create_inspector,
    link_account,
    remove_leave,
    reveal_expert_contact,
    update_expert,
    update_inspector,
)
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from tests.factories.accounts import DepartmentFactory, person_with
from tests.factories.inspectors import ExpertFactory, InspectorFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date


def new_inspector(by, **changes) -> Inspector:
    values = {"certificate_number": "18060001001", "certificate_expires_on": DAY(2099, 1, 1), "name": "张示例"}
    return create_inspector(by=by, **{**values, "department": DepartmentFactory(), **changes})


def events() -> list[tuple[str, str]]:
    return list(AuditEvent.objects.order_by("sequence").values_list("action", "target_label"))


def test_an_officer_is_found_by_name_sound_initials_and_number(clerk):
    wanted = new_inspector(clerk)
    InspectorFactory(name="李示例", certificate_number="99")
    for text in ("张示", "zhangsh", "zsl", "180600"):
        assert list(search(inspectors(), text, number="certificate_number")) == [wanted]


def test_the_trail_names_the_certificate_and_never_the_person(clerk):
    new_inspector(clerk)
    assert events() == [("inspector.created", "18060001001")]


def test_an_expired_certificate_is_refused(clerk):
    with pytest.raises(Refusal, match="已于 2020-01-01 到期，不能登记"):
        new_inspector(clerk, certificate_expires_on=DAY(2020, 1, 1))
    officer = InspectorFactory()
    with pytest.raises(Refusal, match="到期"):
        update_inspector(officer.pk, by=clerk, certificate_expires_on=DAY(2020, 1, 1))


def test_a_number_is_taken_once(clerk):
    new_inspector(clerk)
    with pytest.raises(Refusal, match="已登记在张示例名下"):
        new_inspector(clerk, name="李示例")


@time_machine.travel("2026-04-01 09:00 +0800")
def test_a_certificate_is_warned_of_sixty_days_before_it_runs_out():
    today = timezone.localdate()
    warned = InspectorFactory(certificate_expires_on=today + datetime.timedelta(days=60))
    InspectorFactory(certificate_expires_on=today + datetime.timedelta(days=61))
    gone = InspectorFactory(certificate_expires_on=today - datetime.timedelta(days=1))
    last = InspectorFactory(certificate_expires_on=today)
    assert set(expiring(inspectors(), today=today)) == {warned, last}
    assert list(expired(inspectors(), today=today)) == [gone]


def test_who_may_go_out_holds_a_certificate_to_the_end_and_is_on_no_leave(clerk):
    first, last = DAY(2026, 5, 1), DAY(2026, 5, 10)
    fit = InspectorFactory(certificate_expires_on=last)
    InspectorFactory(certificate_expires_on=last - datetime.timedelta(days=1))
    InspectorFactory(state="away")
    on_leave = InspectorFactory()
    add_leave(on_leave.pk, starts_on=last, ends_on=DAY(2026, 5, 20), by=clerk)
    back = InspectorFactory()
    add_leave(back.pk, starts_on=DAY(2026, 4, 1), ends_on=DAY(2026, 4, 30), by=clerk)
    assert set(available_between(first, last)) == {fit, back}


def test_a_leave_is_entered_once_and_overlaps_none(clerk):
    officer = InspectorFactory()
    days = {"starts_on": DAY(2026, 5, 1), "ends_on": DAY(2026, 5, 3)}
    assert add_leave(officer.pk, by=clerk, **days) == add_leave(officer.pk, by=clerk, **days)
    with pytest.raises(Refusal, match="重叠"):
        add_leave(officer.pk, starts_on=DAY(2026, 5, 3), ends_on=DAY(2026, 5, 9), by=clerk)
    with pytest.raises(Refusal, match="结束日期早于开始日期"):
        add_leave(officer.pk, starts_on=DAY(2026, 6, 3), ends_on=DAY(2026, 6, 1), by=clerk)


def test_a_leave_is_taken_back_once(clerk):
    leave = add_leave(InspectorFactory().pk, starts_on=DAY(2026, 5, 1), ends_on=DAY(2026, 5, 3), by=clerk)
    remove_leave(leave.pk, by=clerk)
    remove_leave(leave.pk, by=clerk)
    assert not LeavePeriod.objects.exists()
    assert [action for action, _ in events()] == ["inspector.leave_added", "inspector.leave_removed"]


def test_an_account_must_be_free_switched_on_and_an_officers(clerk):
    officer, other = InspectorFactory(), InspectorFactory()
    account = person_with(Role.INSPECTOR)
    link_account(officer.pk, account=account, by=clerk)
    assert account.inspector == officer
    for wrong, sentence in (
        (account, "已关联"),
        (person_with(Role.LEADER), "没有执法人员角色"),
        (person_with(Role.INSPECTOR, is_active=False), "已停用"),
    ):
        with pytest.raises(Refusal, match=sentence):
            link_account(other.pk, account=wrong, by=clerk)


def test_fields_change_and_nothing_changed_is_nothing_recorded(clerk):
    light = SupervisedField.objects.get(code="light")
    officer = InspectorFactory()
    update_inspector(officer.pk, by=clerk, fields=[light], name=officer.name)
    update_inspector(officer.pk, by=clerk, fields=[light])
    assert list(officer.fields.all()) == [light]
    assert [action for action, _ in events()] == ["inspector.updated"]


def test_somebody_who_left_comes_back_only_as_active(clerk):
    officer = InspectorFactory()
    change_inspector_state(officer.pk, state="left", reason="调离", by=clerk)
    with pytest.raises(Refusal, match="请先改为“在岗”"):
        change_inspector_state(officer.pk, state="away", reason="借调", by=clerk)


def test_an_expert_is_entered_changed_and_shown_with_a_trace(clerk):
    expert = create_expert(number="ZJ001", name="李示例", employer="示例大学", by=clerk)
    assert update_expert(expert.pk, by=clerk, name="王示例").name_initials == "wsl"
    reveal_expert_contact(expert.pk, by=clerk)
    assert events() == [("expert.created", "ZJ001"), ("expert.updated", "ZJ001"), ("expert.contact_revealed", "ZJ001")]
    with pytest.raises(Refusal, match="已登记在王示例名下"):
        create_expert(number="ZJ001", name="赵示例", by=clerk)


def test_only_the_office_edits():
    officer = person_with(Role.INSPECTOR)
    for step in (
        lambda: update_inspector(InspectorFactory().pk, by=officer, name="张示例"),
        lambda: update_expert(ExpertFactory().pk, by=officer, name="张示例"),
        lambda: add_leave(InspectorFactory().pk, starts_on=DAY(2026, 5, 1), ends_on=DAY(2026, 5, 3), by=officer),
    ):
        with pytest.raises(Refusal, match="经办人"):
            step()


def test_the_database_refuses_a_leave_that_ends_before_it_starts():
    officer = InspectorFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        LeavePeriod.objects.create(inspector=officer, starts_on=DAY(2026, 5, 3), ends_on=DAY(2026, 5, 1))
