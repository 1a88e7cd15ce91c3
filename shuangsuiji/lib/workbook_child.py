"""The guarded process that parses a workbook: `python -m shuangsuiji.lib.workbook_child KIND FILE SHEET`.

A hostile file may abort the parser or eat memory and time; here it can only end
this process. Rows leave through standard output as JSON lines:

    {"sheets": ["名录", "填写说明"], "sheet": "名录", "rows": 685, "merged": [[2, 0, 11, 0]]}
    [[1, ["企业名称", "信用代码"]], [2, ["示范化工有限公司", "9.1430681E+17"], [[1, "rounded"]]]]
    {"end": 2}            or  {"refused": "一句话"}

No Django here: the process starts in a few hundredths of a second.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import math
import re
import resource
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shuangsuiji.lib.sheet_rows import Span
from shuangsuiji.lib.text import are_tidy, has_private_use, tidy
from shuangsuiji.lib.workbook_marks import ERRORS, is_error, marks_of

MEMORY_BYTES = 400 * 1024 * 1024
CPU_SECONDS = 20
MOST_COLUMNS, MOST_ROWS = 200, 200_000
LONGEST_CELL = 32_767
ROWS_A_LINE = 500
LARGEST_EXACT_NUMBER = 10**15
INSTRUCTION_SHEET = "填写说明"
NOTHING = frozenset({"N/A", "n/a", "NULL", "null", "-", "--", "—", "——", "/", "\\N"})
ROUNDED, PRIVATE_USE, SHORTENED, ERROR = "rounded", "private_use", "shortened", "error"
MOST_MERGED, MOST_ERRORS = 50_000, 20_000

_ODD = NOTHING | ERRORS
_APOSTROPHES = ("'", "’", "‘")
_FORMULA_OF_TEXT = re.compile(r'="((?:[^"]|"")*)"')
"""="0730": so Excel is made to keep a number's noughts in a text table."""
_KEPT_AS_TEXT = re.compile(r"\s*[=+@0-9-]")

Note = tuple[int, str]
Errors = Mapping[int, Mapping[int, str]]
"""By row and column."""


class RefusedError(Exception):
    """The file is refused; the text is the sentence for the screen."""


def clean_cell(value: Any) -> tuple[str, str]:
    """A cell as text, and what was lost on the way: ("914…", "") or ("9.14E+17", "rounded")."""
    if isinstance(value, str):
        return _clean_text(value)
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ("是" if value else "否"), ""
    if isinstance(value, float | int):
        return _clean_number(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time.min
        return (value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")), ""
    return str(value), ""


def _clean_text(value: str) -> tuple[str, str]:
    text = tidy(value.replace("_x000D_", " ") if "_x000D_" in value else value)
    if text[:1] in _APOSTROPHES and _KEPT_AS_TEXT.match(text[1:]):
        text = text[1:].strip()  # typed, or written by us, to keep a code or a formula as text
    if quoted := _FORMULA_OF_TEXT.fullmatch(text):
        text = quoted[1].replace('""', '"').strip()
    if is_error(text):
        return text, ERROR
    if text in NOTHING:
        return "", ""
    if len(text) > LONGEST_CELL:
        return text[:LONGEST_CELL], SHORTENED
    return text, PRIVATE_USE if text != value and has_private_use(value) else ""


def _clean_number(value: float) -> tuple[str, str]:
    """Whole numbers whole; a spreadsheet keeps 15 digits, so longer ones have lost their end."""
    if not math.isfinite(value):
        return "", ""
    if abs(value) >= LARGEST_EXACT_NUMBER:
        return f"{value:.14E}", ROUNDED
    if value == int(value):
        return str(int(value)), ""
    return f"{value:.15g}", ""


def write_rows(rows: Iterable[list[Any]], out: Any, *, errors: Errors | None = None) -> int:
    """Every row that is not empty, with its number in the sheet, many to a line; returns how many."""
    known = errors or {}
    written, load = 0, []
    for number, row in enumerate(rows, start=1):
        cells, notes = _clean_row(_with_errors(row, known[number]) if number in known else row)
        if not any(cells):
            continue
        _check_size(number, cells)
        load.append((number, cells, notes) if notes else (number, cells))
        written += 1
        if len(load) == ROWS_A_LINE:
            out.write(json.dumps(load, ensure_ascii=False) + "\n")
            load = []
    out.write(json.dumps(load, ensure_ascii=False) + "\n")
    return written


def _with_errors(row: list[Any], errors: Mapping[int, str]) -> list[Any]:
    """The row with its errors as text: the reader of values leaves them blank."""
    return [errors.get(column, value) for column, value in enumerate(row)]


def _clean_row(row: list[Any]) -> tuple[list[str], list[list[Any]]]:
    """The cells as text, and [column, what was lost]. Most rows stand as they should, and one look tells."""
    if _stands_as_it_should(row):
        return row, []
    pairs = [clean_cell(value) for value in row]
    return [text for text, _ in pairs], [[column, note] for column, (_, note) in enumerate(pairs) if note]


def _stands_as_it_should(row: list[Any]) -> bool:
    """All text, none of it long, odd, an error or another word for nothing."""
    is_all_text = set(map(type, row)) <= {str}
    return is_all_text and are_tidy(row) and _ODD.isdisjoint(row) and max(map(len, row), default=0) <= LONGEST_CELL


def _check_size(number: int, cells: list[str]) -> None:
    if number > MOST_ROWS:
        raise RefusedError(f"工作表超过 {MOST_ROWS:,} 行：请拆成几份分别上传。")
    if len(cells) > MOST_COLUMNS:
        raise RefusedError(f"工作表超过 {MOST_COLUMNS} 列：请只保留模板中的列。")


@dataclass(frozen=True)
class Sheet:
    """What is read: the names of all sheets, the chosen one, how many rows it has, these, and what marks its cells."""

    names: list[str]
    name: str
    row_count: int
    rows: Iterator[list[Any]]
    merged: list[Span]
    errors: Errors


def open_sheet(kind: str, path: Path, *, wanted: str) -> Sheet:
    """The chosen sheet, its rows from the first row and column on."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(path)
    visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    name = _chosen(visible or workbook.sheet_names, wanted=wanted)
    marks = marks_of(kind, path, sheet=name)
    _check_merged(marks.merged_count // 2)  # counted in pieces that overlap
    sheet = workbook.get_sheet_by_name(name)
    left = [""] * (sheet.start[1] if sheet.start else 0)
    _check_sheet(sheet, name=name, width=len(left) + sheet.width)
    rows = (left + row for row in sheet.iter_rows()) if left else sheet.iter_rows()
    merged = _merged(sheet.merged_cell_ranges or [], also=marks.merged)
    return Sheet(visible, name, sheet.total_height, rows, merged, _few(marks.errors))


def _check_sheet(sheet: Any, *, name: str, width: int) -> None:
    if sheet.total_height > MOST_ROWS:
        raise RefusedError(
            f"工作表“{name}”有 {sheet.total_height:,} 行，超过 {MOST_ROWS:,} 行："
            "请拆成几份，或删去数据下方的空行后再上传。"
        )
    if width > MOST_COLUMNS:
        raise RefusedError(f"工作表“{name}”有 {width} 列，超过 {MOST_COLUMNS} 列：请只保留模板中的列。")


def _merged(ranges: list[Any], *, also: list[Span]) -> list[Span]:
    """The merged cells within the columns that are read. Whole columns may be merged: what lies below is no row."""
    spans = [Span(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges] + also
    _check_merged(len(spans))
    return [span for span in spans if span.left < MOST_COLUMNS]


def _check_merged(count: int) -> None:
    if count > MOST_MERGED:
        raise RefusedError(f"工作表里合并单元格超过 {MOST_MERGED:,} 处：请取消合并、逐行填写后再上传。")


def _few(errors: Iterable[tuple[int, int, str]]) -> Errors:
    """The errors by row and column; a file of little else is refused."""
    found: dict[int, dict[int, str]] = {}
    for count, (row, column, text) in enumerate(errors):
        if count >= MOST_ERRORS:
            raise RefusedError(f"工作表里的错误值（如 #REF!）超过 {MOST_ERRORS:,} 个：请先改正公式再上传。")
        found.setdefault(row, {})[column] = text
    return found


def _chosen(names: list[str], *, wanted: str) -> str:
    if not names:
        raise RefusedError("这个工作簿里没有工作表：请选择别的文件。")
    if wanted and wanted not in names:
        raise RefusedError(f"工作簿里没有名为“{wanted}”的工作表（现有：{'、'.join(names[:8])}）：请改名或重新选择。")
    filled = [name for name in names if name != INSTRUCTION_SHEET]
    return wanted or (filled or names)[0]


def text_sheet(path: Path) -> Sheet:
    """A text table: UTF-8 with or without a mark, UTF-16 with one, else GB18030; comma, tab or semicolon."""
    content = path.read_bytes()
    text = _decoded(content)
    _check_lines(text)
    first_line = text.split("\n", 1)[0]
    delimiter = max(",\t;，", key=first_line.count)
    csv.field_size_limit(LONGEST_CELL * 4)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return Sheet([], "", text.count("\n"), rows, [], {})


def _check_lines(text: str) -> None:
    """Too many rows are refused before any is parsed; breaks inside quotes and blank lines at the end are no rows."""
    if text.count("\n") <= MOST_ROWS:
        return
    outside_quotes = text.rstrip("\r\n\t ,;，").split('"')[::2]
    if sum(part.count("\n") for part in outside_quotes) >= MOST_ROWS:
        raise RefusedError(f"工作表超过 {MOST_ROWS:,} 行：请拆成几份分别上传。")


def _decoded(content: bytes) -> str:
    by_mark = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    for encoding in (by_mark, "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError("认不出这个文本文件的编码：请在 Excel 或 WPS 中另存为 .xlsx 工作簿再上传。")


def guard() -> None:
    """Limits that hold whatever the parser does; set before it sees the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(kind: str, path: Path, wanted: str, out: Any) -> None:
    """Read one sheet and write it out; a refusal is written in place of the end."""
    try:
        sheet = text_sheet(path) if kind == "csv" else _open(kind, path, wanted=wanted)
        opening = {"sheets": sheet.names, "sheet": sheet.name, "rows": sheet.row_count, "merged": sheet.merged}
        out.write(json.dumps(opening, ensure_ascii=False) + "\n")
        out.write(json.dumps({"end": write_rows(sheet.rows, out, errors=sheet.errors)}) + "\n")
    except RefusedError as refused:
        out.write(json.dumps({"refused": str(refused)}, ensure_ascii=False) + "\n")
    except csv.Error:
        sentence = "这个 .csv 文件的内容无法按行列拆开：请在 Excel 或 WPS 中另存为 .xlsx 工作簿再上传。"
        out.write(json.dumps({"refused": sentence}, ensure_ascii=False) + "\n")


def _open(kind: str, path: Path, *, wanted: str) -> Sheet:
    from python_calamine import CalamineError, PasswordError

    try:
        return open_sheet(kind, path, wanted=wanted)
    except PasswordError as fault:
        raise RefusedError("这个工作簿设了打开密码：请在 Excel 或 WPS 中取消密码、另存后再上传。") from fault
    except CalamineError as fault:
        raise RefusedError("这个工作簿不完整或已损坏：请用 Excel 或 WPS 打开确认，另存为 .xlsx 后再上传。") from fault


if __name__ == "__main__":
    # Only a pipe is written; the parent reads UTF-8 whatever the locale says.
    io.TextIOWrapper.reconfigure(sys.stdout, encoding="utf-8", errors="replace")  # type: ignore[arg-type]
    guard()
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.stdout)
