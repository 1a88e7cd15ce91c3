"""通知即检查: nothing in public, the letter when the visit is made known, the envelope opened with it."""

import pytest
from django.urls import reverse

from draws.models import Opening
from inspections.models import Task
from inspections.policies import may_see_task
from inspections.selectors import tasks_visible_to
from publication import services, tasks
from publication.models import Letter, Publication
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import Role, person_with
from tests.factories.inspections import make_check

pytestmark = pytest.mark.django_db


def test_drawing_publishes_nothing_and_tells_nobody():
    make_check(mode="notified")
    tasks.issue_letters()
    assert not Publication.objects.exists()
    assert not Letter.objects.exists()


def test_the_enterprise_gets_its_letter_when_the_visit_is_made_known(client):
    check = make_check(mode="notified")
    client.force_login(check.clerk)
    page = client.get(reverse("task_detail", args=[check.task.pk])).content.decode()
    assert "通知企业" in page
    client.post(reverse("enterprise_notify", args=[check.task.pk]))
    tasks.issue_letters()
    letter = Letter.objects.get(task=check.task)
    assert letter.publication is None
    assert letter.document.number
    assert check.fresh().state == "noticed"
    assert Opening.objects.filter(credit_code=check.task.enterprise.credit_code).count() == 1
    assert Task.objects.filter(state="assigned", drawn__draw=check.draw).exists()
    assert client.get(f"/letter/{letter.token}/").status_code == 200


def test_an_own_officer_may_notify_and_twice_is_once():
    check = make_check(mode="notified")
    first = services.notify_enterprise(check.task, by=check.lead)
    assert services.notify_enterprise(check.task, by=check.lead) == first
    assert Letter.objects.count() == 1


def test_a_stranger_may_not():
    check = make_check(mode="notified")
    with pytest.raises(Refusal):
        services.notify_enterprise(check.task, by=person_with(Role.INSPECTOR))


@pytest.mark.parametrize("mode", ["announced", "covert"])
def test_other_ways_have_their_own_moment(mode):
    check = make_check(mode=mode)
    with pytest.raises(Refusal, match="通知即检查"):
        services.notify_enterprise(check.task, by=check.lead)


def test_the_visit_goes_on_from_there():
    from inspections import services as inspections

    check = make_check(mode="notified")
    services.notify_enterprise(check.task, by=check.clerk)
    inspections.draft_scheme(check.fresh(), by=check.lead)
    inspections.review_scheme(check.task, by=check.second)
    inspections.approve_scheme(check.task, by=check.approver)
    assert check.fresh().state == "ready"


@pytest.mark.parametrize("role", [Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR])
def test_only_an_enterprise_that_was_told_is_seen_by_the_desk(role):
    check, reader = make_check(mode="notified"), person_with(role)
    assert not tasks_visible_to(reader).exists()
    assert set(tasks_visible_to(check.clerk)) == set(Task.objects.all())
    services.notify_enterprise(check.task, by=check.clerk)
    assert list(tasks_visible_to(reader)) == [check.task]
    assert [task for task in Task.objects.all() if may_see_task(reader, task)] == [check.task]
