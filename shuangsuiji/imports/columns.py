"""What a column of a register's workbook is, and how its cells are read.

A cell arrives tidied from the guarded reader (`lib.workbooks`); an empty one never
reaches a parser. A parser returns a JSON value or raises `Refusal("原因：请……")`: what
stands before “：请” is shown as the reason, the rest as what to do.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import getitem
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from shuangsuiji.lib import credit_code
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.plausible import check_phone
from shuangsuiji.lib.public_words import private_part
from shuangsuiji.lib.text import folded, plain_number

Parser = Callable[[str], Any]

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_MONTH = re.compile(r"(?:\d{4})\s*[-/.年]\s*(?:\d{1,2})\s*月?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL_DAY = re.compile(r"\d{5}")
FOREVER = "长期"
_NO_END = frozenset({FOREVER, "永久", "长期有效", "永久有效", "无固定期限", "无期限"})
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Registers know enterprises older than this house."""
_DAY_ZERO = datetime.date(1899, 12, 30)  # Excel's, with its wrong leap day of 1900 already counted
_WHOLE = re.compile(r"-?\d+")
_PLAIN_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CODE_PARTS = [
    {character: value * weight for value, character in enumerate(credit_code.ALPHABET)}
    for weight in [*(pow(3, place, 31) for place in range(17)), 1]
]
_BODY_PARTS = [
    {character: int(character, 36) * weight for character in credit_code.ALPHABET}
    for weight in credit_code.BODY_WEIGHTS
]
_YES, _NO = frozenset({"是", "Y", "YES", "TRUE", "1", "√", "有"}), frozenset({"否", "N", "NO", "FALSE", "0", "×", "无"})


SAID_NOTHING = frozenset({"无", "暂无", "没有", "不详", "未知"})
"""What people write where a date or a number would stand and there is none."""


def exact(parse: Parser) -> Parser:
    """Mark what reads dates, telephones and numbers: in such a cell a word for nothing is no content."""
    parse.__dict__["is_exact"] = True
    return parse


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
    look_up: Callable[[Collection[str]], Mapping[str, str]] | None = None
    """What is wrong with some of these values, by value: held against another register, many in one query."""

    @property
    def blanks(self) -> frozenset[str]:
        """Cells that say nothing."""
        return SAID_NOTHING | {""} if getattr(self.parse, "is_exact", False) else frozenset({""})


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
        if len(cell) > limit:
            raise Refusal(f"最多 {limit} 个字，这里有 {len(cell)} 个字：请缩短后重新上传。")
        return cell

    return parse


def number_text(limit: int) -> Parser:
    """A number of a certificate or a person: blanks and small letters make no other one."""
    fits = short_text(limit)

    def parse(cell: str) -> str:
        return fits(plain_number(cell))

    return exact(parse)


def code_text(limit: int) -> Parser:
    """A number of a document or an item: every character in its plain spelling, for rows are found by it."""
    fits = short_text(limit)

    def parse(cell: str) -> str:
        return fits(folded(cell))

    return exact(parse)


def name_text(limit: int) -> Parser:
    """A name: text of one line in which some character is no digit; a column of numbers was matched by mistake."""
    fits = short_text(limit)

    def parse(cell: str) -> str:
        if not any(character.isalpha() for character in cell):
            raise Refusal("名称里没有文字，像是编号：请填写营业执照上的名称，并检查对应列是否选错。")
        return fits(cell)

    return parse


def public_text(limit: int) -> Parser:
    """The same of what will stand in public: nothing private in it."""
    fits = short_text(limit)

    def parse(cell: str) -> str:
        text = fits(cell)
        if found := private_part(text):
            raise Refusal(f"文字中有{found}，公开后任何人都能看到：请删去后重新上传。")
        return text

    return parse


def long_text(cell: str) -> str:
    """Text without a limit of its own."""
    return cell


@exact
def code(cell: str) -> str:
    """A 统一社会信用代码 whose check characters hold; only a wrong one is looked at closely."""
    return cell if _is_plainly_right(cell) else credit_code.check(cell)


def _is_plainly_right(cell: str) -> bool:
    """The two sums of GB 32100 and GB 11714 by table: 10^5 codes in a fifth of a second."""
    if not _PLAIN_CODE.fullmatch(cell):
        return False
    body = sum(map(getitem, _BODY_PARTS, cell[8:16]))
    return "0123456789X"[-body % 11] == cell[16] and sum(map(getitem, _CODE_PARTS, cell)) % 31 == 0


@exact
@lru_cache(maxsize=50_000)
def day(cell: str) -> str:
    """A date as ISO text: "2026年4月1日", "2026/4/1", "20260401" and Excel's 46113 are the same day.

    A month is no day: which one was meant, nobody can tell.
    """
    cell = folded(cell)
    found = _DATE.fullmatch(cell) or _COMPACT_DATE.fullmatch(cell)
    try:
        if found:
            return _within_years(datetime.date(*(int(part) for part in found.groups()[:3])))
        if _SERIAL_DAY.fullmatch(cell):
            return _within_years(_DAY_ZERO + datetime.timedelta(days=int(cell)))
    except ValueError:
        raise Refusal("日历上没有这一天：请按 2026-04-01 的样子填写。") from None
    if _MONTH.fullmatch(cell):
        raise Refusal("只写了年月，没有写是哪一天：请按证照补上日，写成 2026-04-01 的样子；查不到的留空。")
    raise Refusal("认不出这个日期：请按 2026-04-01 的样子填写。")


def day_or_forever(cell: str) -> str:
    """A last day, or 长期 where there is none. “无” and “不详” are not read: an unknown end is no 长期."""
    return FOREVER if cell in _NO_END else day(cell)


def shown_end(ends_on: datetime.date | None) -> str:
    """A last day of the register as a cell says it."""
    return ends_on.isoformat() if ends_on else FOREVER


def last_day(value: Any) -> Any:
    """A staged last day as it is stored: none for 长期."""
    return None if value == FOREVER else value


def with_last_day(values: Mapping[str, Any], *, name: str) -> dict[str, Any]:
    """The values with this one, where it is among them, as it is stored."""
    return {**values, name: last_day(values[name])} if name in values else dict(values)


def _within_years(found: datetime.date) -> str:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal(f"年份不在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间：请核对后按 2026-04-01 的样子填写。")
    return found.isoformat()


def whole_number(least: int, most: int, *, unit: str = "", nought: str = "") -> Parser:
    """A whole number within bounds; its unit may follow it, and `nought` is a word for 0, as our pages show them."""

    def parse(cell: str) -> int:
        cell = "0" if nought and cell == nought else folded(cell).removesuffix(unit).strip()
        if not _WHOLE.fullmatch(cell):
            raise Refusal(f"应为整数：请填写 {least} 至 {most} 之间的整数。")
        if not least <= int(cell) <= most:
            raise Refusal(f"应在 {least} 至 {most} 之间：请改正后重新上传。")
        return int(cell)

    return parse if nought in SAID_NOTHING else exact(parse)


def yes_or_no(cell: str) -> bool:
    """是 / 否 and their relatives."""
    if cell.upper() in _YES | _NO:
        return cell.upper() in _YES
    raise Refusal("只能填“是”或“否”：请改正后重新上传。")


@exact
def phone(cell: str) -> str:
    """A telephone number, or several; only its characters are checked."""
    cell = folded(cell)
    check_phone(cell)
    return cell


@exact
def email(cell: str) -> str:
    """An e-mail address."""
    cell = folded(cell)
    try:
        validate_email(cell)
    except ValidationError:
        raise Refusal("不是有效的电子邮箱：请按 name@example.cn 的样子填写。") from None
    return cell


def label_of(labels: Mapping[str, str]) -> Callable[[Any], str]:
    """Shows the code of a choice by its label."""
    return lambda value: labels.get(value, str(value))
