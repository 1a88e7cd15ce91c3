"""Changing the reference tables: the calendar, deadline rules, and what a fresh database starts with."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from shuangsuiji.lib import reference
from shuangsuiji.lib.calendar import ONE_DAY, SATURDAY
from shuangsuiji.lib.deadlines import recount_open_deadlines
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.events import announce
from shuangsuiji.lib.models import (
    CalendarDay,
    CalendarYear,
    DeadlineRule,
    FieldAlias,
    SupervisedField,
    TechnicalFeature,
    Township,
    TownshipAlias,
)

FIRST_YEAR, LAST_YEAR = 2000, 2100


@transaction.atomic
def add_year(year: int, *, source: str, by: Any) -> CalendarYear:
    """Enter a year, still without its holidays, so that its days can be set; entered already, it is returned as it is.

    It counts as unconfirmed until confirm_year(); deadlines may use it meanwhile and the desk keeps warning.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间。", field="year")
    if not source.strip():
        raise Refusal("请填写依据，例如“国务院办公厅关于某年部分节假日安排的通知”及文号。", field="source")
    row, created = CalendarYear.objects.get_or_create(year=year, defaults={"source": source, "is_confirmed": False})
    if created:
        announce("calendar.year_added", by=by, target=row, year=year, source=source)
    return row


@transaction.atomic
def confirm_year(year: int, *, source: str, by: Any) -> CalendarYear:
    """Somebody has compared the year with the State Council's notice; open deadlines are counted again."""
    row = CalendarYear.objects.select_for_update(of=("self",)).filter(year=year).first()
    if row is None:
        raise Refusal(f"{year}年还没有录入：请先添加这一年。", field="year")
    if not source.strip():
        raise Refusal("请填写国务院办公厅通知的名称和文号。", field="source")
    if not (row.is_confirmed and row.source == source):
        row.is_confirmed, row.source = True, source
        row.save(update_fields=["is_confirmed", "source"])
        announce("calendar.year_confirmed", by=by, target=row, year=year, source=source)
        recount_open_deadlines(by=by)
    return row


@transaction.atomic
def set_day(day: datetime.date, *, kind: str, name: str, by: Any) -> CalendarDay:
    """Make a day a day off or a weekend worked; open deadlines are counted again. Set twice, nothing happens."""
    check_day(day, kind=kind, name=name)
    row = CalendarDay.objects.select_for_update(of=("self",)).filter(on=day).first()
    if row and (row.kind, row.name) == (kind, name):
        return row
    row, _ = CalendarDay.objects.update_or_create(on=day, defaults={"kind": kind, "name": name})
    announce("calendar.day_set", by=by, target=row, on=day.isoformat(), kind=kind, name=name)
    recount_open_deadlines(by=by)
    return row


@transaction.atomic
def clear_day(day: datetime.date, *, by: Any) -> None:
    """Make a day an ordinary day of the week again; open deadlines are counted again."""
    row = CalendarDay.objects.select_for_update(of=("self",)).filter(on=day).first()
    if row is not None:
        announce("calendar.day_cleared", by=by, target=row, on=day.isoformat(), kind=row.kind, name=row.name)
        row.delete()
        recount_open_deadlines(by=by)


def check_day(day: datetime.date, *, kind: str, name: str) -> None:
    """A day of a year that was entered, called by its holiday; only a weekend is worked instead."""
    if not CalendarYear.objects.filter(year=day.year).exists():
        raise Refusal(f"{day.year}年还没有录入：请先添加这一年，再设置其中的日期。", field="on")
    if kind not in CalendarDay.Kind.values:
        raise Refusal("请选择“放假”或“上班”。", field="kind")
    if not name.strip():
        raise Refusal("请填写节日名称，例如“国庆节”。", field="name")
    if kind == CalendarDay.Kind.WORKED and day.weekday() < SATURDAY:
        raise Refusal(f"{day:%Y-%m-%d}不是周末，本来就上班：调休上班只用于周六、周日。", field="on")


@transaction.atomic
def set_rule(code: str, *, valid_from: datetime.date, by: Any, **terms: Any) -> DeadlineRule:
    """A new version of a deadline rule from a day on; the version before it ends the day before.

    `terms` are the fields of DeadlineRule that change; the others are taken over. Open deadlines keep their version.
    """
    last = DeadlineRule.objects.select_for_update(of=("self",)).filter(code=code).order_by("-valid_from").first()
    if last is None:
        raise Refusal(f"没有代码为“{code}”的期限规则：请从列表中选择。", field="code")
    if valid_from <= last.valid_from:
        raise Refusal(f"新版本的生效日应晚于现行版本的生效日（{last.valid_from:%Y-%m-%d}）。", field="valid_from")
    last.valid_to = valid_from - ONE_DAY
    last.save(update_fields=["valid_to"])
    kept = ("name", "amount", "unit", "direction", "rolls_forward", "warn_days", "source", "is_confirmed")
    values = {field: getattr(last, field) for field in kept} | terms
    rule = DeadlineRule.objects.create(code=code, valid_from=valid_from, **values)
    announce(
        "deadline_rule.set",
        by=by,
        target=rule,
        code=code,
        valid_from=valid_from.isoformat(),
        amount=rule.amount,
        unit=rule.unit,
    )
    return rule


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Fill what a fresh database lacks: fields, townships, calendar years, deadline rules; returns what was added.

    What is there is never touched: people edit these rows, and a later release must not undo them.
    """
    return {
        "fields": _load_fields(),
        "field_aliases": _load_field_aliases(),
        "features": _load_features(),
        "townships": _load_townships(),
        "years": _load_years(),
        "rules": _load_rules(),
    }


def _load_fields() -> int:
    known = set(SupervisedField.objects.values_list("code", flat=True))
    rows = [SupervisedField(**entry) for entry in reference.read("supervised_fields") if entry["code"] not in known]
    return len(SupervisedField.objects.bulk_create(rows, ignore_conflicts=True))


def _load_field_aliases() -> int:
    """Only into an empty table: a word that people took out stays out."""
    if FieldAlias.objects.exists():
        return 0
    words, fields = reference.read("field_aliases"), dict(SupervisedField.objects.values_list("code", "id"))
    rows = [FieldAlias(field_id=fields[code], name=name) for code, names in words.items() for name in names]
    return len(FieldAlias.objects.bulk_create(rows))


def _load_townships() -> int:
    """Only into an empty table: a bureau of another county enters its own."""
    if Township.objects.exists():
        return 0
    entries = reference.read("townships")
    rows = Township.objects.bulk_create([Township(code=entry["code"], name=entry["name"]) for entry in entries])
    TownshipAlias.objects.bulk_create(
        TownshipAlias(township=row, name=alias["name"], is_confirmed=alias["is_confirmed"])
        for row, entry in zip(rows, entries, strict=True)
        for alias in entry["aliases"]
    )
    return len(rows)


def _load_features() -> int:
    known = set(TechnicalFeature.objects.values_list("code", flat=True))
    rows = [TechnicalFeature(**entry) for entry in reference.read("technical_features") if entry["code"] not in known]
    return len(TechnicalFeature.objects.bulk_create(rows))


def _load_years() -> int:
    known = set(CalendarYear.objects.values_list("year", flat=True))
    entries = [entry for entry in reference.read("calendar") if entry["year"] not in known]
    CalendarYear.objects.bulk_create(
        CalendarYear(year=entry["year"], source=entry["source"], is_confirmed=entry["is_confirmed"])
        for entry in entries
    )
    CalendarDay.objects.bulk_create(
        (
            CalendarDay(on=day, kind=kind, name=name)
            for entry in entries
            for kind in CalendarDay.Kind.values
            for day, name in reference.calendar_days(entry, kind=kind)
        ),
        ignore_conflicts=True,
    )
    return len(entries)


def _load_rules() -> int:
    known = set(DeadlineRule.objects.values_list("code", flat=True))
    rows = [DeadlineRule(**entry) for entry in reference.read("deadline_rules") if entry["code"] not in known]
    return len(DeadlineRule.objects.bulk_create(rows))
