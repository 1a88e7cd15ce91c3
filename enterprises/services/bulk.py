"""Many enterprises at once, from a batch whose rows were checked, previewed and audited by the imports room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from enterprises.derivation import derived, sounds_of, suggested_field_id
from enterprises.models import Enterprise
from shuangsuiji.imports.copying import create_by_copy, update_by_copy
from shuangsuiji.lib.models import SupervisedField


def create_enterprises(rows: Sequence[Mapping[str, Any]]) -> int:
    """Add rows given by attribute name (`township_id`, …) by COPY, with what follows from them."""
    return create_by_copy(Enterprise, _complete(rows))


def _complete(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    field_ids = dict(SupervisedField.objects.values_list("code", "id"))
    for row in rows:
        whole = {**row, **sounds_of(row["name"])}
        if whole.get("suggested_field_id") is None:
            whole["suggested_field_id"] = suggested_field_id(
                row["name"], scope=row.get("business_scope", ""), field_ids=field_ids
            )
        yield whole


def update_enterprises(changes: Mapping[str, Mapping[str, Any]]) -> None:
    """Change rows by credit code, given by attribute name, with what follows from the changes."""
    field_ids = dict(SupervisedField.objects.values_list("code", "id"))
    now = timezone.now()
    kept = Enterprise.objects.filter(credit_code__in=changes).in_bulk(field_name="credit_code")
    whole = {}
    for code, values in changes.items():
        enterprise = kept[code]
        for name, value in values.items():
            setattr(enterprise, name, value)
        names = frozenset(name.removesuffix("_id") for name in values)
        whole[code] = {**values, **derived(enterprise, changed=names, field_ids=field_ids), "updated_at": now}
    update_by_copy(Enterprise, key="credit_code", changes=whole)
