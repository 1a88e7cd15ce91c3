"""Which column of a file is which column of the register."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from shuangsuiji.imports.columns import Column
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.text import match_key

_MARKS = re.compile(r"[*＊:：]|必填|选填")


@dataclass(frozen=True)
class Matching:
    """Where each column stands in the file, and what the file has besides."""

    header: list[str]
    places: dict[str, int]
    ignored: list[str] = field(default_factory=list)


def _key(header: str) -> str:
    return match_key(_MARKS.sub("", header))


def _known(columns: Sequence[Column]) -> dict[str, str]:
    names = {_key(alias): column.name for column in columns for alias in column.aliases}
    return names | {_key(column.header): column.name for column in columns}


def _places(header: Sequence[str], *, known: dict[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        if name := known.get(_key(title)):
            places.setdefault(name, place)
    return places


def expected_titles(columns: Sequence[Column]) -> frozenset[str]:
    """Every title by which a column is known: the reader finds the header row by them."""
    return frozenset(title for column in columns for title in (column.header, *column.aliases))


def match(header: Sequence[str], *, columns: Sequence[Column]) -> Matching:
    """Lay the titles of a file over the columns of a register; refused when a required one is missing."""
    places = _places(header, known=_known(columns))
    _check_complete(header, places=places, columns=columns)
    taken = set(places.values())
    ignored = [title for place, title in enumerate(header) if title and place not in taken]
    return Matching(list(header), places, ignored)


def _check_complete(header: Sequence[str], *, places: dict[str, int], columns: Sequence[Column]) -> None:
    missing = [column.header for column in columns if column.is_required and column.name not in places]
    if missing:
        found = "、".join(title for title in header if title)
        raise Refusal(f"缺少“{'”“'.join(missing)}”列（文件里有：{found}）：请补上这些列，或下载模板填写后再上传。")
