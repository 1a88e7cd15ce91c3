"""Two people at one enterprise: nobody's work is lost, and no number is seen without its line in the trail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from enterprises.models import Enterprise, Hazard
from enterprises.services import update_enterprise
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory
from tests.support.pages import as_shown

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


@pytest.fixture
def kept():
    return EnterpriseFactory(
        name="示范化工有限公司", address="旧路1号", capital="10万", contact_name="王示例", contact_phone=PHONE
    )


@pytest.fixture
def colleague(db):
    return person_with(Role.CLERK, name="张示例")


def edit(kept) -> str:
    return reverse("enterprise_edit", args=[kept.pk])


def test_a_page_grown_stale_saves_what_its_person_changed_and_no_more(at_desk, kept, colleague):
    page = at_desk.get(edit(kept))
    update_enterprise(kept.pk, by=colleague, capital="99万", hazards=Hazard.objects.all()[:1])
    at_desk.post(edit(kept), as_shown(page, address="新路2号"))
    kept.refresh_from_db()
    assert (kept.address, kept.capital, kept.hazards.count()) == ("新路2号", "99万", 1)
    assert AuditEvent.objects.latest("sequence").detail == {"fields": ["address"]}


def test_the_same_field_changed_twice_is_asked_again_and_what_was_typed_stays(at_desk, kept, colleague):
    page = at_desk.get(edit(kept))
    update_enterprise(kept.pk, by=colleague, address="别路3号", capital="99万")
    again = at_desk.post(edit(kept), as_shown(page, address="新路2号"))
    text = again.content.decode()
    assert "张示例于 " in text
    assert "已把它改为“别路3号”" in text
    assert 'value="新路2号"' in text
    kept.refresh_from_db()
    assert kept.address == "别路3号"
    at_desk.post(edit(kept), as_shown(again))
    kept.refresh_from_db()
    assert (kept.address, kept.capital) == ("新路2号", "99万")


def test_both_changed_it_to_the_same_and_nobody_is_asked(at_desk, kept, colleague):
    page = at_desk.get(edit(kept))
    update_enterprise(kept.pk, by=colleague, address="新路2号")
    assert at_desk.post(edit(kept), as_shown(page, address="新路2号")).status_code == 302


def test_the_form_holds_no_number_and_an_empty_one_changes_nothing(at_desk, kept):
    page = at_desk.get(edit(kept))
    text = page.content.decode()
    assert PHONE not in text
    assert "王示例" not in text
    assert "138****1234" in text
    at_desk.post(edit(kept), as_shown(page, contact_email="new@example.cn"))
    kept.refresh_from_db()
    assert (kept.contact_phone, kept.contact_name, kept.contact_email) == (PHONE, "王示例", "new@example.cn")


def test_a_number_shown_for_editing_is_in_the_trail_and_can_be_taken_out(at_desk, kept):
    page = at_desk.post(edit(kept), as_shown(at_desk.get(edit(kept)), reveal="1", capital="30万"))
    assert PHONE in page.content.decode()
    assert AuditEvent.objects.latest("sequence").action == "enterprise.contact_revealed"
    at_desk.post(edit(kept), as_shown(page, contact_phone=""))
    kept = Enterprise.objects.get(pk=kept.pk)
    assert (kept.contact_phone, kept.contact_name, kept.capital) == ("", "王示例", "30万")


def test_a_number_that_both_changed_is_not_told_either(at_desk, kept, colleague):
    page = at_desk.get(edit(kept))
    update_enterprise(kept.pk, by=colleague, contact_phone="13900005678")
    again = at_desk.post(edit(kept), as_shown(page, contact_phone="13700009999")).content.decode()
    assert "13900005678" not in again
    assert "已登记，此处不显示" in again
