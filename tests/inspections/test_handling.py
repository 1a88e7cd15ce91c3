"""现场处理措施: drafted on site, issued with the approval; urgent, carried out at once and approved within the day."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inspections import services
from inspections.models import HandlingDecision, HandlingDraft
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from shuangsuiji.notifications.models import Message
from tests.factories.inspections import fill_record, make_on_site, make_reviewed

pytestmark = pytest.mark.django_db
WHY = "罐体正在泄漏。"


def draft(check, *, by=None, **how) -> HandlingDraft:
    failed = check.task.record.results.filter(result="failed")
    said = {"basis": "《安全生产法》第六十五条", "measures": "撤出作业人员\n停止使用储罐", **how}
    return services.draft_handling(check.task, by=by or check.lead, results=list(failed), **said)


def on_site():
    check = make_on_site()
    fill_record(check, failed=1)
    check.fresh()
    return check


class TestOrdinary:
    def test_it_waits_for_the_record_and_is_issued_with_the_approval(self):
        check = on_site()
        drafted = draft(check)
        with pytest.raises(Refusal, match="记录审核之后"):
            services.approve_handling(drafted, by=check.approver)
        assert not Deadline.objects.filter(rule__code="handling.approve_urgent").exists()

        services.submit_record(check.task.record, by=check.lead, signature="signed")
        services.approve_record(check.fresh().record, by=check.approver)
        decision = services.approve_handling(drafted, by=check.approver)

        paper = decision.document.context
        assert (paper["measures"], paper["carried_out_at"]) == (["撤出作业人员", "停止使用储罐"], "")
        assert HandlingDraft.objects.get().decision == decision

    def test_an_approver_still_decides_on_a_reviewed_record(self):
        check = make_reviewed(failed=1)

        decision = services.decide_handling(
            check.task,
            by=check.approver,
            results=list(check.task.record.results.filter(result="failed")),
            basis="《安全生产法》第六十五条",
            measures="停止使用储罐",
        )

        assert decision.document.number


class TestUrgent:
    def test_it_is_carried_out_at_once_and_to_be_approved_within_the_day(self):
        check = on_site()

        drafted = draft(check, urgent_reason=WHY)

        duty = Deadline.objects.get(rule__code="handling.approve_urgent")
        assert (duty.subject_key, duty.due_on) == (
            str(drafted.pk),
            timezone.localdate() + datetime.timedelta(days=1),
        )
        assert Message.objects.filter(user=check.approver, subject__contains="已当场实施").exists()

    def test_its_decision_does_not_wait_for_the_record_and_says_when_it_was_carried_out(self):
        check = on_site()

        decision = services.approve_handling(draft(check, urgent_reason=WHY), by=check.county.head)

        paper = decision.document.context
        assert paper["carried_out_at"][:10] == timezone.localdate().isoformat()
        assert (paper["urgent_reason"], paper["record_number"]) == (WHY, "")
        assert Deadline.objects.get(rule__code="handling.approve_urgent").kept_on == timezone.localdate()

    def test_refused_it_is_lifted_and_the_officers_are_told(self):
        check = on_site()
        drafted = draft(check, urgent_reason=WHY)
        with pytest.raises(Refusal, match="不批准的理由"):
            services.refuse_handling(drafted, by=check.approver, reason="")

        services.refuse_handling(drafted, by=check.approver, reason="已堵漏，不需停用。")

        assert Message.objects.filter(user=check.second, subject__contains="没有批准").exists()
        assert not HandlingDecision.objects.exists()
        with pytest.raises(Refusal, match="已经审批"):
            services.approve_handling(drafted, by=check.approver)


class TestWhoMay:
    def test_the_office_does_not_draft(self):
        check = on_site()

        with pytest.raises(Refusal, match="由这项任务的执法人员拟定"):
            draft(check, by=check.clerk)

    def test_officers_do_not_approve(self):
        check = on_site()

        with pytest.raises(Refusal, match="没有这个角色"):
            services.approve_handling(draft(check, urgent_reason=WHY), by=check.second)

    def test_nor_does_whoever_drafted_it(self):
        check = on_site()
        drafted = draft(check, urgent_reason=WHY)

        with pytest.raises(IntegrityError, match="a_measure_is_approved_by_somebody_else"), transaction.atomic():
            HandlingDraft.objects.filter(pk=drafted.pk).update(
                settled_by=check.lead, settled_at=timezone.now(), refused_reason="x"
            )

    def test_only_what_failed_is_a_ground(self):
        check = on_site()
        passed = check.task.record.results.filter(result="passed")

        with pytest.raises(Refusal, match="不合格事项"):
            services.draft_handling(check.task, by=check.lead, results=list(passed), basis="x", measures="y")


def test_officers_and_approver_meet_on_one_page(client):
    check = on_site()
    address = reverse("task_handling", args=[check.task.pk])
    failed = check.task.record.results.get(result="failed")
    client.force_login(check.second)
    said = {
        "results": [failed.pk],
        "basis": "《安全生产法》第六十五条",
        "measures": "撤出作业人员",
        "urgent_reason": WHY,
    }

    html = client.post(address, said, follow=True).content.decode()
    assert "现场处理措施已拟定，等待审批。措施当场实施" in html
    client.force_login(check.approver)
    assert WHY in client.get(address).content.decode()
    client.post(reverse("handling_approve", args=[check.task.pk, HandlingDraft.objects.get().pk]))

    assert IssuedDocument.objects.filter(kind="handling").count() == 1
    assert "批准签发" not in client.get(address).content.decode()
