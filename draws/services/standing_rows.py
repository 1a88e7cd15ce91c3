"""The rows of a draw follow how it stands after an amendment; the ledger's JSON stays the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from draws.engine import Standing
from draws.models import Draw, DrawnEnterprise, DrawnSeat
from draws.services.carrying_out import seats_of, write_rows


def write_standing(draw: Draw, standing: Standing) -> None:
    """Bring the rows in line: who fell away no longer stands, who came in does, seats are as they are now."""
    entries = {entry["enterprise"]: entry for entry in standing.entries}
    rows = {row.enterprise.credit_code: row for row in draw.drawn.select_related("enterprise")}
    gone = [row.pk for code, row in rows.items() if code not in entries]
    DrawnEnterprise.objects.filter(pk__in=gone).update(is_standing=False)
    incoming = [entry for code, entry in entries.items() if code not in rows]
    write_rows(draw, incoming, unfilled={})
    for row in draw.drawn.filter(is_standing=True).select_related("enterprise"):
        entry = entries[row.enterprise.credit_code]
        _write_seats(row, entry)
        _write_gap(row, entry, standing.leaves[row.enterprise.credit_code])


def _write_seats(row: DrawnEnterprise, entry: Mapping[str, Any]) -> None:
    seats = list(row.seats.select_related("inspector", "expert").order_by("seat", "id"))
    now = {
        "inspectors": [seat.inspector.certificate_number for seat in seats if seat.inspector],
        "experts": [seat.expert.number for seat in seats if seat.expert],
    }
    if now == {stage: list(entry[stage]) for stage in now}:
        return
    kept = {seat.inspector_id: seat.account_id for seat in seats if seat.inspector_id}
    row.seats.all().delete()
    fresh = seats_of([(row, entry)])
    for seat in fresh:
        if seat.inspector_id in kept:
            seat.account_id = kept[seat.inspector_id]
    DrawnSeat.objects.bulk_create(fresh)


def _write_gap(row: DrawnEnterprise, entry: Mapping[str, Any], leaf: Mapping[str, Any]) -> None:
    missing = max(0, leaf["experts_wanted"] - len(entry["experts"]))
    if row.expert_missing_count != missing:
        DrawnEnterprise.objects.filter(pk=row.pk).update(expert_missing_count=missing)
