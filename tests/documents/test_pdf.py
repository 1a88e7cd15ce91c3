"""What comes out as paper: words, faces, sheets, and the same bytes every time."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from shuangsuiji.documents import fonts, pdf
from shuangsuiji.documents.assets import AssetFetcher, RefusedAddress
from shuangsuiji.documents.pdf import RenderedPdf, render_pdf
from tests.factories import documents as samples

A4 = (595.28, 841.89)
RARE = "堃喆翀镕☐☑〔〕"


def _text(rendered: RenderedPdf) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(rendered.content)).pages)


def _fonts(rendered: RenderedPdf) -> list[dict]:
    reader = pypdf.PdfReader(io.BytesIO(rendered.content))
    found = {}
    for page in reader.pages:
        for name, font in page["/Resources"]["/Font"].items():
            found[name] = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    return list(found.values())


@pytest.fixture
def complaints():
    """What WeasyPrint complains about while rendering: a missing glyph, an unknown property."""
    logger, heard = logging.getLogger("weasyprint"), []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())
    logger.addHandler(handler)
    yield heard
    logger.removeHandler(handler)


@pytest.mark.parametrize("name", sorted(samples.SAMPLES))
def test_every_kind_is_a4_with_embedded_faces_and_its_own_words(name, complaints):
    context = samples.SAMPLES[name]

    rendered = render_pdf(f"documents/{name}.html", context)

    reader = pypdf.PdfReader(io.BytesIO(rendered.content))
    text = _text(rendered).replace("\n", "")
    assert complaints == []
    assert len(reader.pages) == rendered.page_count
    assert all(abs(float(page.mediabox.width) - A4[0]) < 0.1 for page in reader.pages)
    assert all(abs(float(page.mediabox.height) - A4[1]) < 0.1 for page in reader.pages)
    assert all("/FontFile3" in font or "/FontFile2" in font for font in _fonts(rendered))
    assert context["kind_name"] in text or context.get("title", "-") in text
    assert context["number"] in text


def test_it_names_its_author_language_and_day_and_is_tagged_for_the_archive():
    reader = pypdf.PdfReader(io.BytesIO(render_pdf("documents/order.html", samples.ORDER).content))

    assert reader.metadata.title == "责令限期整改指令书 示应急责改〔2026〕12号"
    assert reader.metadata.author == "示例市应急管理局"
    assert reader.metadata["/CreationDate"].startswith("D:20260401")
    assert reader.trailer["/Root"]["/Lang"] == "zh-Hans-CN"
    assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
    assert b'pdfaid:part="3"' in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_the_same_context_gives_the_same_bytes():
    first, second = (render_pdf("documents/order.html", samples.ORDER) for _ in range(2))

    assert first.content == second.content


def test_another_process_gives_the_same_bytes():
    program = (
        "import django; django.setup()\n"
        "from shuangsuiji.documents.pdf import render_pdf\n"
        "from tests.factories import documents\n"
        "print(render_pdf('documents/order.html', documents.ORDER).sha256)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shuangsuiji.settings"}

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)

    assert told.stdout.split()[-1] == render_pdf("documents/order.html", samples.ORDER).sha256


def test_one_word_more_gives_other_bytes():
    other = {**samples.ORDER, "measures": "停用2号罐。"}

    assert render_pdf("documents/order.html", other).sha256 != render_pdf("documents/order.html", samples.ORDER).sha256


def test_rare_names_and_tick_boxes_have_glyphs(complaints):
    context = {**samples.ORDER, "measures": RARE}

    rendered = render_pdf("documents/order.html", context)

    assert complaints == []
    assert RARE in _text(rendered).replace("\n", "")
    assert fonts.missing_characters(RARE) == []


def test_a_character_no_face_holds_is_named():
    assert fonts.missing_characters("张\U0002b7f7某") == ["\U0002b7f7"]


def test_the_font_folder_is_picked_up(settings, tmp_path):
    import pylopdf_fonts_zh_cn as bundled

    settings.FONT_DIR = tmp_path
    (tmp_path / "仿宋_GB2312.otf").write_bytes(Path(bundled.sans_path()).read_bytes())
    (tmp_path / "notes.txt").write_text("not a font")

    assert [path.name for path in fonts.bureau_fonts()] == ["仿宋_GB2312.otf"]
    assert 'url("font:bureau/仿宋_GB2312.otf")' in fonts.font_faces()
    assert fonts.font_file("bureau/仿宋_GB2312.otf")[0][:4] == b"OTTO"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.png",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "asset:../manage.py",
        "asset:/etc/passwd",
        "asset:img/nothing.svg",
        "font:../../etc/passwd",
        "font:bureau/../x",
        "picture:" + "0" * 64,
        "ftp://a/b",
    ],
)
def test_the_fetcher_refuses_what_is_not_ours(address):
    with pytest.raises(Exception):  # noqa: B017 - Django refuses some of them in its own words
        AssetFetcher().fetch(address)


def test_a_document_that_asks_for_a_stranger_is_not_rendered(monkeypatch):
    page = '<html lang="zh"><img src="http://127.0.0.1:9/x.png" alt="x"></html>'
    monkeypatch.setattr(pdf, "render_to_string", lambda template, context: page)

    with pytest.raises(RefusedAddress):
        render_pdf("documents/order.html", samples.ORDER)


def test_a_document_without_its_photo_is_not_rendered(tmp_path):
    context, _pictures = samples.evidence(tmp_path, count=1)

    with pytest.raises(RefusedAddress):
        render_pdf("documents/evidence_list.html", context)


def test_typed_markup_stays_text():
    context = {**samples.ORDER, "enterprise": {"name": '<img src="file:///etc/passwd"><b>甲</b>'}}

    assert '<img src="file:///etc/passwd">' in _text(render_pdf("documents/order.html", context)).replace("\n", "")


def test_evidence_shows_each_photo_with_its_hash_and_no_camera_data(tmp_path):
    context, pictures = samples.evidence(tmp_path, count=3)

    rendered = render_pdf("documents/evidence_list.html", context, pictures=pictures)

    text = _text(rendered).replace("\n", "")
    images = pypdf.PdfReader(io.BytesIO(rendered.content)).pages[0].images  # all pages share one list
    assert all(digest in text for digest in pictures)
    assert len(images) == 3
    assert all(max(image.image.size) == 1280 and not image.image.getexif() for image in images)


def test_a_refused_signature_is_noted():
    text = _text(render_pdf("documents/site_record.html", samples.REFUSED_RECORD)).replace("\n", "")

    assert "拒绝签名。原因：在场负责人认为第2项结论有误。" in text


def test_a_draft_says_so_and_an_issued_one_does_not():
    draft = render_pdf("documents/order.html", {**samples.ORDER, "number": "", "is_draft": True})

    assert "草稿" in _text(draft).replace(" ", "")
    assert "草稿" not in _text(render_pdf("documents/order.html", samples.ORDER)).replace(" ", "")
