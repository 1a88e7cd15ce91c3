"""字号 and 高对比 without JavaScript."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from shuangsuiji.lib.context import Display, site
from shuangsuiji.lib.views import display_settings


def _choose(**query: str):
    return display_settings(RequestFactory().get("/display/", query))


def test_a_choice_is_kept_and_leads_back_to_the_page():
    response = _choose(size="large", next="/ledger/SL-2026-0012/")

    assert (response.url, response.cookies["size"].value) == ("/ledger/SL-2026-0012/", "large")
    assert "contrast" not in response.cookies


@pytest.mark.parametrize("elsewhere", ["https://example.invalid/", "//example.invalid/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(elsewhere):
    assert _choose(contrast="high", next=elsewhere).url == "/"


def test_an_unknown_choice_is_neither_kept_nor_believed():
    assert not _choose(size="enormous").cookies
    request = RequestFactory().get("/")
    request.COOKIES = {"size": "enormous", "contrast": "high"}
    assert site(request)["display"] == Display(size="medium", contrast="high")
