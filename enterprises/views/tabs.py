"""The pages about one enterprise, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from enterprises.models import Enterprise

_PAGES = (
    ("overview", "概况", "enterprise_detail"),
    ("facts", "许可、名单与处罚", "enterprise_facts"),
    ("history", "变更记录", "enterprise_history"),
    ("file", "一企一档", "enterprise_file"),
)


def tabs_of(enterprise: Enterprise, *, current: str) -> list[dict[str, Any]]:
    """For `components/tabs.html`; the file belongs to an upper room and is left out where there is none."""
    tabs = []
    for code, label, url_name in _PAGES:
        try:
            url = reverse(url_name, args=[enterprise.pk])
        except NoReverseMatch:
            continue
        tabs.append({"label": label, "url": url, "is_current": code == current, "count": None})
    return tabs
