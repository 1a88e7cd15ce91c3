"""Words of paper: spans of time, people with certificates, titles broken where a reader would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shuangsuiji.lib.templatetags.words import cn_date, cn_datetime, cn_time
from shuangsuiji.lib.text import COUNTED, as_sentence

register = template.Library()

TITLE_WIDTH = 19
_GOOD_ENDS = "的于年”》）、和及"
_BAD_STARTS = "，。、；：？！”’》）〕的"
_BAD_ENDS = "“‘《（〔"


@register.simple_tag
def period(start: str | None, end: str | None = None) -> str:
    """2026年4月20日 09:00至17:00; what both ends share is written once."""
    if not end or end == start:
        return cn_datetime(start)
    if cn_date(start) == cn_date(end) and cn_time(end):
        return f"{cn_datetime(start)}至{cn_time(end)}"
    return f"{cn_datetime(start)}至{cn_datetime(end)}"


@register.simple_tag
def people(officers: Iterable[Mapping] | None, experts: Iterable[Mapping] | None = None) -> SafeString:
    """张示例（执法证号：…）、李示例（…）；随行专家：王示例."""
    text = format_html_join(
        "、",
        '{}（执法证号：<span class="nowrap">{}</span>）',
        ((person["name"], person["certificate_number"]) for person in officers or ()),
    )
    names = "、".join(person["name"] for person in experts or ())
    return format_html("{}；随行专家：{}", text, names) if names else text


@register.filter
def sentence(text: str | None) -> str:
    """A typed line with exactly one full stop."""
    return as_sentence(text or "")


@register.filter
def words(text: str) -> list[str]:
    """样品名称 数量 → the heads of a table."""
    return text.split()


@register.filter
def full_stop(text: str | None) -> str:
    """不予采纳 → 不予采纳。: what stands in a running paragraph ends like a sentence."""
    text = (text or "").strip()
    return text if not text or text[-1] in "。！？；" else f"{text}。"


@register.filter
def without_lead(text: str | None, lead: str) -> str:
    """证明检查经过 → 检查经过, where the form itself says 证明."""
    return (text or "").removeprefix(lead)


@register.filter
def title_lines(title: str | None) -> list[str]:
    """A long title in lines of about the same length, broken after 的, 于, ” … where it can be."""
    text = (title or "").strip()
    count = -(-len(text) // TITLE_WIDTH) or 1
    lines = []
    for left in range(count, 1, -1):
        cut = _best_cut(text, ideal=round(len(text) / left), longest=TITLE_WIDTH)
        lines.append(text[:cut])
        text = text[cut:]
    return [*lines, text]


def _best_cut(text: str, *, ideal: int, longest: int) -> int:
    nearby = range(max(2, ideal - 4), min(longest, ideal + 4, len(text) - 2) + 1)
    return min(nearby, key=lambda cut: (_badness(text, cut) + abs(cut - ideal), cut), default=ideal)


def _badness(text: str, cut: int) -> int:
    before, after = text[cut - 1], text[cut]
    if after in _BAD_STARTS or before in _BAD_ENDS or (before.isascii() and after.isascii()):
        return 100
    if any(found.start() < cut < found.end() for found in COUNTED.finditer(text)):
        return 100
    if before.isascii() or after.isascii():
        return 4
    return 0 if before in _GOOD_ENDS else 3
