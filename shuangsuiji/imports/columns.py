"""What a column of a register's workbook is, and how its cells are read.

A cell arrives tidied from the guarded reader (`lib.workbooks`); an empty one never
reaches a parser. A parser returns a JSON value or raises `Refusal("原因：请……")`: what
stands before “：请” is shown as the reason, the rest as what to do.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from shuangsuiji.lib import credit_code
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.text import tidy

Parser = Callable[[str], Any]

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL_DAY = re.compile(r"\d{5}")
_DAY_ZERO = datetime.date(1899, 12, 30)  # Excel's, with its wrong leap day of 1900 already counted
_WHOLE = re.compile(r"-?\d+")
_PHONE = re.compile(r"[0-9+()（）\-转 /、,，;；]{5,30}")
_LISTED = re.compile(r"[、,，;；/|\s]+")
_PLAIN_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CODE_VALUES = {character: value for value, character in enumerate(credit_code.ALPHABET)}
_BODY_VALUES = {character: int(character, 36) for character in credit_code.ALPHABET}
_CODE_WEIGHTS = [pow(3, place, 31) for place in range(17)] + [1]
_YES, _NO = frozenset({"是", "Y", "YES", "TRUE", "1", "√", "有"}), frozenset({"否", "N", "NO", "FALSE", "0", "×", "无"})


@dataclass(frozen=True)
class Column:
    """One column: its name in the register, its header, and how a cell is read."""

    name: str
    header: str
    parse: Parser
    aliases: tuple[str, ...] = ()
    is_required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    shown: Callable[[Any], str] = str
    """How a value of the register is written into a workbook, and shown in the preview."""


def show(value: Any, *, column: Column) -> str:
    """A value as people read it; nothing for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    return column.shown(value)


def short_text(limit: int) -> Parser:
    """Text of one line that fits its column."""

    def parse(cell: str) -> str:
        text = tidy(cell)
        if len(text) > limit:
            raise Refusal(f"最多 {limit} 个字，这里有 {len(text)} 个字：请缩短后重新上传。")
        return text

    return parse


def long_text(cell: str) -> str:
    """Text without a limit of its own."""
    return cell


def code(cell: str) -> str:
    """A 统一社会信用代码 whose check characters hold; only a wrong one is looked at closely."""
    return cell if _is_plainly_right(cell) else credit_code.check(cell)


def _is_plainly_right(cell: str) -> bool:
    """The two sums of GB 32100 and GB 11714 by table: 10^5 codes in a fifth of a second."""
    if not _PLAIN_CODE.fullmatch(cell):
        return False
    values = [_CODE_VALUES[character] for character in cell]
    body = sum(map(mul, map(_BODY_VALUES.__getitem__, cell[8:16]), credit_code.BODY_WEIGHTS))
    return "0123456789X"[(11 - body % 11) % 11] == cell[16] and sum(map(mul, values, _CODE_WEIGHTS)) % 31 == 0


@lru_cache(maxsize=50_000)
def day(cell: str) -> str:
    """A date as ISO text: "2026年4月1日", "2026/4/1", "20260401" and Excel's 46113 are the same day."""
    found = _DATE.fullmatch(cell) or _COMPACT_DATE.fullmatch(cell)
    try:
        if found:
            return datetime.date(*(int(part) for part in found.groups()[:3])).isoformat()
        if _SERIAL_DAY.fullmatch(cell):
            return (_DAY_ZERO + datetime.timedelta(days=int(cell))).isoformat()
    except ValueError:
        raise Refusal("日历上没有这一天：请按 2026-04-01 的样子填写。") from None
    raise Refusal("认不出这个日期：请按 2026-04-01 的样子填写。")


def whole_number(least: int, most: int) -> Parser:
    """A whole number within bounds."""

    def parse(cell: str) -> int:
        if not _WHOLE.fullmatch(cell):
            raise Refusal(f"应为整数：请填写 {least} 至 {most} 之间的整数。")
        if not least <= int(cell) <= most:
            raise Refusal(f"应在 {least} 至 {most} 之间：请改正后重新上传。")
        return int(cell)

    return parse


def one_of(labels: Mapping[str, str], *, also: Mapping[str, str] | None = None) -> Parser:
    """A choice by its label (or its code, or another usual word for it) → the code."""
    known = {tidy(label).upper(): value for value, label in labels.items()}
    known |= {value.upper(): value for value in labels if value}
    known |= {word.upper(): value for word, value in (also or {}).items()}
    offered = "、".join(labels.values())

    def parse(cell: str) -> str:
        value = known.get(cell.upper())
        if value is None:
            raise Refusal(f"不是可填的内容：请从“{offered}”中选一个。")
        return value

    return parse


def named(names: Iterable[str], *, what: str, also: Mapping[str, str] | None = None) -> Parser:
    """One of the names kept in a reference table, or another name for it → the name."""
    known = {name: name for name in names} | dict(also or {})
    offered = "、".join(list(dict.fromkeys(known.values()))[:20])

    def parse(cell: str) -> str:
        if cell not in known:
            raise Refusal(f"没有名为“{cell}”的{what}：请从“{offered}”中选一个。")
        return known[cell]

    return parse


def several_named(names: Iterable[str], *, what: str) -> Parser:
    """Names separated by 、 , ; or blanks → a sorted list without repeats."""
    parse_one = named(names, what=what)

    def parse(cell: str) -> list[str]:
        return sorted({parse_one(part) for part in _LISTED.split(cell) if part})

    return parse


def yes_or_no(cell: str) -> bool:
    """是 / 否 and their relatives."""
    if cell.upper() in _YES | _NO:
        return cell.upper() in _YES
    raise Refusal("只能填“是”或“否”：请改正后重新上传。")


def phone(cell: str) -> str:
    """A telephone number, or several; only its characters are checked."""
    if not _PHONE.fullmatch(cell):
        raise Refusal("不像电话号码：请填写 5 至 30 位的号码，多个号码用“、”隔开。")
    return cell


def email(cell: str) -> str:
    """An e-mail address."""
    try:
        validate_email(cell)
    except ValidationError:
        raise Refusal("不是有效的电子邮箱：请按 name@example.cn 的样子填写。") from None
    return cell


def label_of(labels: Mapping[str, str]) -> Callable[[Any], str]:
    """Shows the code of a choice by its label."""
    return lambda value: labels.get(value, str(value))
