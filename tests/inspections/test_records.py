"""现场检查记录: saved item by item, never over somebody else's words, complete before it is submitted."""

import datetime
import threading

import pytest
from django.db import connections, transaction
from django.utils import timezone

from inspections import services
from inspections.models import ItemResult, SiteRecord
from inspections.states import TaskState
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from shuangsuiji.notifications.models import Message
from tests.factories.inspections import fill_record, look_again, make_on_site, make_recorded, make_reviewed, put_right

pytestmark = pytest.mark.django_db


def first_result(check) -> ItemResult:
    return ItemResult.objects.filter(record__task=check.task).order_by("drawn_item__item__code").first()


class TestSaving:
    def test_a_save_counts_its_version_and_remembers_who(self):
        check = make_on_site()

        saved = services.save_result(first_result(check), by=check.lead, revision=0, result="passed")

        assert (saved.revision, saved.saved_by, saved.result) == (1, check.lead, "passed")

    def test_the_same_save_again_changes_nothing(self):
        check = make_on_site()
        services.save_result(first_result(check), by=check.lead, revision=0, result="passed")

        again = services.save_result(first_result(check), by=check.lead, revision=0, result="passed")

        assert again.revision == 1

    def test_a_stale_save_overwrites_nothing_and_both_are_told(self):
        check = make_on_site()
        services.save_result(first_result(check), by=check.lead, revision=0, result="passed", seen="齐全")

        with pytest.raises(services.StaleSave, match=f"{check.lead.name}在 .* 已经保存过"):
            services.save_result(first_result(check), by=check.second, revision=0, result="failed", seen="缺一块")

        assert first_result(check).seen == "齐全"
        assert Message.objects.filter(user=check.lead, subject__contains="两个人同时填写").count() == 1

    def test_the_next_save_over_what_stands_now_is_meant(self):
        check = make_on_site()
        services.save_result(first_result(check), by=check.lead, revision=0, result="passed")

        saved = services.save_result(first_result(check), by=check.second, revision=1, result="absent")

        assert saved.result == "absent"

    def test_a_hazard_goes_with_its_failure(self):
        check = make_on_site()
        day = timezone.localdate() + datetime.timedelta(days=5)
        services.save_result(
            first_result(check), by=check.lead, revision=0, result="failed", hazard="major", rectify_by=day
        )

        saved = services.save_result(first_result(check), by=check.lead, revision=1, result="passed")

        assert (saved.hazard, saved.rectify_by) == ("", None)

    def test_a_limit_before_the_visit_is_refused(self):
        check = make_on_site()
        day = timezone.localdate() - datetime.timedelta(days=1)

        with pytest.raises(Refusal, match="整改期限不能早于"):
            services.save_result(first_result(check), by=check.lead, revision=0, result="failed", rectify_by=day)

    def test_a_stale_head_is_refused_too(self):
        check = make_on_site()
        record = check.task.record
        services.save_head(record, by=check.lead, revision=0, place="储罐区")

        with pytest.raises(services.StaleSave, match="表头"):
            services.save_head(record, by=check.second, revision=0, place="仓库")

    def test_others_do_not_write(self):
        check = make_on_site()

        with pytest.raises(Refusal, match="只能由这项任务的执法人员"):
            services.save_result(first_result(check), by=check.clerk, revision=0, result="passed")

    def test_a_submitted_record_does_not_change(self):
        check = make_recorded()

        with pytest.raises(Refusal, match="不能再改"):
            services.save_result(first_result(check), by=check.lead, revision=1, result="failed")


class TestSubmitting:
    def test_what_is_missing_is_named(self):
        check = make_on_site()
        item = first_result(check).drawn_item.item

        with pytest.raises(Refusal) as refused:
            services.submit_record(check.task.record, by=check.lead, signature="signed")

        assert f"{item.code} {item.name}：还没有结论" in refused.value.sentence
        assert "检查场所" in refused.value.sentence

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"seen": ""}, "须写明检查所见"),
            ({"hazard": ""}, "须选择隐患级别"),
            ({"rectify_by": None}, "须写明整改期限"),
        ],
    )
    def test_a_failed_item_says_what_how_bad_and_until_when(self, changes, words):
        check = make_on_site()
        fill_record(check, failed=1)
        result = first_result(check)
        services.save_result(result, by=check.lead, revision=result.revision, **changes)

        assert words in services.missing_answers(check.task.record)[0]

    def test_a_refused_signature_needs_its_reason(self):
        check = make_on_site()
        record = fill_record(check)

        with pytest.raises(Refusal, match="拒签原因"):
            services.submit_record(record, by=check.lead, signature="refused")

    def test_a_refused_signature_is_itself_recorded(self):
        check = make_on_site()
        record = services.submit_record(
            fill_record(check), by=check.lead, signature="refused", refusal_reason="负责人不在场"
        )

        assert (record.signature, record.refusal_reason) == ("refused", "负责人不在场")
        assert check.fresh().state == TaskState.RECORDED

    def test_the_deadline_of_the_results_opens_from_the_visit(self):
        check = make_recorded()

        deadline = Deadline.objects.get(rule__code="results.after_visit")
        assert (deadline.subject_kind, deadline.subject_key) == ("task", str(check.task.pk))
        assert deadline.starts_on == check.task.visited_on

    def test_a_second_submit_is_refused(self):
        check = make_recorded()

        with pytest.raises(Refusal, match="不能再改"):
            services.submit_record(check.task.record, by=check.lead, signature="signed")


class TestReview:
    def test_all_passed_the_check_is_closed_and_its_volume_opened(self):
        check = make_reviewed()

        assert check.task.state == TaskState.CLOSED
        assert check.task.dossier.state == "open"
        assert IssuedDocument.objects.filter(kind="site_record").count() == 1

    def test_the_other_officer_may_review(self):
        check = make_recorded()

        assert services.approve_record(check.task.record, by=check.second).approved_by == check.second

    def test_nobody_reviews_their_own_record(self):
        check = make_recorded()

        with pytest.raises(Refusal, match="不能审批自己"):
            services.approve_record(check.task.record, by=check.lead)

    def test_a_second_approval_issues_nothing(self):
        check = make_reviewed(failed=1)

        with pytest.raises(Refusal, match="已经审核"):
            services.approve_record(check.task.record, by=check.approver)
        assert IssuedDocument.objects.filter(kind__in=["site_record", "order"]).count() == 2

    def test_a_returned_record_is_open_again(self):
        check = make_recorded()

        services.return_record(check.task.record, by=check.approver, reason="第一项请写清位置。")

        assert check.fresh().state == TaskState.ON_SITE
        assert SiteRecord.objects.get().submitted_at is None
        assert Message.objects.filter(user=check.lead, subject__contains="被退回").exists()
        assert (
            services.submit_record(check.task.record, by=check.second, signature="signed").submitted_by == check.second
        )


class TestOrders:
    def test_what_failed_is_ordered_with_a_deadline_for_each_item(self):
        check = make_reviewed(failed=2)

        order = check.task.orders.get()
        assert check.task.state == TaskState.ORDERED
        assert [point["rectify_by"] for point in order.document.context["problems"]] == [
            point.rectify_by.isoformat() for point in order.points.all()
        ]
        assert Deadline.objects.filter(rule__code="order.rectify", kept_on=None).count() == 2

    def test_all_put_right_closes_the_check_and_keeps_the_deadlines(self):
        check = make_reviewed(failed=2)

        put_right(check)

        assert check.task.state == TaskState.CLOSED
        assert Deadline.objects.filter(rule__code="order.rectify", kept_on=timezone.localdate()).count() == 2

    def test_what_is_not_put_right_is_ordered_again_with_a_new_limit(self):
        check = make_reviewed(failed=2)
        order = check.task.orders.get()
        done, undone = order.points.order_by("id")
        later = timezone.localdate() + datetime.timedelta(days=30)
        outcomes = {
            done.pk: {"is_passed": True, "seen": "已改好。"},
            undone.pk: {"is_passed": False, "seen": "仍无沙。", "rectify_by": later},
        }

        look_again(check, on=timezone.localdate(), opinion="一项未改。", outcomes=outcomes)

        second = check.fresh().orders.get(position=2)
        assert check.task.state == TaskState.ORDERED
        assert [point.rectify_by for point in second.points.all()] == [later]
        assert second.document.number.endswith("之二")
        put_right(check)
        assert check.task.state == TaskState.CLOSED

    def test_every_point_must_be_answered(self):
        check = make_reviewed(failed=1)

        with pytest.raises(Refusal, match="是否整改到位"):
            services.reinspect(
                check.task.orders.get(), by=check.lead, reinspected_on=timezone.localdate(), opinion="x", outcomes={}
            )

    def test_a_second_reinspection_of_one_order_is_refused(self):
        check = make_reviewed(failed=1)
        order = check.task.orders.get()
        put_right(check)

        with pytest.raises(Refusal, match="已经复查过"):
            services.reinspect(order, by=check.lead, reinspected_on=timezone.localdate(), opinion="x", outcomes={})

    def test_what_was_mended_on_the_spot_needs_no_order(self):
        check = make_on_site()
        record = fill_record(check, failed=1)
        result = first_result(check)
        services.save_result(
            result, by=check.lead, revision=result.revision, rectify_by=None, rectified_on=timezone.localdate()
        )
        services.submit_record(record, by=check.lead, signature="signed")

        services.approve_record(SiteRecord.objects.get(), by=check.approver)

        assert check.fresh().state == TaskState.CLOSED


@pytest.mark.django_db(transaction=True)
def test_a_save_that_waited_behind_the_submission_is_refused():
    check = make_on_site()
    record = fill_record(check)
    result = first_result(check)
    answers = []

    def save() -> None:
        try:
            services.save_result(result, by=check.second, revision=result.revision, seen="晚到的一句")
        except Refusal as refusal:
            answers.append(refusal.sentence)
        finally:
            connections.close_all()

    late = threading.Thread(target=save)
    with transaction.atomic():
        services.submit_record(record, by=check.lead, signature="signed")
        late.start()
        late.join(timeout=1)
        assert late.is_alive()
    late.join()

    assert "不能再改" in answers[0]
    assert first_result(check).seen == result.seen
