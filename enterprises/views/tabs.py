"""The pages about one enterprise, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from enterprises.models import Enterprise
from shuangsuiji.accounts.access import opens_for
from shuangsuiji.accounts.models import User

_PAGES = (
    ("overview", "概况", "enterprise_detail"),
    ("facts", "许可、名单与处罚", "enterprise_facts"),
    ("history", "变更记录", "enterprise_history"),
    ("file", "一企一档", "enterprise_file"),
)


def tabs_of(enterprise: Enterprise, *, current: str, user: User) -> list[dict[str, Any]]:
    """For `components/tabs.html`: those that open for this person.

    The file belongs to an upper room, which leaders do not enter; it is left out where there is none.
    """
    tabs = []
    for code, label, url_name in _PAGES:
        try:
            url = reverse(url_name, args=[enterprise.pk])
        except NoReverseMatch:
            continue
        if opens_for(user, url):
            tabs.append({"label": label, "url": url, "is_current": code == current, "count": None})
    return tabs
