"""Which column of a file is which column of the register."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shuangsuiji.imports.columns import Column
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.text import match_key
from shuangsuiji.lib.workbooks import JOINT

_MARKS = re.compile(r"[*＊:：]|必填|选填")


@dataclass(frozen=True)
class Matching:
    """Where each column stands in the file, what the file has besides, and which required columns it lacks."""

    header: list[str]
    places: dict[str, int]
    ignored: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def can_be_completed(self) -> bool:
        """Whether the file has titles enough for a person to point out the missing columns."""
        return len(self.missing) <= len(self.ignored)


def title_key(header: str) -> str:
    """What the spellings of one title have in common; by it a person's choice is remembered."""
    return match_key(_MARKS.sub("", header))[:200]


def _known(columns: Sequence[Column]) -> dict[str, str]:
    """Column names by title, in the order in which their titles are looked for: the proper one comes first."""
    titles = [(title_key(title), column.name) for column in columns for title in (column.header, *column.aliases)]
    proper = {title_key(column.header): column.name for column in columns}
    return dict(titles) | proper


def _places(header: Sequence[str], *, known: Mapping[str, str]) -> dict[str, int]:
    """Where the file has each column: by the first of its titles that stands there, by the whole of it if need be."""
    at = {key: place for place, key in reversed(list(enumerate(map(title_key, header))))}
    under = _alone(header)
    places: dict[str, int] = {}
    for found in (at, under):
        for key, name in known.items():
            if name and key in found and found[key] not in places.values():
                places.setdefault(name, found[key])
    return places


def _alone(header: Sequence[str]) -> dict[str, int]:
    """Columns of a group by their own title, 电话 of 联系人·电话: where no other column has it."""
    own = [title_key(title.rpartition(JOINT)[2]) if JOINT in title else "" for title in header]
    whole = set(map(title_key, header))
    return {key: place for place, key in enumerate(own) if key and own.count(key) == 1 and key not in whole}


def expected_titles(columns: Sequence[Column]) -> frozenset[str]:
    """Every title by which a column is known: the reader finds the header row by them."""
    return frozenset(title for column in columns for title in (column.header, *column.aliases))


def lay_over(
    header: Sequence[str], *, columns: Sequence[Column], remembered: Mapping[str, str] | None = None
) -> Matching:
    """Lay the titles of a file over the columns of a register; what a person once chose comes first.

    `remembered` holds a column's name, or nothing, by `title_key`. A title chosen for one column is not
    taken for another by its name.
    """
    chosen = remembered or {}
    by_choice = _places(header, known=chosen)
    by_name = _places([("" if title_key(title) in chosen else title) for title in header], known=_known(columns))
    return placed(header, columns=columns, places=by_name | by_choice)


def placed(header: Sequence[str], *, columns: Sequence[Column], places: Mapping[str, int]) -> Matching:
    """The matching with these places; only columns that are there count."""
    names = {column.name for column in columns}
    held = {name: place for name, place in places.items() if name in names and 0 <= place < len(header)}
    taken = set(held.values())
    ignored = [title for place, title in enumerate(header) if title and place not in taken]
    missing = [column.header for column in columns if column.is_required and column.name not in held]
    return Matching(list(header), held, ignored, missing)


def match(header: Sequence[str], *, columns: Sequence[Column]) -> Matching:
    """The same without memory; refused when a required column is missing."""
    matching = lay_over(header, columns=columns)
    check_complete(matching)
    return matching


def check_complete(matching: Matching) -> None:
    """Every required column stands in the file."""
    if matching.missing:
        raise Refusal(missing_sentence(matching))


def missing_sentence(matching: Matching) -> str:
    """Which columns are missing, and what the file has."""
    found = "、".join(title for title in matching.header if title)
    return f"缺少“{'”“'.join(matching.missing)}”列（文件里有：{found}）：请补上这些列，或下载模板填写后再上传。"
