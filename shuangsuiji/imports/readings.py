"""What a file's usual words were read as: counted, with the first rows, for the preview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shuangsuiji.imports.reading import Reading

ROWS_NAMED = 5


class WordsRead:
    """Gathers (column, written, read as) over the rows of a batch; those of an earlier reading may go before."""

    def __init__(self, before: Iterable[dict[str, Any]] = ()) -> None:
        self.found = {(one["column"], one["written"], one["word"]): dict(one) for one in before}

    def add(self, reading: Reading) -> None:
        """Count what one row's words were read as; a faulty row was not read."""
        if reading.words and not reading.faults:
            for column, written, word in reading.words:
                self._count(reading.number, column, written, word)

    def _count(self, number: int, column: str, written: str, word: str) -> None:
        fresh = {"column": column, "written": written[:200], "word": word, "count": 0, "rows": []}
        one = self.found.setdefault((column, written[:200], word), fresh)
        one["count"] += 1
        if len(one["rows"]) < ROWS_NAMED:
            one["rows"].append(number)

    def as_list(self) -> list[dict[str, Any]]:
        """For the batch: column by column, in the order in which they were met."""
        columns = list(dict.fromkeys(one["column"] for one in self.found.values()))
        return sorted(self.found.values(), key=lambda one: columns.index(one["column"]))
