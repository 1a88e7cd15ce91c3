"""Triggers that hold the rows of a result: they change only together with a result or an amendment.

The ledger's JSON is the source and append-only; these rows are its index. Whoever wants to move
somebody by SQL must write an amendment into the ledger in the same transaction, where everybody
reads it and `verify` finds that it does not follow from the tickets.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models.functions import Cast

_MADE_NOW = (
    "EXISTS (SELECT 1 FROM draws_drawing"
    " WHERE sealed_id = {draw} AND made_in = pg_current_xact_id()::text::bigint)"
    " OR EXISTS (SELECT 1 FROM draws_amendment"
    " WHERE drawing_id = {draw} AND made_in = pg_current_xact_id()::text::bigint)"
    # A batch that the plan names has no ledger: its rows are written with it, and never again.
    " OR EXISTS (SELECT 1 FROM draws_draw"
    " WHERE id = {draw} AND basis = 'named' AND made_in = pg_current_xact_id()::text::bigint)"
)
_ROWS = {pgtrigger.Insert: ("NEW",), pgtrigger.Update: ("OLD", "NEW"), pgtrigger.Delete: ("OLD",)}


def current_transaction() -> Cast:
    """The number of the transaction that writes the row, as a database default."""
    number = models.Func(function="pg_current_xact_id", output_field=models.TextField())
    return Cast(Cast(number, models.TextField()), models.BigIntegerField())


def result_guards(name: str, *, draw: str) -> list[pgtrigger.Trigger]:
    """Row and table guards; `draw` is SQL that gives the draw's id for `{row}`."""
    return [*(_row_guard(name, operation, draw=draw) for operation in _ROWS), _table_guard(name)]


def _row_guard(name: str, operation: pgtrigger.Operation, *, draw: str) -> pgtrigger.Trigger:
    refusals = "".join(
        f"""
        IF NOT ({_MADE_NOW.format(draw=draw.format(row=row))}) THEN
            RAISE EXCEPTION 'rows of a result change only with a result or an amendment';
        END IF;
        """
        for row in _ROWS[operation]
    )
    return pgtrigger.Trigger(
        name=f"{name}_{str(operation).lower()}",
        when=pgtrigger.Before,
        operation=operation,
        func=f"{refusals} RETURN {_ROWS[operation][-1]};",
    )


def _table_guard(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{name}_keep_table",
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
    )
