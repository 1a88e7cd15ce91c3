"""One business key in several rows of a file: the same words twice are one too many, different words contradict.

Which rows share a key is known when the file was read to its end. Only then, and only where some do, it is read
once more: of those that contradict each other every row is at fault, the first one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from shuangsuiji.imports.reading import Reading
from shuangsuiji.imports.registry import Importer

ROWS_NAMED = 5
CONTRADICTS = "相同而内容不同"


@dataclass(slots=True)
class _Group:
    """The rows of one key, in order, and the different contents they have."""

    numbers: list[int]
    contents: set[int] = field(default_factory=set)


class Repeats:
    """What one reading of a file learns of its keys, for the next one."""

    def __init__(self, importer: Importer) -> None:
        self._importer = importer
        self._first: dict[str, int] = {}
        self._groups: dict[str, _Group] = {}
        self._is_known = False

    def __bool__(self) -> bool:
        return bool(self._groups)

    def read_once_more(self) -> None:
        """From here on the groups are known."""
        self._is_known = True

    def noted(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The readings of the file in their order, blamed where their key stands elsewhere."""
        for reading in readings:
            if reading.key:
                self._note(reading)
            yield reading

    def _note(self, reading: Reading) -> None:
        if self._is_known:
            if group := self._groups.get(reading.key):
                self._settle(reading, group=group)
        elif (first := self._first.setdefault(reading.key, reading.number)) != reading.number:
            group = self._groups.setdefault(reading.key, _Group([first]))
            group.numbers.append(reading.number)
            group.contents.add(_content(reading))

    def _settle(self, reading: Reading, *, group: _Group) -> None:
        group.contents.add(_content(reading))
        if len(group.contents) > 1:
            others = (number for number in group.numbers if number != reading.number)
            # Of a column that was filled down by mistake all rows are one group: only the first are looked at.
            blame_contradiction(reading, others=list(islice(others, ROWS_NAMED + 1)), importer=self._importer)
        elif (first := group.numbers[0]) != reading.number:
            blame_repeat(reading, first=first, importer=self._importer)


def _content(reading: Reading) -> int:
    return hash(repr(sorted(reading.values.items())))


def blame_repeat(reading: Reading, *, first: int, importer: Importer) -> None:
    """The same stands in an earlier row of the file."""
    sentence = f"与第 {first} 行的{_titles(importer)}相同，同一份文件里只能出现一次：请删去多余的一行。"
    reading.blame(importer.column(importer.key).header, value=reading.key, sentence=sentence)


def blame_contradiction(reading: Reading, *, others: list[int], importer: Importer) -> None:
    """Other rows of the file say something else of the same."""
    named, more = "、".join(map(str, others[:ROWS_NAMED])), "等" if len(others) > ROWS_NAMED else ""
    sentence = (
        f"与第 {named} 行{more}的{_titles(importer)}{CONTRADICTS}，不知道以哪一行为准："
        "请只留下正确的一行（在网页上，就在这一行点“改正”“核对这一行”，其余的不导入）；写错的，请改正。"
    )
    reading.blame(importer.column(importer.key).header, value=reading.key, sentence=sentence)


def is_contradiction(fault: dict[str, str]) -> bool:
    """Whether this is what `blame_contradiction` noted."""
    return CONTRADICTS in fault["reason"]


def _titles(importer: Importer) -> str:
    return "、".join(importer.column(name).header for name in (*importer.within, importer.key))
