"""The registers that can be filled from a workbook; each app registers its own in `importing.py`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import Http404

from shuangsuiji.imports.columns import Column
from shuangsuiji.imports.copying import listed

Values = dict[str, Any]
BAR = "｜"
"""Between the parts of a business key; no tidied cell holds one, a full-width bar becomes a plain one."""


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
    """The column that holds the business key, or completes it."""
    within: ClassVar[Mapping[str, str]] = {}
    """Where `key` alone does not tell rows apart: the columns before it, and where their values stand in the model."""
    named_by: ClassVar[str] = ""
    """The column with the name by which people know a row; a wholly different one is worth a second look."""
    model: ClassVar[Any]
    list_url_name: ClassVar[str]
    group: ClassVar[str]
    """Under which heading a person looks for it."""
    instructions: ClassVar[tuple[str, ...]] = ()
    private: ClassVar[frozenset[str]] = frozenset(
        {"representative", "contact_name", "contact_phone", "contact_email", "phone", "email"}
    )
    """Columns about persons: a preview shows them in part only, for as long as the batch is kept."""
    columns: Sequence[Column]

    @property
    def list_label(self) -> str:
        """What the list at `list_url_name` is called."""
        return self.label

    @property
    def locked(self) -> tuple[Any, ...]:
        """The tables that are held against other writers while a batch is applied, in the order they are taken."""
        return (self.model,)

    def key_of(self, values: Values) -> str:
        """The business key of a row: one cell, or several with bars between them; nothing while a part is missing."""
        if not self.within:
            return str(values.get(self.key, ""))
        parts = [values.get(name, "") for name in (*self.within, self.key)]
        return BAR.join(parts) if all(parts) else ""

    def keyed(self) -> QuerySet[Any]:
        """The rows of the register, each with its `business_key`."""
        rows = self.model._default_manager
        if not self.within:
            return rows.annotate(business_key=F(self.key))
        first, *others = (*self.within.values(), self.key)
        barred = [part for path in others for part in (Value(BAR), F(path))]
        return rows.annotate(business_key=Concat(F(first), *barred, output_field=TextField()))

    def ids_of(self, keys: Collection[str]) -> dict[str, int]:
        """The id of each row that has one of these keys."""
        rows = self.keyed().filter(business_key__in=listed(keys)).order_by("pk")
        return dict(rows.values_list("business_key", "pk"))

    incidental: ClassVar[tuple[Any, ...]] = ()
    """Models whose rows are no use made of a row (a suspicion that two are one); they go with it when it is undone."""

    @abstractmethod
    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        """What the register holds under these keys now."""

    def complete(self, values: Values, *, present: Values | None) -> Values:
        """The values with what follows from them; called before they are compared.

        Raises Refusal, its `field` a column, for a row whose cells are right each by itself but not together.
        """
        return values

    @abstractmethod
    def create_many(self, rows: Sequence[Values]) -> None:
        """Add rows that the register does not have. No check is repeated here."""

    @abstractmethod
    def update_many(self, rows: Mapping[str, Values]) -> None:
        """Write the changed values, by business key."""

    def check_may_undo(self, *, has_updates: bool) -> None:  # noqa: B027 - most registers have nothing against it
        """Raises Refusal where a batch of this register cannot be taken back, whoever touched its rows or not."""

    def restore_many(self, rows: Mapping[str, Values]) -> None:
        """Write values back that a batch changed; the whole row is put back after it."""
        self.update_many(rows)

    def delete_many(self, keys: Sequence[str]) -> None:
        """Take rows out again, with what the batch itself hung on them; for undoing a batch that added them."""
        wanted = Q(pk__in=list(self.ids_of(keys).values())) if self.within else Q(**{f"{self.key}__in": listed(keys)})
        rows = self.model._default_manager.filter(wanted)
        for model, name in pointing_at(self.model):
            hanging = model._base_manager.filter(**{f"{name}__in": rows.values("pk")})
            # Of what is kept for ever nothing hangs there; the application may not even try to delete it.
            if hanging.exists():
                hanging._raw_delete(hanging.db)
        rows._raw_delete(rows.db)

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(column for column in self.columns if column.name == name)


def pointing_at(model: Any) -> list[tuple[Any, str]]:
    """(model, foreign key) of all that points at this one; history copies keep a number only and do not count."""
    relations = [one for one in model._meta.get_fields(include_hidden=True) if one.one_to_many or one.one_to_one]
    keys = [(one.related_model, one.field) for one in relations if one.auto_created and not one.concrete]
    return list(dict.fromkeys((other, key.name) for other, key in keys if key.db_constraint))


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


def grouped_registers() -> dict[str, list[tuple[str, str]]]:
    """The same by the heading under which a person looks for them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for importer in _importers.values():
        groups.setdefault(importer.group, []).append((importer.register, importer.label))
    return groups
