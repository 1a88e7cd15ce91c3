"""What no entry may say, whether typed into a form or read from a workbook: one rule for both."""

from __future__ import annotations

import datetime
import re

from django.utils import timezone

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.text import folded

_PHONE = re.compile(r"[0-9+()（）\-转 /、,，;；]{5,30}")
_YEAR_IN_BRACKETS = re.compile(r"[〔\[(（【［〖{]\s*(\d{4})\s*[〕\])）】］〗}]")
FEWEST_DIGITS = 5


def check_phone(number: str, *, field: str = "phone") -> None:
    """A telephone number, or several; only its characters are looked at. 0730-1234567、13800001234 will do."""
    if number and not (_PHONE.fullmatch(number) and sum(map(str.isdigit, number)) >= FEWEST_DIGITS):
        raise Refusal("不像电话号码：请填写 5 至 30 位的号码，多个号码用“、”隔开。", field=field)


def check_has_come(day: datetime.date | None, *, what: str, field: str) -> None:
    """What has happened did not happen on a day to come."""
    if day is not None and day > timezone.localdate():
        raise Refusal(f"{what} {day:%Y-%m-%d} 还没有到：请核对后填写今天或以前的日期。", field=field)


def one_spelling(number: str) -> str:
    """The number of a decision or a permit as papers have it: 示市监罚 [2026] 1号 → 示市监罚〔2026〕1号.

    Which brackets stand around the year, and where blanks were typed, makes no other number.
    """
    return _YEAR_IN_BRACKETS.sub(r"〔\1〕", "".join(folded(number).split()))
