"""A filed volume is shut: its papers, evidence and records open with the head's approval only; no row of it moves."""

import re

import pgtrigger
import pytest
from django.db import connection, transaction
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from pypdf import PdfReader

from inspections.models import Dossier, DossierReading
from inspections.selectors.verification import verify_dossiers
from inspections.services import cases, lock_dossier, mark_results_public, openings
from inspections.services.dossiers import excuse_gaps
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.documents.files import path_of
from shuangsuiji.documents.services import issue_document
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import person_with
from tests.factories.cases import make_decided
from tests.factories.documents import RECEIPT
from tests.factories.inspections import make_rendered, serve_papers
from tests.inspections.test_volumes import filed, make_penalty_volume

pytestmark = pytest.mark.django_db

SUMMARIES = {"task_detail", "case_detail"}
"""Pages of a filed check that anybody who may see it may open: state, numbers, result."""


def content_pages() -> list[str]:
    """Every address at the desk that is about one check, by name."""
    found = get_resolver().reverse_dict
    names = [name for name in found if isinstance(name, str) and re.match(r"task_|record_|case_|evidence_", name)]
    return sorted(set(names) - SUMMARIES)


def answer_of(client, name: str, pk) -> int | None:
    """How an address with one part answers; None for those that take another number of parts."""
    try:
        return status_of(client, reverse(name, args=[pk]))
    except NoReverseMatch:
        return None


def status_of(client, address: str) -> int:
    """What a GET answers; a file that comes with it is read to its end, which closes it."""
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def refusals_of(client, user, addresses: list[str]) -> dict[str, int]:
    client.force_login(user)
    return {address: status_of(client, address) for address in addresses}


class TestReading:
    def test_papers_evidence_and_pages_are_shut_to_everybody_but_the_head(self, client):
        check = make_rendered(photos=1)
        filed(check)
        photo, paper = check.task.evidence.get(), check.task.record.document
        addresses = [
            reverse("document_file", args=[paper.pk]),
            reverse("evidence_file", args=[photo.pk]),
            reverse("evidence_thumbnail", args=[photo.pk]),
            reverse("task_evidence", args=[check.task.pk]),
            reverse("task_review", args=[check.task.pk]),
            reverse("task_rectification", args=[check.task.pk]),
        ]

        for user in (check.clerk, check.approver, check.lead, person_with(Role.SUPERVISOR)):
            assert {
                code for address, code in refusals_of(client, user, addresses).items() if "review" not in address
            } == {403}
        assert set(refusals_of(client, check.county.head, addresses[:4]).values()) == {200}
        assert DossierReading.objects.filter(read_by=check.county.head, file="content").exists()

    def test_no_page_of_a_filed_check_was_forgotten(self, client):
        check = make_rendered()
        filed(check)
        client.force_login(check.clerk)

        assert [name for name in content_pages() if answer_of(client, name, check.task.pk) == 200] == []

    def test_an_opening_lets_its_reader_in_and_every_paper_is_written_down(self, client):
        check = make_rendered()
        dossier = filed(check)
        opening = openings.ask_opening(dossier, by=check.lead, reason="复议答复")
        openings.decide_opening(opening, by=check.county.head, is_granted=True, hours=1)
        client.force_login(check.lead)

        paper = check.task.record.document
        assert status_of(client, reverse("document_file", args=[paper.pk])) == 200
        reading = DossierReading.objects.get()
        assert (reading.opening, reading.what) == (opening, f"{paper.title} {paper.number}")
        openings.close_opening(opening, by=check.lead)
        assert status_of(client, reverse("document_file", args=[paper.pk])) == 403

    def test_a_filed_case_shows_its_result_and_no_paper(self, client):
        world, _dossier = make_penalty_volume()
        filed(world.check)
        client.force_login(world.clerk)

        html = client.get(reverse("case_detail", args=[world.case.pk])).content.decode()
        assert world.case.penalty_text in html
        assert "须经负责人批准才能查阅" in html
        assert "/desk/documents/" not in html
        assert world.case.facts not in html
        html = client.get(reverse("task_detail", args=[world.check.task.pk])).content.decode()
        assert "/desk/documents/" not in html
        assert status_of(client, reverse("document_file", args=[world.paper("penalty_unit").pk])) == 403


class TestTampering:
    def test_a_changed_file_is_not_handed_out_and_says_so_loudly(self, client):
        check = make_rendered(photos=1)
        client.force_login(check.lead)
        for name, address in (
            (check.task.record.document.file_name, reverse("document_file", args=[check.task.record.document.pk])),
            (check.task.evidence.get().file_name, reverse("evidence_file", args=[check.task.evidence.get().pk])),
            (check.task.dossier.file_name, reverse("dossier_file", args=[check.task.dossier.pk])),
        ):
            path_of(name).chmod(0o600)
            path_of(name).write_bytes(b"forged")
            response = client.get(address)
            assert response.status_code == 409
            assert "与登记的指纹不符" in response.content.decode()
            assert AuditEvent.objects.filter(action="file.damaged", detail__file=name).exists()


STATEMENTS = (
    "UPDATE inspections_scheme SET remarks = 'x'",
    "UPDATE inspections_task SET visited_on = visited_on - 1",
    (
        "INSERT INTO inspections_rectificationreport"
        " (id, order_point_id, done, reporter_name, reporter_phone, reported_at)"
        " SELECT gen_random_uuid(), order_point_id, 'x', reporter_name, reporter_phone, reported_at"
        " FROM inspections_rectificationreport"
    ),
    (
        "INSERT INTO inspections_orderpoint (order_id, result_id, rectify_by)"
        " SELECT order_id, result_id + 0, rectify_by FROM inspections_orderpoint"
    ),
    (
        "INSERT INTO documents_issueddocument"
        " (id, kind, title, year, part, subject_kind, subject_key, context, file_name,"
        " sha256, byte_count, page_count, token, is_confidential, issued_on, issued_at, mark)"
        " SELECT gen_random_uuid(), kind, title, year, part, subject_kind, subject_key, context, file_name, sha256,"
        " byte_count, page_count, 'other', is_confidential, issued_on, issued_at, '' FROM documents_issueddocument"
        " WHERE subject_kind = 'task' LIMIT 1"
    ),
)


class TestLock:
    def test_no_row_that_feeds_a_filed_volume_moves(self):
        check = make_rendered(failed=1, report=True)
        filed(check)

        for statement in STATEMENTS:
            with pytest.raises(Exception, match="the volume is locked"), transaction.atomic():
                connection.cursor().execute(statement)

    def test_a_paper_slipped_in_is_named_by_verification(self):
        check = make_rendered()
        dossier = filed(check)
        with pgtrigger.ignore():
            slipped = slip_in(check)

        told = [str(one) for one in verify_dossiers()]
        assert told == [f"案卷 {dossier.archive_number}：{slipped.number} 不在归档时的卷内目录里"]


def slip_in(check):
    """A paper issued for the check as if the lock were not there."""
    return issue_document(
        "delivery_receipt",
        subject=("task", str(check.task.pk)),
        chain=("task", str(check.task.pk)),
        context=RECEIPT,
        by=None,
        issued_on=timezone.localdate(),
    )


class TestCompleteness:
    def test_receipts_and_signed_sheets_hold_the_filing(self):
        check = make_rendered(failed=1, served=False)
        mark_results_public(check.task)

        with pytest.raises(Refusal, match=r"责令限期整改指令书.*整改复查意见书.*没有登记送达回执"):
            lock_dossier(check.task.dossier, by=check.clerk)
        serve_papers(check)
        assert lock_dossier(check.task.dossier, by=check.clerk).archive_number

    @pytest.mark.volume
    def test_only_the_head_lets_it_go_without_and_the_reason_is_printed(self):
        check = make_rendered(failed=1, served=False)
        mark_results_public(check.task)

        with pytest.raises(Refusal, match="负责人"):
            excuse_gaps(check.task.dossier, by=check.clerk, reason="回执遗失")
        excuse_gaps(check.task.dossier, by=check.county.head, reason="回执遗失")
        dossier = lock_dossier(check.task.dossier, by=check.clerk)
        last = re.sub(r"\s", "", PdfReader(path_of(dossier.file_name)).pages[-1].extract_text())
        assert "没有登记送达回执" in last
        assert "原因：回执遗失。" in last
        assert check.county.head.name in last

    def test_a_record_signed_by_hand_needs_its_signed_sheet(self):
        world, dossier = make_penalty_volume(signed=False)
        mark_results_public(world.check.task)

        with pytest.raises(Refusal, match="当事人陈述申辩笔录 只有打印件"):
            lock_dossier(dossier, by=world.clerk)

    def test_reports_signed_sheets_and_payments_stand_in_the_volume_in_order(self):
        world, dossier = make_penalty_volume()

        titles = [row["title"] for row in dossier.catalogue]
        statement = titles.index("当事人陈述申辩笔录")
        assert titles[statement + 1] == "当事人陈述申辩笔录（签字件）"
        assert titles[titles.index("送达回执") + 1] == "送达回执（签字件）"
        assert titles[-2:] == ["罚款缴纳情况", "结案审批表"]
        check = make_rendered(failed=1, report=True, county=world.check.county)
        titles = [row["title"] for row in Dossier.objects.get(task=check.task).catalogue]
        assert titles.index("企业整改情况报告") + 1 == titles.index("整改复查意见书")


def test_service_by_hand_needs_a_photo_of_the_signed_receipt():
    world = make_decided()

    with pytest.raises(Refusal, match="送达回执的照片或扫描件"):
        world.deliver("penalty_unit", proof=None)
    left = world.deliver("penalty_unit", way="left", refusal_reason="拒收", witness="吴示例")
    assert left.receipt.scans.count() == 1
    assert cases.receipt_to_sign(left.document, task=left.task, case=world.case).startswith(b"%PDF")
