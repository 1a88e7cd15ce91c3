"""Reading an uploaded table, in a process that may die without harm, and writing workbooks.

    with open_workbook(path, name="名录.xlsx", expected={"企业名称", "统一社会信用代码"}) as workbook:
        workbook.header               ["企业名称", "统一社会信用代码", …]
        for row in workbook.rows:     row.number, row.cells, row.notes

Rows stream: a file of 100,000 rows is never in this process's memory as a whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.sheet_headings import JOINT, ROWS_SEARCHED, Heading, find_heading
from shuangsuiji.lib.sheet_rows import MergedCells, SheetRow, Span
from shuangsuiji.lib.workbook_check import check_workbook_file, too_wide
from shuangsuiji.lib.workbook_child import ERROR, PRIVATE_USE, ROUNDED, SHORTENED
from shuangsuiji.lib.workbook_writing import (
    Column,
    stream_rows,
    stream_text,
    write_rows,
    write_template,
    write_text,
)

__all__ = [
    "ERROR",
    "JOINT",
    "PRIVATE_USE",
    "ROUNDED",
    "SHORTENED",
    "Column",
    "MergedCells",
    "SheetRow",
    "Span",
    "Workbook",
    "check_workbook_file",
    "open_workbook",
    "read_workbook",
    "stream_rows",
    "stream_text",
    "write_rows",
    "write_template",
    "write_text",
]

WAIT_SECONDS = 40
CHUNK = 1 << 16
PIPE = 1 << 20
"""So much the child may read ahead while rows are worked on here."""
_REPOSITORY = Path(__file__).resolve().parents[2]
_KILLED_FOR_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


@dataclass
class Workbook:
    """A sheet being read: its header at once, its rows as they come, merged cells filled in."""

    kind: str
    sheets: list[str]
    sheet: str
    header: list[str]
    header_rows: tuple[int, ...]
    """The number of the row of titles; of both where a group of columns has a title of its own."""
    rows: Iterator[SheetRow]
    row_count: int = 0
    """About how many rows the sheet has, empty ones too: for a progress bar."""
    merged: MergedCells = field(default_factory=lambda: MergedCells(()))
    """What was filled in, for as many rows as have been read."""


@contextlib.contextmanager
def open_workbook(path: Path, *, name: str, sheet: str = "", expected: Collection[str] = ()) -> Iterator[Workbook]:
    """Open a stored upload; everything wrong with it is a Refusal, before or while its rows are read.

    `name` is the name the person gave, for messages and for telling text from workbooks; never a path.
    `expected` are column titles: the header is the row among the first twenty that holds most of them.
    """
    kind = check_workbook_file(path.read_bytes(), name=name)
    child = _start(kind, path, sheet=sheet)
    try:
        lines = _messages(child)
        opening = next(lines)
        spans = [Span(*span) for span in opening["merged"]]
        heading, rows = _split(_rows(lines), expected=expected, spans=spans)
        merged = MergedCells(span for span in spans if span.top > heading.last_row)
        yield _workbook(kind, opening, heading=heading, rows=merged.fill(rows) if merged.spans else rows, merged=merged)
    finally:
        child.kill()
        child.wait()
        child.stdout.close()  # type: ignore[union-attr]


def read_workbook(content: bytes, *, name: str, sheet: str = "", expected: Collection[str] = ()) -> Workbook:
    """The same for a small upload, whole: `rows` may be read after the file is gone."""
    with tempfile.NamedTemporaryFile(suffix=".upload") as file:
        file.write(content)
        file.flush()
        with open_workbook(Path(file.name), name=name, sheet=sheet, expected=expected) as workbook:
            workbook.rows = iter(list(workbook.rows))
    return workbook


def _start(kind: str, path: Path, *, sheet: str) -> subprocess.Popen[bytes]:
    """A process of its own: no inherited settings, no secrets in its environment, no files but the one."""
    command = [
        sys.executable,
        "-E",
        "-s",
        "-B",
        "-m",
        "shuangsuiji.lib.workbook_child",
        kind,
        str(path.resolve()),
        sheet,
    ]
    return subprocess.Popen(
        command,
        cwd=_REPOSITORY,
        env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pipesize=PIPE,
    )


def _messages(child: subprocess.Popen[bytes]) -> Iterator[Any]:
    """What the child says, line by line; a child that dies before its end is a Refusal."""
    for line in _lines(child):
        message = json.loads(line)
        if isinstance(message, dict) and "refused" in message:
            raise Refusal(message["refused"])
        if isinstance(message, dict) and "end" in message:
            return
        yield message
    raise _died(child.wait())


def _lines(child: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Lines of the pipe. Only waiting for the child counts against its time, not what we do between rows."""
    pipe = child.stdout.fileno()  # type: ignore[union-attr]
    patience, rest = float(WAIT_SECONDS), b""
    while True:
        began = time.monotonic()
        ready, _, _ = select.select([pipe], [], [], max(0.0, patience))
        patience -= time.monotonic() - began
        if not ready:
            raise _too_slow()
        chunk = os.read(pipe, CHUNK)
        if not chunk:
            return
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole


def _rows(messages: Iterator[Any]) -> Iterator[SheetRow]:
    for load in messages:
        for row in load:
            yield SheetRow(*row) if len(row) == 2 else SheetRow(row[0], row[1], [tuple(note) for note in row[2]])


def _workbook(kind: str, opening: Any, *, heading: Heading, rows: Iterator[SheetRow], merged: MergedCells) -> Workbook:
    numbers = tuple(dict.fromkeys((heading.first_row, heading.last_row)))
    return Workbook(kind, opening["sheets"], opening["sheet"], heading.titles, numbers, rows, opening["rows"], merged)


def _split(
    rows: Iterator[SheetRow], *, expected: Collection[str], spans: Collection[Span]
) -> tuple[Heading, Iterator[SheetRow]]:
    first = list(islice(rows, ROWS_SEARCHED))
    if not first:
        raise Refusal("这个工作表是空的：请选择有内容的工作表，或下载模板填写后再上传。")
    heading = find_heading(first, expected=expected, spans=spans)
    return heading, chain(first[heading.data_at :], rows)


def _died(code: int) -> Refusal:
    return _too_slow() if code in _KILLED_FOR_TIME else too_wide()


def _too_slow() -> Refusal:
    return Refusal(f"这个文件在 {WAIT_SECONDS} 秒内没有读完，已停止：请拆成几份，或只保留要导入的工作表后再上传。")
