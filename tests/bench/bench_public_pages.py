"""Public list and detail, made anew, kept, and as 304, beside a bare view behind the same middleware.

In one process through the whole WSGI application, with 10^2 and then 10^5 publications.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from statistics import median

from tests.bench.figures import Figure

NAME = "public pages"
FEW, MANY = 100, 100_000
REQUESTS = 400
LIST, DETAIL, SEARCH = "/results/", "/results/b7/", "/search/?q=化工"


def measure() -> Iterator[Figure]:
    """Rates in requests a second; a kept page and a 304 have a limit, a page made anew is compared with itself."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuangsuiji.settings"
    import django

    django.setup()
    from django.conf import settings

    settings.ROOT_URLCONF = "tests.bench.bare_urls"
    logging.disable(logging.INFO)
    fill(1, FEW)
    few = {path: fresh_seconds(path) for path in (LIST, DETAIL, SEARCH)}
    yield from rates(FEW)
    fill(FEW + 1, MANY)
    yield from rates(MANY)
    for path, name in ((LIST, "list"), (DETAIL, "detail"), (SEARCH, "search by two characters")):
        spent = fresh_seconds(path)
        yield Figure(f"{name}, made anew, {MANY} rows", spent, f"{FEW} rows", few[path], limit_of(name))
    logging.disable(logging.NOTSET)


def limit_of(name: str) -> float:
    """A list may not grow with its rows; a search that finds every row is shown."""
    return float("inf") if name.startswith("search") else 1.5


def rates(count: int) -> Iterator[Figure]:
    """List and detail against the bare view with the same bytes."""
    from tests.bench import bare_urls

    for path, name in ((LIST, "list"), (DETAIL, "detail")):
        page = ask(path)
        assert page[0] == 200, (path, page[0])
        bare_urls.given["body"] = page[1]
        etag = page[2]
        works = (
            lambda: ask("/bare/"),
            lambda path=path: ask(path),
            lambda path=path, etag=etag: ask(path, etag=etag),
        )
        bare, kept, unchanged = turns(*works)
        cold = 1 / fresh_seconds(path)
        assert ask(path, etag=etag)[0] == 304
        size = f"{name}, {count} rows, {len(page[1]) // 1024} KB"
        yield Figure(f"{size}, made anew", cold, "bare view", bare, float("-inf"), unit="req/s", at_least=True)
        yield Figure(f"{size}, kept", kept, "bare view", bare, 0.6, unit="req/s", at_least=True)
        yield Figure(f"{size}, 304", unchanged, "bare view", bare, 0.6, unit="req/s", at_least=True)


def turns(*works: Callable[[], object], count: int = REQUESTS) -> list[float]:
    """The rate of each from its median request; they take turns request by request on a machine that is busy."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(count):
        for place, work in enumerate(works):
            start = time.perf_counter()
            work()
            spent[place].append(time.perf_counter() - start)
    return [1 / median(times) for times in spent]


def fresh_seconds(path: str) -> float:
    """The median time of a page made anew."""
    anew(path)
    return 1 / turns(lambda: anew(path), count=60)[0]


def anew(path: str) -> object:
    """A page of which nothing is kept."""
    from shuangsuiji.lib.page_cache import forget_pages

    forget_pages()
    return ask(path)


def ask(path: str, *, etag: str = "") -> tuple[int, bytes, str]:
    """One request through the whole application: status, bytes, ETag."""
    from django.test import RequestFactory

    headers = {"If-None-Match": etag} if etag else {}
    environ = RequestFactory(headers=headers).get(path, SERVER_NAME="127.0.0.1", SERVER_PORT="8000").environ
    response = _application()(environ, lambda *_: None)
    body = b"".join(response)
    response.close()
    return response.status_code, body, response.headers.get("ETag", "")


_made: list = []


def _application():
    """Like gunicorn's, made once."""
    if not _made:
        from django.core.handlers.wsgi import WSGIHandler

        _made.append(WSGIHandler())
    return _made[0]


# Rows.


def fill(first: int, last: int) -> None:
    """Published results number `first` to `last`, copied from one by the database itself."""
    from django.db import connection

    from publication.models import Publication, PublicEntry

    template = Publication.objects.filter(slug="template").first() or _template()
    with connection.cursor() as cursor:
        cursor.execute(
            _copy(Publication, id="gen_random_uuid()", slug="'b' || n", index_number="'B' || n", title=_TITLE)
            + ", generate_series(%s, %s) n WHERE t.id = %s",
            [first, last, template.pk],
        )
        entries = _copy(
            PublicEntry,
            publication_id="p.id",
            slug="p.slug",
            index_number="p.index_number",
            title="p.title",
            published_at="p.published_at",
            words="t.words || p.index_number",
            pieces="t.pieces || lower(p.index_number)::varchar",
        )
        cursor.execute(
            f"{entries}, publication_publication p WHERE t.publication_id = %s AND p.slug LIKE 'b%%'"
            " AND substr(p.slug, 2)::int BETWEEN %s AND %s",
            [template.pk, first, last],
        )
    _count_again()


def _count_again() -> None:
    """As autovacuum would, but now; only the owner may."""
    import psycopg

    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE publication_publication, publication_publicentry")


_TITLE = "'示范第' || n || '化工有限公司检查结果'"


def _copy(model, **changed: str) -> str:
    """INSERT … SELECT of a row `t` with some columns changed; `published_at` spreads over the years."""
    changed.setdefault("published_at", "t.published_at - n * interval '15 minutes'")
    changed.setdefault("first_published_at", changed["published_at"])
    columns = [field.column for field in model._meta.concrete_fields]
    values = [changed.get(column, f't."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(values)} FROM "{model._meta.db_table}" t'


def _template():
    from django.utils import timezone

    from publication.models import Publication

    results = [
        {
            "code": f"T{number}.01",
            "name": f"示例检查事项{number}",
            "legal_basis": "《安全生产法》",
            "result": "passed",
            "result_label": "合格",
            "hazard_label": "",
            "rectify_by": "",
        }
        for number in range(1, 9)
    ]
    enterprise = {
        "name": "示范化工有限公司",
        "credit_code": "91999999MA0000017X",
        "township": "汨罗镇",
        "field": "危险化学品",
    }
    return Publication.objects.create(
        slug="template",
        kind="result",
        title="示范化工有限公司检查结果",
        index_number="T",
        introduction="本次检查事项8项，合格8项，不合格0项，不涉及0项。",
        content={
            "draw_number": "",
            "task_number": "T",
            "enterprise": enterprise,
            "visited_on": "2026-04-01",
            "officers": [{"name": "张示例", "certificate_number": "18060001001"}],
            "results": results,
            "counts": {"passed": 8, "failed": 0, "absent": 0},
            "major_count": 0,
            "outcome": "未发现问题",
        },
        state="published",
        published_at=timezone.now(),
        sha256="0" * 64,
    )
