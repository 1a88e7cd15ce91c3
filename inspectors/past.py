"""The lists of officers and experts as they stood on a day, read from the kept versions."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import QuerySet

from inspectors.importing import ExpertImporter, InspectorImporter
from inspectors.models import Expert, ExpertFeature, ExpertField, Inspector, InspectorField
from shuangsuiji.audit.history import as_it_stood, sets_as_they_stood
from shuangsuiji.imports.registry import Values
from shuangsuiji.lib.models import SupervisedField, TechnicalFeature

Sets = dict[str, dict[int, list[str]]]
BETWEEN: dict[str, tuple[tuple[str, type[models.Model], type[models.Model]], ...]] = {
    "inspector": (("fields", InspectorField, SupervisedField),),
    "expert": (("fields", ExpertField, SupervisedField), ("features", ExpertFeature, TechnicalFeature)),
}
"""By the person's word: what stands in tables between, and what it is."""


def inspectors_on(day: datetime.date) -> QuerySet[Any]:
    """Versions of officers at the end of a day, as lists show them."""
    rows = as_it_stood(Inspector, on=day).select_related("department", "township")
    return rows.order_by("name_key", "certificate_number")


def experts_on(day: datetime.date) -> QuerySet[Any]:
    """Versions of experts at the end of a day, as lists show them."""
    return as_it_stood(Expert, on=day).order_by("name_key", "number")


def words_on(day: datetime.date, *, word: str, rows: Iterable[Any]) -> Sets:
    """{"fields": {person id: names}, …} of these versions at the end of the day, sorted."""
    ids = [row.pgh_obj_id for row in rows]
    found: Sets = defaultdict(dict)
    for name, between, vocabulary in BETWEEN[word]:
        target = str(vocabulary._meta.model_name)
        sets = sets_as_they_stood(between, owner=word, target=target, ids=ids, on=day)
        called = dict(vocabulary._default_manager.order_by().values_list("pk", "name"))
        found[name] = {pk: sorted(called.get(one, "") for one in sets.get(pk, ())) for pk in ids}
    return found


class PastInspectorImporter(InspectorImporter):
    """The same columns, for an export of a day; never written from."""

    def __init__(self, *, on: datetime.date) -> None:
        super().__init__()
        self.on = on

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        rows = list(inspectors_on(self.on).filter(certificate_number__in=keys))
        sets = words_on(self.on, word="inspector", rows=rows)
        return {
            row.certificate_number: {
                "name": row.name,
                "certificate_number": row.certificate_number,
                "certificate_expires_on": row.certificate_expires_on.isoformat(),
                "department_name": row.department.name,
                "township_name": row.township.name if row.township else None,
                "fields": sets["fields"][row.pgh_obj_id],
                "phone": row.phone,
                "visit_limit": row.visit_limit,
                "state": row.state,
            }
            for row in rows
        }


class PastExpertImporter(ExpertImporter):
    """The same columns, for an export of a day; never written from."""

    def __init__(self, *, on: datetime.date) -> None:
        super().__init__()
        self.on = on

    def present(self, keys: Collection[str]) -> Mapping[str, Values]:
        rows = list(experts_on(self.on).filter(number__in=keys))
        sets = words_on(self.on, word="expert", rows=rows)
        plain = [column.name for column in self.columns if column.name not in sets]
        return {
            row.number: {name: getattr(row, name) for name in plain}
            | {name: words[row.pgh_obj_id] for name, words in sets.items()}
            for row in rows
        }
