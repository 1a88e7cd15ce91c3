"""What a step of a case asks for: one line a field, from which the screen's form and the paper are filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from shuangsuiji.lib.errors import Refusal

LINE, LINES, DAY, MINUTE, APPOINTMENT, MONEY, CHOICE, MANY, ROWS, COUNT, YES = (
    "line",
    "lines",
    "day",
    "minute",
    "appointment",
    "money",
    "choice",
    "many",
    "rows",
    "count",
    "yes",
)


@dataclass(frozen=True)
class Field:
    """One field. `choices` are (value, label); `columns` name the parts of a row, typed as 甲｜乙｜丙.

    A DAY or MINUTE has come to pass, an APPOINTMENT still lies ahead.
    """

    name: str
    label: str
    kind: str = LINE
    is_required: bool = True
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    initial: Any = ""
    most: int = 300


def cleaned(fields: tuple[Field, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a step, typed; what is missing or impossible is refused with the field's name."""
    return {field.name: _clean(field, given.get(field.name)) for field in fields}


def _clean(field: Field, value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip()
    if value in (None, "", [], ()):
        if field.is_required:
            raise Refusal(f"请填写“{field.label}”。", field=field.name)
        return {ROWS: [], MANY: [], MONEY: Decimal(0), YES: False}.get(field.kind, "")
    if field.kind == ROWS:
        return _rows(field, value)
    allowed = {code for code, _ in field.choices}
    if field.kind == CHOICE and value not in allowed:
        raise Refusal(f"“{field.label}”请从列出的选项中选择。", field=field.name)
    if field.kind == MANY and not set(value) <= allowed:
        raise Refusal(f"“{field.label}”请从列出的选项中选择。", field=field.name)
    if field.kind == MONEY and value < 0:
        raise Refusal(f"“{field.label}”不能小于零。", field=field.name)
    return value


def _rows(field: Field, value: Any) -> list[dict]:
    """Lines of a table: 甲｜乙｜丙, one row a line; ready rows pass as they are."""
    if not isinstance(value, str):
        return list(value)
    rows = []
    for number, line in enumerate((line for line in value.splitlines() if line.strip()), start=1):
        parts = [part.strip() for part in line.replace("|", "｜").split("｜")]
        if len(parts) > len(field.columns):
            raise Refusal(
                f"“{field.label}”第 {number} 行多于 {len(field.columns)} 栏；每行按 {'｜'.join(field.columns)} 填写。",
                field=field.name,
            )
        rows.append({"cells": parts + [""] * (len(field.columns) - len(parts))})
    return rows


def check_times(fields: tuple[Field, ...], values: Mapping[str, Any], *, now: dt.datetime) -> None:
    """What is written down as done does not lie in the future, and nobody is called to a time that is over."""
    today = timezone.localtime(now).date()
    for field in fields:
        value = values[field.name]
        if not value or field.kind not in (DAY, MINUTE, APPOINTMENT):
            continue
        if field.kind == DAY and value > today:
            raise Refusal(f"“{field.label}”不能晚于今天。", field=field.name)
        if field.kind == MINUTE and value > now:
            raise Refusal(f"“{field.label}”不能晚于现在。", field=field.name)
        if field.kind == APPOINTMENT and value <= now:
            raise Refusal(f"“{field.label}”须在现在之后。", field=field.name)


def as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values as they are kept: days and times as ISO text, sums as text."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
