"""Which cells of an .xls sheet hold an error. Standard library only; runs in the guarded child.

    file    sectors, each chained to the next by a table (MS-CFB); one chain is the stream “Workbook”
    stream  records: kind, length, content (MS-XLS); an error is a BOOLERR, or what a FORMULA came to

A file laid out otherwise gives none: its errors stay blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error, unpack_from

_WORDS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_LAST_SECTOR = 0xFFFFFFFA
_TABLES_AT, _TABLES_IN_HEADER = 76, 109
_SHORTEST_STREAM, _SMALL_SECTOR = 4096, 64
_SHEET, _END, _BOOLERR, _FORMULA = 0x0085, 0x000A, 0x0205, 0x0006


def xls_errors(content: bytes, *, sheet: str) -> list[tuple[int, int, str]]:
    """(row as Excel numbers it, column from 0, error) of one sheet."""
    try:
        stream = _workbook(content)
        return [found for at in _sheets(stream, name=sheet)[:1] for found in _errors(stream, at=at)]
    except (error, IndexError):
        return []


def _workbook(content: bytes) -> bytes:
    """The stream of this name; a short one lies in small sectors of its own inside another stream."""
    size = 1 << unpack_from("<H", content, 30)[0]
    space, table = content[size:], _sector_table(content, size=size)
    (directory_at,) = unpack_from("<I", content, 48)
    directory = _chain(space, directory_at, table=table, size=size)
    for at in range(0, len(directory), 128):
        name = directory[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        start, length = unpack_from("<II", directory, at + 116)
        if name not in ("Workbook", "Book"):
            continue
        if length >= _SHORTEST_STREAM:
            return _chain(space, start, table=table, size=size)[:length]
        small = _chain(space, unpack_from("<I", directory, 116)[0], table=table, size=size)
        followers = _chain(space, unpack_from("<I", content, 60)[0], table=table, size=size)
        return _chain(small, start, table=_numbers(followers), size=_SMALL_SECTOR)[:length]
    return b""


def _numbers(sectors: bytes) -> list[int]:
    return list(unpack_from(f"<{len(sectors) // 4}I", sectors))


def _sector_table(content: bytes, *, size: int) -> list[int]:
    """Which sector follows each; the table's own sectors are named in the header, further ones in a chain."""
    named = list(unpack_from(f"<{_TABLES_IN_HEADER}I", content, _TABLES_AT))
    (more,) = unpack_from("<I", content, 68)
    while more < _LAST_SECTOR and len(named) < len(content) // size:
        *others, more = unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        named += others
    inside = [one for one in named if one < len(content) // size]
    return _numbers(b"".join(content[(one + 1) * size : (one + 2) * size] for one in inside))


def _chain(space: bytes, first: int, *, table: list[int], size: int) -> bytes:
    """The sectors from this one on; a chain longer than their space runs in a circle and is cut."""
    found, at = [], first
    while at < _LAST_SECTOR and len(found) <= len(space) // size:
        found.append(space[at * size : (at + 1) * size])
        at = table[at]
    return b"".join(found)


def _records(stream: bytes, *, at: int) -> Iterator[tuple[int, int]]:
    """(kind, where its content begins) up to the end of a part."""
    while True:
        kind, length = unpack_from("<HH", stream, at)
        yield kind, at + 4
        if kind == _END:
            return
        at += 4 + length


def _sheets(stream: bytes, *, name: str) -> list[int]:
    """Where the sheets of this name begin."""
    found = []
    for kind, at in _records(stream, at=0):
        if kind == _SHEET:
            begins, length, is_wide = unpack_from("<I2xBB", stream, at)
            text = stream[at + 8 : at + 8 + length * (2 if is_wide & 1 else 1)]
            if text.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace") == name:
                found.append(begins)
    return found


def _errors(stream: bytes, *, at: int) -> Iterator[tuple[int, int, str]]:
    for kind, begins in _records(stream, at=at):
        if kind == _BOOLERR:
            row, column, value, is_error = unpack_from("<HH2xBB", stream, begins)
        elif kind == _FORMULA:
            row, column, what, value, mark = unpack_from("<HH2xBxB3xH", stream, begins)
            is_error = what == 2 and mark == 0xFFFF
        else:
            continue
        if is_error:
            yield row + 1, column, _WORDS.get(value, "#N/A")
