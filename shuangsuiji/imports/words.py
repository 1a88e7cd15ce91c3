"""Reading one of a few official words, also where somebody wrote another usual word for it.

What was read as another word is never silent: `read_as` tells, and the preview shows it. A word that may
mean two things is read as neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.text import match_key

Usual = Mapping[str, str | Collection[str]]
"""Other words for official ones; a word that people use for several stands for all of them."""
_LISTED = re.compile(r"[、,，;；/|\s]+")
MOST_OFFERED = 20


class Words:
    """A parser of cells: an official word, its code, or a usual word for it → the value.

    `labels` are the official words by value. How a word is spaced, bracketed or written in capitals does not matter.
    `blank` are words that our own pages show where nothing is chosen.
    """

    def __init__(self, labels: Mapping[str, str], *, also: Usual, unknown: str, blank: Collection[str] = ()) -> None:
        self.labels = dict(labels)
        self.blank = {match_key(word) for word in blank}
        self.unknown = unknown
        self.official = {match_key(word): value for value, label in labels.items() for word in (value, label) if word}
        usual = ((match_key(word), {said} if isinstance(said, str) else set(said)) for word, said in also.items())
        self.usual = {word: values & set(labels) for word, values in usual if word not in self.official}

    def __call__(self, cell: str) -> Any:
        return "" if match_key(cell) in self.blank else self.value_of(cell)

    def value_of(self, word: str) -> str:
        """What one word stands for."""
        if (value := self.find(word)) is not None:
            return value
        if meant := self.usual.get(match_key(word)):
            choices = "”“".join(label for value, label in self.labels.items() if value in meant)
            raise Refusal(f"“{word}”说的是哪一个不清楚：请从“{choices}”中选一个。")
        offered = "、".join([label for label in self.labels.values() if label][:MOST_OFFERED])
        raise Refusal(f"{self.unknown.format(word=word)}：请从“{offered}”中选一个。")

    def find(self, word: str) -> str | None:
        """The same, None where nobody can tell."""
        key = match_key(word)
        meant = self.usual.get(key, ())
        return self.official.get(key, next(iter(meant)) if len(meant) == 1 else None)

    def read_as(self, cell: str) -> list[tuple[str, str]]:
        """(what was written, the official word it was read as) of each usual word in a cell that can be read."""
        found = [(word, self.find(word)) for word in self.words_of(cell) if match_key(word) not in self.official]
        return [(word, self.labels[value]) for word, value in found if value is not None]

    def words_of(self, cell: str) -> list[str]:
        """The words in a cell: one."""
        return [cell]


class SeveralWords(Words):
    """The same for a cell of several words → a sorted list of values without repeats; of a blank word an empty one."""

    def __call__(self, cell: str) -> Any:
        words = [] if match_key(cell) in self.blank else self.words_of(cell)
        return sorted({self.value_of(word) for word in words})

    def words_of(self, cell: str) -> list[str]:
        """The words between 、 , ; and blanks."""
        return [word for word in _LISTED.split(cell) if word]


def one_of(labels: Mapping[str, str], *, also: Usual | None = None, blank: Collection[str] = ()) -> Words:
    """A choice by its label, its code or another usual word for it → the code."""
    return Words(labels, also=also or {}, unknown="不是可填的内容", blank=blank)


def named(names: Iterable[str], *, what: str, also: Usual | None = None, blank: Collection[str] = ()) -> Words:
    """One of the names kept in a reference table, or another name for it → the name."""
    unknown = f"没有名为“{{word}}”的{what}"
    return Words({name: name for name in names}, also=also or {}, unknown=unknown, blank=blank)


def several_named(
    names: Iterable[str], *, what: str, also: Usual | None = None, blank: Collection[str] = ()
) -> SeveralWords:
    """Several of them → a sorted list."""
    unknown = f"没有名为“{{word}}”的{what}"
    return SeveralWords({name: name for name in names}, also=also or {}, unknown=unknown, blank=blank)


def plain_names(names: Iterable[str]) -> dict[str, set[str]]:
    """Names by what stands before their bracket: 执法大队 for 执法大队（示例）; of several so called none."""
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(name.partition("（")[0], set()).add(name)
    return found
