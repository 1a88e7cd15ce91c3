"""Sheets as offices make them: merged cells, errors in place of values, titles in two rows."""

from __future__ import annotations

import io
import subprocess
import time
import zipfile

import openpyxl
import pytest

from shuangsuiji.lib import workbooks
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.workbooks import Workbook, read_workbook
from tests.support.office import office_program

TITLES = ["企业名称", "乡镇", "电话"]
EXPECTED = {*TITLES, "地址", "姓名"}
ERRORS = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"]


def sheet_of(*rows, merged=(), errors=()) -> bytes:
    """A workbook of these rows, with ranges merged and cells that came to nothing."""
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    for span in merged:
        page.merge_cells(span)
    for address, error in errors:
        page[address].value, page[address].data_type = error, "e"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(content: bytes, *, name: str = "名录.xlsx") -> Workbook:
    return read_workbook(content, name=name, expected=EXPECTED)


def cells(workbook: Workbook) -> list[list[str]]:
    return [row.cells for row in workbook.rows]


@pytest.fixture(scope="module")
def saved_as(tmp_path_factory):
    """The same workbook as another program saves it."""

    def save(content: bytes, kind: str) -> bytes:
        folder = tmp_path_factory.mktemp("office")
        (folder / "a.xlsx").write_bytes(content)
        command = [office_program(), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(folder / "out"), str(folder / "a.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (folder / "out" / f"a.{kind}").read_bytes()

    return save


# Merged cells.


def test_what_is_merged_over_rows_is_said_in_each_of_them():
    rows = [["示范甲厂", "示例镇", "1"], ["示范乙厂", None, "2"], ["示范丙厂", None, "3"], ["示范丁厂", None, "4"]]
    workbook = read(sheet_of(TITLES, *rows, merged=["B2:B4"]))
    assert [row[1] for row in cells(workbook)] == ["示例镇", "示例镇", "示例镇", ""]
    assert workbook.merged.filled == {workbooks.Span(2, 1, 4, 1): 4}


def test_what_is_merged_over_columns_is_said_in_each_of_them():
    assert cells(read(sheet_of(TITLES, ["示范甲厂", "示例镇", None], merged=["B2:C2"]))) == [
        ["示范甲厂", "示例镇", "示例镇"]
    ]


def test_a_row_with_nothing_of_its_own_is_none():
    rows = [["示范甲厂", "示例镇", "1"], [None, None, None], ["示范乙厂", None, "2"]]
    workbook = read(sheet_of(TITLES, *rows, merged=["B2:B4"]))
    assert [row.number for row in workbook.rows] == [2, 4]


def test_a_merged_cell_without_content_says_nothing():
    workbook = read(sheet_of(TITLES, ["示范甲厂", None, "1"], ["示范乙厂", None, "2"], merged=["B2:B3"]))
    assert [row[1] for row in cells(workbook)] == ["", ""]
    assert workbook.merged.filled == {}


def test_what_was_lost_in_a_merged_cell_is_lost_in_all_it_covers():
    rows = [["示范甲厂", None, 914306811901627398], ["示范乙厂", "示例镇", None]]
    found = list(read(sheet_of(TITLES, *rows, merged=["C2:C3"])).rows)
    assert [list(row.notes) for row in found] == [[(2, "rounded")], [(2, "rounded")]]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_other_formats_tell_their_merged_cells_and_errors_too(saved_as, kind):
    rows = [["示范甲厂", "示例镇", "1"], ["示范乙厂", None, "2"], ["示范丙厂", "样例镇", None]]
    content = saved_as(sheet_of(TITLES, *rows, merged=["B2:B3"], errors=[("C4", "#REF!")]), kind)
    found = list(read(content, name=f"a.{kind}").rows)
    assert [row.cells[1] for row in found] == ["示例镇", "示例镇", "样例镇"]
    assert (found[2].cells[2], list(found[2].notes)) == ("#REF!", [(2, "error")])


@pytest.mark.parametrize("span", [b"A1:XFD1048576", b"A2:XFD1048576", b"B2:B1048576", b"C9:A1", b"ZZZZ9:A1"])
def test_a_merged_cell_without_end_costs_next_to_nothing(span):
    rows = [["示范甲厂", "示例镇", "1"]] * 100
    began = time.perf_counter()
    assert len(cells(read(with_merged(sheet_of(TITLES, *rows), [span])))) == 100
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("count", [60_000, 1_000_000])
def test_too_many_merged_cells_are_refused_before_they_are_listed(count):
    spans = [b"A%d:C%d" % (number, number) for number in range(2, count)]
    began = time.perf_counter()
    with pytest.raises(Refusal, match="合并单元格超过 50,000 处：请取消合并"):
        read(with_merged(sheet_of(TITLES, ["示范甲厂", "示例镇", "1"]), spans))
    assert time.perf_counter() - began < 5


def test_merged_cells_over_one_another_cost_their_width_once():
    began = time.perf_counter()
    content = with_merged(sheet_of(TITLES, *[["示范甲厂", "示例镇", "1"]] * 2_000), [b"A2:XFD1048576"] * 40_000)
    assert len(cells(read(content))) == 2_000
    assert time.perf_counter() - began < 10


def with_merged(content: bytes, spans) -> bytes:
    """The same workbook, its sheet saying that these ranges are merged."""
    said = b"<mergeCells>" + b"".join(b'<mergeCell ref="%s"/>' % span for span in spans) + b"</mergeCells>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            is_sheet = entry.filename.startswith("xl/worksheets/")
            new.writestr(entry.filename, part.replace(b"</sheetData>", b"</sheetData>" + said) if is_sheet else part)
    return out.getvalue()


# Errors.


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_no_blank_cell(error):
    (row,) = read(sheet_of(TITLES, ["示范甲厂", None, "1"], errors=[("B2", error)])).rows
    assert (row.cells, list(row.notes)) == (["示范甲厂", error, "1"], [(1, "error")])


def test_the_error_of_a_formula_is_found_in_its_row_and_column():
    book = openpyxl.Workbook()
    book.active.append(TITLES)
    book.active.append(["示范甲厂", "=VLOOKUP(A2,Z:Z,1,0)", "1"])
    buffer = io.BytesIO()
    book.save(buffer)
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            formula = b'<c r="B2"><f>VLOOKUP(A2,Z:Z,1,0)</f><v></v>'
            came_to = b'<c r="B2" s="0" t="e"><f>VLOOKUP(A2,Z:Z,1,0)</f><v>#N/A</v>'
            new.writestr(entry.filename, old.read(entry).replace(formula, came_to))
    (row,) = read(out.getvalue()).rows
    assert (row.cells[1], list(row.notes)) == ("#N/A", [(1, "error")])


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_a_text_table_holds_an_error_as_its_text(error):
    (row,) = read(f"企业名称,乡镇,电话\n示范甲厂,{error},1\n".encode(), name="a.csv").rows
    assert (row.cells[1], list(row.notes)) == (error, [(1, "error")])


@pytest.mark.parametrize("typed", ["N/A", "n/a", "-", "/", "NULL"])
def test_what_people_type_for_nothing_is_nothing(typed):
    (row,) = read(sheet_of(TITLES, ["示范甲厂", typed, "1"])).rows
    assert (row.cells[1], list(row.notes)) == ("", [])


def test_a_sheet_of_little_but_errors_is_refused():
    line = b"".join(b'<c r="%s%%d" t="e"><v>#N/A</v></c>' % letter for letter in (b"D", b"E", b"F"))
    rows = b"".join(b'<row r="%d">' % n + line % (n, n, n) + b"</row>" for n in range(3, 9_000))
    content, out = sheet_of(TITLES, ["示范甲厂", "示例镇", "1"]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry).replace(b"</sheetData>", rows + b"</sheetData>"))
    with pytest.raises(Refusal, match="错误值（如 #REF!）超过 20,000 个"):
        read(out.getvalue())


# Text tables as Excel writes them.


@pytest.mark.parametrize(
    ("written", "meant"),
    [('="0730"', "0730"), ('"=""0730"""', "0730"), ('"=""说""""是"""', '说"是'), ('=""', "")],
)
def test_a_formula_of_nothing_but_text_is_its_text(written, meant):
    (row,) = read(f"企业名称,乡镇,电话\n示范甲厂,示例镇,{written}\n".encode(), name="a.csv").rows
    assert row.cells[2] == meant


# Titles in two rows.


def test_titles_under_a_merged_title_are_named_with_it():
    top, beneath = ["企业名称", "联系人", None, "地址"], [None, "姓名", "电话", None]
    content = sheet_of(top, beneath, ["示范甲厂", "张示例", "1", "路"], merged=["A1:A2", "B1:C1", "D1:D2"])
    workbook = read(content)
    assert workbook.header == ["企业名称", "联系人·姓名", "联系人·电话", "地址"]
    assert (workbook.header_rows, cells(workbook)) == ((1, 2), [["示范甲厂", "张示例", "1", "路"]])


def test_without_merged_cells_known_titles_in_the_blanks_tell_it():
    content = "企业名称,联系人,,地址\n,姓名,电话,\n示范甲厂,张示例,1,路\n".encode()
    workbook = read(content, name="a.csv")
    assert workbook.header == ["企业名称", "联系人·姓名", "联系人·电话", "地址"]
    assert cells(workbook) == [["示范甲厂", "张示例", "1", "路"]]


def test_the_upper_row_of_a_text_table_may_end_early():
    workbook = read("企业名称,地址,联系人\n,,姓名,电话\n示范甲厂,路,张示例,1\n".encode(), name="a.csv")
    assert workbook.header == ["企业名称", "地址", "联系人·姓名", "联系人·电话"]


def test_they_are_found_under_a_title_of_the_whole_sheet():
    rows = [
        ["示例县企业名录", None, None],
        ["企业名称", "联系人", None],
        [None, "姓名", "电话"],
        ["示范甲厂", "张示例", "1"],
    ]
    workbook = read(sheet_of(*rows, merged=["A1:C1", "A2:A3", "B2:C2"]))
    assert (workbook.header, workbook.header_rows) == (["企业名称", "联系人·姓名", "联系人·电话"], (2, 3))


def test_most_titles_may_stand_in_the_lower_row():
    rows = [["企业名称", "基本情况", None, None], [None, "乡镇", "地址", "电话"], ["示范甲厂", "示例镇", "路", "1"]]
    workbook = read(sheet_of(*rows, merged=["A1:A2", "B1:D1"]))
    assert workbook.header == ["企业名称", "基本情况·乡镇", "基本情况·地址", "基本情况·电话"]
    assert len(cells(workbook)) == 1


def test_a_title_of_the_whole_sheet_is_no_group():
    workbook = read(sheet_of(["示例县企业名录", None, None], TITLES, ["示范甲厂", "示例镇", "1"], merged=["A1:C1"]))
    assert (workbook.header, workbook.header_rows) == (TITLES, (2,))


def test_a_title_over_two_columns_of_data_is_one_title():
    content = sheet_of(["企业名称", "电话", None], ["示范甲厂", "1", "2"], ["示范乙厂", "3", "4"], merged=["B1:C1"])
    workbook = read(content)
    assert (workbook.header, workbook.header_rows) == (["企业名称", "电话", ""], (1,))
    assert len(cells(workbook)) == 2


def test_a_first_row_of_data_with_gaps_is_no_title():
    content = "企业名称,联系人,,地址\n,李示例,13800000000,\n示范甲厂,张示例,1,路\n".encode()
    workbook = read(content, name="a.csv")
    assert (workbook.header_rows, len(cells(workbook))) == ((1,), 2)


def test_one_title_under_two_groups_keeps_the_name_of_each():
    rows = [["单位", None, "联系人", None], ["企业名称", "电话", "姓名", "电话"], ["示范甲厂", "1", "张示例", "2"]]
    workbook = read(sheet_of(*rows, merged=["A1:B1", "C1:D1"]))
    assert workbook.header == ["单位·企业名称", "单位·电话", "联系人·姓名", "联系人·电话"]
