"""The desk's list of enterprises with 10^2 and with 10^5 rows: the same pages, and how many queries each asks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from statistics import median
from typing import TYPE_CHECKING

from shuangsuiji.embedded import postgres
from tests.bench.bench_imports import entered
from tests.bench.figures import Figure, seconds
from tests.support import servers

if TYPE_CHECKING:
    from django.test import Client

NAME = "lists"
FEW, MANY, TURNS, TIMES = 100, 100_000, 5, 3
GROWTH, MOST_QUERIES = 1.5, 12
PER_PAGE = 50
LIST = "/desk/enterprises/"
PAGES = {
    "first page": "",
    "filtered by risk": "?risk_class=D",
    "search by a code": "?q={code}",
    "search by a part of a code": "?q={part}",
    "search by initials": "?q=sfd9hgyxgs",
    "sorted backwards": "?sort=-name",
    "last page": "?page={last}",
    "a page in the middle": "?page={middle}",
}
SHOWN_ONLY = frozenset({"search by initials", "a page in the middle"})


def measure() -> Iterator[Figure]:
    """Requests through the whole application to two registers in turns; the pages show as many rows in both."""
    logging.disable(logging.INFO)
    registers = [_register(FEW), _register(MANY)]
    for name in PAGES:
        few, many = _in_turns(registers, name)
        limit = inf if name in SHOWN_ONLY else GROWTH
        yield Figure(f"{name}, {MANY:,} rows", many, f"{FEW} rows", few, limit)
        queries = registers[-1].queries(name)
        yield Figure(f"{name}, {MANY:,} rows", queries, "twelve queries", MOST_QUERIES, 1, unit="queries")
    logging.disable(logging.NOTSET)


@dataclass(frozen=True)
class Register:
    """A database with so many enterprises, and somebody signed in to its desk."""

    database: str
    rows: int
    client: Client

    def address(self, page: str) -> str:
        """The page's address where this register has its rows."""
        pages = self.rows // PER_PAGE
        code = _code(7)
        return LIST + PAGES[page].format(code=code, part=code[-8:], last=pages, middle=max(1, pages // 2))

    def spent(self, page: str) -> list[float]:
        """Seconds of some requests, on a connection that is open and warm."""
        with entered(self.database):
            assert self.client.get(self.address(page)).status_code == 200
            return [seconds(lambda: self.client.get(self.address(page)), times=1) for _ in range(TIMES)]

    def queries(self, page: str) -> int:
        """How many queries the page asks."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with entered(self.database), CaptureQueriesContext(connection) as asked:
            self.client.get(self.address(page))
            return len(asked)


def _in_turns(registers: list[Register], page: str) -> list[float]:
    """The median of all turns for each register; a busy moment of the machine hits all of them."""
    spent: list[list[float]] = [[] for _ in registers]
    for _ in range(TURNS):
        for register, times in zip(registers, spent, strict=True):
            times += register.spent(page)
    return [median(times) for times in spent]


def _register(rows: int) -> Register:
    name = servers.copied_database(f"bench_lists_{rows}")
    with entered(name):
        client = _at_desk()
        _fill(rows)
    return Register(name, rows, client)


def _at_desk() -> Client:
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


def _fill(count: int) -> None:
    """Fictitious enterprises, six in ten of class D, and statistics as autovacuum would make them."""
    from django.db import transaction

    from enterprises.services.bulk import create_enterprises

    with transaction.atomic():
        create_enterprises(
            [
                {
                    "name": f"示范第{number}化工有限公司",
                    "credit_code": _code(number),
                    "address": f"示例市示范路{number % 3000}号",
                    "risk_class": "ABCDDDDDDC"[number % 10],
                }
                for number in range(count)
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
