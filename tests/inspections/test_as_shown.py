"""What is decided is what the page showed: of a scheme, a record, a re-inspection, a case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from inspections import services
from inspections.models import Scheme
from inspections.states import CaseState, TaskState
from tests.factories.cases import POINTS, REPORT, make_filed
from tests.factories.inspections import make_noticed, make_recorded, make_reviewed, make_scheme_reviewed
from tests.factories.revisits import submitted
from tests.support.seen import mark_on

pytestmark = pytest.mark.django_db


def pressed(client, name: str, *args, seen: str, **typed):
    return client.post(reverse(name, args=args), {"seen": seen, **typed})


class TestScheme:
    def test_the_reviewer_passes_the_words_that_were_read(self, client):
        check = make_noticed()
        services.draft_scheme(check.task, by=check.lead)
        client.force_login(check.second)
        page = reverse("task_scheme", args=[check.task.pk])
        seen = mark_on(client, page)
        services.draft_scheme(check.task, by=check.lead, method="改成另一种方式")

        assert pressed(client, "task_scheme_review", check.task.pk, seen=seen).status_code == 409
        assert Scheme.objects.get().reviewed_at is None
        assert pressed(client, "task_scheme_review", check.task.pk, seen=mark_on(client, page)).status_code == 302
        assert Scheme.objects.get().reviewed_by == check.second

    def test_the_approver_approves_the_words_that_were_read(self, client):
        check = make_scheme_reviewed()
        client.force_login(check.approver)
        page = reverse("task_scheme", args=[check.task.pk])
        seen = mark_on(client, page)
        services.draft_scheme(check.task, by=check.lead, method="改成另一种方式")
        services.review_scheme(check.task, by=check.second)

        assert pressed(client, "task_scheme_approve", check.task.pk, seen=seen, opinion="同意").status_code == 409
        assert check.fresh().state == TaskState.NOTICED
        again = mark_on(client, page)
        assert pressed(client, "task_scheme_approve", check.task.pk, seen=again, opinion="同意").status_code == 302
        assert check.fresh().state == TaskState.READY


class TestRecords:
    def test_a_record_that_was_submitted_again_is_read_again(self, client):
        check = make_recorded()
        client.force_login(check.approver)
        page = reverse("task_review", args=[check.task.pk])
        seen = mark_on(client, page)
        services.return_record(check.task.record, by=check.approver, reason="第一项请写清位置。")
        services.submit_record(check.task.record, by=check.second, signature="signed")

        assert client.post(page, {"seen": seen}).status_code == 409
        assert check.fresh().state == TaskState.RECORDED
        assert client.post(page, {"seen": mark_on(client, page)}).status_code == 302
        assert check.fresh().state == TaskState.CLOSED

    def test_a_reinspection_that_was_submitted_again_is_read_again(self, client):
        check = make_reviewed(failed=1)
        revisit = submitted(check)
        client.force_login(check.approver)
        page = reverse("revisit_review", args=[check.task.pk])
        seen = mark_on(client, page)
        services.return_revisit(revisit, by=check.approver, reason="请补照片。")
        services.submit_revisit(revisit, by=check.second, signature="signed")

        assert client.post(page, {"seen": seen}).status_code == 409
        assert check.fresh().state == TaskState.ORDERED
        assert client.post(page, {"seen": mark_on(client, page)}).status_code == 302
        assert check.fresh().state == TaskState.CLOSED


def test_a_case_that_came_back_meanwhile_is_read_again_and_keeps_what_was_typed(client):
    world = make_filed()
    world.take("report", by=world.handler, **REPORT)
    client.force_login(world.approver)
    page = reverse("case_act", args=[world.case.pk, "review"])
    typed = {"points": POINTS, "opinion": "同意承办人的意见，示例。"}
    seen = mark_on(client, page)
    world.take("return", by=world.approver, reason="请补充证据。")
    world.take("report", by=world.handler, **{**REPORT, "fine": Decimal(90_000)})

    refused = client.post(page, {"seen": seen, **typed}).content.decode()

    assert "打开页面之后有改动" in refused
    assert "同意承办人的意见，示例。" in refused
    world.case.refresh_from_db()
    assert world.case.state == CaseState.REPORTED
    assert client.post(page, {"seen": mark_on(client, page), **typed}).status_code == 302
    world.case.refresh_from_db()
    assert world.case.state == CaseState.REVIEWED
