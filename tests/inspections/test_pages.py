"""The pages of a check, as people use them without scripts."""

import datetime
import io
import re

import pgtrigger
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from draws.models import Draw
from inspections import services
from inspections.models import Evidence, ItemResult, RevisitPoint, Scheme, SiteRecord, Task
from inspections.states import TaskState
from shuangsuiji.accounts.models import Role
from tests.factories.accounts import person_with
from tests.factories.inspections import (
    add_photo,
    lose_notice,
    make_check,
    make_noticed,
    make_on_site,
    make_ready,
    make_recorded,
    make_rendered,
    make_reviewed,
    make_scheme_reviewed,
    photo_bytes,
)
from tests.factories.inspectors import InspectorFactory

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **query) -> str:
    client.force_login(user)
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def said(response) -> str:
    """The messages a response left for the next page."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def posted_record(check, **changes) -> dict:
    """The whole form as the browser would send it back untouched, with some fields changed."""
    from inspections.views.record_page import RecordPage

    data = {}
    shown = RecordPage.of(check.task)
    for form in [shown.head, *(card.form for card in shown.cards)]:
        for bound in form:
            value = bound.value()
            value = bound.field.widget.format_value(value) if bound.name in ("started_at", "ended_at") else value
            data[bound.html_name] = "" if value in (None, False) else value
    return {**data, **changes}


def first_result(check) -> ItemResult:
    return ItemResult.objects.filter(record__task=check.task).order_by("drawn_item__item__code").first()


class TestBoard:
    def test_it_lists_own_tasks_to_an_officer(self, client):
        check = make_check()
        others = Task.objects.exclude(drawn__seats__inspector__account=check.lead)

        html = page(client, check.lead, "task_list")

        assert check.task.number in html
        assert others.exists()
        assert not any(task.number in html for task in others)

    def test_it_keeps_covert_checks_from_those_not_cleared(self, client):
        check = make_check(mode=Draw.Mode.COVERT)

        assert check.task.enterprise.name in page(client, check.clerk, "task_list")
        assert check.task.enterprise.name not in page(client, check.county.head, "task_list")
        client.force_login(check.county.head)
        for name in ("task_detail", "task_scheme", "task_evidence"):
            assert client.get(reverse(name, args=[check.task.pk])).status_code == 404

    def test_it_marks_a_late_visit(self, client):
        check = make_check()
        Task.objects.filter(pk=check.task.pk).update(visit_on=timezone.localdate() - datetime.timedelta(days=1))

        html = page(client, check.clerk, "task_list", tab="late")

        assert check.task.number in html
        assert "逾期未检查" in html

    def test_it_filters_by_state_and_words(self, client):
        check = make_noticed()

        assert check.task.number in page(
            client, check.clerk, "task_list", state="noticed", words=check.task.enterprise.name
        )
        assert check.task.number not in page(client, check.clerk, "task_list", state="closed")

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        check = make_check()
        client.force_login(check.clerk)
        client.get(reverse("task_list"))

        with django_assert_max_num_queries(12):
            client.get(reverse("task_list"))

    def test_it_says_what_belongs_there_when_empty(self, client):
        assert "还没有检查任务" in page(client, person_with(Role.CLERK), "task_list")


class TestNextStep:
    """The one button, or the sentence why it is not there."""

    def test_the_lead_officer_draws_up_the_scheme(self, client):
        check = make_noticed()

        assert "编制现场检查方案" in page(client, check.lead, "task_detail", check.task.pk)

    def test_an_officer_begins_when_all_is_ready(self, client):
        check = make_ready()

        assert f'action="{reverse("task_start", args=[check.task.pk])}"' in page(
            client, check.lead, "task_detail", check.task.pk
        )

    def test_the_office_reads_why_it_does_not_begin(self, client):
        check = make_ready()
        html = page(client, check.clerk, "task_detail", check.task.pk)

        assert "只有这项任务的执法人员可以开始检查" in html
        assert reverse("task_start", args=[check.task.pk]) not in html

    def test_former_findings_stand_on_the_page(self, client):
        first = make_reviewed(failed=1)
        enterprise = first.task.enterprise
        second = make_check(county=first.county)
        Task.objects.filter(pk=second.task.pk).update(enterprise=enterprise)

        assert "消防沙箱无沙。" in page(client, second.clerk, "task_detail", second.task.pk)

    def test_an_officer_reads_what_others_found_there_before(self, client):
        first, officer, task = self._check_by_strangers()

        assert "消防沙箱无沙。" in page(client, officer, "task_detail", task.pk)
        with pytest.raises(AssertionError):
            page(client, officer, "task_detail", first.task.pk)

    def test_but_not_what_a_covert_check_found(self, client):
        _first, officer, task = self._check_by_strangers(mode="covert")

        html = page(client, officer, "task_detail", task.pk)

        assert "消防沙箱无沙。" not in html
        assert "保密中的检查不在此列" in html

    @staticmethod
    def _check_by_strangers(**changes):
        """A reviewed check with a finding, and a task at the same enterprise of an officer who was not there."""
        first = make_reviewed(failed=1, **changes)
        second = make_check(county=first.county)
        stranger = person_with(Role.INSPECTOR, username="stranger", name="吴示例")
        officer = InspectorFactory(account=stranger)
        with pgtrigger.ignore():
            second.task.drawn.seats.filter(seat=1, inspector__isnull=False).update(inspector=officer, account=stranger)
            Task.objects.filter(pk=second.task.pk).update(enterprise=first.task.enterprise)
        return first, stranger, second.task


class TestScheme:
    def test_it_is_saved_and_asks_for_approval(self, client):
        check = make_noticed()
        client.force_login(check.lead)
        day = check.task.visit_on.isoformat()
        form = {
            "starts_at": f"{day}T10:00",
            "ends_at": f"{day}T11:30",
            "method": "现场查看。",
            "equipment": "",
            "remarks": "",
        }

        client.post(reverse("task_scheme", args=[check.task.pk]), form)

        scheme = Scheme.objects.get()
        assert timezone.localtime(scheme.starts_at).hour == 10
        assert "批准" in page(client, check.approver, "task_scheme", check.task.pk)

    def test_wrong_hours_stand_beside_the_field_and_the_rest_is_kept(self, client):
        check = make_noticed()
        client.force_login(check.lead)
        day = check.task.visit_on.isoformat()
        form = {"starts_at": f"{day}T10:00", "ends_at": f"{day}T09:00", "method": "我写的方式。"}

        html = client.post(reverse("task_scheme", args=[check.task.pk]), form).content.decode()

        assert "结束时间须在开始时间之后" in html
        assert "我写的方式。" in html

    def test_its_draft_is_a_pdf_marked_as_such(self, client):
        check = make_noticed()
        services.draft_scheme(check.task, by=check.lead)
        client.force_login(check.approver)

        response = client.get(reverse("task_scheme_draft", args=[check.task.pk]))

        assert "草 稿" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()

    def test_a_double_click_on_approve_is_answered_with_a_sentence(self, client):
        check = make_scheme_reviewed()
        client.force_login(check.approver)
        address = reverse("task_scheme_approve", args=[check.task.pk])

        client.post(address, {"opinion": "同意"})
        again = client.post(address, {"opinion": "同意"}, headers={"referer": "http://testserver/desk/"})

        assert "已经批准" in said(again)
        assert Task.objects.get(pk=check.task.pk).state == TaskState.READY


class TestRecordWithoutScripts:
    def test_one_form_saves_what_was_touched_only(self, client):
        check = make_on_site()
        result = first_result(check)
        client.force_login(check.lead)

        client.post(
            reverse("task_record", args=[check.task.pk]),
            posted_record(check, **{f"item-{result.pk}-result": "passed", "head-place": "仓库"}),
        )

        assert list(ItemResult.objects.exclude(revision=0)) == [result]
        assert SiteRecord.objects.get().place == "仓库"

    def test_an_old_page_does_not_touch_what_it_did_not_change(self, client):
        check = make_on_site()
        result, other = ItemResult.objects.filter(record__task=check.task).order_by("drawn_item__item__code")[:2]
        old_page = posted_record(check, **{f"item-{other.pk}-result": "passed"})
        services.save_result(result, by=check.second, revision=0, result="absent")
        client.force_login(check.lead)

        response = client.post(reverse("task_record", args=[check.task.pk]), old_page)

        assert response.status_code == 302
        assert first_result(check).result == "absent"

    def test_a_stale_answer_is_refused_and_its_words_stay_on_the_page(self, client):
        check = make_on_site()
        result = first_result(check)
        old_page = posted_record(check, **{f"item-{result.pk}-result": "failed", f"item-{result.pk}-seen": "我看到的"})
        services.save_result(result, by=check.second, revision=0, result="passed", seen="另一位看到的")
        client.force_login(check.lead)

        html = client.post(reverse("task_record", args=[check.task.pk]), old_page).content.decode()

        assert "已经保存过" in html
        assert "现为：合格；另一位看到的" in html
        assert "我看到的</textarea>" in html
        assert first_result(check).seen == "另一位看到的"

    def test_a_bad_photo_is_named_and_the_rest_is_saved(self, client):
        check = make_on_site()
        result = first_result(check)
        files = [SimpleUploadedFile("好.jpg", photo_bytes()), SimpleUploadedFile("坏.jpg", b"GIF89a")]
        data = posted_record(check, **{f"item-{result.pk}-result": "passed", f"photos-{result.pk}": files})
        client.force_login(check.lead)

        html = client.post(reverse("task_record", args=[check.task.pk]), data).content.decode()

        assert "照片“坏.jpg”：这不是照片" in html
        assert Evidence.objects.count() == 1
        assert first_result(check).result == "passed"

    def test_submitting_too_early_names_what_is_missing(self, client):
        check = make_on_site()

        html = page(client, check.lead, "task_submit", check.task.pk)

        assert "还没有结论" in html
        assert "提交检查记录" not in html

    def test_after_submitting_the_back_button_changes_nothing(self, client):
        check = make_recorded()
        client.force_login(check.lead)

        response = client.post(reverse("task_record", args=[check.task.pk]), {"head-place": "改"})

        assert response.status_code == 302
        assert SiteRecord.objects.get().place == "储罐区"


class TestRecordByScript:
    def save(self, client, check, **values):
        result = first_result(check)
        data = {f"item-{result.pk}-{name}": value for name, value in values.items()}
        address = reverse("record_item_save", args=[check.task.pk, result.pk])
        return client.post(address, data, headers={"accept": "application/json"})

    def test_one_field_is_saved_and_the_new_version_answered(self, client):
        check = make_on_site()
        client.force_login(check.lead)

        answer = self.save(client, check, result="passed", revision=0).json()

        assert answer["revision"] == 1
        assert ItemResult.objects.get(pk=first_result(check).pk).result == "passed"

    def test_a_stale_save_answers_with_what_stands(self, client):
        check = make_on_site()
        services.save_result(first_result(check), by=check.second, revision=0, result="absent")
        client.force_login(check.lead)

        response = self.save(client, check, result="passed", revision=0)

        assert (response.status_code, response.json()["stands"]) == (409, "现为：不涉及")

    def test_a_wrong_value_is_answered_with_a_sentence(self, client):
        check = make_on_site()
        client.force_login(check.lead)

        response = self.save(client, check, result="excellent", revision=0)

        assert response.status_code == 400
        assert response.json()["field"] == "result"

    def test_a_photo_sent_twice_is_one(self, client):
        check = make_on_site()
        client.force_login(check.lead)
        address = reverse("record_photo_add", args=[check.task.pk])

        def answer() -> dict:
            data = {"photo": SimpleUploadedFile("a.jpg", photo_bytes()), "upload_key": "0123456789abcdef"}
            return client.post(address, {**data, "drawn_item": first_result(check).drawn_item_id}).json()

        assert answer()["id"] == answer()["id"]

    def test_the_time_of_the_device_stands_beside_that_of_the_server(self, client):
        check = make_on_site()
        client.force_login(check.lead)
        data = {"photo": SimpleUploadedFile("a.jpg", photo_bytes()), "device_time": "2026-04-01T01:05:00.000Z"}

        client.post(reverse("record_photo_add", args=[check.task.pk]), data)

        assert Evidence.objects.get().device_time == datetime.datetime(2026, 4, 1, 1, 5, tzinfo=datetime.UTC)

    def test_an_item_of_another_check_is_not_found(self, client):
        check = make_on_site()
        client.force_login(check.lead)
        address = reverse("record_item_save", args=[check.task.pk, 999_999])

        assert client.post(address, {}).status_code == 404


class TestOrdersAndVolumes:
    def test_approving_a_record_says_what_follows(self, client):
        check = make_recorded(failed=1)
        client.force_login(check.approver)

        response = client.post(reverse("task_review", args=[check.task.pk]), {"measures": ""})

        assert "责令限期整改指令书已签发" in said(response)

    def test_a_reinspection_is_registered_point_by_point(self, client):
        check = make_reviewed(failed=1)
        point = check.task.orders.get().points.get()
        client.force_login(check.lead)
        assert "开始复查" in page(client, check.lead, "task_reinspection", check.task.pk)
        client.post(reverse("revisit_begin", args=[check.task.pk]))
        line = RevisitPoint.objects.get(order_point=point)
        data = {
            "head-reinspected_on": timezone.localdate().isoformat(),
            "head-opinion": "整改到位。",
            "head-representative_name": "李示例",
            "head-certificates_shown": "on",
            "finish": "1",
            f"point-{line.pk}-outcome": "passed",
            f"point-{line.pk}-seen": "已补沙。",
            f"photos-{line.pk}": SimpleUploadedFile("IMG_1.jpg", photo_bytes(), content_type="image/jpeg"),
        }

        client.post(reverse("task_reinspection", args=[check.task.pk]), data)
        response = client.post(reverse("revisit_submit", args=[check.task.pk]), {"signature": "signed"})
        assert "等待审核" in said(response)
        client.force_login(check.second)
        assert "已补沙。" in page(client, check.second, "revisit_review", check.task.pk)
        client.post(reverse("revisit_review", args=[check.task.pk]))

        assert check.fresh().state == TaskState.CLOSED
        assert Evidence.objects.get().revisit == line.revisit

    @pytest.mark.owner
    def test_a_missing_paper_stands_in_the_checklist_of_the_volume(self, client):
        check = make_reviewed()
        lose_notice(check)

        html = page(client, check.clerk, "dossier_detail", check.task.dossier.pk)

        assert "没有行政检查通知书，请先签发并送达。" in html

    def test_the_office_locks_a_volume_from_its_page(self, client):
        check = make_rendered()
        services.mark_results_public(check.task)
        client.force_login(check.clerk)

        response = client.post(reverse("dossier_lock", args=[check.task.dossier.pk]))

        assert re.search(r"归档号 20\d{2}0001", said(response))
        assert "不能再增减或改动" in page(client, check.clerk, "dossier_detail", check.task.dossier.pk)

    def test_evidence_is_listed_with_its_hash(self, client):
        check = make_on_site()
        photo = add_photo(check)

        assert photo.sha256[:4] in page(client, check.clerk, "task_evidence", check.task.pk)
