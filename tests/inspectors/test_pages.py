from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from inspectors.models import Expert, Inspector
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.models import SupervisedField
from tests.factories.accounts import DepartmentFactory, person_with
from tests.factories.inspectors import ExpertFactory, InspectorFactory
from tests.support.pages import as_shown

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


def text(response) -> str:
    return response.content.decode()


def soon(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def test_the_list_warns_of_certificates(at_desk):
    InspectorFactory(name="张示例", certificate_expires_on=soon(30))
    InspectorFactory(name="李示例", certificate_expires_on=soon(-1))
    page = text(at_desk.get(reverse("inspector_list")))
    assert "还有 30 天" in page
    assert "已过期" in page
    only = text(at_desk.get(reverse("inspector_list"), {"certificate": "expiring"}))
    assert "张示例" in only
    assert "李示例" not in only


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "factory"), [("inspector_list", InspectorFactory), ("expert_list", ExpertFactory)])
def test_lists_ask_the_same_whatever_the_number_of_rows(at_desk, rows, name, factory, django_assert_max_num_queries):
    for _ in range(rows):
        factory().fields.set(SupervisedField.objects.all()[:3])
    with django_assert_max_num_queries(12):
        at_desk.get(reverse(name))


def test_an_officer_is_entered_changed_and_found(at_desk):
    department = DepartmentFactory()
    data = {"name": "张示例", "certificate_number": "1806", "certificate_expires_on": "2099-01-01", "visit_limit": "6"}
    at_desk.post(reverse("inspector_create"), data | {"department": department.pk})
    officer = Inspector.objects.get()
    at_desk.post(reverse("inspector_edit", args=[officer.pk]), data | {"department": department.pk, "name": "王示例"})
    assert "王示例" in text(at_desk.get(reverse("inspector_list"), {"q": "wsl"}))


def test_an_expired_certificate_is_told_beside_its_field(at_desk):
    data = {"name": "张示例", "certificate_number": "1806", "certificate_expires_on": "2020-01-01", "visit_limit": "6"}
    page = text(at_desk.post(reverse("inspector_create"), data | {"department": DepartmentFactory().pk}))
    assert "执法证已于 2020-01-01 到期" in page
    assert 'value="张示例"' in page
    assert not Inspector.objects.exists()


def test_leave_is_entered_and_taken_back(at_desk):
    officer = InspectorFactory()
    data = {"leave-starts_on": "2026-05-01", "leave-ends_on": "2026-05-03", "leave-reason": "年休"}
    at_desk.post(reverse("leave_add", args=[officer.pk]), data)
    leave = officer.leave_periods.get()
    assert "年休" in text(at_desk.get(reverse("inspector_detail", args=[officer.pk])))
    at_desk.post(reverse("leave_remove", args=[officer.pk, leave.pk]))
    assert not officer.leave_periods.exists()


def test_a_leave_backwards_is_a_sentence_and_keeps_what_was_typed(at_desk):
    officer = InspectorFactory()
    data = {"leave-starts_on": "2026-05-03", "leave-ends_on": "2026-05-01", "leave-reason": "年休"}
    page = text(at_desk.post(reverse("leave_add", args=[officer.pk]), data))
    assert "结束日期早于开始日期" in page
    assert 'value="年休"' in page


def test_an_account_is_linked_by_form(at_desk):
    officer, account = InspectorFactory(), person_with(Role.INSPECTOR)
    at_desk.post(reverse("inspector_account", args=[officer.pk]), {"account-account": account.pk})
    officer.refresh_from_db()
    assert officer.account == account


@pytest.mark.parametrize(
    ("factory", "detail", "reveal"),
    [(InspectorFactory, "inspector_detail", "inspector_phone"), (ExpertFactory, "expert_detail", "expert_contact")],
)
def test_a_number_is_masked_until_it_is_asked_for(at_desk, factory, detail, reveal):
    person = factory(phone=PHONE)
    assert PHONE not in text(at_desk.get(reverse(detail, args=[person.pk])))
    assert PHONE in text(at_desk.post(reverse(reveal, args=[person.pk])))


@pytest.mark.parametrize(
    ("factory", "export"), [(InspectorFactory, "inspector_export"), (ExpertFactory, "expert_export")]
)
def test_an_export_holds_what_is_shown_without_numbers(at_desk, factory, export):
    factory(name="张示例", phone=PHONE)
    factory(name="李示例")
    content = at_desk.get(reverse(export), {"q": "zsl"}).content
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert [row[0] for row in rows] == ["姓名", "张示例"]
    assert PHONE not in str(rows)


def test_an_expert_is_entered_changed_and_moved(at_desk):
    at_desk.post(reverse("expert_create"), {"name": "李示例", "number": "ZJ1", "visit_limit": "4"})
    expert = Expert.objects.get()
    at_desk.post(
        reverse("expert_edit", args=[expert.pk]), {"name": "李示例", "visit_limit": "4", "employer": "示例大学"}
    )
    at_desk.post(reverse("expert_state", args=[expert.pk]), {"state": "away", "reason": "出国"})
    expert.refresh_from_db()
    assert (expert.employer, expert.state) == ("示例大学", "away")


@pytest.mark.parametrize(
    ("factory", "name", "reveal"),
    [
        (InspectorFactory, "inspector_edit", "inspector.phone_revealed"),
        (ExpertFactory, "expert_edit", "expert.contact_revealed"),
    ],
)
def test_a_form_holds_no_number_until_it_is_asked_for(at_desk, factory, name, reveal):
    person = factory(phone=PHONE)
    address = reverse(name, args=[person.pk])
    page = at_desk.get(address)
    assert PHONE not in text(page)
    at_desk.post(address, as_shown(page, visit_limit="9"))
    person.refresh_from_db()
    assert (person.phone, person.visit_limit) == (PHONE, 9)
    assert PHONE in text(at_desk.post(address, as_shown(page, reveal="1")))
    assert AuditEvent.objects.latest("sequence").action == reveal


@pytest.mark.parametrize(("factory", "name"), [(InspectorFactory, "inspector_edit"), (ExpertFactory, "expert_edit")])
def test_two_tabs_of_one_person_lose_nothing(at_desk, factory, name):
    person, field = factory(name="张示例"), SupervisedField.objects.first()
    address = reverse(name, args=[person.pk])
    first, second = at_desk.get(address), at_desk.get(address)
    at_desk.post(address, as_shown(first, visit_limit="9", fields=[field.pk]))
    at_desk.post(address, as_shown(second, name="王示例"))
    person.refresh_from_db()
    assert (person.name, person.visit_limit, list(person.fields.all())) == ("王示例", 9, [field])


def test_an_export_is_offered_to_whom_it_is_open(client):
    for role, offered in ((Role.CLERK, True), (Role.LEADER, False), (Role.SUPERVISOR, False)):
        client.force_login(person_with(role))
        for name in ("inspector_list", "expert_list"):
            page = client.get(reverse(name))
            assert page.status_code == 200
            assert ("导出筛选结果" in page.content.decode()) is offered
