"""抽取记录 as paper: long lists run on over the pages and leave no gap."""

from __future__ import annotations

import pypdfium2
import pytest

from shuangsuiji.documents.pdf import render_pdf
from tests.factories.documents import MINUTES

pytestmark = pytest.mark.paper
FIELDS = ["危险化学品", "非煤矿山", "烟花爆竹", "冶金", "有色", "建材", "机械", "轻工", "纺织", "烟草", "商贸"]


def pages_of(**changes) -> list[str]:
    rendered = render_pdf("documents/draw_minutes.html", {**MINUTES, **changes})
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(rendered.content)]


def test_many_strata_begin_on_the_first_page_and_go_on_on_the_next():
    strata = [{"name": f"{field}/{risk}", "pool": 40, "drawn": 3} for field in FIELDS for risk in "ABCD"]
    pages = pages_of(strata=strata, rules=["每家企业检查 2 名执法人员"] * 12)
    assert "分层名额" in pages[0]
    assert "商贸/D" in pages[1]
    assert "抽取结果" in pages[1]
