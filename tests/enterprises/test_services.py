from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from enterprises.models import Enterprise
from enterprises.selectors import enterprises, pool_ready, search
from enterprises.services import (
    change_state,
    confirm_fields,
    create_enterprise,
    reveal_contact,
    set_field,
    set_risk_class,
    update_enterprise,
)
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField, Township
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory, credit_code

pytestmark = pytest.mark.django_db


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True))


def field(code: str) -> SupervisedField:
    return SupervisedField.objects.get(code=code)


def test_a_new_enterprise_is_found_by_sound_place_and_suggested_field(clerk):
    enterprise = create_enterprise(
        credit_code=credit_code(1), name="示范化工有限公司", address="汨罗市城郊乡示例村", by=clerk
    )
    assert enterprise.name_key == "shi fan hua gong you xian gong si"
    assert enterprise.township == Township.objects.get(name="归义镇")
    assert (enterprise.suggested_field, enterprise.field) == (field("hazchem"), None)
    assert actions() == ["enterprise.created"]


def test_a_code_is_taken_once_and_says_by_whom(clerk):
    EnterpriseFactory(name="示范甲有限公司", credit_code=credit_code(1))
    with pytest.raises(Refusal, match="已登记为“示范甲有限公司”"):
        create_enterprise(credit_code=credit_code(1), name="示范乙有限公司", by=clerk)


def test_a_wrong_code_is_refused_with_the_check_that_fails(clerk):
    with pytest.raises(Refusal, match="校验码都不符"):
        create_enterprise(credit_code=credit_code(1)[:16] + "00", name="示范有限公司", by=clerk)


def test_only_the_office_edits():
    leader = person_with(Role.LEADER)
    with pytest.raises(Refusal, match="经办人"):
        update_enterprise(EnterpriseFactory().pk, by=leader, address="示例路")
    assert actions() == []


def test_a_change_is_recorded_by_the_names_of_its_columns_only(clerk):
    enterprise = EnterpriseFactory()
    update_enterprise(enterprise.pk, by=clerk, contact_name="王示例", contact_phone="0730-0000000")
    event = AuditEvent.objects.get()
    assert event.detail == {"fields": ["contact_name", "contact_phone"]}


def test_nothing_changed_is_nothing_recorded(clerk):
    enterprise = EnterpriseFactory(address="示例路")
    update_enterprise(enterprise.pk, by=clerk, address="示例路")
    assert actions() == []


def test_a_new_address_moves_the_township_and_a_new_name_the_sound(clerk):
    enterprise = EnterpriseFactory(township=Township.objects.get(name="新市镇"))
    changed = update_enterprise(enterprise.pk, by=clerk, address="汨罗市白水镇示例村", name="长乐食品厂")
    assert (changed.township.name, changed.name_initials, changed.suggested_field.code) == ("白水镇", "clspc", "light")


def test_a_confirmed_field_is_not_suggested_anew(clerk):
    enterprise = EnterpriseFactory(field=field("light"))
    assert update_enterprise(enterprise.pk, by=clerk, name="示范化工有限公司").suggested_field is None


def test_a_state_changes_with_a_reason_along_the_table(clerk):
    enterprise = EnterpriseFactory()
    with pytest.raises(Refusal, match="原因"):
        change_state(enterprise.pk, state="closed", reason=" ", by=clerk)
    change_state(enterprise.pk, state="closed", reason="已注销", by=clerk)
    assert change_state(enterprise.pk, state="closed", reason="", by=clerk).state == "closed"
    with pytest.raises(Refusal, match="请先改为“正常经营”"):
        change_state(enterprise.pk, state="suspended", reason="停产", by=clerk)
    assert actions() == ["enterprise.state_changed"]


def test_a_suggestion_puts_nobody_into_a_pool_until_confirmed(clerk):
    waiting = EnterpriseFactory(suggested_field=field("light"), risk_class="C")
    assert list(pool_ready()) == []
    assert confirm_fields([waiting.pk], by=clerk) == 1
    assert confirm_fields([waiting.pk], by=clerk) == 0
    assert list(pool_ready()) == [waiting]
    assert AuditEvent.objects.get().detail == {"codes": [waiting.credit_code]}


def test_without_a_risk_class_or_active_state_nobody_is_in_a_pool(clerk):
    EnterpriseFactory(field=field("light"))
    EnterpriseFactory(field=field("light"), risk_class="A", state="suspended")
    assert list(pool_ready()) == []


def test_field_and_risk_are_set_for_many_at_once(clerk):
    rows = [EnterpriseFactory() for _ in range(3)]
    pks = [row.pk for row in rows]
    assert (set_field(pks, field=field("light"), by=clerk), set_risk_class(pks, risk_class="B", by=clerk)) == (3, 3)
    assert set_risk_class(pks, risk_class="B", by=clerk) == 0
    assert pool_ready().count() == 3


def test_showing_a_contact_leaves_a_trace(clerk):
    enterprise = EnterpriseFactory(contact_phone="0730-0000000")
    assert reveal_contact(enterprise.pk, by=clerk).contact_phone == "0730-0000000"
    assert actions() == ["enterprise.contact_revealed"]
    with pytest.raises(Refusal):
        reveal_contact(enterprise.pk, by=person_with(Role.LEADER))


@pytest.mark.parametrize("text", ["示范", "shifan", "ShiFan Hua", "sfhg", "化工有限", "MA0000", " 示范化工 "])
def test_an_enterprise_is_found_by_name_sound_initials_and_code(text):
    wanted = EnterpriseFactory(name="示范化工有限公司", credit_code=credit_code(1))
    EnterpriseFactory(name="样例采石场", credit_code="91430681190160768R")
    assert list(search(enterprises(), text)) == [wanted]


@pytest.mark.parametrize("text", ["'", "''", "' '", "%", "_"])
def test_a_sign_that_stands_in_no_name_finds_nothing(text):
    EnterpriseFactory(name="示范化工有限公司")
    assert list(search(enterprises(), text)) == []


def test_a_whole_code_finds_that_enterprise_alone():
    wanted, _ = EnterpriseFactory(credit_code=credit_code(1)), EnterpriseFactory(credit_code=credit_code(2))
    assert list(search(enterprises(), f" {credit_code(1).lower()} ")) == [wanted]


def test_the_list_is_in_the_order_of_the_sounds():
    names = ["长乐食品厂", "重庆火锅店", "安全印刷厂"]
    for name in names:
        EnterpriseFactory(name=name)
    assert [row.name for row in enterprises()] == ["安全印刷厂", "长乐食品厂", "重庆火锅店"]


@pytest.mark.parametrize("values", [{"credit_code": "123"}, {"risk_class": "E"}, {"state": "gone"}])
def test_the_database_refuses_what_must_never_be(values):
    enterprise = EnterpriseFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=enterprise.pk).update(**values)
