from __future__ import annotations

import io
import time
from pathlib import Path

import openpyxl
import pytest

from shuangsuiji.lib import workbooks
from shuangsuiji.lib.errors import Refusal

TITLES = ["企业名称", "统一社会信用代码", "地址"]


def workbook_bytes(*rows, sheet="名录", before=(), titles=TITLES):
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in [*before, titles, *rows]:
        page.append(row)
    return saved(book)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_of(content, *, name="名录.xlsx", **options):
    return list(workbooks.read_workbook(content, name=name, **options).rows)


def test_it_reads_header_and_rows_with_their_numbers():
    content = workbook_bytes(
        ["示范化工有限公司", "91440300708461136T", "示范路1号"], [None, None, None], ["示范二厂", "x", "y"]
    )
    workbook = workbooks.read_workbook(content, name="名录.xlsx")

    assert (workbook.kind, workbook.sheets, workbook.sheet) == ("xlsx", ["名录"], "名录")
    assert (workbook.header, workbook.header_rows) == (TITLES, (1,))
    assert [(row.number, row.cells[0]) for row in workbook.rows] == [(2, "示范化工有限公司"), (4, "示范二厂")]


def test_it_finds_the_header_under_a_title_and_a_filled_line():
    content = workbook_bytes(["示范厂", "1", "2"], before=[["企业名录"], ["填表单位", "示例市", "日期", "2026"]])
    workbook = workbooks.read_workbook(content, name="名录.xlsx", expected=set(TITLES))
    assert (workbook.header_rows, workbook.header[:3]) == ((3,), TITLES)


def test_it_keeps_leading_empty_columns_and_rows_in_the_count():
    book = openpyxl.Workbook()
    book.active["C3"], book.active["D3"], book.active["C5"] = "甲", "乙", "丙"
    workbook = workbooks.read_workbook(saved(book), name="a.xlsx")
    assert (workbook.header_rows, workbook.header) == ((3,), ["", "", "甲", "乙"])
    assert [(row.number, row.cells) for row in workbook.rows] == [(5, ["", "", "丙", ""])]


@pytest.mark.parametrize(
    ("written", "read", "notes"),
    [
        (" 示范　（汨罗）  有限公司 ", "示范 （汨罗） 有限公司", []),
        ("二０２室", "二02室", []),
        ("N/A", "", []),
        (13912345678, "13912345678", []),
        (3.5, "3.5", []),
        (0.1 + 0.2, "0.3", []),
        (914306811901627398, "9.14306811901627E+17", [(0, "rounded")]),
        ("示范\ue0c4路", "示范路", [(0, "private_use")]),
        (True, "是", []),
        ("=1+1", "", None),
        ("甲\n乙", "甲 乙", []),
    ],
)
def test_it_reads_a_cell_as_people_mean_it(written, read, notes):
    row = rows_of(workbook_bytes([written, "占位", ""]))[0]
    assert row.cells[0] == read
    assert notes is None or list(row.notes) == notes


def test_it_reads_a_date_as_a_date():
    import datetime

    assert rows_of(workbook_bytes([datetime.date(2026, 4, 1), "x", ""]))[0].cells[0] == "2026-04-01"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_it_reads_text_tables(encoding, separator):
    lines = [TITLES, ["示范化工有限公司", "91440300708461136T", "示范路"]]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    workbook = workbooks.read_workbook(content, name="名录.csv")
    assert workbook.header == TITLES
    assert [row.cells for row in workbook.rows] == lines[1:]


def test_it_skips_the_instruction_sheet_and_hidden_ones():
    book = openpyxl.Workbook()
    book.active.title = "填写说明"
    book.active.append(["不是数据", "x"])
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.create_sheet("名录").append(TITLES)
    assert workbooks.read_workbook(saved(book), name="a.xlsx").sheet == "名录"


def test_a_wrong_sheet_name_is_refused_with_those_there_are():
    with pytest.raises(Refusal, match="没有名为“二月”的工作表（现有：名录）"):
        rows_of(workbook_bytes(), sheet="二月")


def test_a_file_may_be_given_the_wrong_suffix_of_another_workbook():
    assert rows_of(workbook_bytes(["示范厂", "1", "2"]), name="名录.xls")[0].cells[0] == "示范厂"


# Limits. The corpus of hostile files is in tests/imports.


def test_too_many_rows_are_refused():
    content = workbooks.write_rows(["甲"], ([str(n)] for n in range(200_001)))
    with pytest.raises(Refusal, match="超过 200,000 行"):
        rows_of(content)


def test_too_many_text_rows_are_refused_while_they_come():
    content = b"a,b\n" + b"1,2\n" * 200_001
    with pytest.raises(Refusal, match="超过 200,000 行"):
        rows_of(content, name="a.csv")


def test_a_child_that_does_not_answer_is_given_up(monkeypatch, tmp_path):
    monkeypatch.setattr(workbooks, "WAIT_SECONDS", 0)
    path = tmp_path / "x"
    path.write_bytes(workbook_bytes())
    with pytest.raises(Refusal, match="已停止"), workbooks.open_workbook(path, name="a.xlsx"):
        pass


def test_leaving_early_leaves_no_child_behind(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(workbooks.write_rows(["甲", "乙"], ([str(n), "x"] for n in range(20_000))))
    with workbooks.open_workbook(path, name="a.xlsx") as workbook:
        next(workbook.rows)
    children = Path("/proc/self/task").glob("*/children")
    assert not any(
        b"workbook_child" in Path(f"/proc/{pid}/cmdline").read_bytes()
        for c in children
        for pid in c.read_text().split()
    )


# Writing.


def test_written_text_is_never_a_formula_and_codes_stay_whole():
    rows = [["=1+1", "+1", "-1"], ["@x", "\tx", "914306811901627398"], ["http://x.invalid", None, True]]
    content = workbooks.write_rows(TITLES, rows)
    page = openpyxl.load_workbook(io.BytesIO(content)).active

    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2)] == [
        ["=1+1", "+1", "-1"],
        ["@x", "\tx", "914306811901627398"],
        ["http://x.invalid", None, "是"],
    ]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} <= {"s", "inlineStr"}


def test_a_template_holds_titles_instructions_and_drop_downs():
    columns = [
        workbooks.Column("企业名称", is_required=True, note="与营业执照一致", example="示范化工有限公司"),
        workbooks.Column("监管领域"),
    ]
    fields = [f"领域{n}" for n in range(120)]
    content = workbooks.write_template(
        columns, sheet="名录", instructions=["每行一家企业。"], choices={"监管领域": fields}
    )
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert [cell.value for cell in book["名录"][1]] == ["企业名称*", "监管领域"]
    assert [cell.value for cell in book["填写说明"][4]] == ["企业名称", "是", "与营业执照一致", "示范化工有限公司"]
    rule = book["名录"].data_validations.dataValidation[0]
    assert (str(rule.sqref), rule.formula1) == ("B2:B5001", "'可选值'!$A$1:$A$120")


def test_a_filled_template_reads_back():
    columns = [workbooks.Column("企业名称", is_required=True), workbooks.Column("地址")]
    content = workbooks.write_template(columns, sheet="名录", rows=[["示范厂", "示范路"]])
    workbook = workbooks.read_workbook(content, name="模板.xlsx", expected={"企业名称", "地址"})
    assert workbook.header == ["企业名称*", "地址"]
    assert [row.cells for row in workbook.rows] == [["示范厂", "示范路"]]


def test_a_text_table_of_a_million_rows_is_refused_before_it_is_parsed():
    begun = time.perf_counter()
    with pytest.raises(Refusal, match="超过 200,000 行：请拆成几份"):
        rows_of(b"a,b\n" + b"1234567890,x\n" * 1_000_000, name="a.csv")
    assert time.perf_counter() - begun < 2


def test_line_breaks_in_quotes_and_blank_lines_at_the_end_are_no_rows():
    content = b'name,scope\nx,"' + b"\n" * 100 + b'"\n' + b",\n" * 200_100
    assert len(rows_of(content, name="a.csv")) == 1


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_three_hundred_columns_are_refused(name):
    titles = [f"列{number}" for number in range(300)]
    content = ",".join(titles).encode() if name == "a.csv" else workbook_bytes(titles=titles)
    with pytest.raises(Refusal, match="超过 200 列：请只保留模板中的列"):
        rows_of(content, name=name)
