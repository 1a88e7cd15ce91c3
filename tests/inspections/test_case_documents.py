"""Every paper of a case as paper: A4, faces embedded, no glyph missing, its own words, a draft that says so."""

import io
import logging
import re

import pdfplumber
import pypdf
import pytest
from PIL import Image

from inspections.documents import cases
from shuangsuiji.documents.pdf import RenderedPdf, render_pdf
from shuangsuiji.documents.registry import DocumentKind, kinds
from tests.factories.case_documents import CASE_SAMPLES, REPORT
from tests.factories.documents import SAMPLES

A4 = (595.28, 841.89)
POINT = 25.4 / 72


@pytest.fixture
def complaints():
    """What WeasyPrint says of missing glyphs and unknown properties."""
    logger, heard = logging.getLogger("weasyprint"), []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())
    logger.addHandler(handler)
    yield heard
    logger.removeHandler(handler)


def plain(rendered: RenderedPdf) -> str:
    pages = pypdf.PdfReader(io.BytesIO(rendered.content)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def faces(rendered: RenderedPdf) -> list[dict]:
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(rendered.content)).pages:
        for name, font in page["/Resources"]["/Font"].items():
            found[name] = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    return list(found.values())


@pytest.mark.parametrize("name", sorted(CASE_SAMPLES))
def test_a_kind_is_a4_with_embedded_faces_and_its_own_words(name, complaints):
    context = CASE_SAMPLES[name]

    rendered = render_pdf(f"documents/{name}.html", context)

    pages = pypdf.PdfReader(io.BytesIO(rendered.content)).pages
    text = plain(rendered)
    assert complaints == []
    assert {(round(float(page.mediabox.width), 1), round(float(page.mediabox.height), 1)) for page in pages} == {
        (round(A4[0], 1), round(A4[1], 1))
    }
    assert all("/FontFile3" in face or "/FontFile2" in face for face in faces(rendered))
    assert context["kind_name"] in text
    assert context["number"] in text
    assert "\ufffd" not in text


SCAN = {"sha256": "s" * 64, "shown": True, "added_at": "2026-05-28T16:00+08:00", "added_by": "李堃"}
ATTACHED = {
    "signed_scan": {"of": "询问笔录", "scan": SCAN},
    "rectification_report": {
        "enterprise": {"name": "示范化工有限公司"},
        "order_number": "示应急责改〔2026〕12号",
        "points": [
            {
                "text": "2号罐区可燃气体报警器停用",
                "rectify_by": "2026-05-08",
                "reports": [
                    {
                        "done": "报警器已检定并恢复使用。",
                        "reporter": "钱镕",
                        "reported_at": "2026-05-06T10:00+08:00",
                        "photos": [SCAN["sha256"]],
                    }
                ],
            }
        ],
    },
    "payment_record": {
        "case_name": "示范化工有限公司未对安全设备进行定期检测案",
        "party_name": "示范化工有限公司",
        "fine": "20000",
        "payments": [
            {"amount": "20000", "paid_on": "2026-06-08", "receipt_number": "示例0001", "scans": [SCAN]},
        ],
    },
}
SAID = {"signed_scan": "询问笔录", "rectification_report": "报警器已检定并恢复使用。", "payment_record": "示例0001"}


@pytest.mark.parametrize("name", sorted(ATTACHED))
def test_what_is_attached_to_a_volume_is_printed_with_its_picture(name, tmp_path, complaints):
    path = tmp_path / "scan.jpg"
    Image.effect_noise((600, 850), 40).save(path)

    kind = next(kind for kind in kinds() if kind.code == name)
    context = {**ATTACHED[name], "kind_name": kind.name}
    rendered = render_pdf(kind.template, context, pictures={SCAN["sha256"]: path})

    page = pypdf.PdfReader(io.BytesIO(rendered.content)).pages[0]
    assert complaints == []
    assert SAID[name] in plain(rendered)
    assert kind.name in plain(rendered)
    assert len(page.images) == 1


def test_every_registered_kind_of_a_case_has_a_sample():
    own = {kind.code for kind in kinds() if kind.code in vars_of_cases()}

    assert own == set(CASE_SAMPLES)
    assert len(own | set(SAMPLES)) >= 30


def vars_of_cases() -> set[str]:
    return {kind.code for kind in vars(cases).values() if isinstance(kind, DocumentKind)}


@pytest.mark.parametrize("name", ["inquiry_record", "penalty_person", "survey_record"])
def test_rare_characters_stand_on_the_sheet(name):
    text = plain(render_pdf(f"documents/{name}.html", CASE_SAMPLES[name]))

    wanted = {"inquiry_record": "镕喆堃", "penalty_person": "翀", "survey_record": "堃"}[name]
    assert set(wanted) <= set(text)


def test_a_decision_holds_the_six_parts_the_law_asks_for():
    text = plain(render_pdf("documents/penalty_unit.html", CASE_SAMPLES["penalty_unit"]))

    parts = (
        "示范化工有限公司",
        "违法事实及证据",
        "第三十六条第二款",
        "第九十九条第三项",
        "贰万元整",
        "十五日内缴纳",
        "行政复议",
        "行政诉讼",
        "示例市应急管理局",
        "2026年5月28日",
    )
    assert [part for part in parts if part not in text] == []
    assert REPORT["discretion"] in text


def test_a_refused_signature_stands_in_the_record_with_its_reason():
    text = plain(render_pdf("documents/survey_record.html", CASE_SAMPLES["survey_record"]))

    assert "当事人拒绝签名。原因：当事人认为停用时间记载有误。" in text


def test_a_receipt_left_behind_is_not_signed_by_who_refused_it():
    row = {**SAMPLES["delivery_receipt"]["deliveries"][0], "receiver": "钱镕", "way": "留置送达"}
    context = {**SAMPLES["delivery_receipt"], "deliveries": [row], "blank_rows": []}
    text = plain(render_pdf("documents/delivery_receipt.html", context))

    assert "钱镕" not in text
    assert "拒收" in text
    assert "送达人（签名）" in text
    assert "见证人（签名）" in text


def test_an_approval_form_has_no_empty_box_and_keeps_its_opinions_on_one_sheet():
    context = SAMPLES["check_approval"]
    long = {**context, "department": {}, "items": context["items"] * 7}
    rendered = render_pdf("documents/check_approval.html", long)

    last = re.sub(r"\s", "", pypdf.PdfReader(io.BytesIO(rendered.content)).pages[-1].extract_text())
    assert "承办机构" not in plain(rendered)
    assert last.count("签名：") == 2


def test_signatures_take_a_line_of_the_text_along_and_no_more():
    """GB/T 9704: no sheet with a seal and nothing else; nor a sheet left blank because a paragraph went along."""
    context = SAMPLES["order"]
    rendered = render_pdf("documents/order.html", {**context, "problems": context["problems"] * 2})

    pages = pypdf.PdfReader(io.BytesIO(rendered.content)).pages
    first, second = (re.sub(r"\s", "", page.extract_text()) for page in pages)
    assert "如果不服本指令" in first
    assert second.startswith("执行，法律另有规定的除外。执法人员（签名）")


def test_a_form_counts_its_pages_and_keeps_its_margins():
    rendered = render_pdf("documents/inquiry_record.html", CASE_SAMPLES["inquiry_record"])

    with pdfplumber.open(io.BytesIO(rendered.content)) as pdf:
        count = len(pdf.pages)
        for number, page in enumerate(pdf.pages, start=1):
            assert f"共{count}页第{number}页" in re.sub(r"\s", "", page.extract_text())
            assert min(c["x0"] for c in page.chars) * POINT >= 26.9
            assert max(c["x1"] for c in page.chars) * POINT <= 210 - 21.9
    assert count > 1


def test_the_date_of_a_decision_ends_four_characters_from_the_edge():
    rendered = render_pdf("documents/penalty_unit.html", CASE_SAMPLES["penalty_unit"])

    with pdfplumber.open(io.BytesIO(rendered.content)) as pdf:
        ends = [c["x1"] for c in pdf.pages[-1].chars if c["text"] == "日"]
    assert any((210 - 22) - x * POINT == pytest.approx(4 * 14 * POINT, abs=0.3) for x in ends)


def test_a_draft_says_so_across_every_page():
    drafted = render_pdf("documents/inquiry_record.html", {**CASE_SAMPLES["inquiry_record"], "is_draft": True})

    with pdfplumber.open(io.BytesIO(drafted.content)) as pdf:
        for page in pdf.pages:
            assert [c["text"] for c in page.chars if c["size"] > 60] == ["草", "稿"]
