"""The real register, read from outside the repository, against an independent reading of it."""

from __future__ import annotations

import re
import time

import pytest

from enterprises.models import Enterprise
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import apply_batch, stage_upload
from shuangsuiji.lib.models import SupervisedField
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
CODE, NAME, ADDRESS, GUESS = "统一社会信用代码", "企业名称", "注册地址", "行业初判(关键词)"


@pytest.fixture
def content(register_rows):
    header = list(register_rows[0])
    return workbook_of([header, *([row[title] or "" for title in header] for row in register_rows)])


def stage(content, clerk) -> ImportBatch:
    return stage_upload(register="enterprises", content=content, name="名录.xlsx", by=clerk)


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.create_count, batch.update_count, batch.same_count, batch.fault_count


def test_every_row_is_new_and_none_is_at_fault(register_rows, content, clerk):
    batch = stage(content, clerk)
    assert counts(batch) == (len(register_rows), 0, 0, 0)
    assert batch.ignored == ["校验", "地区"]
    assert not Enterprise.objects.exists()


def test_names_and_codes_arrive_as_they_stand_in_the_file(register_rows, content, clerk):
    apply_batch(stage(content, clerk).pk, by=clerk)
    expected = {(row[CODE], re.sub(r"\s+", " ", row[NAME]).strip()) for row in register_rows}
    assert set(Enterprise.objects.values_list("credit_code", "name")) == expected


def test_not_available_is_nothing_and_full_width_digits_are_digits(register_rows, content, clerk):
    apply_batch(stage(content, clerk).pk, by=clerk)
    empty = sum(row["注册资金"] == "N/A" for row in register_rows)
    assert Enterprise.objects.filter(capital="").count() == empty
    odd = [row for row in register_rows if re.search("[０-９]", row[ADDRESS] or "")]
    digits = str.maketrans("０１２３４５６７８９", "0123456789")
    for row in odd:
        assert Enterprise.objects.get(credit_code=row[CODE]).address == row[ADDRESS].translate(digits)


def test_a_guess_is_a_suggestion_only(register_rows, content, clerk):
    apply_batch(stage(content, clerk).pk, by=clerk)
    assert not Enterprise.objects.exclude(field=None).exists()
    names = set(SupervisedField.objects.values_list("name", flat=True))
    for row in register_rows:
        guess = row[GUESS].rstrip("?")
        if guess in names:
            assert Enterprise.objects.get(credit_code=row[CODE]).suggested_field.name == guess


def test_imported_again_nothing_changes(register_rows, content, clerk):
    apply_batch(stage(content, clerk).pk, by=clerk)
    before = list(Enterprise.objects.order_by("pk").values())
    again = stage(content, clerk)
    assert counts(again) == (0, 0, len(register_rows), 0)
    apply_batch(again.pk, by=clerk)
    assert list(Enterprise.objects.order_by("pk").values()) == before


def test_changed_and_faulty_rows_are_counted_and_shown(register_rows, content, clerk):
    apply_batch(stage(content, clerk).pk, by=clerk)
    rows = [dict(row) for row in register_rows]
    for row in rows[:20]:
        row[ADDRESS] = "示例路1号"
    for row in rows[20:25]:
        row[CODE] = row[CODE][:17] + ("1" if row[CODE][17] != "1" else "2")
    header = list(rows[0])
    batch = stage(workbook_of([header, *([row[title] or "" for title in header] for row in rows)]), clerk)
    moved = sum(row[ADDRESS] != "示例路1号" for row in register_rows[:20])
    assert counts(batch) == (0, moved, len(rows) - moved - 5, 5)
    faults = list(batch.rows.filter(outcome="fault").values_list("row_number", "faults"))
    assert [number for number, _ in faults] == [22, 23, 24, 25, 26]
    assert all("校验码" in fault["reason"] for _, found in faults for fault in found)


def test_it_takes_seconds_at_most(content, clerk):
    began = time.perf_counter()
    apply_batch(stage(content, clerk).pk, by=clerk)
    assert time.perf_counter() - began < 10
