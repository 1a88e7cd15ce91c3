"""文号: `示应急检通〔2026〕12号`.

A serial is taken while the series' row is locked, in the transaction that issues the
document: when that fails the serial goes back with it, so nothing is skipped and nothing
is given twice. One check has one serial (its chain); a second document of the same kind
in a chain becomes 之二.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from shuangsuiji.documents.models import DocumentChain, IssuedDocument, NumberSeries
from shuangsuiji.documents.registry import DocumentKind

CHAIN_SERIES = "chain"
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class TakenNumber:
    """A number as it is printed, and its parts; `text` is None for an unnumbered kind."""

    text: str | None
    year: int
    serial: int | None
    part: int


def take_serial(series: str, *, year: int) -> int:
    """Take the next serial of a series; holds the series' row until the transaction ends."""
    row = _locked_series(series, year=year)
    row.last_serial += 1
    row.save(update_fields=["last_serial"])
    return row.last_serial


def chain_of(subject: tuple[str, str], *, year: int) -> DocumentChain:
    """The chain of a check, with its serial; the first document of the check opens it."""
    kind, key = subject
    chain = _locked_chain(kind, key)
    if chain is None:
        # Whoever waited here while somebody else opened the chain must see it now.
        _locked_series(CHAIN_SERIES, year=year)
        chain = _locked_chain(kind, key)
    if chain is None:
        serial = take_serial(CHAIN_SERIES, year=year)
        chain = DocumentChain.objects.create(subject_kind=kind, subject_key=key, year=year, serial=serial)
    return chain


def take_number(kind: DocumentKind, *, issued_on: dt.date, chain: tuple[str, str] | None) -> TakenNumber:
    """Take a document's number. A chained kind keeps the year in which its check began."""
    if not kind.mark:
        return TakenNumber(text=None, year=issued_on.year, serial=None, part=0)
    if not kind.chained:
        serial = take_serial(kind.mark, year=issued_on.year)
        return _number(kind, year=issued_on.year, serial=serial, part=1)
    if chain is None:
        raise ValueError(f"{kind.name} belongs to a chain; say which.")
    opened = chain_of(chain, year=issued_on.year)
    issued_count = IssuedDocument.objects.filter(mark=kind.mark, year=opened.year, serial=opened.serial).count()
    return _number(kind, year=opened.year, serial=opened.serial, part=issued_count + 1)


def number_text(mark: str, *, year: int, serial: int, part: int = 1) -> str:
    """`("检通", 2026, 12)` → 示应急检通〔2026〕12号; part 2 ends in 之二."""
    suffix = f"之{_in_words(part)}" if part > 1 else ""
    return f"{settings.BUREAU_SHORT}{mark}〔{year}〕{serial}号{suffix}"


def _number(kind: DocumentKind, *, year: int, serial: int, part: int) -> TakenNumber:
    return TakenNumber(
        text=number_text(kind.mark, year=year, serial=serial, part=part), year=year, serial=serial, part=part
    )


def _locked_series(code: str, *, year: int) -> NumberSeries:
    NumberSeries.objects.bulk_create([NumberSeries(code=code, year=year)], ignore_conflicts=True)
    return NumberSeries.objects.select_for_update(of=("self",)).get(code=code, year=year)


def _locked_chain(kind: str, key: str) -> DocumentChain | None:
    """By a lock beside the row: the application's role may not change a chain, and so not lock its row either."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"document chain {kind} {key}"])
    return DocumentChain.objects.filter(subject_kind=kind, subject_key=key).first()


def _in_words(count: int) -> str:
    """12 → 十二; good to 99, which no check reaches."""
    tens, ones = divmod(count, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
