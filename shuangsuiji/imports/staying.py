"""Which rows of an applied batch cannot be taken back, and why: somebody else has touched them since."""

from __future__ import annotations

from typing import Any, NamedTuple

from shuangsuiji.imports import versions
from shuangsuiji.imports.comparing import Outcome
from shuangsuiji.imports.models import ImportBatch
from shuangsuiji.imports.registry import Importer

CHANGED, USED = "在导入之后又有改动", "已被其他业务用到"


class Staying(NamedTuple):
    """A row that stays as it is now."""

    number: int
    key: str
    reason: str


def rows_that_stay(batch: ImportBatch, *, importer: Importer, most: int | None = None) -> list[Staying]:
    """The rows touched since, by whatever way: changed, deleted, or referred to; of each kind `most`, or all."""
    changed = [Staying(*row, CHANGED) for row in versions.touched(batch, importer=importer, most=most)]
    used = [Staying(*row, USED) for row in versions.referred_to(batch, importer=importer, most=most)]
    found = {row.number: row for row in [*used, *changed]}
    for row in _differing(batch, importer=importer):
        found.setdefault(row.number, row)
    return sorted(found.values())


def _differing(batch: ImportBatch, *, importer: Importer) -> list[Staying]:
    """Changed rows beside which something stands now that the batch did not write."""
    if not batch.update_count:
        return []
    rows = batch.rows.filter(outcome=Outcome.UPDATE).order_by("row_number").values_list("row_number", "key", "changes")
    present = importer.present({key for _, key, _ in rows})
    return [Staying(number, key, CHANGED) for number, key, changes in rows if not _stands(changes, present.get(key))]


def _stands(changes: dict[str, list[Any]], present: dict[str, Any] | None) -> bool:
    return present is not None and all(present.get(name) == new for name, (_, new) in changes.items())
