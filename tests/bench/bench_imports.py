"""100,000 rows from the uploaded file to the register, against reading the file and one COPY of the same rows."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from math import inf

import xlsxwriter

from tests.bench.figures import Figure
from tests.support import servers

NAME = "imports"
ROWS, TURNS = 100_000, 3
LIMIT = 2.0
HEADER = ["企业名称", "统一社会信用代码", "注册日期", "企业类型", "注册资金", "经营范围", "注册地址", "风险等级"]
TRADES = ("化工", "机械", "建材", "食品", "纺织", "烟花", "商贸", "塑料")
_databases = count(1)


def measure() -> Iterator[Figure]:
    """Each side has a new database in each turn, so that neither meets the other's dead rows."""
    content = workbook()
    best, bare = (inf, inf), inf
    for _ in range(TURNS):
        with own_database():
            best = min(best, _import(content), key=sum)
            rows = _rows_of_register()
        with own_database():
            bare = min(bare, _timed(lambda: _read(content)) + _timed(lambda rows=rows: _copy(rows)))
    whole = sum(best)
    name, baseline = f"{ROWS:,} rows, upload to register", "read by calamine + COPY of the same rows"
    yield Figure(name, whole, baseline, bare, LIMIT)
    yield Figure("of that: read, check, compare, stage", best[0], "the whole", whole, inf)
    yield Figure("of that: take over into the register", best[1], "the whole", whole, inf)
    yield from _refusing()


def _refusing() -> Iterator[Figure]:
    """The corpus of hostile workbooks: the slowest refusal, and the memory of whoever reads them."""
    command = [sys.executable, "-m", "tests.imports.corpus_cost"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    costs = [(case, *map(float, numbers)) for case, *numbers in (line.split("\t") for line in lines)]
    slowest = max(costs, key=lambda cost: cost[3])
    yield Figure(f"slowest of {len(costs)} hostile files: {slowest[0]}", slowest[3], "two seconds", 2, 1)
    memory = max(child + own for _, child, own, _ in costs)
    yield Figure("memory for a hostile file", memory, "200 MB", 200, 1, unit="MB")


def workbook() -> bytes:
    """Fictitious enterprises of the register's shape; names, scopes and addresses differ as real ones do."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True, "strings_to_numbers": False}) as book:
        page = book.add_worksheet("名录")
        page.write_row(0, 0, HEADER)
        for number in range(ROWS):
            page.write_row(number + 1, 0, _enterprise(number))
    return buffer.getvalue()


def _enterprise(number: int) -> list[str]:
    from shuangsuiji.lib.credit_code import with_check_characters

    trade = TRADES[number % len(TRADES)]
    scope = f"{trade}产品生产、销售；普通货物运输；第{number % 5000}类商品零售"
    return [
        f"示范第{number}{trade}有限公司",
        with_check_characters(f"91999999MB{number:06d}"),
        f"20{number % 20:02d}-0{number % 9 + 1}-1{number % 8}",
        "有限责任公司(自然人投资或控股)",
        f"{number % 900 + 1}万人民币",
        f"{scope}（依法须经批准的项目，经相关部门批准后方可开展经营活动）。",
        f"示例市示范镇示范路{number % 3000}号",
        "ABCD"[number % 4],
    ]


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated database for one turn."""
    with entered(servers.copied_database(f"bench_imports_{next(_databases)}")):
        yield


@contextmanager
def entered(name: str) -> Iterator[None]:
    """Everything that is asked goes to this database for a while."""
    from django.db import connection

    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


def _import(content: bytes) -> tuple[float, float]:
    from shuangsuiji.imports.services import apply_batch, stage_upload

    begun = time.perf_counter()
    batch = stage_upload(register="enterprises", content=content, name="名录.xlsx", by=None)
    staged = time.perf_counter()
    apply_batch(batch.pk, by=None)
    applied = time.perf_counter()
    from enterprises.models import Enterprise

    assert Enterprise.objects.count() == ROWS
    return staged - begun, applied - staged


def _read(content: bytes) -> int:
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sum(1 for _ in sheet.iter_rows())


def _rows_of_register() -> list[tuple]:
    """What the import has made, every column."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns()} FROM enterprises_enterprise ORDER BY id")
        return cursor.fetchall()


def _columns() -> str:
    from enterprises.models import Enterprise

    return ", ".join(field.column for field in Enterprise._meta.concrete_fields if not field.primary_key)


def _copy(rows: list[tuple]) -> None:
    """Into the same table, with all its indexes, constraints and triggers."""
    from django.db import connection, transaction

    statement = f"COPY enterprises_enterprise ({_columns()}) FROM STDIN"
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
