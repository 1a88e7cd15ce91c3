"""What offices do to a sheet, and what the preview says of it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from enterprises.models import Enterprise
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.services import apply_batch, mend_row, stage_upload
from shuangsuiji.lib.models import Township
from tests.factories.enterprises import credit_code
from tests.lib.test_sheets import sheet_of

pytestmark = pytest.mark.django_db
HEADER = ["企业名称", "统一社会信用代码", "所在乡镇", "注册地址"]


@pytest.fixture(autouse=True)
def township(db):
    return Township.objects.create(code="901", name="示例镇")


def staged(content: bytes, *, by, name: str = "名录.xlsx") -> ImportBatch:
    return stage_upload(register="enterprises", content=content, name=name, by=by)


def preview(client, batch: ImportBatch) -> str:
    return client.get(reverse("import_preview", args=[batch.pk])).content.decode()


def test_a_merged_township_is_that_of_every_row_and_the_preview_says_so(at_desk, clerk):
    rows = [[f"示范{number}厂", credit_code(number), "示例镇" if number == 1 else None] for number in range(1, 4)]
    batch = staged(sheet_of(HEADER, *rows, merged=["C2:C4"]), by=clerk)
    assert "有 1 处合并单元格，其中的内容已填入它盖住的每一格（所在乡镇：第 2 至 4 行），请核对。" in preview(
        at_desk, batch
    )
    apply_batch(batch.pk, by=clerk)
    assert list(Enterprise.objects.values_list("township__name", flat=True)) == ["示例镇"] * 3


def test_many_merged_cells_are_counted_and_the_first_named(clerk):
    rows = [[f"示范{number}厂", credit_code(number), "示例镇" if number % 2 else None] for number in range(1, 15)]
    spans = [f"C{row}:C{row + 1}" for row in range(2, 16, 2)]
    (remark,) = staged(sheet_of(HEADER, *rows, merged=spans), by=clerk).remarks
    assert remark.startswith("有 7 处合并单元格")
    assert remark.endswith("所在乡镇：第 10 至 11 行等），请核对。")


def test_merged_cells_of_a_column_that_is_not_read_are_not_spoken_of(clerk):
    rows = [["示范甲厂", credit_code(1), None, None, "x"], ["示范乙厂", credit_code(2), None, None, None]]
    assert staged(sheet_of([*HEADER, "备注"], *rows, merged=["E2:E3"]), by=clerk).remarks == []


def test_the_end_of_a_merged_cell_beside_a_serial_number_is_no_row(clerk):
    rows = [[1, "示范甲厂", credit_code(1), "示例镇"], [2, None, None, None]]
    batch = staged(sheet_of(["序号", *HEADER[:3]], *rows, merged=["D2:D3"]), by=clerk)
    assert (batch.create_count, batch.fault_count) == (1, 0)


def test_an_error_is_a_fault_that_says_where_and_what_to_do(clerk):
    content = sheet_of(HEADER, ["示范甲厂", credit_code(1), None, None], errors=[("D2", "#REF!")])
    batch = staged(content, by=clerk)
    row = batch.rows.get()
    assert (row.row_number, row.outcome) == (2, "fault")
    assert row.faults == [
        {
            "column": "注册地址",
            "value": "#REF!",
            "reason": "这是表格的错误值，不是内容。",
            "remedy": "请在表格里改正公式，或者直接填写应有的内容，没有的留空。",
        }
    ]


def test_an_error_in_a_column_that_is_not_read_hinders_nothing(clerk):
    content = sheet_of([*HEADER, "备注"], ["示范甲厂", credit_code(1), None, None], errors=[("E2", "#N/A")])
    assert staged(content, by=clerk).create_count == 1


def test_an_error_stays_one_until_it_is_typed_over(clerk):
    errors = [("D2", "#N/A"), ("C2", "#REF!")]
    batch = staged(sheet_of(HEADER, ["示范甲厂", credit_code(1), None, None], errors=errors), by=clerk)
    row = mend_row(batch.pk, number=2, cells={"township": "示例镇"}, by=clerk)
    assert [fault["column"] for fault in row.faults] == ["注册地址"]
    assert mend_row(batch.pk, number=2, cells={"address": ""}, by=clerk).outcome == "create"


def test_titles_in_two_rows_are_read_together_and_the_preview_says_so(at_desk, clerk):
    top, beneath = ["企业名称", "统一社会信用代码", "联系人", None], [None, None, "姓名", "电话"]
    row = ["示范甲厂", credit_code(1), "张示例", "13800000000"]
    batch = staged(sheet_of(top, beneath, row, merged=["A1:A2", "B1:B2", "C1:D1"]), by=clerk)
    values = batch.rows.get().values
    assert (values["contact_name"], values["contact_phone"]) == ("张示例", "13800000000")
    assert "表头占第 1、2 两行" in preview(at_desk, batch)


def test_a_title_under_two_groups_is_taken_for_neither_by_itself(clerk):
    top = ["企业名称", "统一社会信用代码", "法定代表人", None, "联系人", None]
    beneath = [None, None, "姓名", "电话", "姓名", "电话"]
    row = ["示范甲厂", credit_code(1), "李示例", "13900000000", "张示例", "13800000000"]
    batch = staged(sheet_of(top, beneath, row, merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1"]), by=clerk)
    values = batch.rows.get().values
    assert (values["contact_name"], values["contact_phone"]) == ("张示例", "13800000000")
    assert "没有认出“法定代表人·姓名”、“法定代表人·电话”，没有读取：需要的，请用“调整对应列”指明" in batch.remarks[1]


def test_a_column_without_a_title_is_not_passed_over_in_silence(at_desk, clerk):
    content = sheet_of([*HEADER[:2], "联系电话", None], ["示范甲厂", credit_code(1), "13800000000", "张示例"])
    batch = staged(content, by=clerk)
    assert batch.create_count == 1
    assert "没有认出第 4 列（没有标题），没有读取" in preview(at_desk, batch)


def test_a_plain_sheet_has_no_remarks(clerk):
    assert staged(sheet_of(HEADER, ["示范甲厂", credit_code(1), "示例镇", "路"]), by=clerk).remarks == []


def test_a_code_that_excel_was_made_to_keep_is_the_code(clerk):
    content = f'企业名称,统一社会信用代码\n示范甲厂,"=""{credit_code(1)}"""\n'.encode()
    assert staged(content, by=clerk, name="名录.csv").rows.get().key == credit_code(1)


def test_a_better_title_comes_before_a_vaguer_one(clerk):
    content = sheet_of(
        ["企业名称", "统一社会信用代码", "地址", "注册地址"], ["示范甲厂", credit_code(1), "乙路", "甲路"]
    )
    batch = staged(content, by=clerk)
    assert (batch.rows.get().values["address"], batch.ignored) == ("甲路", ["地址"])
