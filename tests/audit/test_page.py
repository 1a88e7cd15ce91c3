"""The trail as people read it."""

from __future__ import annotations

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from enterprises.models import Hazard
from enterprises.services import change_state, update_enterprise
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.details import shown_detail
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.audit.services import record
from shuangsuiji.lib.deadlines import open_deadline
from shuangsuiji.lib.services import set_day
from tests.factories.accounts import person_with
from tests.factories.enterprises import EnterpriseFactory
from tests.factories.inspections import make_check

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 11, 2)


@pytest.fixture
def supervisor(client):
    person = person_with(Role.SUPERVISOR)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def last_detail() -> list[tuple[str, str]]:
    return shown_detail(AuditEvent.objects.latest("sequence"))


def test_an_event_is_told_in_words(supervisor, client):
    clerk, enterprise = person_with(Role.CLERK), EnterpriseFactory()
    update_enterprise(enterprise.pk, by=clerk, contact_phone="0730-1", hazards=Hazard.objects.all()[:1])
    assert last_detail() == [("改动的项", "联系电话、危险因素")]
    change_state(enterprise.pk, state="closed", reason="已注销", by=clerk)
    assert last_detail() == [("原为", "正常经营"), ("改为", "注销关闭"), ("原因", "已注销")]
    page = client.get(reverse("audit_list")).content.decode()
    assert "变更企业状态" in page
    assert "enterprise.state_changed</" not in page


def test_codes_of_rules_and_days_are_told_in_words_too(supervisor):
    clerk = person_with(Role.CLERK)
    set_day(MONDAY, kind="off", name="示例节", by=clerk)
    assert ("种类", "放假") in last_detail()
    about = {"subject_kind": "task", "subject_key": "T-1", "label": "x", "by": clerk}
    open_deadline("results.after_visit", start_on=MONDAY, **about)
    shown = dict(last_detail())
    assert shown["对象"] == "检查任务 T-1"
    assert not re.search("[a-z]", shown["规则"])


def test_the_filter_offers_every_action_by_its_words(supervisor, client):
    clerk, enterprise = person_with(Role.CLERK), EnterpriseFactory()
    update_enterprise(enterprise.pk, by=clerk, address="新路")
    change_state(enterprise.pk, state="closed", reason="已注销", by=clerk)

    def ask(action: str) -> list[str]:
        response = client.get(reverse("audit_list"), {"action": action})
        return [event.action for event, _, _ in response.context["rows"]]

    assert ask("enterprise.updated") == ["enterprise.updated"]
    assert ask("enterprise.") == ["enterprise.state_changed", "enterprise.updated"]
    assert '<optgroup label="检查对象">' in client.get(reverse("audit_list")).content.decode()


def test_a_subject_is_named_by_its_number_and_a_moment_by_the_clock_on_the_wall(supervisor, client):
    check = make_check()
    about = {"subject_kind": "task", "subject_key": str(check.task.pk), "label": "x", "by": check.clerk}
    open_deadline("results.after_visit", start_on=MONDAY, **about)
    assert dict(last_detail())["对象"] == f"检查任务 {check.task.number}"
    at = datetime.datetime(2026, 11, 2, 1, 30, tzinfo=datetime.UTC)
    record("publication.approved", by=check.clerk, target=("x", "1", "x"), publish_at=at)
    assert "2026年11月2日 09:30" in dict(last_detail()).values()


def test_the_trail_is_narrowed_to_some_days(supervisor, client):
    today = timezone.localdate()
    record("publication.approved", by=supervisor, target=("x", "1", "示例公告甲"))
    for asked, is_there in ((today, True), (today + datetime.timedelta(days=1), False)):
        page = client.get(reverse("audit_list"), {"since": asked.isoformat()}).content.decode()
        assert ("示例公告甲" in page) is is_there
