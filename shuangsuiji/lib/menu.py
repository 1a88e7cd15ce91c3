"""The two menus. An entry stands there when its address exists and the person may open it.

Who may open a page is declared once, on its view (`view.access`); the menu reads that
declaration, so a link and its page cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, resolve, reverse


@dataclass(frozen=True)
class Entry:
    """One line of a menu: its word and the name of its address."""

    label: str
    url_name: str


@dataclass(frozen=True)
class Section:
    """Lines under one heading; the first section of the desk has none."""

    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Link:
    """An entry ready for the page."""

    label: str
    url: str
    is_current: bool = False
    is_home: bool = False


DESK = (
    Section("", (Entry("今日待办", "desk_home"),)),
    Section(
        "抽取",
        (
            Entry("抽取任务", "draw_list"),
            Entry("回避", "recusal_list"),
            Entry("年度计划", "plan_list"),
            Entry("事项清单", "item_desk_list"),
            Entry("公平性报告", "draw_fairness"),
        ),
    ),
    Section(
        "名录库",
        (
            Entry("检查对象", "enterprise_list"),
            Entry("执法人员", "inspector_list"),
            Entry("专家", "expert_list"),
            Entry("导入记录", "import_list"),
            Entry("数据质量", "register_quality"),
            Entry("词表与对照", "word_list"),
        ),
    ),
    Section(
        "检查",
        (
            Entry("检查任务", "task_list"),
            Entry("检查日历", "task_calendar"),
            Entry("案件", "case_list"),
            Entry("公开建议", "proposal_list"),
            Entry("案卷", "dossier_list"),
            Entry("工作日志", "work_log"),
        ),
    ),
    Section(
        "公开",
        (
            Entry("公告与结果", "publication_list"),
            Entry("通知书", "letter_list"),
            Entry("严重失信名单", "listing_desk_list"),
            Entry("期限", "deadline_list"),
            Entry("意见与投诉", "feedback_desk_list"),
            Entry("省平台推送", "platform_push_list"),
        ),
    ),
    Section("总览", (Entry("领导看板", "dashboard"),)),
    Section(
        "系统",
        (Entry("账号", "account_list"), Entry("审计", "audit_list"), Entry("设置与日历", "settings")),
    ),
)

PUBLIC = (
    Entry("公告", "notice_list"),
    Entry("结果", "result_list"),
    Entry("曝光", "exposure_list"),
    Entry("年度计划", "plan_public_list"),
    Entry("事项清单", "item_list"),
    Entry("抽取台账", "ledger"),
    Entry("核验", "verify"),
    Entry("统计", "statistics"),
)


@lru_cache(maxsize=256)
def _door(url_name: str, urlconf: str) -> tuple[str, frozenset[str]] | None:
    """The address and the declared roles of a named page; None where there is no such page."""
    try:
        url = reverse(url_name, urlconf=urlconf)
    except NoReverseMatch:
        return None
    access = getattr(resolve(url, urlconf=urlconf).func, "access", None)
    return url, frozenset(getattr(access, "roles", ()))


def _open_doors(entries: Iterable[Entry], *, roles: frozenset[str]) -> list[Link]:
    links = []
    for entry in entries:
        door = _door(entry.url_name, settings.ROOT_URLCONF)
        if door and (not door[1] or door[1] & roles):
            links.append(Link(entry.label, door[0], is_home=entry.url_name == "desk_home"))
    return links


def _current_url(links: Iterable[Link], *, path: str) -> str:
    """The link that the page belongs to: the longest whose address begins the path."""
    inside = (link.url for link in links if path == link.url or (not link.is_home and path.startswith(link.url)))
    return max(inside, key=len, default="")


def _marked(links: Iterable[Link], *, current: str) -> list[Link]:
    return [Link(link.label, link.url, link.url == current, link.is_home) for link in links]


def desk_sections(*, roles: frozenset[str], path: str) -> list[tuple[str, list[Link]]]:
    """The desk's menu for a person with these roles, as (heading, links); no empty headings."""
    sections = [(section.label, _open_doors(section.entries, roles=roles)) for section in DESK]
    current = _current_url((link for _, links in sections for link in links), path=path)
    return [(label, _marked(links, current=current)) for label, links in sections if links]


def public_links(*, path: str) -> list[Link]:
    """The public site's menu."""
    links = _open_doors(PUBLIC, roles=frozenset())
    return _marked(links, current=_current_url(links, path=path))
