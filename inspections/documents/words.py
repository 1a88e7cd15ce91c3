"""Words that every form of a check shares: moments, days, the enterprise. Plain JSON values, dates as ISO text."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from inspections.models import ItemResult, Task


def moment(value: dt.datetime | None) -> str:
    """A time as local ISO text to the minute; nothing for nothing."""
    return timezone.localtime(value).isoformat(timespec="minutes") if value else ""


def day(value: dt.date | None) -> str:
    """A date as ISO text; nothing for nothing."""
    return value.isoformat() if value else ""


def enterprise_facts(task: Task) -> dict:
    """The enterprise as every form of a check names it."""
    one = task.enterprise
    return {
        "name": one.name,
        "credit_code": one.credit_code,
        "address": one.address,
        "representative": one.representative,
        "contact_name": one.contact_name,
        "contact_phone": one.contact_phone,
        "field": one.field.name if one.field else "",
    }


def problem_text(result: ItemResult) -> str:
    """One problem as an order words it: the item, where, then what was seen."""
    place = f"（{result.place}）" if result.place else ""
    return f"{result.drawn_item.item.name}{place}：{result.seen}"
