"""Facts, history, duplicates, words and gaps at the desk."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from enterprises.models import DuplicatePair, Enterprise, Hazard, IndustryClass, SpecialList
from enterprises.services import add_to_list, find_duplicates, merge_enterprises, save_permit, update_enterprise
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.models import SupervisedField, Township, TownshipAlias
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory, credit_code

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def text(response) -> str:
    return response.content.decode()


def names(response) -> list[str]:
    return [row.record.name for row in response.context["table"].paginated_rows]


def test_permits_lists_and_penalties_are_kept_on_one_page(at_desk):
    enterprise = EnterpriseFactory()
    day = TODAY().isoformat()
    page = reverse("enterprise_facts", args=[enterprise.pk])
    assert "没有登记许可" in text(at_desk.get(page))
    permit = {"permit-kind": "安全生产许可证", "permit-number": "示1号", "permit-expires_on": day}
    at_desk.post(reverse("permit_save", args=[enterprise.pk]), permit)
    listing = {"list-list_code": "accident", "list-reason": "发生事故", "list-on": day}
    at_desk.post(reverse("list_add", args=[enterprise.pk]), listing)
    penalty = {"penalty-decided_on": day, "penalty-document_number": "罚1号", "penalty-source": "示例局"}
    at_desk.post(reverse("penalty_add", args=[enterprise.pk]), penalty)
    shown = text(at_desk.get(page))
    assert all(word in shown for word in ("安全生产许可证", "涉事故", "发生事故", "罚1号", "示例局"))
    at_desk.post(reverse("list_end", args=[enterprise.pk]), {"list_code": "accident", "reason": "整改到位"})
    assert "整改到位" in text(at_desk.get(page))


def test_a_small_form_keeps_what_was_typed(at_desk):
    enterprise = EnterpriseFactory()
    data = {"permit-kind": "安全生产许可证", "permit-starts_on": "2026-02-01", "permit-expires_on": "2026-01-01"}
    assert 'value="安全生产许可证"' in text(at_desk.post(reverse("permit_save", args=[enterprise.pk]), data))
    data |= {"permit-number": "1"}
    assert "有效期至早于" in text(at_desk.post(reverse("permit_save", args=[enterprise.pk]), data))


def test_the_history_page_tells_each_field_from_old_to_new(at_desk, clerk):
    enterprise = EnterpriseFactory(name="示范旧厂", contact_phone="13800001234")
    update_enterprise(enterprise.pk, name="示范新厂", contact_phone="13900001234", by=clerk)
    page = text(at_desk.get(reverse("enterprise_history", args=[enterprise.pk])))
    assert "<del>示范旧厂</del> → <ins>示范新厂</ins>" in page.replace("\n", "")
    assert clerk.name in page
    assert "13900001234" not in page


def test_a_reader_sees_facts_and_history_without_forms(client):
    client.force_login(person_with(Role.SUPERVISOR), backend="django.contrib.auth.backends.ModelBackend")
    enterprise = EnterpriseFactory()
    for name in ("enterprise_facts", "enterprise_history"):
        assert "<form" not in text(client.get(reverse(name, args=[enterprise.pk]))).partition("<main")[2]


def pair() -> DuplicatePair:
    for number in (1, 2):
        EnterpriseFactory(name="示范机械有限公司", credit_code=credit_code(number), capital=f"{number}万")
    find_duplicates(by=None)
    return DuplicatePair.objects.get()


def test_a_pair_is_found_compared_and_merged(at_desk):
    for number in (1, 2):
        EnterpriseFactory(name="示范机械有限公司", credit_code=credit_code(number), capital=f"{number}万")
    at_desk.post(reverse("duplicate_seek"))
    two = DuplicatePair.objects.get()
    assert credit_code(1) in text(at_desk.get(reverse("duplicate_list")))
    address = reverse("duplicate_merge", args=[two.pk])
    assert "注册资金" in text(at_desk.get(address))
    at_desk.post(address, {"keep": two.second_id, "take_capital": "first", "reason": "同一执照"})
    kept = Enterprise.objects.get(pk=two.second_id)
    assert (kept.capital, two.first.__class__.objects.get(pk=two.first_id).merged_into) == ("1万", kept)
    assert "已并入" in text(at_desk.get(reverse("enterprise_detail", args=[two.first_id])))


def test_a_pair_is_dismissed_with_a_reason(at_desk):
    two = pair()
    address = reverse("duplicate_dismiss", args=[two.pk])
    assert "请先改正" in text(at_desk.post(address, {"dismiss-reason": ""}))
    at_desk.post(address, {"dismiss-reason": "两家"})
    assert "没有待核对的重复" in text(at_desk.get(reverse("duplicate_list")))


def test_gaps_are_counted_and_lead_to_their_rows(at_desk, clerk):
    light, town = SupervisedField.objects.get(code="light"), Township.objects.first()
    whole = {"field": light, "risk_class": "A", "township": town, "contact_phone": "0730-0000000"}
    EnterpriseFactory(name="示范齐全厂", last_checked_on=TODAY(), **whole)
    EnterpriseFactory(name="示范未检厂", **whole)
    EnterpriseFactory(name="示范缺项厂")
    EnterpriseFactory(name="示范关闭厂", state="closed")
    permitted = EnterpriseFactory(name="示范许可厂", last_checked_on=TODAY(), **whole)
    save_permit(permitted.pk, kind="许可", number="1", expires_on=TODAY() + datetime.timedelta(days=30), by=clerk)
    page = at_desk.get(reverse("register_quality"))
    found = {finding.label: finding for _, findings in page.context["sections"] for finding in findings}
    expected = {
        "企业没有分类": ["示范缺项厂"],
        "企业没有联系方式": ["示范缺项厂"],
        "企业没有确定乡镇": ["示范缺项厂"],
        "企业从未检查": ["示范未检厂"],
        "企业许可到期或将到期": ["示范许可厂"],
    }
    for label, rows in expected.items():
        assert (found[label].count, names(at_desk.get(found[label].url))) == (len(rows), rows)
    assert found["疑似重复的企业"].count == 0


def test_rows_are_found_by_list_and_hazard(at_desk, clerk):
    listed, dusty = EnterpriseFactory(name="示范名单厂"), EnterpriseFactory(name="示范粉尘厂")
    add_to_list(listed.pk, list_code="accident", reason="事故", on=TODAY(), by=clerk)
    dusty.hazards.add(Hazard.objects.get(code="combustible_dust"))
    ask = lambda mark: names(at_desk.get(reverse("enterprise_list"), {"mark": mark}))  # noqa: E731
    assert (ask("list.accident"), ask("hazard.combustible_dust")) == (["示范名单厂"], ["示范粉尘厂"])


@pytest.mark.parametrize("kind", ["hazards", "features", "lists", "industries", "aliases"])
def test_every_vocabulary_is_shown_to_readers_and_edited_by_the_office(client, at_desk, kind):
    assert "添加" in text(at_desk.get(reverse("word_list_of", args=[kind])))
    client.force_login(person_with(Role.LEADER), backend="django.contrib.auth.backends.ModelBackend")
    assert "添加" not in text(client.get(reverse("word_list_of", args=[kind]))).partition("<main")[2]


def test_a_word_is_added_changed_and_removed_unless_used(at_desk):
    at_desk.post(reverse("word_add", args=["hazards"]), {"name": "示例危险", "position": "200"})
    row = Hazard.objects.get(name="示例危险")
    at_desk.post(reverse("word_edit", args=["hazards", row.pk]), {"name": "示例风险", "position": "200"})
    row.refresh_from_db()
    assert (row.name, row.code) == ("示例风险", "shi_li_wei_xian")
    EnterpriseFactory().hazards.add(row)
    remove = reverse("word_remove", args=["hazards", row.pk])
    assert "正在使用" in text(at_desk.post(remove, follow=True))
    Enterprise.objects.get().hazards.clear()
    at_desk.post(remove)
    assert not Hazard.objects.filter(name="示例风险").exists()


def test_the_list_of_key_units_cannot_be_removed(at_desk):
    row = SpecialList.objects.get(code="key")
    assert "正在使用" in text(at_desk.post(reverse("word_remove", args=["lists", row.pk]), follow=True))


def test_new_tables_speak_for_rows_nobody_has_decided(at_desk):
    town, light = Township.objects.first(), SupervisedField.objects.get(code="light")
    lost = EnterpriseFactory(address="示例旧乡某村", industry_code="9999")
    TownshipAlias.objects.create(name="示例旧乡", township=town)
    IndustryClass.objects.create(code="99", name="示例", field=light)
    at_desk.post(reverse("word_derive"))
    lost.refresh_from_db()
    assert (lost.township, lost.suggested_field, lost.field) == (town, light, None)


def test_a_changed_risk_class_asks_for_its_reason_in_the_form(at_desk):
    enterprise = EnterpriseFactory(risk_class="B")
    address = reverse("enterprise_edit", args=[enterprise.pk])
    data = {"name": enterprise.name, "enforcing_level": "county", "expert_count_wanted": "0", "risk_class": "C"}
    assert "写明原因" in text(at_desk.post(address, data))
    at_desk.post(address, data | {"reason": "年度评估", "hazards": [Hazard.objects.get(code="gas").pk]})
    page = text(at_desk.get(reverse("enterprise_detail", args=[enterprise.pk])))
    assert "年度评估" in page
    assert "煤气" in page


def test_a_merged_row_points_to_the_kept_one_in_the_list_of_names(at_desk, clerk):
    kept, gone = EnterpriseFactory(name="示范甲厂"), EnterpriseFactory(name="示范乙厂")
    merge_enterprises(kept.pk, gone_pk=gone.pk, take=(), reason="同一家", by=clerk)
    page = text(at_desk.get(reverse("enterprise_detail", args=[kept.pk])))
    assert "曾用名" in page
    assert gone.credit_code in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", ["duplicate_list", "register_quality", "word_list"])
def test_the_new_lists_ask_the_same_whatever_the_number_of_rows(at_desk, rows, name, django_assert_max_num_queries):
    for number in range(rows + 1):
        EnterpriseFactory(name="示范同名有限公司", credit_code=credit_code(number))
    find_duplicates(by=None)
    with django_assert_max_num_queries(12):
        at_desk.get(reverse(name))


def tell(at: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('shuangsuiji.at', %s, true)", [at])


def test_the_register_is_shown_and_exported_as_it_stood(at_desk):
    today, gas = TODAY(), Hazard.objects.get(code="gas")
    ago = lambda days: timezone.now() - datetime.timedelta(days=days)  # noqa: E731
    tell(ago(30).isoformat())
    enterprise = EnterpriseFactory(name="示范旧名厂", risk_class="A")
    enterprise.hazards.add(gas)
    tell(ago(10).isoformat())
    Enterprise.objects.filter(pk=enterprise.pk).update(name="示范新名厂", risk_class="C")
    enterprise.hazards.clear()
    tell("")
    EnterpriseFactory(name="示范后来厂")
    then = (today - datetime.timedelta(days=20)).isoformat()
    ask = lambda **query: names(at_desk.get(reverse("enterprise_list"), query))  # noqa: E731
    assert ask(on=then) == ["示范旧名厂"]
    assert ask(on=then, risk_class="C") == []
    assert ask(on=then, q="sfjm") == ["示范旧名厂"]
    assert set(ask(on=today.isoformat())) == {"示范新名厂", "示范后来厂"}
    content = at_desk.get(reverse("enterprise_export"), {"on": then}).content
    rows = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    ]
    assert [row[0] for row in rows] == ["企业名称", "示范旧名厂"]
    assert "煤气" in rows[1]


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_back_asks_the_same_whatever_the_number_of_rows(at_desk, rows, django_assert_max_num_queries):
    for _ in range(rows):
        EnterpriseFactory()
    with django_assert_max_num_queries(12):
        at_desk.get(reverse("enterprise_list"), {"on": TODAY().isoformat()})
