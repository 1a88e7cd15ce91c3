"""One person, one number: another spelling of it is the same, and two who enter it at once get one entry."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inspectors.models import Expert, Inspector
from inspectors.services import create_expert, create_inspector, update_expert, update_inspector
from shuangsuiji.accounts.models import Department, Role
from shuangsuiji.imports.services import apply_batch, stage_upload
from shuangsuiji.lib.errors import Refusal, somebody_was_faster
from tests.factories.accounts import person_with
from tests.factories.inspectors import ExpertFactory, InspectorFactory
from tests.factories.workbooks import workbook_of
from tests.support.pages import as_shown

pytestmark = pytest.mark.django_db
SPELLINGS = ["SL20250001", "sl20250001", "SL 2025 0001", "ＳＬ20250001"]


@pytest.fixture
def clerk():
    return person_with(Role.CLERK)


def enter(number: str, *, clerk) -> Inspector:
    department, _ = Department.objects.get_or_create(code="squad", defaults={"name": "执法大队（示例）"})
    until = timezone.localdate() + datetime.timedelta(days=400)
    return create_inspector(
        certificate_number=number, certificate_expires_on=until, name="张示例", department=department, by=clerk
    )


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_certificate_number_is_one_however_it_is_spelled(clerk, spelling):
    assert enter("sl 20250001", clerk=clerk).certificate_number == "SL20250001"
    with pytest.raises(Refusal, match="已登记在张示例名下"):
        enter(spelling, clerk=clerk)


def test_an_experts_number_is_one_however_it_is_spelled(clerk):
    assert create_expert(number="zj 001", name="李示例", by=clerk).number == "ZJ001"
    with pytest.raises(Refusal, match="已登记在李示例名下"):
        create_expert(number="Zj001", name="王示例", by=clerk)
    assert Expert.objects.count() == 1


def test_who_comes_second_in_the_same_moment_is_told_and_nothing_breaks(clerk):
    first = enter("SL20250001", clerk=clerk)

    def taken() -> None:
        raise Refusal(f"已登记在{first.name}名下")

    with pytest.raises(Refusal, match="已登记在张示例名下"), somebody_was_faster(taken):
        Inspector.objects.create(
            certificate_number="SL20250001",
            certificate_expires_on=first.certificate_expires_on,
            name="王示例",
            department=first.department,
        )
    assert Inspector.objects.count() == 1


@pytest.mark.parametrize(
    ("factory", "name", "constraint"),
    [
        (InspectorFactory, "certificate_number", "a_certificate_number_once_in_any_case"),
        (ExpertFactory, "number", "an_expert_number_once_in_any_case"),
    ],
)
def test_the_database_itself_holds_a_number_once_in_any_case(db, factory, name, constraint):
    factory(**{name: "SL20250001"})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory(**{name: "sl20250001"})


@pytest.mark.parametrize(
    ("factory", "page", "name"),
    [(InspectorFactory, "inspector_create", "certificate_number"), (ExpertFactory, "expert_create", "number")],
)
def test_the_form_says_whose_number_it_is(at_desk, factory, page, name):
    taken = factory(**{name: "SL20250001"})
    sent = {"name": "王示例", name: "sl20250001", "visit_limit": "4", "certificate_expires_on": "2099-12-31"}
    sent |= {"department": Department.objects.get_or_create(code="squad", defaults={"name": "执法大队（示例）"})[0].pk}
    answer = at_desk.post(reverse(page), as_shown(at_desk.get(reverse(page)), **sent))
    assert f"已登记在{taken.name}名下" in answer.context["form"].errors[name][0]


def test_a_number_written_past_the_services_in_small_letters_is_a_sentence_for_the_workbook(clerk):
    taken = ExpertFactory(number="zj001")
    content = workbook_of([["姓名", "专家编号"], ["王示例", "ZJ001"]])
    batch = stage_upload(register="experts", content=content, name="名单.xlsx", by=clerk)
    with pytest.raises(Refusal, match=f"已登记在{taken.name}名下"):
        apply_batch(batch.pk, by=clerk)


@pytest.mark.parametrize("values", [{"phone": "abc"}, {"visit_limit": 0}, {"visit_limit": 100}])
def test_what_a_workbook_refuses_of_a_person_the_services_refuse_too(clerk, values):
    officer, expert = InspectorFactory(), ExpertFactory()
    with pytest.raises(Refusal):
        update_inspector(officer.pk, by=clerk, **values)
    with pytest.raises(Refusal):
        update_expert(expert.pk, by=clerk, **values)
    with pytest.raises(Refusal):
        create_expert(number="ZJ002", name="李示例", by=clerk, **values)
    title, cell = ("联系电话", "abc") if "phone" in values else ("每批最多参与家数", str(values["visit_limit"]))
    content = workbook_of([["姓名", "专家编号", title], [expert.name, expert.number, cell]])
    assert stage_upload(register="experts", content=content, name="名单.xlsx", by=clerk).fault_count == 1


def test_a_workbook_moves_nobody_where_the_form_would_not(clerk):
    expert = ExpertFactory(state="left")
    content = workbook_of([["姓名", "专家编号", "状态"], [expert.name, expert.number, "暂离"]])
    batch = stage_upload(register="experts", content=content, name="名单.xlsx", by=clerk)
    assert batch.rows.get().faults[0]["reason"] == "“已调离”不能直接改为“暂离”。"
