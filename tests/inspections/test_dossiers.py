"""一案一卷: whole before it is assembled, true in its page numbers, unchangeable once locked."""

import hashlib
import io
import re
import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from inspections import services
from inspections.models import Dossier, ItemResult
from inspections.selectors import blocking_gaps, pieces_of
from inspections.states import DossierState, TaskState
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.documents.files import path_of
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import person_with
from tests.factories.inspections import (
    lose_notice,
    make_noticed,
    make_rendered,
    make_reviewed,
    put_right,
)

COLUMNS = (
    "sha256, file_name, media_type, byte_count, width, height, caption, uploaded_at,"
    " drawn_item_id, task_id, uploaded_by_id"
)
COPY_OF_A_PHOTO = (
    f"INSERT INTO inspections_evidence (id, upload_key, {COLUMNS})"
    f" SELECT gen_random_uuid(), 'k', {COLUMNS} FROM inspections_evidence"
)
FORBIDDEN = (
    "UPDATE inspections_dossier SET sha256 = ''",
    "UPDATE inspections_dossier SET state = 'open'",
    "DELETE FROM inspections_dossier",
    "TRUNCATE inspections_dossier CASCADE",
    "UPDATE inspections_siterecord SET place = 'x'",
    "UPDATE inspections_itemresult SET seen = 'x'",
    "DELETE FROM inspections_evidence",
    COPY_OF_A_PHOTO,
)


def reader_of(dossier: Dossier) -> PdfReader:
    return PdfReader(io.BytesIO(path_of(dossier.file_name).read_bytes()))


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """Each font's name and whether its outlines are in the file."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            keys = inner["/FontDescriptor"].get_object().keys()
            found[font["/BaseFont"]] = bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(keys))
    return found


@pytest.mark.django_db
class TestCompleteness:
    @pytest.mark.owner
    def test_what_is_missing_is_listed_and_refused(self):
        check = make_reviewed()
        lose_notice(check)

        assert blocking_gaps(check.task) == ["没有行政检查通知书，请先签发并送达。"]
        with pytest.raises(Refusal, match="案卷还缺 1 件：没有行政检查通知书"):
            services.queue_dossier(check.task.dossier, by=check.clerk)

    def test_a_covert_check_needs_no_letter(self):
        check = make_reviewed(mode="covert")

        assert blocking_gaps(check.task) == []

    def test_an_order_waits_for_its_reinspection(self):
        check = make_reviewed(failed=1)

        assert blocking_gaps(check.task) == ["有 1 份指令书还没有复查。"]
        put_right(check)
        assert blocking_gaps(check.task) == []

    def test_a_failed_item_without_a_photo_is_a_reminder_only(self):
        check = make_reviewed(failed=1)

        reminder = next(piece for piece in pieces_of(check.task) if piece.label == "照片")
        assert "没有照片" in reminder.sentence
        assert not reminder.is_blocking

    def test_before_the_check_is_closed_there_is_no_volume(self):
        assert not hasattr(make_noticed().task, "dossier")


@pytest.mark.django_db
@pytest.mark.volume
class TestVolume:
    def test_its_pages_are_where_the_catalogue_says(self):
        dossier = make_rendered(failed=1, photos=2).task.dossier
        pages = [page.extract_text() for page in reader_of(dossier).pages]

        titles = [row["title"] for row in dossier.catalogue]
        assert titles == [
            "行政检查通知书",
            "行政检查审批表",
            "现场检查方案",
            "现场检查记录",
            "责令限期整改指令书",
            "整改复查意见书",
            "送达回执",
            "送达回执（签字件）",
            "送达回执",
            "送达回执（签字件）",
            "证据清单",
        ]
        for row in dossier.catalogue:
            # Cover and catalogue come first and carry no number.
            text = pages[row["page_from"] + 1]
            assert row["title"] in re.sub(r"\s", "", text)
            assert str(row["page_from"]) in text.split()
        assert len(pages) == dossier.page_count

    def test_its_fonts_are_in_the_file(self):
        fonts = fonts_of(reader_of(make_rendered().task.dossier))

        assert fonts
        assert all(fonts.values())

    def test_its_hash_is_that_of_its_bytes(self):
        dossier = make_rendered().task.dossier

        assert hashlib.sha256(path_of(dossier.file_name).read_bytes()).hexdigest() == dossier.sha256

    def test_rendered_again_it_has_the_same_bytes(self):
        check = make_rendered(photos=1)
        before = check.task.dossier.sha256

        with transaction.atomic():
            services.render_dossier(Dossier.objects.get(pk=check.task.dossier.pk))

        assert Dossier.objects.get().sha256 == before

    def test_queued_twice_it_is_rendered_once(self):
        check = make_rendered()
        dossier = check.task.dossier
        services.queue_dossier(dossier, by=check.clerk)
        services.queue_dossier(dossier, by=check.clerk)

        assert services.render_next_dossier() is True
        assert services.render_next_dossier() is False

    def test_a_fault_puts_it_back_after_three_tries_with_a_sentence(self):
        check = make_rendered(photos=1)
        dossier = check.task.dossier
        services.queue_dossier(dossier, by=check.clerk)
        path_of(check.task.evidence.get().file_name).unlink()
        for view in path_of("evidence-views").rglob(f"{check.task.evidence.get().sha256}*"):
            view.unlink()

        while services.render_next_dossier():
            pass

        dossier.refresh_from_db()
        assert dossier.state == DossierState.OPEN
        assert (dossier.attempt_count, dossier.last_error[:4]) == (3, "生成失败")


@pytest.mark.django_db
class TestLocking:
    def lock(self, check) -> Dossier:
        services.mark_results_public(check.task)
        return services.lock_dossier(check.task.dossier, by=check.clerk)

    @pytest.mark.volume
    def test_it_gets_the_next_archive_number_of_the_year_and_says_so_on_its_cover(self):
        check = make_rendered()

        dossier = self.lock(check)

        assert re.fullmatch(r"20\d{2}0001", dossier.archive_number)
        assert dossier.archive_number in reader_of(dossier).pages[0].extract_text()
        assert check.fresh().state == TaskState.ARCHIVED

    def test_it_waits_for_the_public_result(self):
        check = make_rendered()

        with pytest.raises(Refusal, match="还没有公开"):
            services.lock_dossier(check.task.dossier, by=check.clerk)

    def test_who_put_it_together_does_not_file_it(self):
        check = make_rendered()
        services.mark_results_public(check.task)
        services.queue_dossier(check.task.dossier, by=check.clerk)
        services.render_next_dossier()
        check.task.dossier.refresh_from_db()

        with pytest.raises(Refusal, match="须由另一人检查后归档"):
            services.lock_dossier(check.task.dossier, by=check.clerk)
        assert services.lock_dossier(check.task.dossier, by=check.approver).locked_by == check.approver

    def test_no_statement_lets_one_person_do_both(self):
        dossier = make_rendered().task.dossier

        with pytest.raises(IntegrityError, match="a_volume_is_filed_by_somebody_else"), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(
                state=DossierState.LOCKED,
                archive_number="20260009",
                locked_by=dossier.queued_by,
                locked_at=timezone.now(),
            )

    def test_locked_twice_it_says_its_number(self):
        check = make_rendered()
        dossier = self.lock(check)

        with pytest.raises(Refusal, match=dossier.archive_number):
            services.lock_dossier(dossier, by=check.clerk)

    @pytest.mark.owner
    def test_no_statement_changes_a_locked_volume(self):
        self.lock(make_rendered(photos=1))

        for statement in FORBIDDEN:
            with pytest.raises(Exception, match=r"locked|kept for ever|Cannot|cannot"), transaction.atomic():
                connection.cursor().execute(statement)

    def test_no_service_changes_it_either(self):
        check = make_rendered()
        dossier = self.lock(check)

        with pytest.raises(Refusal, match="已经归档"):
            services.queue_dossier(dossier, by=check.clerk)
        result = ItemResult.objects.order_by("pk").first()
        with pytest.raises(Refusal):
            services.save_result(result, by=check.lead, revision=result.revision, seen="改")

    def test_a_stranger_does_not_find_it(self, client):
        dossier = self.lock(make_rendered())
        client.force_login(person_with(Role.INSPECTOR))

        assert client.get(reverse("dossier_file", args=[dossier.pk])).status_code == 404
        assert client.get(reverse("dossier_detail", args=[dossier.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_workers_render_one_volume_once():
    check = make_rendered()
    services.queue_dossier(check.task.dossier, by=check.clerk)
    taken = []

    def work() -> None:
        taken.append(services.render_next_dossier())
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(taken) == [False, True]
    assert AuditEvent.objects.filter(action="dossier.rendered").count() == 2
