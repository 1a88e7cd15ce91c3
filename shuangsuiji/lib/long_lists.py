"""Pages of lists with a hundred thousand rows.

A far page by OFFSET makes PostgreSQL join every row it passes over. Here the keys of the page
are found first, from the nearer end, and only its rows are joined.
"""

from __future__ import annotations

from typing import Any

from django_tables2.data import TableQuerysetData

NEAR = 1_000


class LongRows(TableQuerysetData):
    """A table's rows, sliced without pain: `Table(LongRows(queryset))`. The order must be total."""

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, slice) or key.stop is None or (key.start or 0) < NEAR:
            return super().__getitem__(key)
        return list(self.data.filter(pk__in=self._keys(key.start, key.stop)))

    def _keys(self, start: int, stop: int) -> list[Any]:
        """The keys of these rows; counted from the end where that is nearer."""
        keys, count = self.data.select_related(None).prefetch_related(None).values_list("pk", flat=True), len(self)
        if start <= count // 2:
            return list(keys[start:stop])
        return list(keys.reverse()[max(0, count - stop) : count - start])
