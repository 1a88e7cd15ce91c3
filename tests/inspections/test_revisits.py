"""整改复查: two officers, photos and signatures like the record; somebody else issues it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inspections import services
from inspections.documents import evidence_context
from inspections.models import Reinspection, Revisit, SiteRecord
from inspections.selectors import revisit_points
from inspections.services.signing import outdated_names, standing_signatures
from inspections.states import TaskState
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import Deadline
from shuangsuiji.notifications.models import Message
from tests.factories.inspections import drawing, make_reviewed, photo_file
from tests.factories.revisits import begun, filled, submitted

pytestmark = pytest.mark.django_db


def days_on(count: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=count)


class TestWriting:
    def test_it_is_kept_part_by_part_and_begun_once(self):
        check = make_reviewed(failed=2)
        revisit = filled(check)

        again = services.open_revisit(check.task.orders.get(), by=check.second)

        assert again == revisit
        assert [point.seen for point in revisit_points(again)] == ["看过。", "看过。"]
        assert not Reinspection.objects.exists()

    def test_two_officers_overwrite_nothing(self):
        check = make_reviewed(failed=1)
        point = revisit_points(begun(check)).get()
        services.save_revisit_point(point, by=check.lead, revision=0, outcome="passed", seen="改好了。")

        with pytest.raises(services.StaleSave, match="没有覆盖它"):
            services.save_revisit_point(point, by=check.second, revision=0, outcome="undone")

        assert Message.objects.filter(user=check.lead, subject__contains="两个人同时填写").exists()

    def test_the_office_does_not_write_it(self):
        check = make_reviewed(failed=1)

        with pytest.raises(Refusal, match="只能由这项任务的执法人员"):
            services.open_revisit(check.task.orders.get(), by=check.clerk)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"seen": ""}, "请写明复查情况"),
            ({"outcome": "undone"}, "复查日之后的新期限"),
            ({"outcome": ""}, "请写明是否整改到位"),
        ],
    )
    def test_what_is_missing_is_named(self, changes, words):
        check = make_reviewed(failed=1)
        revisit = filled(check)
        point = revisit_points(revisit).get()
        services.save_revisit_point(point, by=check.lead, revision=point.revision, **changes)

        with pytest.raises(Refusal, match=words):
            services.submit_revisit(revisit, by=check.lead, signature="signed")

    def test_a_new_limit_goes_when_it_is_put_right(self):
        check = make_reviewed(failed=1)
        point = revisit_points(filled(check, outcome="undone")).get()

        saved = services.save_revisit_point(point, by=check.lead, revision=point.revision, outcome="passed")

        assert saved.rectify_by is None

    @pytest.mark.parametrize(("day", "words"), [(1, "不能晚于今天"), (-9, "不能早于指令书")])
    def test_its_day_is_neither_to_come_nor_before_the_order(self, day, words):
        check = make_reviewed(failed=1)

        with pytest.raises(Refusal, match=words):
            services.save_revisit(begun(check), by=check.lead, revision=0, reinspected_on=days_on(day))


class TestEvidenceAndSignatures:
    def test_a_photo_taken_now_belongs_to_it_and_stands_in_the_list(self):
        check = make_reviewed(failed=1)
        revisit = filled(check)
        item = check.task.drawn.items.order_by("item__code").first()

        photo = services.add_evidence(check.task, by=check.second, file=photo_file(), drawn_item=item)
        services.submit_revisit(revisit, by=check.lead, signature="signed")
        issued = services.approve_revisit(revisit, by=check.approver)

        assert photo.revisit == revisit
        assert issued.document.context["evidence_count"] == 1
        assert evidence_context(check.task)["evidence"][0]["item"].endswith("（整改复查）")
        with pytest.raises(Refusal):
            services.add_evidence(check.fresh(), by=check.second, file=photo_file(shade=3), drawn_item=item)

    def test_hands_are_drawn_under_it_and_a_change_voids_them(self):
        check = make_reviewed(failed=1)
        revisit = filled(check)
        for inspector in (check.lead.inspector, check.second.inspector, None):
            services.sign_revisit(revisit, by=check.lead, drawing=drawing(), inspector=inspector)
        assert len(standing_signatures(revisit)) == 3

        services.save_revisit(revisit, by=check.lead, revision=revisit.revision, opinion="改一改。")
        revisit.refresh_from_db()

        assert outdated_names(revisit) == [check.lead.name, check.second.name, "李示例"]
        with pytest.raises(Refusal, match="重新签名"):
            services.submit_revisit(revisit, by=check.lead, signature="signed")

    def test_one_officer_alone_does_not_sign(self):
        check = make_reviewed(failed=1)
        revisit = filled(check)
        services.sign_revisit(revisit, by=check.lead, drawing=drawing(), inspector=check.lead.inspector)

        with pytest.raises(Refusal, match="两名执法人员"):
            services.submit_revisit(revisit, by=check.lead, signature="signed")

    def test_the_drawings_are_on_the_paper(self):
        check = make_reviewed(failed=1)
        revisit = filled(check)
        for inspector in (check.lead.inspector, check.second.inspector):
            services.sign_revisit(revisit, by=check.lead, drawing=drawing(), inspector=inspector)
        services.submit_revisit(revisit, by=check.lead, signature="refused", refusal_reason="负责人不在场。")

        paper = services.approve_revisit(revisit, by=check.approver).document.context

        assert [one["name"] for one in paper["signatures"]["officers"]] == [check.lead.name, check.second.name]
        assert (paper["signature"], paper["refusal_reason"]) == ("refused", "负责人不在场。")

    def test_an_expired_certificate_stops_it(self):
        check = make_reviewed(failed=1)
        revisit = filled(check)
        officer = check.second.inspector
        officer.certificate_expires_on = days_on(-1)
        officer.save()

        with pytest.raises(Refusal, match="已经过期"):
            services.submit_revisit(revisit, by=check.lead, signature="signed")


class TestIssuing:
    def test_nothing_is_issued_by_submitting(self):
        check = make_reviewed(failed=1)

        submitted(check)

        assert check.fresh().state == TaskState.ORDERED
        assert not IssuedDocument.objects.filter(kind="reinspection").exists()
        with pytest.raises(Refusal, match="等待审核，不能再改"):
            services.open_revisit(check.task.orders.get(), by=check.second)

    def test_the_duty_to_look_again_is_done_with_it(self):
        check = make_reviewed(failed=1)

        submitted(check)

        assert Deadline.objects.get(rule__code="reinspection.after_limit").kept_on == timezone.localdate()

    def test_the_other_officer_issues_it_where_all_is_put_right(self):
        check = make_reviewed(failed=1)

        issued = services.approve_revisit(submitted(check), by=check.second)

        assert (issued.made_by, issued.approved_by) == (check.lead, check.second)
        assert check.fresh().state == TaskState.CLOSED

    def test_nobody_issues_what_they_found(self):
        check = make_reviewed(failed=1)
        revisit = submitted(check)

        with pytest.raises(Refusal, match="不能审批自己"):
            services.approve_revisit(revisit, by=check.lead)
        now = timezone.now()
        with pytest.raises(IntegrityError), transaction.atomic():
            Revisit.objects.filter(pk=revisit.pk).update(approved_by=check.lead, approved_at=now)

    @pytest.mark.parametrize("role", ["second", "clerk"])
    def test_a_second_order_is_issued_by_an_approver_only(self, role):
        check = make_reviewed(failed=1)
        revisit = submitted(check, outcome="undone")

        with pytest.raises(Refusal, match="没有这个角色"):
            services.approve_revisit(revisit, by=getattr(check, role))

    def test_the_second_order_names_the_first_and_the_reinspection(self):
        check = make_reviewed(failed=1)
        first = check.task.orders.get()

        issued = services.approve_revisit(submitted(check, outcome="undone"), by=check.approver)

        second = check.fresh().orders.get(position=2)
        assert second.issued_by == check.approver
        assert second.document.number.endswith("之二")
        assert second.document.context["follows"] == {
            "order_number": first.document.number,
            "order_on": first.document.issued_on.isoformat(),
            "reinspection_number": issued.document.number,
            "reinspected_on": timezone.localdate().isoformat(),
        }

    def test_given_back_it_is_open_again(self):
        check = make_reviewed(failed=1)
        revisit = submitted(check)
        with pytest.raises(Refusal, match="退回的意见"):
            services.return_revisit(revisit, by=check.approver, reason="")

        services.return_revisit(revisit, by=check.approver, reason="请补照片。")

        assert Message.objects.filter(user=check.lead, subject__contains="复查记录被退回").exists()
        assert services.open_revisit(check.task.orders.get(), by=check.second).submitted_at is None

    def test_what_waits_for_its_approval_is_not_overdue(self):
        check = make_reviewed(failed=1)
        submitted(check)

        assert services.propose_overdue(today=days_on(60)) == 0


class TestPages:
    def test_the_next_step_leads_officers_and_approver(self, client):
        check = make_reviewed(failed=1)
        client.force_login(check.lead)
        detail = reverse("task_detail", args=[check.task.pk])
        assert "登记复查" in client.get(detail).content.decode()
        submitted(check, outcome="undone")

        client.force_login(check.approver)
        assert "审核复查记录" in client.get(detail).content.decode()
        html = client.get(reverse("revisit_review", args=[check.task.pk])).content.decode()

        assert "同时按新期限签发第二份责令限期整改指令书" in html

    def test_its_parts_save_themselves(self, client):
        check = make_reviewed(failed=1)
        point = revisit_points(begun(check)).get()
        client.force_login(check.lead)

        said = client.post(
            reverse("revisit_point_save", args=[check.task.pk, point.pk]),
            {f"point-{point.pk}-revision": 0, f"point-{point.pk}-outcome": "passed"},
        ).json()
        head = client.post(
            reverse("revisit_head_save", args=[check.task.pk]), {"head-revision": 0, "head-opinion": "改好了。"}
        ).json()

        assert (said["revision"], head["revision"]) == (1, 1)
        assert SiteRecord.objects.get().revision != 0

    def test_the_page_of_the_record_is_the_same_on_a_phone(self, client):
        check = make_reviewed(failed=1)
        begun(check)
        client.force_login(check.second)

        html = client.get(reverse("task_reinspection", args=[check.task.pk])).content.decode()

        assert html.count("data-card") == 1
        assert "拍照、录像" in html
