"""The register of enterprises as it stood on a day, read from the kept versions."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model, QuerySet

from enterprises.importing import EnterpriseImporter
from enterprises.models import Enterprise, EnterpriseFeature, EnterpriseHazard
from shuangsuiji.audit.history import as_it_stood, sets_as_they_stood
from shuangsuiji.imports.copying import listed
from shuangsuiji.imports.registry import Values

_FOREIGN = ("township", "field", "suggested_field")
_SETS: dict[str, tuple[type[Model], str]] = {
    "hazards": (EnterpriseHazard, "hazard"),
    "features": (EnterpriseFeature, "technicalfeature"),
}


def enterprises_on(day: datetime.date) -> QuerySet[Any]:
    """Versions of enterprises at the end of a day, as lists show them."""
    rows = as_it_stood(Enterprise, on=day).select_related("township", "field", "suggested_field")
    return rows.order_by("name_key", "credit_code")


class PastEnterpriseImporter(EnterpriseImporter):
    """The same columns, for an export of a day; never written from."""

    def __init__(self, *, on: datetime.date) -> None:
        super().__init__()
        self.on = on

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        """What the register held under these codes."""
        rows = list(enterprises_on(self.on).filter(credit_code__in=listed(keys)))
        found = {row.credit_code: self._values(row) for row in rows}
        for name, (between, target) in _SETS.items():
            words = {pk: word for word, pk in self.words[name].items()}
            ids = [row.pgh_obj_id for row in rows]
            sets = sets_as_they_stood(between, owner="enterprise", target=target, ids=ids, on=self.on)
            for row in rows:
                found[row.credit_code][name] = sorted(words.get(pk, "") for pk in sets.get(row.pgh_obj_id, ()))
        return found

    def _values(self, row: Any) -> Values:
        names = [column.name for column in self.columns if column.name not in _SETS]
        values = {name: getattr(row, name) for name in names}
        values["registered_on"] = row.registered_on.isoformat() if row.registered_on else None
        return values | {name: str(getattr(row, name) or "") for name in _FOREIGN}
