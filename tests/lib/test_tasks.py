from __future__ import annotations

import pytest
from celery.exceptions import Retry
from django.db import OperationalError

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.tasks import LONGEST_WAIT_SECONDS, DeskTask, desk_task


@desk_task(name="tests.lib.failing")
def failing(kind: str) -> None:
    raise {"database": OperationalError, "refusal": Refusal, "ours": ZeroDivisionError}[kind](kind)


def test_a_job_is_acknowledged_late_and_given_back():
    assert isinstance(failing, DeskTask)
    assert (failing.acks_late, failing.reject_on_worker_lost, failing.ignore_result) == (True, True, True)


def test_a_lost_database_is_tried_again():
    with pytest.raises(Retry):
        failing.apply(args=["database"], throw=True)


@pytest.mark.parametrize(("kind", "fault"), [("refusal", Refusal), ("ours", ZeroDivisionError)])
def test_an_answer_or_a_fault_of_ours_is_not(kind, fault):
    with pytest.raises(fault):
        failing.apply(args=[kind], throw=True)


def test_no_wait_outlasts_the_brokers_patience(settings):
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > LONGEST_WAIT_SECONDS
