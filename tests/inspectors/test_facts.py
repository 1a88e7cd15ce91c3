from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from inspectors import hooks
from inspectors.models import DeclaredInterest
from inspectors.selectors import absences_between, standing_interests
from inspectors.services import add_absence, declare_interest, record_evaluation, remove_absence, withdraw_interest
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import person_with
from tests.factories.enterprises import credit_code
from tests.factories.inspectors import ExpertFactory, InspectorFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True))


def test_an_expert_is_evaluated_once_a_visit_and_the_later_word_counts(clerk):
    expert, visit = ExpertFactory(), {"task_key": "SLYJ-2026-001/3", "visited_on": DAY(2026, 4, 20)}
    record_evaluation(expert.pk, score=3, by=clerk, **visit)
    record_evaluation(expert.pk, score=5, comment="意见具体", by=clerk, **visit)
    record_evaluation(expert.pk, score=5, comment="意见具体", by=clerk, **visit)
    assert [(one.score, one.comment) for one in expert.evaluations.all()] == [(5, "意见具体")]
    assert actions() == ["expert.evaluated", "expert.evaluated"]
    with pytest.raises(Refusal, match="1 至 5"):
        record_evaluation(expert.pk, score=6, by=clerk, **visit)
    with pytest.raises(Refusal):
        record_evaluation(expert.pk, score=4, by=person_with(Role.LEADER), **visit)


def test_an_absence_of_an_expert_is_entered_once_and_overlaps_none(clerk):
    expert = ExpertFactory()
    days = {"starts_on": DAY(2026, 5, 1), "ends_on": DAY(2026, 5, 3)}
    absence = add_absence(expert.pk, by=clerk, **days)
    assert add_absence(expert.pk, by=clerk, **days) == absence
    with pytest.raises(Refusal, match="重叠"):
        add_absence(expert.pk, starts_on=DAY(2026, 5, 3), ends_on=DAY(2026, 5, 9), by=clerk)
    with pytest.raises(Refusal, match="早于"):
        add_absence(expert.pk, starts_on=DAY(2026, 6, 3), ends_on=DAY(2026, 6, 1), by=clerk)
    assert list(absences_between(DAY(2026, 5, 3), DAY(2026, 5, 4))) == [absence]
    remove_absence(absence.pk, by=clerk)
    remove_absence(absence.pk, by=clerk)
    assert actions() == ["expert.absence_added", "expert.absence_removed"]


def test_an_officer_declares_an_own_interest_and_withdraws_it():
    account = person_with(Role.INSPECTOR)
    officer = InspectorFactory(account=account)
    said = {"credit_code": credit_code(1), "reason": "配偶在该企业任职", "on": DAY(2026, 4, 1), "by": account}
    interest = declare_interest(officer, **said)
    assert declare_interest(officer, **said) == interest
    assert list(standing_interests()) == [interest]
    withdraw_interest(interest.pk, on=DAY(2026, 5, 1), by=account)
    assert list(standing_interests()) == []
    assert actions() == ["inspector.interest_declared", "inspector.interest_withdrawn"]


def test_nobody_declares_for_a_colleague():
    with pytest.raises(Refusal):
        declare_interest(
            InspectorFactory(), credit_code=credit_code(1), reason="亲属", on=DAY(2026, 4, 1),
            by=person_with(Role.INSPECTOR),
        )  # fmt: skip


def test_upper_rooms_hear_of_a_declaration_and_may_refuse_it(clerk, monkeypatch):
    heard = []
    monkeypatch.setattr(hooks, "_declared", [heard.append])
    interest = declare_interest(
        ExpertFactory(), credit_code=credit_code(1), reason="曾任顾问", on=DAY(2026, 4, 1), by=clerk
    )
    withdraw_interest(interest.pk, on=DAY(2026, 5, 1), by=clerk)
    assert heard == [interest, interest]


def test_the_load_over_a_year_is_what_upper_rooms_count(monkeypatch):
    monkeypatch.setattr(hooks, "_workloads", [lambda ids, year: {7: 2, 8: year - 2025}])
    assert hooks.workload([7, 8, 9], year=2026) == {7: 2, 8: 1, 9: 0}


def test_a_declaration_is_one_persons():
    values = {"credit_code": credit_code(1), "reason": "亲属", "declared_on": DAY(2026, 4, 1)}
    with pytest.raises(IntegrityError, match="one_person_declares"), transaction.atomic():
        DeclaredInterest.objects.create(inspector=InspectorFactory(), expert=ExpertFactory(), **values)
