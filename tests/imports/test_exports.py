"""What leaves is opened by another program: LibreOffice must see text where we wrote text."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from openpyxl.utils.escape import unescape

from enterprises.models import Enterprise
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.imports import exporting
from shuangsuiji.imports.services import stage_upload
from shuangsuiji.lib.workbook_child import clean_cell
from shuangsuiji.lib.workbooks import write_rows, write_text
from tests.factories.enterprises import EnterpriseFactory, credit_code
from tests.support.office import office_program

ODD = ["=1+1", "+86 730", "-5", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x.invalid")', "=cmd|' /C calc'!A0"]
LONG = ["914306811901627398", "007", "13800001234", "123456789012"]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Converts bytes with LibreOffice, in a profile of its own."""
    program = office_program()
    profile = tmp_path_factory.mktemp("office-profile")

    def convert(content: bytes, *, suffix: str, to: str, reading: tuple[str, ...] = ()) -> bytes:
        folder = tmp_path_factory.mktemp("office")
        source = folder / f"export{suffix}"
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless", *reading]
        command += ["--convert-to", to, "--outdir", str(folder / "out"), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return next(Path(folder / "out").iterdir()).read_bytes()

    return convert


def test_a_workbook_of_ours_is_all_text_in_another_program(office):
    rows = [[one, code] for one, code in zip(ODD, LONG * 2, strict=True)]
    seen = office(write_rows(["内容", "代码"], rows), suffix=".xlsx", to="csv:Text - txt - csv (StarCalc):44,34,76,1")
    found = list(csv.reader(io.StringIO(seen.decode("utf-8-sig"))))
    assert [row[1] for row in found[1:]] == LONG * 2
    assert [row[0].strip() for row in found[1:]] == [one.strip() for one in ODD]


def test_a_text_table_of_ours_holds_no_formula_and_whole_codes_in_another_program(office):
    rows = [[one, code] for one, code in zip(ODD, LONG * 2, strict=True)]
    reading = ("--infilter=CSV:44,34,76,1",)
    seen = office(write_text(["内容", "代码"], rows), suffix=".csv", to="xlsx", reading=reading)
    page = openpyxl.load_workbook(io.BytesIO(seen)).active
    cells = [cell for row in page.iter_rows(min_row=2) for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    codes = [str(row[1].value).strip() for row in page.iter_rows(min_row=2)]
    assert codes == LONG * 2


def test_our_own_reader_takes_away_what_was_added_for_others():
    content = write_text(["内容"], [[one] for one in [*ODD, *LONG]]).decode("utf-8-sig")
    read = [clean_cell(row[0])[0] for row in csv.reader(io.StringIO(content, newline=""))][1:]
    assert read == [one.strip() for one in [*ODD, *LONG]]


@pytest.mark.django_db
def test_the_list_is_exported_as_it_is_filtered_and_read_back_as_unchanged(at_desk, clerk):
    code = credit_code(7)
    EnterpriseFactory(name="=示范甲厂", credit_code=code, address="+示例路")
    EnterpriseFactory(name="样例乙厂")
    content = at_desk.get(reverse("enterprise_export"), {"q": "示范", "as": "csv"}).content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert (len(rows), rows[1][:2]) == (2, ["'=示范甲厂", code])
    again = stage_upload(register="enterprises", content=content, name="导出.csv", by=clerk)
    assert (again.same_count, again.row_count, Enterprise.objects.count()) == (1, 1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["inspector_export", "expert_export", "item_export"])
def test_every_register_leaves_in_both_shapes(at_desk, name):
    workbook, text = at_desk.get(reverse(name)), at_desk.get(reverse(name), {"as": "csv"})
    assert workbook.content.startswith(b"PK")
    assert text["Content-Type"].startswith("text/csv")
    assert text["Content-Disposition"].endswith(".csv")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("enterprise_export", {"risk_class": "ZZZ"}),
        ("enterprise_export", {"risk": "A"}),
        ("enterprise_export", {"field": "999999"}),
        ("enterprise_export", {"on": "2026-01-02", "state": "ZZZ"}),
        ("inspector_export", {"state": "ZZZ"}),
        ("expert_export", {"nothing": "1"}),
        ("item_export", {"standing": "ZZZ"}),
    ],
)
def test_a_filter_that_is_not_understood_exports_nothing_and_says_which(at_desk, name, wrong):
    answer = at_desk.get(reverse(name), wrong)
    assert answer.status_code == 400
    assert "没有导出" in answer.content.decode()
    assert not AuditEvent.objects.filter(action="register.exported").exists()


@pytest.mark.django_db
def test_the_permits_of_a_day_that_is_past_are_not_exported_as_todays(at_desk):
    answer = at_desk.get(reverse("facts_export", args=["permits"]), {"on": "2026-01-02"})
    assert (answer.status_code, "on" in answer.content.decode()) == (400, True)


@pytest.mark.django_db
def test_a_filter_that_is_left_open_exports_the_list(at_desk):
    query = {"q": "", "risk_class": "", "on": "", "sort": "name", "page": "2", "as": "csv"}
    assert at_desk.get(reverse("enterprise_export"), query).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "csv"])
def test_a_long_list_leaves_in_pieces_and_is_audited_before(at_desk, monkeypatch, kind):
    monkeypatch.setattr(exporting, "FEW_ROWS", 2)
    for number in range(5):
        EnterpriseFactory(name=f"示范{number}厂")
    response = at_desk.get(reverse("enterprise_export"), {"as": kind} if kind else {})
    assert response.streaming
    assert AuditEvent.objects.latest("sequence").detail == {"register": "enterprises", "rows": 5}
    content = b"".join(response.streaming_content)
    if kind:
        names = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))][1:]
    else:
        names = [row[0].value for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2)]
    assert names == [f"示范{number}厂" for number in range(5)]


def test_a_cell_holds_what_xml_cannot(office):
    rows = [['a<b & "c" ‘d’', "_x0041_ stays", "一\n二", "x" * 40_000], ["", None, "\x01控制\x0b符", "末"]]
    page = openpyxl.load_workbook(io.BytesIO(write_rows(["甲", "乙", "丙", "丁"], rows, sheet="名录"))).active
    # openpyxl hands out inline text as it stands in the file; Excel and LibreOffice read the escape.
    first = [unescape(cell.value) for cell in page[2]]
    assert first[:3] == ['a<b & "c" ‘d’', "_x0041_ stays", "一\n二"]
    assert len(first[3]) == 32_767
    assert (page.title, page.freeze_panes, page["D3"].value) == ("名录", "A2", "末")
    to = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    seen = office(write_rows(["甲", "乙"], [["a<b", "_x0041_"]]), suffix=".xlsx", to=to)
    assert "_x0041_" in seen.decode("utf-8-sig")
