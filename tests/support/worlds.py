"""Worlds remembered: what a factory did in a fresh database is put there again as rows, not lived through again.

A county with a draw carried out takes a second of services; its rows take a few hundredths. A factory that is
`remembered` is lived through once a while in each worker, and whoever asks for the same later finds the same
rows and equal objects. Only where nothing could differ: in a test that rolls back, before it wrote anything,
at the real time, with the settings of everybody, and with plain values as arguments.
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

import time_machine
from django.conf import UserSettingsHolder, settings
from django.db import connection

P, R = ParamSpec("P"), TypeVar("R")
LONGEST = 300
"""Seconds until a world is lived through anew: its moments are not to lie far back."""


@dataclass
class World:
    """The rows that a factory wrote, table by table, and what it returned."""

    result: Any
    rows: dict[str, tuple[str, bytes]]
    changed: dict[str, tuple[str, list[str]]]
    made_at: float = field(default_factory=time.monotonic)

    @property
    def is_old(self) -> bool:
        return time.monotonic() - self.made_at > LONGEST

    def enter(self) -> Any:
        """Write the rows; triggers and foreign keys sleep meanwhile, as in a restored dump."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, session_user")
            role, owner = cursor.fetchone()
            cursor.execute("RESET ROLE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, (column, keys) in self.changed.items():
                cursor.execute(f'DELETE FROM "{table}" WHERE "{column}"::text = ANY(%s)', [keys])
            for table, (columns, content) in self.rows.items():
                with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as into:
                    into.write(content)
            cursor.execute("SET LOCAL session_replication_role = origin")
            if role != owner:
                cursor.execute(f"SET LOCAL ROLE {role}")
        return copy.deepcopy(self.result)


PLAIN = (str, int, float, Decimal, dt.date, dt.timedelta, type(None))
_worlds: dict[Hashable, World] = {}
_surroundings: Hashable = None


def allow(surroundings: Hashable) -> None:
    """From now on worlds of these surroundings (the markers a world depends on) may be entered; None: none may."""
    global _surroundings
    _surroundings = surroundings


def remembered(factory: Callable[P, R]) -> Callable[P, R]:
    """A factory whose world is remembered."""

    @functools.wraps(factory)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (factory.__module__, factory.__qualname__, _surroundings, args, tuple(sorted(kwargs.items())))
        if not (_is_plain(args) and _is_plain(tuple(kwargs.values())) and _is_fresh()):
            return factory(*args, **kwargs)
        world = _worlds.get(key)
        if world is not None and not world.is_old:
            return world.enter()
        result = factory(*args, **kwargs)
        _worlds[key] = World(copy.deepcopy(result), *_own_rows())
        return result

    return made


def _is_plain(values: tuple[Any, ...]) -> bool:
    return all(isinstance(value, PLAIN) for value in values)


def _is_fresh() -> bool:
    """Whether nothing was written yet, and nothing is other than it always is."""
    if _surroundings is None or not connection.in_atomic_block or time_machine.escape_hatch.is_travelling():
        return False
    if isinstance(settings._wrapped, UserSettingsHolder):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        return bool(cursor.fetchone()[0])


def _own_rows() -> tuple[dict[str, tuple[str, bytes]], dict[str, tuple[str, list[str]]]]:
    """What this transaction wrote: new and changed rows of every table, and the keys of rows it may have changed."""
    from tests.support.database import fresh_tables

    rows, changed = {}, {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user, mod(pg_current_xact_id()::text::numeric, 4294967296)")
        role, owner, first = cursor.fetchone()
        cursor.execute("RESET ROLE")
        for table, columns in _columns().items():
            mine = f'FROM "{table}" WHERE xmin::text::bigint >= {first}'
            with cursor.copy(f"COPY (SELECT {columns} {mine}) TO STDOUT") as out:
                content = b"".join(bytes(part) for part in out)
            if content:
                rows[table] = (columns, content)
            if content and table in fresh_tables():
                key = connection.introspection.get_primary_key_column(cursor, table)
                cursor.execute(f'SELECT "{key}"::text {mine}')
                changed[table] = (key, [one for (one,) in cursor.fetchall()])
        if role != owner:
            cursor.execute(f"SET LOCAL ROLE {role}")
    return rows, changed


@functools.cache
def _columns() -> dict[str, str]:
    """Table → its columns that can be written, as SQL; asked as the owner, who sees them all."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.table_name, string_agg(quote_ident(c.column_name), ', ' ORDER BY c.ordinal_position)
            FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
            GROUP BY c.table_name
            """
        )
        return dict(cursor.fetchall())
