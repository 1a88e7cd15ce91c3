"""Dates, numbers and codes as people read them."""

from __future__ import annotations

import datetime as dt
import re

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shuangsuiji.lib.credit_code import mask_person_name
from shuangsuiji.lib.masking import mask_phone
from shuangsuiji.lib.text import COUNTED

register = template.Library()

Moment = dt.date | dt.datetime | str | None


def _value(value: Moment) -> dt.date | dt.datetime | None:
    """A date or local time; ISO text from a snapshot is read too, anything else is nothing."""
    if isinstance(value, str):
        value = (parse_date(value) if len(value) == 10 else parse_datetime(value)) if value else None
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value if isinstance(value, dt.date) else None


def _day(value: Moment) -> dt.date | None:
    moment = _value(value)
    return moment.date() if isinstance(moment, dt.datetime) else moment


@register.filter
def cn_date(value: Moment) -> str:
    """2026年4月1日; nothing for nothing."""
    day = _day(value)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@register.filter
def cn_month(value: Moment) -> str:
    """2026年4月."""
    day = _day(value)
    return f"{day.year}年{day.month}月" if day else ""


@register.filter
def cn_time(value: dt.datetime | dt.time | str | None) -> str:
    """14:05, in the bureau's time zone."""
    clock = value if isinstance(value, dt.time) else _value(value)
    return f"{clock:%H:%M}" if isinstance(clock, dt.datetime | dt.time) else ""


@register.filter
def cn_datetime(value: Moment) -> str:
    """2026年4月1日 14:05; a plain date stays a date."""
    return " ".join(filter(None, [cn_date(value), cn_time(value)]))  # type: ignore[arg-type]


@register.filter
def pub_date(value: Moment) -> str:
    """2026-04-01 14:05, as government pages write `PubDate`; a plain date stays a date."""
    moment = _value(value)
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, dt.datetime) else str(moment or "")


@register.filter
def month_day(value: Moment) -> str:
    """04-01, for the margin of a list."""
    day = _day(value)
    return f"{day:%m-%d}" if day else ""


@register.filter
def days_left(value: Moment, today: dt.date | None = None) -> str:
    """还有 3 天, 今天, 已过 2 天; stands beside the date, never instead of it."""
    day = _day(value)
    if day is None:
        return ""
    count = (day - (today or timezone.localdate())).days
    if count == 0:
        return "今天"
    return f"还有 {count} 天" if count > 0 else f"已过 {-count} 天"


@register.filter
def due_tone(value: Moment, today: dt.date | None = None) -> str:
    """The tone of a deadline's chip: late, due (within three days) or open."""
    day = _day(value)
    if day is None:
        return "idle"
    count = (day - (today or timezone.localdate())).days
    return "late" if count < 0 else "due" if count <= 3 else "open"


@register.simple_tag
def when(value: Moment) -> str:
    """A date or a time as a <time> element that never wraps."""
    moment = _value(value)
    if moment is None:
        return ""
    return format_html('<time class="date" datetime="{}">{}</time>', moment.isoformat(), cn_datetime(moment))


register.filter(mask_phone)


@register.filter
def mask_name(value: str | None) -> str:
    """张某某: enough to know whether a name is there."""
    return mask_person_name(value or "")


@register.filter
def hash_short(value: str | None) -> str:
    """9f2c 41aa 07d3 … b8e1: enough to compare by eye; the whole value stands in its title."""
    text = value or ""
    if len(text) <= 20:
        return text
    return f"{text[:4]} {text[4:8]} {text[8:12]} … {text[-4:]}"


@register.filter
def file_size(value: int | None) -> str:
    """1.2 MB."""
    return filesizeformat(value or 0).replace("\xa0", " ").replace("字节", "B")


@register.filter
def digits(value: object) -> str:
    """A number, code or date in tabular figures that never wraps."""
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
    return format_html('<span class="digits">{}</span>', "" if text is None else text)


@register.filter
def is_figure(value: object) -> bool:
    """Whether a cell of a stored table is a number or a share, which stands at the right: 8344, 12.5%, —."""
    if isinstance(value, int | float):
        return not isinstance(value, bool)
    return isinstance(value, str) and bool(re.fullmatch(r"[\d,.]+%|—", value))


@register.filter
def at(row: list[object], place: int) -> object:
    """The cell at a place of a stored table's row; None where the row is shorter."""
    return row[place] if isinstance(row, list) and place < len(row) else None


@register.filter
def dash(value: object) -> object:
    """— where a cell would stand empty; 0 is a value."""
    return "—" if value is None or value == "" else value


@register.filter
def unbroken(title: object) -> SafeString:
    """A title whose counted words stay on one line: 关于对示范公司 | 等6家企业 | 开展检查的公告."""
    text, parts, done = str(title or ""), [], 0
    for found in COUNTED.finditer(text):
        parts += [(text[done : found.start()], found[0])]
        done = found.end()
    html = format_html_join("", '{}<span class="nowrap">{}</span>', parts)
    return format_html("{}{}", html, text[done:])
