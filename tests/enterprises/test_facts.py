from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from enterprises.models import Hazard, IndustryClass, Permit, SpecialList
from enterprises.selectors import memberships_of, on_list, penalised_since, penalties_of
from enterprises.services import add_to_list, note_check, record_penalty, save_permit, take_off_list
from enterprises.services.vocabularies import load_vocabularies
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import TechnicalFeature
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True))


def test_a_fresh_register_knows_hazards_features_lists_and_industries():
    names = set(Hazard.objects.values_list("name", flat=True))
    assert {"重大危险源", "涉爆粉尘", "有限空间", "氨制冷"} <= names
    assert {"key", "accident", "new"} <= set(SpecialList.objects.values_list("code", flat=True))
    assert TechnicalFeature.objects.filter(code="refrigeration").exists()
    assert IndustryClass.objects.get(code="31").field.code == "metallurgy"
    assert load_vocabularies() == {"hazards": 0, "lists": 0, "industries": 0}


def test_a_penalty_is_noted_once_and_found_by_its_day(clerk):
    enterprise, other = EnterpriseFactory(), EnterpriseFactory()
    note = {"decided_on": DAY(2026, 3, 1), "document_number": "示应急罚〔2026〕1号", "source": "本机关"}
    first = record_penalty(enterprise=enterprise, by=clerk, **note)
    assert record_penalty(enterprise=enterprise, by=clerk, **note) == first
    record_penalty(enterprise=other, by=None, **{**note, "decided_on": DAY(2025, 3, 1)})
    assert list(penalties_of(enterprise)) == [first]
    assert list(penalised_since(DAY(2026, 1, 1))) == [enterprise.pk]
    assert actions() == ["enterprise.penalty_recorded", "enterprise.penalty_recorded"]


def test_a_penalty_without_a_number_is_refused(clerk):
    with pytest.raises(Refusal, match="文号"):
        record_penalty(
            enterprise=EnterpriseFactory(), decided_on=DAY(2026, 3, 1), document_number=" ", source="", by=clerk
        )


def test_an_enterprise_stands_on_a_list_from_a_day_to_a_day_with_reasons(clerk):
    enterprise = EnterpriseFactory()
    stand = {"list_code": "accident", "reason": "发生事故", "on": DAY(2026, 1, 10), "by": clerk}
    membership = add_to_list(enterprise.pk, **stand)
    assert add_to_list(enterprise.pk, **stand) == membership
    assert list(on_list("accident", on=DAY(2026, 1, 10))) == [enterprise.pk]
    assert list(on_list("accident", on=DAY(2026, 1, 9))) == []
    take_off_list(enterprise.pk, list_code="accident", reason="整改到位", on=DAY(2026, 2, 1), by=clerk)
    assert take_off_list(enterprise.pk, list_code="accident", reason="", on=DAY(2026, 2, 1), by=clerk) is None
    assert list(on_list("accident", on=DAY(2026, 1, 31))) == [enterprise.pk]
    assert list(on_list("accident", on=DAY(2026, 2, 1))) == []
    assert [row.end_reason for row in memberships_of(enterprise)] == ["整改到位"]
    assert actions() == ["enterprise.listed", "enterprise.unlisted"]


def test_a_listing_asks_for_reasons(clerk):
    enterprise = EnterpriseFactory()
    with pytest.raises(Refusal, match="列入“涉事故”的原因"):
        add_to_list(enterprise.pk, list_code="accident", reason=" ", on=DAY(2026, 1, 10), by=clerk)
    add_to_list(enterprise.pk, list_code="accident", reason="事故", on=DAY(2026, 1, 10), by=clerk)
    with pytest.raises(Refusal, match="移出名单的原因"):
        take_off_list(enterprise.pk, list_code="accident", reason="", on=DAY(2026, 1, 10), by=clerk)


def test_the_list_of_key_units_is_what_pools_look_at(clerk):
    enterprise = EnterpriseFactory()
    add_to_list(enterprise.pk, list_code="key", reason="年度计划", on=DAY(2026, 1, 10), by=clerk)
    enterprise.refresh_from_db()
    assert enterprise.is_key
    take_off_list(enterprise.pk, list_code="key", reason="计划调整", on=DAY(2026, 2, 1), by=clerk)
    enterprise.refresh_from_db()
    assert not enterprise.is_key


def test_the_last_check_is_remembered_and_an_earlier_one_changes_nothing():
    enterprise = EnterpriseFactory()
    note_check(enterprise.pk, on=DAY(2026, 3, 1))
    note_check(enterprise.pk, on=DAY(2026, 1, 1))
    enterprise.refresh_from_db()
    assert enterprise.last_checked_on == DAY(2026, 3, 1)


def test_a_permit_is_entered_once_and_renewed(clerk):
    enterprise = EnterpriseFactory()
    permit = {"kind": "危险化学品经营许可证", "number": "示危化经字〔2024〕001号", "by": clerk}
    save_permit(enterprise.pk, expires_on=DAY(2026, 1, 1), **permit)
    save_permit(enterprise.pk, expires_on=DAY(2029, 1, 1), **permit)
    save_permit(enterprise.pk, expires_on=DAY(2029, 1, 1), **permit)
    assert [one.expires_on for one in enterprise.permits.all()] == [DAY(2029, 1, 1)]
    assert actions() == ["enterprise.permit_saved", "enterprise.permit_saved"]
    with pytest.raises(Refusal, match="有效期"):
        save_permit(enterprise.pk, starts_on=DAY(2026, 2, 1), expires_on=DAY(2026, 1, 1), **permit)


def test_only_the_office_notes_facts():
    leader, enterprise = person_with(Role.LEADER), EnterpriseFactory()
    with pytest.raises(Refusal, match="经办人"):
        save_permit(enterprise.pk, kind="许可", number="1", by=leader)
    with pytest.raises(Refusal, match="经办人"):
        add_to_list(enterprise.pk, list_code="new", reason="新开办", on=DAY(2026, 1, 1), by=leader)


def test_the_database_refuses_a_permit_that_ends_before_it_starts():
    values = {"kind": "许可", "number": "1", "starts_on": DAY(2026, 2, 1), "expires_on": DAY(2026, 1, 1)}
    with pytest.raises(IntegrityError, match="permit_ends_after_it_starts"), transaction.atomic():
        Permit.objects.create(enterprise=EnterpriseFactory(), **values)


def test_a_merged_enterprise_is_closed():
    enterprise = EnterpriseFactory(state="closed")
    with pytest.raises(IntegrityError, match="a_merged_enterprise_is_closed"), transaction.atomic():
        EnterpriseFactory(merged_into=enterprise)
