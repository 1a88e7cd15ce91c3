"""On site: sub-items, basis, times that cannot be dated back in silence, signatures, codes, measurements, media."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from enterprises.models import Enterprise
from inspections import services
from inspections.documents import record_context
from inspections.forms import MeasurementForm
from inspections.models import Evidence, ItemResult, Measurement, Proposal, SiteCode, SiteRecord
from inspections.services.signing import standing_signatures
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.templatetags.words import cn_datetime
from tests.factories.inspections import (
    add_photo,
    add_sub_item,
    drawing,
    fill_record,
    make_on_site,
    make_ready,
    make_recorded,
    make_urgent,
    prepare_long_ago,
)

pytestmark = pytest.mark.django_db


def first_result(check) -> ItemResult:
    return ItemResult.objects.filter(record__task=check.task).order_by("drawn_item__item__code").first()


class TestItems:
    def test_the_basis_is_suggested_from_the_sub_items_that_failed(self):
        check = make_on_site()
        result = first_result(check)
        item = result.drawn_item.item
        add_sub_item(item, code=f"{item.code}-91")

        saved = services.save_result(
            result, by=check.lead, revision=0, result="failed", sub_answers={f"{item.code}-91": "failed"}
        )

        assert saved.basis == "《示例规定》第九条"

    def test_else_from_the_item_and_what_an_officer_wrote_stands(self):
        check = make_on_site()
        saved = services.save_result(first_result(check), by=check.lead, revision=0, result="failed")
        assert saved.basis == saved.drawn_item.item.legal_basis

        saved = services.save_result(saved, by=check.lead, revision=1, basis="《另一规定》第一条")
        assert services.save_result(saved, by=check.lead, revision=2, seen="看到").basis == "《另一规定》第一条"

    def test_a_sub_item_of_another_item_is_refused(self):
        check = make_on_site()

        with pytest.raises(Refusal, match="检查要点已有更新"):
            services.save_result(first_result(check), by=check.lead, revision=0, sub_answers={"none": "failed"})

    def test_an_item_with_a_failed_sub_item_is_not_passed(self):
        check = make_on_site()
        record = fill_record(check)
        result = first_result(check)
        sub = add_sub_item(result.drawn_item.item, code="X-1")
        services.save_result(result, by=check.lead, revision=result.revision, sub_answers={sub.code: "failed"})

        assert services.missing_answers(record)[0].endswith("有检查要点不合格，事项的结论应为不合格。")

    def test_a_concealed_major_hazard_is_proposed_at_the_review(self):
        check = make_on_site()
        record = fill_record(check, failed=1)
        result = first_result(check)
        services.save_result(result, by=check.lead, revision=result.revision, hazard="major", is_concealed=True)
        services.submit_record(record, by=check.lead, signature="signed")
        check.fresh()

        services.approve_record(check.task.record, by=check.approver)

        assert set(Proposal.objects.values_list("kind", "reason")) == {
            ("exposure", "隐瞒重大隐患"),
            ("listing", "隐瞒重大隐患"),
        }


class TestTimes:
    @pytest.mark.owner
    def test_a_beginning_typed_far_from_the_servers_needs_its_reason(self):
        check = make_on_site()
        prepare_long_ago(check)
        record = fill_record(check)
        early = record.opened_at - datetime.timedelta(hours=1)
        services.save_head(record, by=check.lead, revision=record.revision, started_at=early)
        record.refresh_from_db()

        with pytest.raises(Refusal, match="请写明时间说明"):
            services.submit_record(record, by=check.lead, signature="signed")

        services.save_head(record, by=check.lead, revision=record.revision, time_reason="井下没有信号，出井后补录。")
        record.refresh_from_db()
        services.submit_record(record, by=check.lead, signature="signed")
        context = record_context(check.fresh().record)
        assert context["time_reason"] == "井下没有信号，出井后补录。"
        assert context["opened_at"] != context["started_at"]

    def test_no_reason_moves_a_beginning_before_the_approval_and_the_notice(self):
        check = make_on_site()
        day_before = timezone.now() - datetime.timedelta(days=1)

        with pytest.raises(Refusal, match=r"不能早于 .*（行政检查通知书签发|现场检查方案批准|计划检查日期）"):
            services.save_head(
                check.task.record, by=check.lead, revision=0, started_at=day_before, time_reason="记错了。"
            )

    @pytest.mark.owner
    def test_begun_for_its_urgency_it_lies_within_the_period_only(self):
        check = make_urgent()
        prepare_long_ago(check)
        record = check.task.record
        earlier = timezone.now() - datetime.timedelta(hours=3)

        services.save_head(record, by=check.lead, revision=0, started_at=earlier, time_reason="险情现场没有信号。")

        with pytest.raises(Refusal, match="检查时段"):
            services.save_head(
                record, by=check.lead, revision=1, started_at=timezone.now() - datetime.timedelta(days=400)
            )

    @pytest.mark.parametrize("ahead", [datetime.timedelta(hours=1), datetime.timedelta(days=365)])
    def test_an_end_to_come_is_refused(self, ahead):
        check = make_on_site()

        with pytest.raises(Refusal, match="结束时间还没有到"):
            services.save_head(check.task.record, by=check.lead, revision=0, ended_at=timezone.now() + ahead)

    def test_an_end_on_another_day_is_read_with_its_day(self, client):
        check = make_urgent()
        begun = timezone.now() - datetime.timedelta(days=1)
        SiteRecord.objects.filter(task=check.task).update(started_at=begun, ended_at=timezone.now())
        client.force_login(check.lead)

        html = client.get(reverse("task_submit", args=[check.task.pk])).content.decode()

        assert cn_datetime(begun) in html
        assert "至 <time" in html

    def test_the_first_year_of_our_era_stops_nobody(self, client):
        check = make_on_site()
        client.force_login(check.lead)
        address = reverse("record_head_save", args=[check.task.pk])

        answer = client.post(address, {"head-revision": 0, "head-started_at": "0001-01-01T00:00"})

        assert answer.status_code == 400
        assert "2000年到2100年" in answer.json()["refusal"]
        assert client.get(reverse("task_record", args=[check.task.pk])).status_code == 200

    def test_a_beginning_to_come_is_refused(self):
        check = make_on_site()
        late = timezone.now() + datetime.timedelta(hours=1)

        with pytest.raises(Refusal, match="还没有到"):
            services.save_head(check.task.record, by=check.lead, revision=0, started_at=late)

    def test_the_phones_time_and_place_stand_beside_the_servers(self):
        check = make_ready()
        device = services.Device(
            at=timezone.now() - datetime.timedelta(hours=5),
            latitude=Decimal("28.806512"),
            longitude=Decimal("113.079422"),
            accuracy=12,
        )

        record = services.start_visit(check.task, by=check.lead, device=device)

        assert record.device_opened_at != record.opened_at
        assert record_context(record)["device"]["place"] == "北纬 28.806512，东经 113.079422（±12 米）"


class TestSignatures:
    def test_it_is_signed_under_the_words_as_they_stand(self):
        check = make_on_site()
        record = fill_record(check)
        officer = check.task.drawn.seats.get(seat=1, inspector__isnull=False).inspector

        services.sign_record(record, by=check.lead, drawing=drawing(), inspector=officer)
        services.sign_record(record, by=check.lead, drawing=drawing())

        assert [one.name for one in standing_signatures(record)] == [officer.name, "李示例"]

    def test_who_has_to_sign_again_is_named_on_the_page(self, client):
        check = make_on_site()
        record = fill_record(check)
        services.sign_record(record, by=check.lead, drawing=drawing())
        client.force_login(check.lead)
        address = reverse("task_submit", args=[check.task.pk])
        assert "需要重新签名" not in client.get(address).content.decode()

        services.save_head(record, by=check.lead, revision=record.revision, findings="另有一处。")

        assert "需要重新签名：</strong>李示例签名之后" in client.get(address).content.decode()

    def test_what_is_signed_and_reviewed_is_all_that_stands_on_paper(self, client):
        check = make_on_site()
        result = first_result(check)
        sub = add_sub_item(result.drawn_item.item, code="X-1")
        record = fill_record(check)
        result.refresh_from_db()
        services.save_result(result, by=check.lead, revision=result.revision, sub_answers={sub.code: "passed"})
        services.save_head(record, by=check.lead, revision=record.revision, time_reason="井下没有信号。")
        services.add_measurement(check.task, by=check.lead, upload_key="key-0001", **TestMeasurements.SAID)
        officer = check.task.drawn.seats.get(seat=1, inspector__isnull=False).inspector
        services.sign_record(record, by=check.lead, drawing=drawing(), inspector=officer)
        client.force_login(check.lead)

        signing = client.get(reverse("task_submit", args=[check.task.pk])).content.decode()
        services.submit_record(SiteRecord.objects.get(), by=check.lead, signature="signed")
        client.force_login(check.approver)
        review = client.get(reverse("task_review", args=[check.task.pk])).content.decode()

        for html in (signing, review):
            for words in ("合格：看台账", "85.5 dB(A)", "井下没有信号。", officer.certificate_number):
                assert words in html
        assert f'alt="{officer.name}的手迹"' in review
        assert "没有在屏幕上签名" in review

    def test_words_changed_afterwards_have_to_be_signed_again(self):
        check = make_on_site()
        record = fill_record(check)
        services.sign_record(record, by=check.lead, drawing=drawing())
        services.save_head(record, by=check.lead, revision=record.revision, findings="另有一处。")
        record.refresh_from_db()

        with pytest.raises(Refusal, match="重新签名"):
            services.submit_record(record, by=check.lead, signature="signed")

        services.sign_record(record, by=check.lead, drawing=drawing())
        assert services.submit_record(record, by=check.lead, signature="signed").signature == "signed"

    def test_the_drawing_is_in_the_issued_record_whatever_the_register_says_since(self):
        check = make_on_site()
        record = fill_record(check)
        drawn = services.sign_record(record, by=check.lead, drawing=drawing())
        services.submit_record(record, by=check.lead, signature="signed")
        Enterprise.objects.filter(pk=check.task.enterprise_id).update(contact_phone="0731-0000000")
        check.fresh()

        approved = services.approve_record(check.task.record, by=check.approver)

        assert approved.document.context["signatures"]["representative"] == drawn.sha256

    @pytest.mark.parametrize(
        "given",
        ["", "data:image/png;base64,!!!", "data:image/svg+xml;base64,PHN2Zy8+", drawing(strokes=0)],
        ids=["nothing", "no base64", "svg", "blank"],
    )
    def test_what_is_no_signature_is_refused_in_a_sentence(self, given):
        check = make_on_site()

        with pytest.raises(Refusal, match="签名"):
            services.sign_record(fill_record(check), by=check.lead, drawing=given)

    def test_a_stranger_does_not_sign(self):
        check = make_on_site()
        stranger = (
            check.task.drawn.draw.drawn.exclude(pk=check.task.drawn_id)
            .first()
            .seats.exclude(inspector=None)
            .exclude(inspector__in=check.task.drawn.seats.exclude(inspector=None).values("inspector"))
        )
        if not stranger.exists():
            pytest.skip("the same officers were drawn everywhere")

        with pytest.raises(Refusal, match="不是本次检查"):
            services.sign_record(
                fill_record(check), by=check.lead, drawing=drawing(), inspector=stranger.first().inspector
            )


class TestSiteCode:
    def test_one_code_runs_at_a_time_and_ends_by_itself(self):
        check = make_on_site()
        code = services.show_code(check.task, by=check.lead)

        assert services.show_code(check.task, by=check.second) == code
        assert services.scanned(code.token) == code
        assert services.scanned(code.token, now=code.expires_at) is None
        assert len(code.token) >= 43

    def test_a_revoked_one_leads_nowhere_and_the_next_is_new(self):
        check = make_on_site()
        code = services.show_code(check.task, by=check.lead)
        services.revoke_code(check.task, by=check.lead)

        assert services.scanned(code.token) is None
        assert services.show_code(check.task, by=check.lead).token != code.token

    def test_scans_are_counted(self):
        check = make_on_site()
        code = services.show_code(check.task, by=check.lead)
        services.scanned(code.token)
        services.scanned(code.token)

        assert SiteCode.objects.get().scan_count == 2

    def test_only_own_officers_show_it(self):
        check = make_on_site()

        with pytest.raises(Refusal, match="只能由这项任务的执法人员"):
            services.show_code(check.task, by=check.clerk)


class TestMeasurements:
    SAID = {"name": "噪声", "value": "85.5", "unit": "dB(A)", "instrument": "声级计 示-01"}

    def test_sent_twice_it_is_kept_once(self):
        check = make_on_site()
        for _ in range(2):
            services.add_measurement(check.task, by=check.lead, upload_key="key-0001", **self.SAID)

        assert [str(one) for one in Measurement.objects.all()] == ["噪声 85.5 dB(A)"]

    def test_a_mistaken_one_is_replaced_and_stays(self):
        check = make_on_site()
        wrong = services.add_measurement(check.task, by=check.lead, upload_key="key-0001", **self.SAID)
        right = {**self.SAID, "value": "58.5"}
        services.add_measurement(check.task, by=check.lead, upload_key="key-0002", replaces=wrong, **right)

        assert [row["value"] for row in record_context(check.task.record)["measurements"]] == ["58.5 dB(A)"]
        with pytest.raises(ProgrammingError), transaction.atomic():
            Measurement.objects.filter(pk=wrong.pk).update(value=1)

    @pytest.mark.parametrize(
        ("typed", "kept", "reads"),
        [
            ("85.5", "85.5", "85.5 dB(A)"),
            (" ＜ 5 ", "<5", "<5 dB(A)"),
            ("≥0.05", "≥0.05", "≥0.05 dB(A)"),
            ("-1.25", "-1.25", "-1.25 dB(A)"),
            ("未检出", "未检出", "未检出"),
        ],
    )
    def test_it_is_taken_as_the_instrument_reads(self, typed, kept, reads):
        check = make_on_site()
        form = MeasurementForm({**self.SAID, "value": typed, "upload_key": "key-0001"}, task=check.task)
        assert form.is_valid(), form.errors

        row = services.add_measurement(check.task, by=check.lead, **form.cleaned_data)

        assert (row.value, row.reading) == (kept, reads)

    @pytest.mark.parametrize("typed", ["", "很高", "5<", "<", "1e9", "1,5", "12345678901"])
    def test_what_is_no_reading_is_refused_with_an_example(self, typed):
        check = make_on_site()
        form = MeasurementForm({**self.SAID, "value": typed, "upload_key": "key-0001"}, task=check.task)

        assert list(form.errors) == ["value"]

    def test_after_the_visit_none_is_added(self):
        check = make_recorded()

        with pytest.raises(Refusal, match="不能再改"):
            services.add_measurement(check.task, by=check.lead, upload_key="key-0001", **self.SAID)


def box(name: bytes, body: bytes = b"") -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + name + body


FILM = box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", b"\0" * 40) + box(b"mdat", b"\1" * 200)


class TestMedia:
    def test_a_film_is_kept_with_its_true_type(self):
        check = make_on_site()

        film = services.add_evidence(check.task, by=check.lead, file=SimpleUploadedFile("../a.jpg", FILM))

        assert (film.media_type, film.medium, film.is_picture) == ("video/mp4", "录像", False)
        assert ".." not in film.file_name

    @pytest.mark.parametrize(
        ("content", "words"),
        [(FILM + b"PK\x05\x06" + b"\0" * 18, "压缩包"), (FILM[:-20], "不完整"), (FILM + b"<script>", "不完整")],
        ids=["zip behind", "cut short", "more behind"],
    )
    def test_a_film_with_something_behind_it_is_refused(self, content, words):
        check = make_on_site()

        with pytest.raises(Refusal, match=words):
            services.add_evidence(check.task, by=check.lead, file=SimpleUploadedFile("a.mp4", content))


def test_a_caption_may_be_worded_but_nothing_else_changes():
    check = make_on_site()
    photo = add_photo(check)

    services.caption_evidence(photo, by=check.second, caption="配电室东墙")

    assert Evidence.objects.get().caption == "配电室东墙"
    with pytest.raises(ProgrammingError), transaction.atomic():
        Evidence.objects.update(sha256="0" * 64)
