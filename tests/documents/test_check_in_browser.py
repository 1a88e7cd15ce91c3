"""The check page compares a file on the reader's own device."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.urls import reverse

from shuangsuiji.documents.services import document_path, issue_document
from tests.factories.documents import RECEIPT
from tests.support.browser import open_chromium

pytestmark = pytest.mark.django_db(transaction=True)


def _outcomes(address: str, files: list[Path], *, picture: Path) -> list[str]:
    """What the page says to each file. Its own thread: playwright's loop and Django's database do not mix."""
    with open_chromium() as browser:
        page = browser.new_page()
        page.goto(address)
        said = []
        for file in files:
            page.set_input_files("#check-file", file)
            page.get_by_text(file.name).wait_for()
            said.append(page.locator("[data-check-outcome]").inner_text())
        page.screenshot(path=picture, full_page=True)
    return said


def test_the_issued_file_agrees_and_a_changed_one_does_not(live_server, notice_kind, tmp_path):
    document = issue_document("notice", subject=("test", "1"), context=RECEIPT, by=None, issued_on=dt.date(2026, 4, 1))
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(document_path(document).read_bytes() + b"\n")
    address = live_server.url + reverse("document_check", args=[document.token])

    with ThreadPoolExecutor(1) as thread:
        files = [document_path(document), forged]
        same, other = thread.submit(_outcomes, address, files, picture=tmp_path / "check.png").result()

    assert same.startswith("一致")
    assert other.startswith("不一致")
