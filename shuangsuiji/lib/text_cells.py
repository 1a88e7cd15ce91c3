"""Values as a spreadsheet's cells hold them: text, never a formula, codes whole."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

LONGEST_CELL = 32_767
LONGEST_SHOWN_NUMBER = 11
"""Excel shows longer numbers as 9.14E+17, and keeps fifteen digits of them."""
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


def text_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula or a number: "'=1+1", and a tab behind a long code.

    Our own reader takes both away again.
    """
    if text.startswith(_FORMULA_BEGINS):
        return f"'{text}"
    if text.isdecimal() and (len(text) > LONGEST_SHOWN_NUMBER or (text.startswith("0") and len(text) > 1)):
        return f"{text}\t"
    return text


def cell_text(value: Any) -> str:
    """A value as the cell shows it: 2026-04-01, 是, empty for nothing. Cut where Excel's cells end."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(sep=" ", timespec="minutes")
    return str(value)[:LONGEST_CELL]
