"""A person puts things right before anything is taken over: a faulty row, or which column is which."""

from __future__ import annotations

import pytest
from django.urls import reverse

from enterprises.models import Enterprise
from shuangsuiji.imports.models import ImportBatch, RememberedColumn
from shuangsuiji.imports.services import apply_batch, choose_columns, mend_row, stage_upload
from shuangsuiji.imports.states import ImportState
from shuangsuiji.lib.errors import Refusal
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.factories.workbooks import workbook_of

pytestmark = pytest.mark.django_db
HEADER = ["企业名称", "统一社会信用代码", "注册地址"]
ODD_HEADER = ["机构", "证照编码", "在哪里"]


def stage(*rows, by, header=HEADER) -> ImportBatch:
    return stage_upload(register="enterprises", content=workbook_of([header, *rows]), name="名录.xlsx", by=by)


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    batch.refresh_from_db()
    return batch.create_count, batch.update_count, batch.same_count, batch.fault_count


# One row.


def test_a_faulty_row_is_put_right_and_joins_the_others(clerk):
    batch = stage(["示范甲有限公司", "123", "示例路1号"], by=clerk)
    row = mend_row(batch.pk, number=2, cells={"credit_code": f" {credit_code(1).lower()} "}, by=clerk)
    assert (row.outcome, row.faults, counts(batch)) == ("create", [], (1, 0, 0, 0))
    apply_batch(batch.pk, by=clerk)
    kept = Enterprise.objects.get()
    assert (kept.name, kept.credit_code, kept.address) == ("示范甲有限公司", credit_code(1), "示例路1号")


def test_a_mended_row_is_held_against_the_register(clerk):
    kept = EnterpriseFactory(address="旧路")
    batch = stage([kept.name, "123", "新路"], by=clerk)
    row = mend_row(batch.pk, number=2, cells={"credit_code": kept.credit_code}, by=clerk)
    assert (row.outcome, row.changes) == ("update", {"address": ["旧路", "新路"]})


def test_a_row_that_is_still_wrong_says_what_is_wrong_now(clerk):
    batch = stage(["", "123"], by=clerk)
    row = mend_row(batch.pk, number=2, cells={"name": "示范甲有限公司"}, by=clerk)
    assert [fault["column"] for fault in row.faults] == ["统一社会信用代码"]
    assert counts(batch) == (0, 0, 0, 1)


def test_a_row_cannot_be_given_the_key_of_another(clerk):
    batch = stage(["示范甲有限公司", credit_code(1)], ["示范乙有限公司", "123"], by=clerk)
    row = mend_row(batch.pk, number=3, cells={"credit_code": credit_code(1)}, by=clerk)
    assert "与第 2 行的统一社会信用代码相同" in row.faults[0]["reason"]


def test_of_two_rows_that_contradict_each_other_a_person_takes_one(clerk):
    batch = stage(["示范甲有限公司", credit_code(1)], ["示范乙有限公司", credit_code(1)], by=clerk)
    assert counts(batch) == (0, 0, 0, 2)
    row = mend_row(batch.pk, number=3, cells={}, by=clerk)
    assert (row.outcome, counts(batch)) == ("create", (1, 0, 0, 1))
    again = mend_row(batch.pk, number=2, cells={}, by=clerk)
    assert "与第 3 行的统一社会信用代码相同" in again.faults[0]["reason"]


def test_where_one_got_another_code_the_other_is_right_again(clerk):
    batch = stage(["示范甲有限公司", credit_code(1)], ["示范乙有限公司", credit_code(1)], by=clerk)
    mend_row(batch.pk, number=3, cells={"credit_code": credit_code(2)}, by=clerk)
    assert counts(batch) == (2, 0, 0, 0)


def test_one_with_another_fault_is_looked_at_by_a_person(clerk):
    lost = ["示范甲有限公司", credit_code(1), 914306811901607680]
    batch = stage(lost, ["示范乙有限公司", credit_code(1), "示例路1号"], by=clerk)
    mend_row(batch.pk, number=3, cells={"credit_code": credit_code(2)}, by=clerk)
    row = batch.rows.get(row_number=2)
    assert row.outcome == "fault"
    assert "末几位已经丢失" in str(row.faults)


def test_a_row_that_is_right_meanwhile_is_told_in_its_place(at_desk, clerk):
    batch = stage(["示范甲有限公司", credit_code(1)], ["示范乙有限公司", credit_code(1)], by=clerk)
    mend_row(batch.pk, number=3, cells={"credit_code": credit_code(2)}, by=clerk)
    page = at_desk.get(reverse("import_row", args=[batch.pk, 2]), headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "第 2 行已改正，归入“将新增”" in page.content.decode()


def test_nothing_is_mended_once_the_batch_is_taken_over(clerk):
    batch = stage(["示范甲有限公司", credit_code(1)], ["示范乙有限公司", "123"], by=clerk)
    apply_batch(batch.pk, by=clerk)
    with pytest.raises(Refusal, match="不能再改"):
        mend_row(batch.pk, number=3, cells={"credit_code": credit_code(2)}, by=clerk)


def test_the_page_mends_a_row_without_script(at_desk, clerk):
    batch = stage(["示范甲有限公司", "123", "示例路1号"], by=clerk)
    address = reverse("import_row", args=[batch.pk, 2])
    page = at_desk.get(address).content.decode()
    assert 'value="123"' in page
    assert "应为 18 位，这里是 3 位。" in page
    wrong = at_desk.post(address, {"row2-name": "示范甲有限公司", "row2-credit_code": "1234", "row2-address": ""})
    assert "应为 18 位，这里是 4 位。" in wrong.content.decode()
    data = {"row2-name": "示范甲有限公司", "row2-credit_code": credit_code(1), "row2-address": "示例路1号"}
    page = at_desk.post(address, data, follow=True).content.decode()
    assert "第 2 行已改正，归入“将新增”。" in page
    assert counts(batch) == (1, 0, 0, 0)


def test_the_page_answers_htmx_with_a_piece(at_desk, clerk):
    batch = stage(["示范甲有限公司", "123"], by=clerk)
    address = reverse("import_row", args=[batch.pk, 2])
    piece = at_desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert piece.startswith("<tr>")
    assert "<html" not in piece


# Which column is which.


def test_unknown_titles_wait_for_a_person(clerk):
    batch = stage(["示范甲有限公司", credit_code(1), "示例路"], by=clerk, header=ODD_HEADER)
    assert (batch.state, batch.rows.count()) == (ImportState.UNMATCHED, 0)
    assert batch.samples == [["示范甲有限公司", credit_code(1), "示例路"]]


def test_what_a_person_says_is_read_and_remembered(at_desk, clerk):
    batch = stage(["示范甲有限公司", credit_code(1), "示例路"], by=clerk, header=ODD_HEADER)
    page = at_desk.get(reverse("import_preview", args=[batch.pk]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("import_columns", args=[batch.pk])
    at_desk.post(reverse("import_columns", args=[batch.pk]), {"name": 0, "credit_code": 1, "address": 2})
    assert counts(batch) == (1, 0, 0, 0)
    assert batch.rows.get().values["address"] == "示例路"
    again = stage(["示范乙有限公司", credit_code(2), "示例路"], by=clerk, header=ODD_HEADER)
    assert (again.state, again.places) == (ImportState.STAGED, {"name": 0, "credit_code": 1, "address": 2})


def test_memory_is_a_persons_own(clerk):
    from tests.factories.accounts import Role, person_with

    batch = stage(["示范甲有限公司", credit_code(1)], by=clerk, header=ODD_HEADER[:2])
    choose_columns(batch.pk, places={"name": 0, "credit_code": 1}, by=clerk)
    other = stage(["示范乙有限公司", credit_code(2)], by=person_with(Role.CLERK), header=ODD_HEADER[:2])
    assert other.state == ImportState.UNMATCHED


def test_a_title_may_be_left_unread_although_its_name_is_known(at_desk, clerk):
    batch = stage(["示范甲有限公司", credit_code(1), "错的地址"], by=clerk)
    at_desk.post(reverse("import_columns", args=[batch.pk]), {"name": 0, "credit_code": 1, "address": ""})
    batch.refresh_from_db()
    assert batch.ignored == ["注册地址"]
    assert "address" not in batch.rows.get().values
    assert stage(["示范乙有限公司", credit_code(2), "x"], by=clerk).ignored == ["注册地址"]


def test_one_column_of_the_file_serves_one_of_the_register(at_desk, clerk):
    batch = stage(["示范甲有限公司", credit_code(1), "示例路"], by=clerk, header=ODD_HEADER)
    data = {"name": 0, "credit_code": 1, "address": 0}
    page = at_desk.post(reverse("import_columns", args=[batch.pk]), data).content.decode()
    assert "已对应“企业名称”" in page
    assert not RememberedColumn.objects.exists()


def test_a_required_column_must_be_chosen(at_desk, clerk):
    batch = stage(["示范甲有限公司", credit_code(1), "示例路"], by=clerk, header=ODD_HEADER)
    page = at_desk.post(reverse("import_columns", args=[batch.pk]), {"name": 0}).content.decode()
    assert "这一列必须有" in page
