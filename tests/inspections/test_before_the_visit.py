"""凡检查必审批、凡检查必通知: papers before the visit; covert and urgent ones afterwards, with reason and deadline."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inspections import services
from inspections.documents import scheme_context
from inspections.models import CheckApproval, Scheme
from inspections.selectors.before import check_count_in_year, preparations
from inspections.selectors.completeness import blocking_gaps
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from shuangsuiji.notifications.models import Message
from tests.factories.accounts import person_with
from tests.factories.inspections import (
    fill_record,
    lose_notice,
    make_check,
    make_noticed,
    make_ready,
    make_urgent,
)

pytestmark = pytest.mark.django_db


def test_the_approval_is_asked_for_with_the_scheme_and_numbered_with_it():
    check = make_noticed()
    services.draft_scheme(check.task, by=check.lead)
    services.review_scheme(check.task, by=check.second)

    services.approve_scheme(check.task, by=check.approver)

    approval = CheckApproval.objects.get(task=check.task)
    assert (approval.applied_by, approval.approved_by) == (check.lead, check.approver)
    paper = approval.document.context
    assert "检批〔" in approval.document.number
    assert (paper["check_count"], paper["is_urgent"], paper["head"]["name"]) == (1, False, check.approver.name)
    assert check.task.number in paper["reason"]


def test_the_check_may_be_approved_before_its_scheme():
    check = make_noticed()
    services.apply_for_check(check.task, by=check.clerk, reason="节前检查")
    services.approve_check(check.task, by=check.approver)
    services.draft_scheme(check.task, by=check.lead)
    services.review_scheme(check.task, by=check.second)

    services.approve_scheme(check.task, by=check.approver)

    assert IssuedDocument.objects.filter(kind="check_approval").count() == 1
    with pytest.raises(Refusal, match="已经批准"):
        services.approve_check(check.task, by=check.approver)


def test_the_scheme_is_reviewed_by_somebody_else_and_again_when_it_changes():
    check = make_noticed()
    services.draft_scheme(check.task, by=check.lead)
    with pytest.raises(Refusal, match="起草人不能审批"):
        services.review_scheme(check.task, by=check.lead)

    scheme = services.review_scheme(check.task, by=check.second, opinion="可行")
    assert scheme_context(scheme)["review"]["name"] == check.second.name

    services.draft_scheme(check.task, by=check.lead, method="改为突击抽查。")
    assert Scheme.objects.get(task=check.task).reviewed_by is None


class TestThreePeopleForAScheme:
    def test_it_is_not_approved_before_it_is_reviewed(self):
        check = make_noticed()
        services.draft_scheme(check.task, by=check.lead)

        with pytest.raises(Refusal, match="还没有审核"):
            services.approve_scheme(check.task, by=check.approver)

    def test_who_reviewed_it_does_not_approve_it(self):
        check = make_noticed()
        services.draft_scheme(check.task, by=check.lead)
        both = person_with(Role.CLERK, Role.APPROVER, username="both", name="周示例")
        services.review_scheme(check.task, by=both)

        with pytest.raises(Refusal, match="须由另一名审批负责人"):
            services.approve_scheme(check.task, by=both)

    def test_an_approver_alone_does_not_review(self):
        check = make_noticed()
        services.draft_scheme(check.task, by=check.lead)

        with pytest.raises(Refusal, match="没有这个角色"):
            services.review_scheme(check.task, by=check.approver)

    def test_a_review_is_made_once_and_its_door_closes(self, client):
        check = make_noticed()
        services.draft_scheme(check.task, by=check.lead)
        services.review_scheme(check.task, by=check.second)
        with pytest.raises(Refusal, match=f"已由{check.second.name}审核"):
            services.review_scheme(check.task, by=check.clerk)

        client.force_login(check.approver)
        html = client.get(reverse("task_scheme", args=[check.task.pk])).content.decode()

        assert f"{check.second.name}，" in html
        assert "审核通过" not in html
        assert "批准</button>" in html

    def test_the_database_holds_it_too(self):
        check = make_ready()

        with pytest.raises(IntegrityError, match="an_approved_scheme_was_reviewed"), transaction.atomic():
            Scheme.objects.filter(task=check.task).update(reviewed_by=check.approver)


def test_equipment_is_ticked_on_the_paper():
    check = make_noticed()

    scheme = services.draft_scheme(
        check.task, by=check.lead, equipment_kinds=["照相机", "飞船"], equipment="便携打印机"
    )

    rows = scheme_context(scheme)["equipment"]
    assert [row["name"] for row in rows if row["taken"]] == ["照相机", "便携打印机"]
    assert len(rows) == 5


@pytest.mark.owner
def test_without_a_notice_no_visit_starts():
    check = make_ready()
    lose_notice(check)

    with pytest.raises(Refusal, match="通知书还没有签发"):
        services.start_visit(check.task, by=check.lead)


def test_the_preparations_say_what_is_still_wanting():
    check = make_noticed()

    done = {step["label"]: step["is_done"] for step in preparations(check.task)}

    assert done["行政检查通知书"]
    assert not done["行政检查审批表"]


def test_it_knows_which_check_of_the_year_it_is():
    check = make_check()

    assert check_count_in_year(check.task) == 1


class TestUrgent:
    def test_it_begins_with_a_reason_and_opens_the_duty(self):
        check = make_urgent()

        approval = CheckApproval.objects.get(task=check.task)
        assert check.task.state == TaskState.ON_SITE
        assert (approval.is_afterwards, approval.afterwards_reason) == (True, "接到险情报告，须立即查看。")
        assert Deadline.objects.get(rule__code="check.approve_afterwards").kept_on is None
        assert Message.objects.filter(user=check.approver, subject__contains="请补办审批").count() == 1

    def test_a_blank_reason_is_none(self):
        check = make_check()

        with pytest.raises(Refusal, match="公告还没有发布"):
            services.start_visit(check.task, by=check.lead, urgent_reason="  ")

    def test_it_does_not_begin_before_the_drawn_period(self):
        check = make_check()
        early = timezone.now() - datetime.timedelta(days=1)

        with pytest.raises(Refusal, match="检查时段"):
            services.start_visit(check.task, by=check.lead, urgent_reason="险情。", now=early)

    def test_its_record_waits_for_the_approval(self):
        check = make_urgent()
        services.submit_record(fill_record(check), by=check.lead, signature="signed")
        check.fresh()
        with pytest.raises(Refusal, match="还没有补办"):
            services.approve_record(check.task.record, by=check.approver)

        services.approve_check(check.task, by=check.approver, opinion="情况属实，同意")
        services.approve_record(check.task.record, by=check.approver)

        assert check.fresh().state == TaskState.CLOSED
        assert Deadline.objects.get(rule__code="check.approve_afterwards").kept_on == timezone.localdate()
        assert CheckApproval.objects.get().document.context["is_urgent"]
        assert blocking_gaps(check.task) == []

    def test_a_covert_one_may_begin_so_too(self):
        check = make_urgent(mode="covert")

        assert check.task.state == TaskState.ON_SITE
        assert Deadline.objects.get(rule__code="check.approve_afterwards").is_confidential
