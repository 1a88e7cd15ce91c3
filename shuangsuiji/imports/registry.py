"""The registers that can be filled from a workbook; each app registers its own in `importing.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.http import Http404

from shuangsuiji.imports.columns import Column

Values = dict[str, Any]


class Importer(ABC):
    """How one register reads a workbook. One instance serves one upload: it may keep lookups.

    `Values` are JSON values by column name, with names in place of foreign keys, so that
    they can be staged, shown and compared. An empty cell is absent from them: it changes
    nothing in a row that exists.
    """

    register: ClassVar[str]
    label: ClassVar[str]
    unit: ClassVar[str]
    key: ClassVar[str]
    """The column that holds the business key."""
    model: ClassVar[Any]
    """The table that is locked against other writers while a batch is applied."""
    list_url_name: ClassVar[str]
    instructions: ClassVar[tuple[str, ...]] = ()
    columns: Sequence[Column]

    @abstractmethod
    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        """What the register holds under these keys now."""

    def complete(self, values: Values, *, present: Values | None) -> Values:
        """The values with what follows from them; called before they are compared."""
        return values

    @abstractmethod
    def create_many(self, rows: Sequence[Values]) -> None:
        """Add rows that the register does not have. No check is repeated here."""

    @abstractmethod
    def update_many(self, rows: Mapping[str, Values]) -> None:
        """Write the changed values, by business key."""

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)


_importers: dict[str, type[Importer]] = {}


def register_importer(importer: type[Importer]) -> type[Importer]:
    """Make a register importable; a class decorator."""
    _importers[importer.register] = importer
    return importer


def importer_for(register: str) -> Importer:
    """A fresh importer of a register; an unknown one is a page that does not exist."""
    if register not in _importers:
        raise Http404(register)
    return _importers[register]()


def registers() -> list[tuple[str, str]]:
    """(register, label) of every register, in the order they were registered."""
    return [(importer.register, importer.label) for importer in _importers.values()]
