"""Records, history and looking back, for officers and experts."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from inspectors import hooks
from inspectors.models import DeclaredInterest
from inspectors.services import record_evaluation, update_expert, update_inspector
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature
from tests.factories.accounts import person_with
from tests.factories.enterprises import credit_code
from tests.factories.inspectors import ExpertFactory, InspectorFactory

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def text(response) -> str:
    return response.content.decode()


def days_ago(days: int):
    """What is written inside counts as written so many days ago."""

    class Aged(transaction.Atomic):
        def __enter__(self):
            super().__enter__()
            tell((timezone.now() - datetime.timedelta(days=days)).isoformat())

        def __exit__(self, *problem):
            tell("")
            super().__exit__(*problem)

    return Aged(using=None, savepoint=True, durable=False)


def tell(at: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('shuangsuiji.at', %s, true)", [at])


def test_an_experts_absences_and_evaluations_stand_on_one_page(at_desk, clerk):
    expert = ExpertFactory()
    days = {"absence-starts_on": "2026-05-01", "absence-ends_on": "2026-05-03", "absence-reason": "出国"}
    at_desk.post(reverse("absence_add", args=[expert.pk]), days)
    record_evaluation(
        expert.pk, task_key="SLYJ-2026-001/3", visited_on=datetime.date(2026, 4, 20), score=5, by=clerk, comment="专业"
    )
    page = text(at_desk.get(reverse("expert_records", args=[expert.pk])))
    assert "出国" in page
    assert "SLYJ-2026-001/3" in page
    at_desk.post(reverse("absence_remove", args=[expert.pk, expert.absences.get().pk]))
    assert not expert.absences.exists()


def test_an_officer_declares_at_the_desk_and_only_who_decides_reads_it(client):
    account = person_with(Role.INSPECTOR)
    officer = InspectorFactory(account=account)
    client.force_login(account, backend=BACKEND)
    data = {"interest-credit_code": credit_code(1), "interest-reason": "配偶任职"}
    client.post(reverse("inspector_interest", args=[officer.pk]), data)
    page = reverse("inspector_records", args=[officer.pk])
    assert "配偶任职" in text(client.get(page))
    for role, may_read in ((Role.SUPERVISOR, True), (Role.INSPECTOR, False), (Role.LEADER, False)):
        client.force_login(person_with(role), backend=BACKEND)
        assert ("配偶任职" in text(client.get(page))) is may_read
    client.force_login(account, backend=BACKEND)
    client.post(reverse("interest_withdraw", args=[DeclaredInterest.objects.get().pk]))
    assert DeclaredInterest.objects.get().withdrawn_on == timezone.localdate()


def test_a_wrong_code_keeps_what_was_typed(at_desk):
    officer = InspectorFactory()
    data = {"interest-credit_code": "123", "interest-reason": "配偶任职"}
    page = text(at_desk.post(reverse("inspector_interest", args=[officer.pk]), data))
    assert "应为 18 位" in page
    assert 'value="配偶任职"' in page


def test_the_load_of_the_year_is_shown(at_desk, monkeypatch):
    monkeypatch.setattr(hooks, "_workloads", [lambda ids, year: dict.fromkeys(ids, 17)])
    assert "17" in text(at_desk.get(reverse("inspector_records", args=[InspectorFactory().pk])))


def test_the_history_tells_fields_and_hides_numbers(at_desk, clerk):
    light = SupervisedField.objects.get(code="light")
    officer = InspectorFactory(phone="13800001234")
    update_inspector(officer.pk, fields=[light], phone="13900001234", by=clerk)
    page = text(at_desk.get(reverse("inspector_history", args=[officer.pk])))
    assert "<ins>轻工</ins>" in page
    assert "13900001234" not in page
    expert = ExpertFactory()
    update_expert(expert.pk, features=[TechnicalFeature.objects.get(code="refrigeration")], by=clerk)
    assert "<ins>制冷</ins>" in text(at_desk.get(reverse("expert_history", args=[expert.pk])))


def names(response) -> list[str]:
    return [row.record.name for row in response.context["table"].paginated_rows]


@pytest.mark.parametrize(("word", "factory"), [("inspector", InspectorFactory), ("expert", ExpertFactory)])
def test_a_list_is_shown_and_exported_as_it_stood(at_desk, word, factory):
    today, light = timezone.localdate(), SupervisedField.objects.get(code="light")
    with days_ago(30):
        person = factory(name="张旧名")
        person.fields.add(light)
    with days_ago(10):
        type(person).objects.filter(pk=person.pk).update(name="张新名")
        person.fields.clear()
    factory(name="李新人")
    then = (today - datetime.timedelta(days=20)).isoformat()
    page = at_desk.get(reverse(f"{word}_list"), {"on": then})
    assert names(page) == ["张旧名"]
    assert "轻工" in text(page)
    content = at_desk.get(reverse(f"{word}_export"), {"on": then}).content
    rows = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    ]
    assert [row[0] for row in rows] == ["姓名", "张旧名"]
    assert "轻工" in str(rows[1])
    assert set(names(at_desk.get(reverse(f"{word}_list"), {"on": today.isoformat()}))) == {"张新名", "李新人"}


def test_a_day_that_is_none_is_a_sentence(at_desk):
    response = at_desk.get(reverse("inspector_list"), {"on": "昨天"})
    assert response.status_code == 400
    assert "截至日期认不出来" in text(response)


def test_experts_without_employer_or_contact_are_gaps(at_desk):
    ExpertFactory(name="李无单位", employer="", phone="0730-0000000")
    ExpertFactory(name="李无电话")
    assert names(at_desk.get(reverse("expert_list"), {"gap": "employer"})) == ["李无单位"]
    assert names(at_desk.get(reverse("expert_list"), {"gap": "contact"})) == ["李无电话"]
