"""The desk's list of enterprises with 10^2 and with 10^5 rows: the same pages, and how many queries each asks."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from math import inf
from statistics import median

from shuangsuiji.embedded import postgres
from tests.bench.bench_imports import own_database
from tests.bench.figures import Figure
from tests.support import servers

NAME = "lists"
FEW, MANY, TIMES = 100, 100_000, 9
GROWTH, MOST_QUERIES = 1.5, 12
PER_PAGE = 50
LIST = "/desk/enterprises/"
PAGES = {
    "first page": "",
    "filtered by risk": "?risk_class=D",
    "search by a code": "?q={code}",
    "search by initials": "?q=sfd9hgyxgs",
    "sorted backwards": "?sort=-name",
    "last page": "?page={last}",
    "a page in the middle": "?page={middle}",
}
SHOWN_ONLY = frozenset({"search by initials", "a page in the middle"})


def measure() -> Iterator[Figure]:
    """The median of some requests through the whole application, in a database of its own."""
    logging.disable(logging.INFO)
    with own_database():
        client = _at_desk()
        _fill(0, FEW)
        few = {name: _spent(client, name, rows=FEW) for name in PAGES}
        _fill(FEW, MANY)
        for name in PAGES:
            seconds, queries = _spent(client, name, rows=MANY)
            limit = inf if name in SHOWN_ONLY else GROWTH
            yield Figure(f"{name}, {MANY:,} rows", seconds, f"{FEW} rows", few[name][0], limit)
            yield Figure(f"{name}, {MANY:,} rows", queries, "twelve queries", MOST_QUERIES, 1, unit="queries")
    logging.disable(logging.NOTSET)


def _at_desk():
    from django.conf import settings
    from django.test import Client

    from tests.factories.accounts import Role, person_with

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    client = Client()
    client.force_login(person_with(Role.CLERK), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _code(number: int) -> str:
    from shuangsuiji.lib.credit_code import with_check_characters

    return with_check_characters(f"91999999MC{number:06d}")


def _fill(first: int, end: int) -> None:
    """Fictitious enterprises up to this number, and statistics as autovacuum would make them."""
    from django.db import transaction

    from enterprises.services.bulk import create_enterprises

    with transaction.atomic():
        create_enterprises(
            [
                {
                    "name": f"示范第{number}化工有限公司",
                    "credit_code": _code(number),
                    "address": f"示例市示范路{number % 3000}号",
                    "risk_class": "ABCD"[number % 4],
                }
                for number in range(first, end)
            ]
        )
    _vacuum()


def _vacuum() -> None:
    """Only the owner may; a running desk has autovacuum for it."""
    import psycopg
    from django.db import connection

    url = servers.database_url(connection.settings_dict["NAME"], role=postgres.OWNER)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE enterprises_enterprise")


def _spent(client, name: str, *, rows: int) -> tuple[float, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pages = rows // PER_PAGE
    address = LIST + PAGES[name].format(code=_code(7), last=pages, middle=max(1, pages // 2))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    query_count = len(asked)  # at once: the next request clears the log
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - begun)
    return median(times), query_count
