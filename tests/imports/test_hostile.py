"""Every file of the corpus is refused with a sentence, and whoever reads it goes on."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enterprises.models import Enterprise
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import receive_upload, work_on_next
from shuangsuiji.lib import workbook_child
from shuangsuiji.lib.errors import Refusal
from tests.factories.enterprises import credit_code
from tests.factories.workbooks import workbook_of
from tests.imports.corpus import CORPUS, content_of

MEGABYTE = 1024 * 1024
MOST_MEMORY_MB = 200


@pytest.mark.django_db
@pytest.mark.parametrize("case", CORPUS)
def test_the_upload_page_says_what_is_wrong_and_keeps_nothing(at_desk, case):
    _, name, words = CORPUS[case]
    file = SimpleUploadedFile(name, content_of(case))
    response = at_desk.post(reverse("import_upload", args=["enterprises"]), {"file": file, "sheet": ""})
    assert response.status_code == 200
    said = " ".join(response.context["form"].errors["file"])
    assert any(word in said for word in words.split("|"))
    assert said.endswith("。")
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_lives_through_the_whole_corpus(clerk):
    for case in CORPUS:
        try:
            receive_upload(register="enterprises", content=content_of(case), name=CORPUS[case][1], by=clerk)
        except Refusal:
            continue
        assert work_on_next()
    assert set(ImportBatch.objects.values_list("state", flat=True)) <= {"refused"}
    good = workbook_of([["企业名称", "统一社会信用代码"], ["示范甲厂", credit_code(1)]])
    batch = receive_upload(register="enterprises", content=good, name="名录.xlsx", by=clerk)
    assert work_on_next()
    batch.refresh_from_db()
    assert (batch.state, batch.create_count, Enterprise.objects.count()) == ("staged", 1, 0)


def test_the_corpus_costs_little_memory():
    """Measured in a process of its own: the reader's child never holds more, and whoever checks the file hardly any."""
    command = [sys.executable, "-m", "tests.imports.corpus_cost"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    costs = {case: (float(child), float(own)) for case, child, own, _ in (line.split("\t") for line in lines)}
    assert set(costs) == set(CORPUS)
    assert max(child for child, _ in costs.values()) < MOST_MEMORY_MB
    assert max(own for _, own in costs.values()) < MOST_MEMORY_MB


def test_the_guard_sets_limits_on_itself():
    assert workbook_child.MEMORY_BYTES <= 400 * MEGABYTE
    assert workbook_child.CPU_SECONDS <= 20
    assert (workbook_child.MOST_COLUMNS, workbook_child.MOST_ROWS) == (200, 200_000)
