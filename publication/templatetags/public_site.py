"""Addresses of publications in templates."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone

from publication import columns

register = template.Library()


@register.simple_tag
def address_of(publication) -> str:
    """The public address of a publication or of its entry."""
    return columns.address_of(publication)


@register.filter
def visit_words(day: dt.date | None) -> str:
    """How far off the first visit of a notice is: 还有 3 天开始检查, 今天开始检查, 已开始检查."""
    if day is None:
        return ""
    count = (day - timezone.localdate()).days
    if count > 0:
        return f"还有 {count} 天开始检查"
    return "已开始检查" if count else "今天开始检查"
