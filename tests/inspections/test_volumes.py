"""A volume of a penalty case, a filed volume read again, many volumes at once, and what a changed file gives away."""

import datetime
import io
import re
import subprocess
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from inspections import services
from inspections.models import Dossier, DossierOpening, DossierReading
from inspections.selectors import blocking_gaps
from inspections.services import cases, openings
from inspections.services.batches import batch_candidates, queue_batch
from inspections.services.bundles import write_bundle
from inspections.states import DossierState
from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.documents.files import path_of
from shuangsuiji.lib.errors import Refusal
from tests.factories.accounts import person_with
from tests.factories.cases import attach_signed_sheets, make_case_closed, make_paid, make_proposed
from tests.factories.inspections import make_rendered, make_reviewed, put_right, serve_papers

pytestmark = pytest.mark.django_db
COPY_OF_A_STEP = (
    'INSERT INTO inspections_casestep (case_id, act, "on", at, by_id, fields)'
    " SELECT case_id, 'x', \"on\", at, by_id, fields FROM inspections_casestep LIMIT 1"
)
COPY_OF_A_PAYMENT = (
    "INSERT INTO inspections_payment (case_id, amount, paid_on, receipt_number, recorded_by_id, recorded_at)"
    " SELECT case_id, 1, paid_on, 'z', recorded_by_id, recorded_at FROM inspections_payment"
)


def make_penalty_volume(*, signed: bool = True):
    """A check with a closed case, put right, assembled."""
    world = make_case_closed()
    world.check.fresh()
    put_right(world.check)
    serve_papers(world.check)
    if signed:
        attach_signed_sheets(world)
    services.queue_dossier(world.check.task.dossier, by=world.handler)
    services.render_next_dossier()
    return world, Dossier.objects.get(task=world.check.task)


def serve_a_mistaken_notice(world) -> None:
    """An 询问通知书 that was served, replaced, and served anew."""
    fields = {"person": "李示例", "place": "大队", "contact": "孙示例", "phone": "0730"}
    fields["appear_at"] = timezone.now() + datetime.timedelta(days=1)
    world.take("inquiry_notice", by=world.handler, **fields)
    world.deliver("inquiry_notice")
    old = world.paper("inquiry_notice")
    fields["place"] = "二楼"
    cases.replace_paper(world.case, old, cases.act_behind(old), by=world.handler, reason="地点有误", fields=fields)
    world.deliver("inquiry_notice")


def filed(check) -> Dossier:
    services.mark_results_public(check.task)
    return services.lock_dossier(check.task.dossier, by=check.clerk)


@pytest.mark.volume
class TestPenaltyVolume:
    def test_it_stands_in_the_order_of_the_archive_with_true_page_numbers(self):
        _world, dossier = make_penalty_volume()

        titles = [row["title"] for row in dossier.catalogue]
        assert titles[:4] == ["立案审批表", "行政处罚决定书（单位）", "送达回执", "送达回执（签字件）"]
        assert titles[-1] == "结案审批表"
        for served in ("行政处罚告知书",):
            assert titles[titles.index(served) + 1] == "送达回执"
        first = [titles.index(name) for name in ("行政处罚告知书", "现场检查记录", "证据清单", "案件处理呈批表")]
        assert first == sorted(first)
        pages = [page.extract_text() for page in PdfReader(path_of(dossier.file_name)).pages]
        front = len(pages) - dossier.catalogue[-1]["page_to"] - 1
        for row in dossier.catalogue:
            text = pages[front + row["page_from"] - 1]
            assert row["title"] in re.sub(r"\s", "", text)
            assert str(row["page_from"]) in text.split()
            assert re.sub(r"\s", "", row["number"]) in re.sub(r"\s", "", text)

    def test_it_is_an_archive_pdf_with_tags_and_language(self):
        dossier = make_rendered().task.dossier

        root = PdfReader(path_of(dossier.file_name)).trailer["/Root"]
        assert b'pdfaid:part="3"' in root["/Metadata"].get_object().get_data()
        assert bool(root["/MarkInfo"]["/Marked"])
        assert root["/Lang"] == "zh-Hans-CN"

    def test_a_replaced_paper_stays_in_it_with_its_receipt(self):
        world = make_case_closed(before_report=serve_a_mistaken_notice)
        world.check.fresh()
        put_right(world.check)
        services.queue_dossier(world.check.task.dossier, by=world.handler)
        services.render_next_dossier()
        dossier = Dossier.objects.get(task=world.check.task)

        at = [n for n, row in enumerate(dossier.catalogue) if row["title"] == "询问通知书"]
        old, new = (dossier.catalogue[n] for n in at)
        assert old["note"] == f"已被{new['number']}替代"
        assert [dossier.catalogue[n + 1]["title"] for n in at] == ["送达回执", "送达回执"]
        pages = [page.extract_text() for page in PdfReader(path_of(dossier.file_name)).pages]
        front = len(pages) - dossier.catalogue[-1]["page_to"] - 1
        assert old["note"] in re.sub(r"\s", "", pages[front + old["page_from"] - 1])

    def test_its_cover_is_that_of_the_case(self):
        world, dossier = make_penalty_volume()

        cover = re.sub(r"\s", "", PdfReader(path_of(dossier.file_name)).pages[0].extract_text())
        assert world.case.cause in cover
        assert "罚款人民币贰万元整" in cover
        assert re.search(r"示应急案〔\d{4}〕\d+号", cover)

    def test_an_open_case_and_a_missing_receipt_are_named(self):
        world = make_paid()
        world.take("published", by=world.clerk, on=timezone.localdate(), where="门户网站")

        gaps = "".join(blocking_gaps(world.check.task))
        assert "还没有结案" in gaps


class TestReadingAgain:
    def test_without_the_heads_approval_it_stays_shut(self, client):
        check = make_rendered()
        dossier = filed(check)
        client.force_login(check.lead)

        for name in ("dossier_file", "dossier_bundle"):
            response = client.get(reverse(name, args=[dossier.pk]))
            assert response.status_code == 403
            assert "须经负责人批准" in response.content.decode()
        assert not DossierReading.objects.exists()

    def test_approved_it_opens_for_a_while_and_every_reading_is_written_down(self, client):
        check = make_rendered()
        dossier = filed(check)
        client.force_login(check.lead)
        client.post(reverse("dossier_opening_ask", args=[dossier.pk]), {"reason": "复议答复"})
        opening = DossierOpening.objects.get()
        client.force_login(check.county.head)
        answer = {"answer": "granted", "hours": 2, "opinion": "同意"}
        client.post(reverse("dossier_opening_decide", args=[dossier.pk, opening.pk]), answer)

        client.force_login(check.lead)
        response = client.get(reverse("dossier_file", args=[dossier.pk]))
        assert b"".join(response.streaming_content) == path_of(dossier.file_name).read_bytes()
        reading = DossierReading.objects.get()
        assert (reading.read_by, reading.opening, reading.file) == (check.lead, opening, "volume")
        assert AuditEvent.objects.get(action="dossier.opened").actor_key == str(check.lead.pk)
        assert "复议答复" in client.get(reverse("dossier_detail", args=[dossier.pk])).content.decode()

    def test_closed_or_run_out_it_is_shut_again(self):
        check = make_rendered()
        dossier = filed(check)
        now = timezone.now()
        for end in ("closed", "late"):
            opening = openings.ask_opening(dossier, by=check.lead, reason="核对")
            openings.decide_opening(opening, by=check.county.head, is_granted=True, hours=1)
            openings.read_dossier(dossier, by=check.lead, file="volume", now=now)
            if end == "closed":
                openings.close_opening(opening, by=check.lead)
                with pytest.raises(Refusal, match="须经负责人批准"):
                    openings.read_dossier(dossier, by=check.lead, file="volume")
        with pytest.raises(Refusal, match="须经负责人批准"):
            openings.read_dossier(dossier, by=check.lead, file="volume", now=now + datetime.timedelta(hours=2))

    def test_an_approval_is_for_the_one_who_asked(self):
        check = make_rendered()
        dossier = filed(check)
        opening = openings.ask_opening(dossier, by=check.lead, reason="核对")
        openings.decide_opening(opening, by=check.county.head, is_granted=True, hours=1)

        with pytest.raises(Refusal, match="须经负责人批准"):
            openings.read_dossier(dossier, by=check.second, file="volume")

    def test_only_the_head_answers_and_an_answer_stands(self):
        check = make_rendered()
        opening = openings.ask_opening(filed(check), by=check.lead, reason="核对")

        with pytest.raises(Refusal, match="负责人"):
            openings.decide_opening(opening, by=check.clerk, is_granted=True)
        openings.decide_opening(opening, by=check.county.head, is_granted=False, opinion="没有必要")
        with pytest.raises(Refusal, match="已经办理"):
            openings.decide_opening(opening, by=check.county.head, is_granted=True)
        with pytest.raises(Exception, match="can only be closed"), transaction.atomic():
            DossierOpening.objects.filter(pk=opening.pk).update(is_granted=True)

    def test_asked_twice_it_is_asked_once(self):
        check = make_rendered()
        dossier = filed(check)
        openings.ask_opening(dossier, by=check.lead, reason="核对")

        with pytest.raises(Refusal, match="正在等待批准"):
            openings.ask_opening(dossier, by=check.lead, reason="核对")


class TestLockedCase:
    def test_a_locked_volume_refuses_new_steps_of_its_case(self):
        world, _dossier = make_penalty_volume()
        filed(world.check)

        statements = (
            "UPDATE inspections_case SET cause = 'x'",
            COPY_OF_A_STEP,
            COPY_OF_A_PAYMENT,
            "UPDATE inspections_casehandler SET position = 9",
        )
        for statement in statements:
            with pytest.raises(Exception, match="locked"), transaction.atomic():
                connection.cursor().execute(statement)

    def test_a_step_after_filing_is_refused_in_a_sentence(self):
        world, _dossier = make_penalty_volume()
        filed(world.check)

        with pytest.raises(Refusal, match="已经归档"):
            world.take("published", by=world.clerk, on=timezone.localdate(), where="门户网站")

    def test_a_filed_check_carries_no_new_case(self):
        check = make_rendered(failed=1)
        filed(check)

        with pytest.raises(Refusal):
            make_proposed(check=check)


class TestBundle:
    def bundle(self, dossier) -> zipfile.ZipFile:
        out = io.BytesIO()
        write_bundle(dossier, out)
        return zipfile.ZipFile(out)

    def test_sha256sum_accepts_what_was_unpacked(self, tmp_path):
        dossier = make_rendered(photos=2).task.dossier

        self.bundle(dossier).extractall(tmp_path)

        told = subprocess.run(
            ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stderr
        names = {line.split(": ")[0] for line in told.stdout.splitlines()}
        assert "案卷.pdf" in names
        assert sum(name.startswith("证据/") for name in names) == 2
        assert any("现场检查记录" in name for name in names)

    def test_the_same_volume_gives_the_same_bytes(self):
        dossier = make_rendered(photos=1).task.dossier
        first, second = io.BytesIO(), io.BytesIO()
        write_bundle(dossier, first)
        write_bundle(dossier, second)

        assert first.getvalue() == second.getvalue()

    def test_a_changed_original_is_named_and_nothing_is_handed_out(self):
        check = make_rendered(photos=1)
        path = path_of(check.task.evidence.get().file_name)
        path.chmod(0o600)
        path.write_bytes(b"forged")

        with pytest.raises(Refusal, match="证据/001"):
            self.bundle(check.task.dossier)


class TestVerification:
    def test_it_is_content_with_whole_files(self, capsys):
        make_rendered(photos=1)

        call_command("verify_dossiers")

        assert "1 份案卷及其证据原件全部相符" in capsys.readouterr().out

    def test_it_names_a_changed_volume_and_missing_evidence(self, capsys):
        check = make_rendered(photos=1)
        dossier = filed(check)
        volume, photo = path_of(dossier.file_name), path_of(check.task.evidence.get().file_name)
        volume.chmod(0o600)
        volume.write_bytes(b"%PDF-1.7 forged")
        photo.unlink()

        with pytest.raises(CommandError, match="2 个文件"):
            call_command("verify_dossiers")
        told = capsys.readouterr().err
        assert f"案卷 {dossier.archive_number}" in told
        assert "内容已变" in told
        assert f"任务 {check.task.number} 证据" in told
        assert "文件不存在" in told


class TestBatch:
    def test_whole_volumes_are_queued_together_and_the_others_say_what_they_lack(self):
        check = make_reviewed()
        world = make_proposed(check=check)
        dossier = check.task.dossier

        ready, held = batch_candidates([dossier], by=check.clerk)
        assert ready == []
        assert "还没有结案" in held[0][1]
        with pytest.raises(Refusal, match=check.task.number):
            queue_batch([dossier], by=check.clerk)
        world.take("refuse", by=world.approver, reason="不构成违法")
        assert batch_candidates([dossier], by=check.clerk) == ([dossier], [])
        batch = queue_batch([dossier], by=check.clerk)
        assert Dossier.objects.get(batch=batch).state == DossierState.QUEUED

    def test_its_page_counts_as_they_come(self, client):
        check = make_rendered()
        batch = queue_batch([check.task.dossier], by=check.clerk)
        client.force_login(check.clerk)
        address = reverse("dossier_batch", args=[batch.pk])

        assert "卷在生成，本页自动更新" in client.get(address).content.decode()
        services.render_next_dossier()
        fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "全部生成" in fragment
        assert "<html" not in fragment

    def test_the_clerk_ticks_and_sends(self, client):
        check = make_rendered()
        client.force_login(check.clerk)

        page = client.get(reverse("dossier_batch_new")).content.decode()
        assert check.task.number in page
        response = client.post(reverse("dossier_batch_new"), {"dossier": [check.task.dossier.pk]})
        assert response.status_code == 302
        assert Dossier.objects.get().state == DossierState.QUEUED

    def test_nobody_else_opens_it(self, client):
        client.force_login(person_with(Role.INSPECTOR))

        assert client.get(reverse("dossier_batch_new")).status_code == 403
