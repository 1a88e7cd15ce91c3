"""Long files: a worker does what the row says, and its progress is seen before it is done."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enterprises.models import Enterprise
from shuangsuiji.imports.models import ImportBatch, ImportFile, ImportProgress
from shuangsuiji.imports.services import order_apply, order_undo, receive_upload, work_on_next, working
from shuangsuiji.imports.services.applying import apply_batch
from shuangsuiji.imports.states import ImportState
from shuangsuiji.imports.views import batches, uploading
from shuangsuiji.lib.errors import Refusal
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db(transaction=True)
HEADER = ["企业名称", "统一社会信用代码"]


def workbook(rows: int = 2, *, first: int = 0, header=HEADER) -> bytes:
    numbers = range(first, first + rows)
    return workbook_of([header, *([f"示范{number}厂", credit_code(number)] for number in numbers)])


def received(clerk, content: bytes | None = None) -> ImportBatch:
    return receive_upload(register="enterprises", content=content or workbook(), name="名录.xlsx", by=clerk)


def state_of(batch: ImportBatch) -> tuple[str, str]:
    batch.refresh_from_db()
    return batch.state, batch.refusal


def test_a_worker_reads_takes_over_and_takes_back(clerk):
    batch = received(clerk)
    assert (state_of(batch)[0], work_on_next(), state_of(batch)[0]) == ("received", True, "staged")
    order_apply(batch.pk, by=clerk)
    assert (work_on_next(), state_of(batch)[0], Enterprise.objects.count()) == (True, "applied", 2)
    assert (batch.applied_by, ImportFile.objects.count()) == (clerk, 0)
    order_undo(batch.pk, by=clerk)
    assert (work_on_next(), state_of(batch)[0], Enterprise.objects.count()) == (True, "undone", 0)
    assert work_on_next() is False


def test_ordered_twice_it_is_done_once(clerk):
    batch = received(clerk)
    work_on_next()
    for _ in range(2):
        order_apply(batch.pk, by=clerk)
    work_on_next()
    order_apply(batch.pk, by=clerk)
    assert (work_on_next(), Enterprise.objects.count()) == (False, 2)


def test_progress_is_told_on_the_way(clerk):
    batch = received(clerk)
    work_on_next()
    progress = ImportProgress.objects.get(batch=batch)
    assert (progress.done_count, progress.whole_count, progress.attempt_count) == (2, 2, 1)


def test_a_file_that_cannot_be_read_says_why_in_the_history(clerk, at_desk):
    batch = received(clerk, workbook_of([HEADER]))
    work_on_next()
    assert state_of(batch) == ("refused", "表头下面没有内容：请至少填写一行再上传。")
    page = at_desk.get(reverse("import_preview", args=[batch.pk])).content.decode()
    assert "表头下面没有内容" in page
    assert "重新上传" in page


def test_what_is_plainly_no_workbook_is_refused_at_once(clerk):
    with pytest.raises(Refusal, match="内容是PDF"):
        received(clerk, b"%PDF-1.7 nothing")
    assert not ImportBatch.objects.exists()


def test_a_fault_of_ours_is_tried_again_and_then_handed_back(clerk, monkeypatch):
    batch = received(clerk)
    work_on_next()
    order_apply(batch.pk, by=clerk)

    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setitem(working._WORK, ImportState.APPLYING, broken)
    for _ in range(working.MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            work_on_next()
    assert state_of(batch)[0] == "applying"
    work_on_next()
    state, sentence = state_of(batch)
    assert (state, "多次中断" in sentence, Enterprise.objects.count()) == ("staged", True, 0)
    monkeypatch.undo()
    order_apply(batch.pk, by=clerk)
    assert (work_on_next(), state_of(batch)) == (True, ("applied", ""))


def test_two_workers_do_not_take_the_same_batch(clerk):
    from django.db import connection, transaction

    batch = received(clerk)
    other = connection.copy()
    try:
        with transaction.atomic():
            ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
            with other.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM (SELECT 1 FROM imports_importbatch WHERE state = 'received'"
                    " FOR NO KEY UPDATE SKIP LOCKED) AS free"
                )
                assert cursor.fetchone() == (0,)
    finally:
        other.close()


def test_a_register_changed_meanwhile_goes_back_to_the_person(clerk):
    batch = received(clerk)
    work_on_next()
    EnterpriseFactory(credit_code=credit_code(0), name="示范0厂")
    order_apply(batch.pk, by=clerk)
    work_on_next()
    state, sentence = state_of(batch)
    assert (state, batch.create_count, batch.same_count) == ("staged", 1, 1)
    assert "预览之后名录有改动" in sentence


def test_a_long_file_shows_its_progress_and_then_the_preview(at_desk, clerk, monkeypatch):
    monkeypatch.setattr(uploading, "SMALL_FILE", 10)
    monkeypatch.setattr(batches, "FEW_ROWS", 0)
    file = SimpleUploadedFile("名录.xlsx", workbook())
    page = at_desk.post(reverse("import_upload", args=["enterprises"]), {"file": file, "sheet": ""}, follow=True)
    assert "正在排队" in page.content.decode()
    batch = ImportBatch.objects.get()
    piece = at_desk.get(reverse("import_progress", args=[batch.pk]))
    assert "HX-Refresh" not in piece
    work_on_next()
    assert at_desk.get(reverse("import_progress", args=[batch.pk]))["HX-Refresh"] == "true"
    assert "导入 2 行" in at_desk.get(reverse("import_preview", args=[batch.pk])).content.decode()
    assert "导入中" in at_desk.post(reverse("import_apply", args=[batch.pk]), follow=True).content.decode()
    work_on_next()
    assert "导入完成" in at_desk.get(reverse("import_preview", args=[batch.pk])).content.decode()


def test_an_interrupted_attempt_leaves_nothing_of_itself(clerk, monkeypatch):
    """What a killed worker had written vanishes with its transaction; the next begins anew."""
    batch = received(clerk, workbook(rows=20))
    work_on_next()
    order_apply(batch.pk, by=clerk)

    def half(batch, tell):
        apply_batch(batch.pk, by=clerk, tell=tell)
        raise KeyboardInterrupt

    monkeypatch.setitem(working._WORK, ImportState.APPLYING, half)
    with pytest.raises(KeyboardInterrupt):
        work_on_next()
    assert (Enterprise.objects.count(), state_of(batch)[0]) == (0, "applying")
    monkeypatch.undo()
    work_on_next()
    assert (Enterprise.objects.count(), state_of(batch)[0]) == (20, "applied")
    assert ImportProgress.objects.get(batch=batch).attempt_count == 2
