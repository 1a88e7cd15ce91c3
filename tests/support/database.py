"""What test databases do differently: they can be emptied, and they shuffle."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models import QuerySet

COMMITTING = {"transactional_db", "live_server"}

_fresh_rows: dict[str, bytes] = {}
_order = random.Random(0)


def remember_fresh_rows() -> None:
    """Keep the rows that migrations made (calendar, rules), to put them back after a flush."""
    _fresh_rows.clear()
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                rows = b"".join(bytes(part) for part in copy)
            if rows:
                _fresh_rows[table] = rows


def fresh_tables() -> Collection[str]:
    """The tables that have rows in a fresh database."""
    return _fresh_rows.keys()


def _flush(operations: DatabaseOperations, sql_list: list[str]) -> None:
    """Empty the tables although append-only ones refuse, then restore the fresh rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Triggers and foreign keys sleep in this role, and in this transaction only.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in sql_list:
            cursor.execute(statement)
        for table, rows in _fresh_rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)


def _fetch_all_shuffled(original: Any) -> Any:
    def fetch_all(queryset: QuerySet) -> None:
        fresh = queryset._result_cache is None
        original(queryset)
        if fresh and not queryset.ordered:
            _order.shuffle(queryset._result_cache)

    return fetch_all


@contextmanager
def test_rules() -> Iterator[None]:
    """Flush past the triggers, and give unordered queries no order to rely on."""
    saved = DatabaseOperations.execute_sql_flush, QuerySet._fetch_all
    DatabaseOperations.execute_sql_flush = _flush  # type: ignore[method-assign]
    QuerySet._fetch_all = _fetch_all_shuffled(saved[1])  # type: ignore[method-assign]
    try:
        yield
    finally:
        DatabaseOperations.execute_sql_flush, QuerySet._fetch_all = saved  # type: ignore[method-assign]


def reseed(name: str) -> None:
    """Each test has its own shuffle, the same every time it runs."""
    _order.seed(name)


def is_rolled_back(request: pytest.FixtureRequest) -> bool:
    """Whether a test uses the database within a transaction that never ends well."""
    marker, names = request.node.get_closest_marker("django_db"), set(request.fixturenames)
    commits = bool(names & COMMITTING) or (marker is not None and bool(marker.args or marker.kwargs.get("transaction")))
    return not commits and ("db" in names or marker is not None)


def become_the_application() -> None:
    """From now on, until the transaction ends, with the rights of the application's role."""
    from shuangsuiji.embedded import postgres

    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {postgres.APP}")
