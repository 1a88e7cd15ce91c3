"""GB/T 9704 measured on the sheet, in millimetres."""

from __future__ import annotations

import io
from itertools import pairwise

import pdfplumber
import pytest

from shuangsuiji.documents.pdf import render_pdf
from tests.factories import documents as samples

POINT = 25.4 / 72
DPI = 300
PIXEL = 25.4 / DPI


@pytest.fixture(scope="module")
def letter():
    with pdfplumber.open(io.BytesIO(render_pdf("documents/inspection_notice.html", samples.NOTICE).content)) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def red_bands(letter):
    """The red on the first page as bands (top, bottom, left, right)."""
    picture = letter.pages[0].to_image(resolution=DPI).original.convert("RGB")
    red, green, blue = picture.split()
    mask = red.point(lambda v: 255 * (v > 170))
    for channel in (green, blue):
        mask.paste(0, mask=channel.point(lambda v: 255 * (v > 120)))
    rows = [y for y in range(mask.height) if mask.crop((0, y, mask.width, y + 1)).getbbox()]
    starts = [y for y in rows if y - 1 not in rows]
    ends = [y for y in rows if y + 1 not in rows]
    return [_band(mask, top=top, bottom=bottom + 1) for top, bottom in zip(starts, ends, strict=True)]


def _band(mask, *, top: int, bottom: int) -> tuple[float, float, float, float]:
    left, _, right, _ = mask.crop((0, top, mask.width, bottom)).getbbox()
    return top * PIXEL, bottom * PIXEL, left * PIXEL, right * PIXEL


def _characters(page, *, size: float) -> list[dict]:
    return [c for c in page.chars if abs(c["size"] - size) < 0.1]


def test_the_red_name_begins_35_mm_under_the_type_area(red_bands):
    name, _rule = red_bands

    assert name[0] == pytest.approx(37 + 35, abs=0.3)
    assert (name[2] + name[3]) / 2 == pytest.approx(28 + 78, abs=0.5)


def test_the_red_rule_is_156_mm_wide_and_4_mm_under_the_number(letter, red_bands):
    _name, rule = red_bands
    number = next(c for c in _characters(letter.pages[0], size=16) if c["text"] == "〔")

    assert rule[2] == pytest.approx(28, abs=0.2)
    assert rule[3] - rule[2] == pytest.approx(156, abs=0.3)
    assert rule[0] - number["bottom"] * POINT == pytest.approx(4, abs=1.3)


def test_22_lines_of_28_95_points_and_28_characters(letter):
    lines = {}
    for c in _characters(letter.pages[2], size=16):
        lines.setdefault(round(c["top"], 1), []).append(c)
    tops = sorted(lines)[:9]
    steps = [later - earlier for earlier, later in pairwise(tops)]

    assert all(step == pytest.approx(28.95, abs=0.11) for step in steps)
    assert 28 * (16 - 0.21) * POINT <= 156


def test_text_keeps_to_the_type_area(letter):
    for page in letter.pages:
        assert min(c["x0"] for c in page.chars) * POINT >= 28 - 0.1
        assert max(c["x1"] for c in page.chars) * POINT <= 184 + 0.15  # the last character keeps its full width
        assert min(c["top"] for c in page.chars) * POINT >= 37


def test_the_title_is_22_points_and_centred(letter):
    title = _characters(letter.pages[0], size=22)

    assert "".join(c["text"] for c in title) == "行政检查通知书"
    assert (title[0]["x0"] + title[-1]["x1"]) / 2 * POINT == pytest.approx(106, abs=0.2)


def test_the_addressee_stands_flush_and_paragraphs_two_characters_in(letter):
    body = _characters(letter.pages[0], size=16)
    addressee = next(c for c in body if c["text"] == "示" and c["x0"] * POINT < 30)
    first = next(c for c in body if c["text"] == "根")

    assert addressee["x0"] * POINT == pytest.approx(28, abs=0.1)
    assert (first["x0"] - addressee["x0"]) == pytest.approx(32, abs=0.5)


def test_the_date_ends_four_characters_from_the_right(letter):
    last = letter.pages[-1]
    ends = [c["x1"] for c in _characters(last, size=16) if c["text"] == "日"]

    assert any(184 - x * POINT == pytest.approx(4 * 16 * POINT, abs=0.2) for x in ends)


def test_page_numbers_stand_7_mm_under_the_type_area_outside(letter):
    odd, even = letter.pages[0], letter.pages[1]
    right = [c for c in _characters(odd, size=14) if c["text"] == "—"]
    left = [c for c in _characters(even, size=14) if c["text"] == "—"]

    assert 184 - right[-1]["x1"] * POINT == pytest.approx(14 * POINT, abs=0.2)
    assert left[0]["x0"] * POINT - 28 == pytest.approx(14 * POINT, abs=0.2)
    assert (right[0]["top"] + right[0]["bottom"]) / 2 * POINT - 262 == pytest.approx(7.4, abs=0.5)


def test_the_imprint_closes_the_type_area_of_the_last_page(letter):
    last = letter.pages[-1]
    bottoms = [r["bottom"] * POINT for r in last.rects if r["x1"] - r["x0"] > 440]

    assert max(bottoms) == pytest.approx(262, abs=0.2)
    assert len(letter.pages) == 3
