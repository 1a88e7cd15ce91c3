from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from enterprises.models import Enterprise
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.models import SupervisedField
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory, credit_code

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


def names(response) -> list[str]:
    return [row.record.name for row in response.context["table"].paginated_rows]


def test_the_list_is_narrowed_by_the_address(at_desk):
    light = SupervisedField.objects.get(code="light")
    EnterpriseFactory(name="示范甲厂", field=light, risk_class="C")
    EnterpriseFactory(name="示范乙厂", field=light)
    EnterpriseFactory(name="示范丙厂", suggested_field=light)
    ask = lambda **query: names(at_desk.get(reverse("enterprise_list"), query))  # noqa: E731
    assert ask(field=light.pk) == ["示范甲厂", "示范乙厂"]
    assert ask(field="none") == ["示范丙厂"]
    assert ask(risk_class="C") == ["示范甲厂"]
    assert ask(risk_class="none", field=light.pk) == ["示范乙厂"]
    assert ask(suggested_field=light.pk) == ["示范丙厂"]
    assert ask(q="sfj") == ["示范甲厂"]


@pytest.mark.parametrize(
    "sort", ["name", "-name", "township", "field", "-risk_class", "registered_on", "state", "credit_code"]
)
def test_every_order_shows_every_row_once(at_desk, sort):
    for number in range(60):
        EnterpriseFactory(name="示范同名有限公司", credit_code=credit_code(number))
    pages = [at_desk.get(reverse("enterprise_list"), {"sort": sort, "page": page}) for page in (1, 2)]
    shown = [row.record.pk for page in pages for row in page.context["table"].paginated_rows]
    assert len(shown) == len(set(shown)) == 60


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_whatever_the_number_of_rows(at_desk, rows, django_assert_max_num_queries):
    light = SupervisedField.objects.get(code="light")
    for _ in range(rows):
        EnterpriseFactory(field=light, suggested_field=light)
    with django_assert_max_num_queries(12):
        at_desk.get(reverse("enterprise_list"))


def test_the_export_holds_exactly_what_is_shown_and_no_person(at_desk):
    EnterpriseFactory(name="=示范甲厂", contact_name="王示例", contact_phone=PHONE, representative="赵示例")
    EnterpriseFactory(name="样例乙厂")
    content = at_desk.get(reverse("enterprise_export"), {"q": "示范"}).content
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert len(rows) == 2
    assert rows[1][:2] == ["=示范甲厂", Enterprise.objects.get(name="=示范甲厂").credit_code]
    assert page["A2"].data_type == "s"
    everything = str(rows)
    assert not any(secret in everything for secret in (PHONE, "王示例", "赵示例"))
    assert AuditEvent.objects.latest("sequence").detail == {"register": "enterprises", "rows": 1}


def test_a_contact_is_masked_until_it_is_asked_for(at_desk):
    enterprise = EnterpriseFactory(contact_name="王示例", contact_phone=PHONE)
    page = at_desk.get(reverse("enterprise_detail", args=[enterprise.pk])).content.decode()
    assert PHONE not in page
    assert "王示例" not in page
    assert "138****1234" in page
    page = at_desk.post(reverse("enterprise_contact", args=[enterprise.pk])).content.decode()
    assert PHONE in page
    assert AuditEvent.objects.latest("sequence").action == "enterprise.contact_revealed"


def test_bad_input_keeps_what_was_typed_and_names_every_field(at_desk):
    response = at_desk.post(reverse("enterprise_create"), {"credit_code": "123", "name": "", "address": "示例路1号"})
    page = response.content.decode()
    assert "请先改正下面的内容" in page
    assert "应为 18 位，这里是 3 位" in page
    assert 'value="示例路1号"' in page
    assert not Enterprise.objects.exists()


def form_values(**changes) -> dict[str, str]:
    values = {"name": "示范化工有限公司", "enforcing_level": "county", "expert_count_wanted": "0"}
    return values | changes


def test_an_enterprise_is_entered_and_changed_by_form(at_desk):
    at_desk.post(reverse("enterprise_create"), form_values(credit_code=f" {credit_code(1).lower()} "))
    enterprise = Enterprise.objects.get()
    assert enterprise.credit_code == credit_code(1)
    at_desk.post(reverse("enterprise_edit", args=[enterprise.pk]), form_values(address="示例　路２号", risk_class="D"))
    enterprise.refresh_from_db()
    assert (enterprise.address, enterprise.risk_class) == ("示例 路2号", "D")


def test_a_code_that_is_taken_is_told_beside_the_field(at_desk):
    EnterpriseFactory(name="示范甲厂", credit_code=credit_code(1))
    page = at_desk.post(reverse("enterprise_create"), form_values(credit_code=credit_code(1))).content.decode()
    assert "已登记为“示范甲厂”" in page


def test_ticked_rows_are_confirmed_and_the_filters_stay(at_desk):
    light = SupervisedField.objects.get(code="light")
    rows = [EnterpriseFactory(suggested_field=light) for _ in range(2)]
    back = reverse("enterprise_list") + "?field=none"
    data = {"pk": [row.pk for row in rows], "step": "confirm", "next": back}
    response = at_desk.post(reverse("enterprise_classify"), data)
    assert response["Location"] == back
    assert Enterprise.objects.filter(field=light).count() == 2


def test_nothing_ticked_is_a_sentence(at_desk):
    response = at_desk.post(reverse("enterprise_classify"), {"step": "confirm"}, follow=True)
    assert "请先勾选企业。" in response.content.decode()


def test_a_stranger_address_is_not_followed_back(at_desk):
    data = {"pk": ["1"], "step": "confirm", "next": "https://elsewhere.example/"}
    assert at_desk.post(reverse("enterprise_classify"), data)["Location"] == reverse("enterprise_list")


def test_a_reader_sees_no_way_to_change(client):
    client.force_login(person_with(Role.LEADER), backend="django.contrib.auth.backends.ModelBackend")
    enterprise = EnterpriseFactory(contact_phone=PHONE)
    for address in (reverse("enterprise_list"), reverse("enterprise_detail", args=[enterprise.pk])):
        page = client.get(address).content.decode()
        assert reverse("enterprise_create") not in page
        assert reverse("enterprise_contact", args=[enterprise.pk]) not in page
        assert 'name="pk"' not in page


def test_a_state_is_changed_by_form_with_a_reason(at_desk):
    enterprise = EnterpriseFactory()
    address = reverse("enterprise_state", args=[enterprise.pk])
    assert "原因" in at_desk.post(address, {"state": "closed"}).content.decode()
    at_desk.post(address, {"state": "closed", "reason": "已注销"})
    enterprise.refresh_from_db()
    assert enterprise.state == "closed"
