"""One person, one number: another spelling of it is the same, and two who enter it at once get one entry."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from inspectors.models import Expert, Inspector
from inspectors.services import create_expert, create_inspector
from shuangsuiji.accounts.models import Department, Role
from shuangsuiji.lib.errors import Refusal, somebody_was_faster
from tests.factories.accounts import person_with

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
