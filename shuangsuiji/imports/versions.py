"""Whether anybody touched a register's rows since a batch wrote them.

PostgreSQL gives every version of a row the number of the transaction that wrote it (`xmin`).
What a batch wrote bears its own numbers; a change by whatever way, by hand in SQL too, gives others.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, models

from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.registry import Importer, pointing_at

# A batch gives out its ids while the table is locked: all between the first and the last are its own.
_ENDS = "min(kept.id) FILTER (WHERE staged.outcome = 'create'), max(kept.id) FILTER (WHERE staged.outcome = 'create')"


def lock_register(importer: Importer) -> None:
    """Readers go on; every writer of these tables waits for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(map(_table, importer.locked))} IN EXCLUSIVE MODE")


def remember_rows(batch: ImportBatch, *, importer: Importer) -> None:
    """Keep the register's whole rows as they stand before the batch changes them."""
    if not batch.update_count:
        return
    _name_rows(batch, importer=importer)
    _execute(
        f"UPDATE imports_importrow AS staged SET before = to_jsonb(kept) FROM {_table(importer.model)} AS kept"  # noqa: S608
        f" WHERE staged.batch_id = %(batch)s AND staged.outcome = 'update' AND {_same(importer)}",
        {"batch": batch.pk},
    )


def written(batch: ImportBatch, *, importer: Importer) -> list[str]:
    """The version numbers that the rows of an applied batch bear, and what it hung on those it added."""
    _name_rows(batch, importer=importer)
    [(numbers, first, last)] = _execute(
        f"SELECT array_agg(DISTINCT kept.xmin::text), {_ENDS} FROM {_staged(importer)}"  # noqa: S608
        " AND staged.outcome IN ('create', 'update')",
        {"batch": batch.pk},
    )
    hanging = _execute(
        f"SELECT DISTINCT hanging.version FROM ({_hanging(importer)}) AS hanging",  # noqa: S608
        {"first": first, "last": last},
    )
    return sorted({*(numbers or ()), *(number for (number,) in hanging)})


def _staged(importer: Importer) -> str:
    """The rows of a batch beside those of the register that have their keys."""
    return (
        f"imports_importrow AS staged JOIN {_table(importer.model)} AS kept ON {_same(importer)}"
        " WHERE staged.batch_id = %(batch)s"
    )


def _hanging(importer: Importer) -> str:
    """Which of the added rows something points at, and its version; by the index of each key, so many cost little."""
    return " UNION ALL ".join(
        f"SELECT {column} AS added, xmin::text AS version FROM {table} WHERE {column} BETWEEN %(first)s AND %(last)s"  # noqa: S608
        for table, column in _pointing(importer)
    )


def _pointing(importer: Importer) -> list[tuple[str, str]]:
    """(table, column) of all that points at the register; none is told by a line that finds nothing."""
    quote = connection.ops.quote_name
    found = [
        (_table(model), quote(model._meta.get_field(name).column))
        for model, name in pointing_at(importer.model)
        if model not in importer.incidental
    ]
    return found or [(_table(importer.model), "NULL::bigint")]


def touched(batch: ImportBatch, *, importer: Importer, most: int | None) -> list[tuple[int, str]]:
    """(row in the file, business key) of so many rows, or all, that were changed, or deleted, after the batch."""
    _name_rows(batch, importer=importer)
    return _execute(
        "SELECT staged.row_number, staged.key FROM imports_importrow AS staged"  # noqa: S608
        f" LEFT JOIN {_table(importer.model)} AS kept ON {_same(importer)}"
        " WHERE staged.batch_id = %(batch)s AND staged.outcome IN ('create', 'update')"
        " AND (kept.id IS NULL OR NOT kept.xmin::text = ANY(%(versions)s)) ORDER BY staged.row_number LIMIT %(most)s",
        {"batch": batch.pk, "versions": batch.row_versions, "most": most},
    )


def referred_to(batch: ImportBatch, *, importer: Importer, most: int | None) -> list[tuple[int, str]]:
    """(row, key) of so many rows, or all, that the batch added and that something else refers to by now."""
    _name_rows(batch, importer=importer)
    [(first, last)] = _execute(f"SELECT {_ENDS} FROM {_staged(importer)}", {"batch": batch.pk})  # noqa: S608
    return _execute(
        f"SELECT DISTINCT staged.row_number, staged.key FROM ({_hanging(importer)}) AS hanging"  # noqa: S608
        f" JOIN {_table(importer.model)} AS kept ON kept.id = hanging.added"
        f" JOIN imports_importrow AS staged ON {_same(importer)}"
        " WHERE staged.batch_id = %(batch)s AND staged.outcome = 'create' AND NOT hanging.version = ANY(%(versions)s)"
        " ORDER BY staged.row_number LIMIT %(most)s",
        {
            "batch": batch.pk,
            "versions": batch.row_versions,
            "most": most,
            "first": first,
            "last": last,
        },
    )


def put_back(batch: ImportBatch, *, importer: Importer, without: Collection[int] = ()) -> None:
    """Give changed rows all their columns back, those that follow from others too; the moment of change is now.

    `without` are numbers of rows that stay.
    """
    _name_rows(batch, importer=importer)
    fields = [field for field in importer.model._meta.concrete_fields if _is_put_back(field, importer=importer)]
    columns = [connection.ops.quote_name(str(field.column)) for field in fields]
    assignments = ", ".join(f"{column} = was.{column}" for column in columns)
    table = _table(importer.model)
    _execute(
        f"UPDATE {table} AS kept SET {assignments} FROM imports_importrow AS staged,"  # noqa: S608
        f" jsonb_populate_record(NULL::{table}, staged.before) AS was"
        f" WHERE staged.batch_id = %(batch)s AND staged.outcome = 'update' AND {_same(importer)}"
        " AND NOT staged.row_number = ANY(%(without)s)",
        {"batch": batch.pk, "without": list(without)},
    )


def _is_put_back(field: models.Field, *, importer: Importer) -> bool:
    return not field.primary_key and field.name != importer.key and not getattr(field, "auto_now", False)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _same(importer: Importer) -> str:
    """SQL for: the row `kept` of the register is that of `staged`."""
    if importer.within:
        return "kept.id = (SELECT named.id FROM named WHERE named.key = staged.key)"
    return f"kept.{connection.ops.quote_name(importer.model._meta.get_field(importer.key).column)} = staged.key"


def _name_rows(batch: ImportBatch, *, importer: Importer) -> None:
    """Where no column holds the key: which row has which, in a table of this transaction.

    Put together inside the statements, the keys would have no index, and the planner, who does not know a fresh
    batch's size, would compare every row with every other.
    """
    if not importer.within:
        return
    _execute("CREATE TEMPORARY TABLE IF NOT EXISTS named (key text PRIMARY KEY, id bigint) ON COMMIT DROP", {})
    _execute("TRUNCATE named", {})
    keys = batch.rows.filter(outcome__in=["create", "update"]).order_by("row_number").values_list("key", flat=True)
    found = importer.ids_of(list(keys))
    with connection.cursor() as cursor, cursor.copy("COPY named (key, id) FROM STDIN") as copy:
        for row in found.items():
            copy.write_row(row)


def _execute(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []
