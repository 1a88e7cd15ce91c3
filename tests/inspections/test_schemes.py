"""现场检查方案: from the draw, approved by somebody else, and no visit without it."""

import datetime

import pytest
from django.utils import timezone

from inspections import services
from inspections.models import Scheme, Task
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.notifications.models import Message
from tests.factories.accounts import person_with
from tests.factories.inspections import make_check, make_noticed, make_on_site, make_ready

pytestmark = pytest.mark.django_db


def test_it_is_filled_from_the_draw():
    check = make_noticed()

    scheme = services.draft_scheme(check.task, by=check.lead)

    assert timezone.localtime(scheme.starts_at).date() == check.task.visit_on
    assert scheme.method
    assert not scheme.document


def test_approving_issues_the_document_in_the_chain_of_the_check():
    check = make_noticed()
    services.draft_scheme(check.task, by=check.lead)
    services.review_scheme(check.task, by=check.second)

    document = services.approve_scheme(check.task, by=check.approver).document

    check.fresh()
    notice = IssuedDocument.objects.get(kind="inspection_notice")
    assert document.number.endswith("号")
    assert "检查〔" in document.number
    assert document.serial == notice.serial
    assert [item["code"] for item in document.context["items"]] == list(
        check.task.drawn.items.order_by("item__code").values_list("item__code", flat=True)
    )
    assert check.task.state == TaskState.READY


def test_nobody_approves_their_own_scheme():
    check = make_noticed()
    both = person_with(Role.CLERK, Role.APPROVER)
    services.draft_scheme(check.task, by=both)

    with pytest.raises(Refusal, match="不能审批自己起草"):
        services.approve_scheme(check.task, by=both)


def test_approving_twice_issues_one_document():
    check = make_ready()

    with pytest.raises(Refusal, match="已经批准"):
        services.approve_scheme(check.task, by=check.approver)
    assert IssuedDocument.objects.filter(kind="scheme").count() == 1


def test_it_is_not_approved_before_the_notice_is_public():
    check = make_check()
    services.draft_scheme(check.task, by=check.lead)
    services.review_scheme(check.task, by=check.second)

    with pytest.raises(Refusal, match="公告还没有发布"):
        services.approve_scheme(check.task, by=check.approver)


def test_an_approved_scheme_does_not_change():
    check = make_ready()

    with pytest.raises(Refusal, match="已经批准"):
        services.draft_scheme(check.task, by=check.lead, method="改一改")


def test_it_is_drawn_up_by_the_lead_officer_or_the_office_only():
    check = make_noticed()

    with pytest.raises(Refusal, match="主办执法人员或经办人"):
        services.draft_scheme(check.task, by=check.second)


def test_its_hours_lie_on_the_planned_day():
    check = make_noticed()
    tomorrow = timezone.now() + datetime.timedelta(days=1)

    with pytest.raises(Refusal, match="计划检查日期"):
        services.draft_scheme(
            check.task, by=check.lead, starts_at=tomorrow, ends_at=tomorrow + datetime.timedelta(hours=1)
        )


def test_a_returned_scheme_names_what_to_change_and_tells_its_author():
    check = make_noticed()
    services.draft_scheme(check.task, by=check.lead)

    services.return_scheme(check.task, by=check.approver, opinion="请写明检测仪器。")

    assert Scheme.objects.get().opinion == "请写明检测仪器。"
    assert Message.objects.filter(user=check.lead, subject__contains="退回").count() == 1


class TestNoVisitWithout:
    """凡检查必审批、凡检查必通知."""

    def test_notice(self):
        check = make_check()
        with pytest.raises(Refusal, match="公告还没有发布"):
            services.start_visit(check.task, by=check.lead)

    def test_approved_scheme(self):
        check = make_noticed()
        services.draft_scheme(check.task, by=check.lead)
        with pytest.raises(Refusal, match="方案还没有批准"):
            services.start_visit(check.task, by=check.lead)

    def test_its_day(self):
        check = make_ready()
        Task.objects.filter(pk=check.task.pk).update(visit_on=timezone.localdate() + datetime.timedelta(days=1))
        with pytest.raises(Refusal, match="今天还不能开始"):
            services.start_visit(check.task, by=check.lead)

    def test_an_officer_of_the_task(self):
        check = make_ready()
        with pytest.raises(Refusal, match="只有这项任务的执法人员"):
            services.start_visit(check.task, by=check.clerk)

    def test_valid_certificates(self):
        check = make_ready()
        officer = check.second.inspector
        officer.certificate_expires_on = timezone.localdate() - datetime.timedelta(days=1)
        officer.save()
        with pytest.raises(Refusal, match=f"执法证 {officer.certificate_number} "):
            services.start_visit(check.task, by=check.lead)

    def test_valid_certificates_and_names_nobody_of_a_covert_check(self):
        check = make_ready(mode="covert")
        officer = check.second.inspector
        officer.certificate_expires_on = timezone.localdate() - datetime.timedelta(days=1)
        officer.save()
        with pytest.raises(Refusal) as refused:
            services.start_visit(check.task, by=check.lead)
        assert officer.certificate_number not in refused.value.sentence
        assert "过期" in refused.value.sentence


def test_a_certificate_counts_on_its_last_day():
    check = make_ready()
    officer = check.lead.inspector
    officer.certificate_expires_on = timezone.localdate()
    officer.save()

    assert services.start_visit(check.task, by=check.lead)


def test_a_visit_begun_twice_is_one_visit():
    check = make_on_site()

    again = services.start_visit(check.task, by=check.second)

    assert again == check.task.record
    assert again.results.count() == check.task.drawn.items.count()
    assert AuditEvent.objects.filter(action="visit.started").count() == 1
