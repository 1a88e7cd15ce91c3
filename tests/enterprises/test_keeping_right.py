"""The register put right: a wrong code, a name changed past the services, a save while an import holds the table."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from draws.models import DrawnEnterprise
from enterprises.models import Enterprise, FormerName, Hazard
from enterprises.selectors import enterprises, search
from enterprises.selectors.quality import quality
from enterprises.services import correct_code, update_enterprise
from enterprises.services import locking as holding
from enterprises.services.naming import mend_names
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from tests.factories import draws as make
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.support.pages import as_shown

pytestmark = pytest.mark.django_db


# A code that was entered wrongly.


def test_a_wrong_code_is_corrected_with_a_reason_and_both_stay_known(at_desk):
    enterprise = EnterpriseFactory(credit_code=credit_code(1))
    address = reverse("enterprise_code", args=[enterprise.pk])
    given = {"code-credit_code": credit_code(2), "code-reason": "与营业执照核对"}
    assert "请填写这一项" in at_desk.post(address, {**given, "code-reason": ""}).content.decode()
    assert at_desk.post(address, given).status_code == 302
    enterprise.refresh_from_db()
    assert enterprise.credit_code == credit_code(2)
    event = AuditEvent.objects.latest("sequence")
    assert event.action == "enterprise.code_corrected"
    assert event.detail == {"before": credit_code(1), "after": credit_code(2), "reason": "与营业执照核对"}
    page = at_desk.get(reverse("enterprise_history", args=[enterprise.pk])).content.decode()
    assert credit_code(1) in page
    assert "与营业执照核对" in page


def test_a_code_of_somebody_else_is_refused(at_desk):
    EnterpriseFactory(name="示范甲厂", credit_code=credit_code(2))
    enterprise = EnterpriseFactory(credit_code=credit_code(1))
    given = {"code-credit_code": credit_code(2), "code-reason": "核对"}
    page = at_desk.post(reverse("enterprise_code", args=[enterprise.pk]), given).content.decode()
    assert "已登记为“示范甲厂”" in page


def test_the_code_of_a_drawn_enterprise_stays():
    county = make.make_county()
    make.make_drawn(county)
    drawn = DrawnEnterprise.objects.select_related("enterprise").order_by("pk")[0].enterprise
    with pytest.raises(Refusal, match="已写进封存的记录"):
        correct_code(drawn.pk, credit_code=credit_code(777_777), reason="核对", by=county.clerk)


# A name changed past the services.


def rename_past_the_services(pk: int, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE enterprises_enterprise SET name = %s WHERE id = %s", [name, pk])


def gaps() -> dict[str, int]:
    return {finding.url.rpartition("=")[2]: finding.count for finding in quality(timezone.localdate())}


def test_a_name_changed_by_raw_sql_is_found_again_and_the_former_one_too():
    enterprise = EnterpriseFactory(name="示例旧厂")
    assert mend_names() == 0
    rename_past_the_services(enterprise.pk, "示范新厂")
    rename_past_the_services(enterprise.pk, "示范再新厂")
    assert gaps()["sounds"] == 1
    assert mend_names() == 1
    assert gaps()["sounds"] == 0
    for text in ("sfzxc", "shifanzaixin", "示例旧厂", "sljc", "示范新厂"):
        assert list(search(enterprises(), text)) == [enterprise]
    assert set(FormerName.objects.values_list("name", "source")) == {
        ("示例旧厂", "数据库直接修改"),
        ("示范新厂", "数据库直接修改"),
    }
    assert AuditEvent.objects.latest("sequence").action == "enterprise.search_mended"


def test_a_name_changed_by_the_services_needs_no_mending(clerk):
    enterprise = EnterpriseFactory(name="示例旧厂")
    update_enterprise(enterprise.pk, name="示范新厂", by=clerk)
    assert mend_names() == 0


# A save while an import holds the register.


@pytest.mark.django_db(transaction=True)
def test_a_save_during_an_import_is_answered_at_once_and_keeps_what_was_typed(at_desk, monkeypatch):
    monkeypatch.setattr(holding, "LONGEST_WAIT", "50ms")
    enterprise = EnterpriseFactory(address="旧路1号")
    address = reverse("enterprise_edit", args=[enterprise.pk])
    page = at_desk.get(address)
    settings = connection.get_connection_params()
    wanted = {name: settings[name] for name in ("dbname", "user", "password", "host", "port") if name in settings}
    with psycopg.connect(**wanted) as other:
        other.execute("LOCK TABLE enterprises_enterprise IN EXCLUSIVE MODE")
        answer = at_desk.post(address, as_shown(page, address="新路2号")).content.decode()
        other.rollback()
    assert "名录正在导入" in answer
    assert 'value="新路2号"' in answer
    assert at_desk.post(address, as_shown(page, address="新路2号")).status_code == 302
    assert Enterprise.objects.get().address == "新路2号"


# Words and days.


def test_the_vocabularies_show_no_codes_and_give_new_words_one(at_desk):
    page = at_desk.get(reverse("word_list")).content.decode()
    assert "major_hazard" not in page
    at_desk.post(reverse("word_add", args=["hazards"]), {"name": "粉尘涉爆", "position": "130"})
    at_desk.post(reverse("word_add", args=["hazards"]), {"name": "分陈设豹", "position": "140"})
    codes = list(Hazard.objects.filter(position__gte=130).order_by("position").values_list("code", flat=True))
    assert codes[0] == "fen_chen_she_bao"
    assert len(set(codes)) == 2


def test_a_day_to_come_is_a_sentence_in_the_desks_own_shell(at_desk):
    response = at_desk.get(reverse("enterprise_list"), {"on": "2099-01-01"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "2099-01-01 还没有到" in page
    assert reverse("inspector_list") in page


def test_the_industry_stands_beside_its_code(at_desk):
    enterprise = EnterpriseFactory(industry_code="3110")
    page = at_desk.get(reverse("enterprise_detail", args=[enterprise.pk])).content.decode()
    assert "3110" in page
    assert "黑色金属冶炼" in page
