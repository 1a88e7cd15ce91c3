"""Many enterprises at once, from a batch whose rows were checked, previewed and audited by the imports room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import F
from django.utils import timezone

from enterprises.derivation import Suggester, derived, sounds_of
from enterprises.models import Enterprise, EnterpriseFeature, EnterpriseHazard, FormerName
from enterprises.services.listing import follow_key_flags
from enterprises.services.naming import keep_former_names
from shuangsuiji.imports.copying import copy_rows, create_by_copy, listed, update_by_copy

SOURCE = "工作簿导入"
_SETS: dict[str, tuple[type[models.Model], str]] = {
    "hazards": (EnterpriseHazard, "hazard_id"),
    "features": (EnterpriseFeature, "technicalfeature_id"),
}
Rows = Sequence[Mapping[str, Any]]


def create_enterprises(rows: Rows) -> int:
    """Add rows given by attribute name (`township_id`, …) by COPY, with what follows from them.

    `hazards` and `features` are ids.
    """
    suggester = Suggester.load()
    count = create_by_copy(Enterprise, (_complete(row, suggester=suggester) for row in rows))
    for name in _SETS:
        _write_sets(name, {row["credit_code"]: row[name] for row in rows if row.get(name)})
    key_codes = [row["credit_code"] for row in rows if row.get("is_key")]
    follow_key_flags(key_codes, on=timezone.localdate(), reason=SOURCE)
    return count


def _complete(row: Mapping[str, Any], *, suggester: Suggester) -> dict[str, Any]:
    whole = {**row, **sounds_of(row["name"])}
    if whole.get("suggested_field_id") is None and whole.get("field_id") is None:
        scope, industry_code = row.get("business_scope", ""), row.get("industry_code", "")
        whole["suggested_field_id"] = suggester.field_id(row["name"], scope=scope, industry_code=industry_code)
    return whole


def _write_sets(name: str, sets: Mapping[str, Sequence[int]]) -> None:
    """Replace what stands between these enterprises (by code) and a vocabulary."""
    if not sets:
        return
    between, target = _SETS[name]
    ids = dict(Enterprise.objects.filter(credit_code__in=listed(sets)).order_by("pk").values_list("credit_code", "pk"))
    between._default_manager.filter(enterprise__in=list(ids.values())).delete()
    links = [[ids[code], one] for code, wanted in sets.items() for one in wanted]
    copy_rows(between, columns=["enterprise_id", target], rows=links)


def update_enterprises(changes: Mapping[str, Mapping[str, Any]]) -> None:
    """Change rows by credit code, given by attribute name, with what follows from the changes; old names are kept."""
    renamed = [code for code, values in changes.items() if "name" in values]
    former = dict(Enterprise.objects.filter(credit_code__in=listed(renamed)).order_by("pk").values_list("pk", "name"))
    _write_changes(changes)
    if former:
        keep_former_names(former, on=timezone.localdate(), source=SOURCE)


def restore_enterprises(changes: Mapping[str, Mapping[str, Any]]) -> None:
    """Write back what a workbook changed; a name that is borne again is no former one."""
    _write_changes(changes)
    renamed = [code for code, values in changes.items() if "name" in values]
    FormerName.objects.filter(
        enterprise__credit_code__in=listed(renamed), name=F("enterprise__name"), source=SOURCE
    ).delete()


def _write_changes(changes: Mapping[str, Mapping[str, Any]]) -> None:
    suggester, now = Suggester.load(), timezone.now()
    kept = Enterprise.objects.filter(credit_code__in=listed(changes)).in_bulk(field_name="credit_code")
    whole = {}
    for code, values in changes.items():
        enterprise, plain = kept[code], {name: value for name, value in values.items() if name not in _SETS}
        for name, value in plain.items():
            setattr(enterprise, name, value)
        names = frozenset(name.removesuffix("_id") for name in plain)
        whole[code] = {**plain, **derived(enterprise, changed=names, suggester=suggester), "updated_at": now}
    update_by_copy(Enterprise, key="credit_code", changes=whole)
    for name in _SETS:
        _write_sets(name, {code: values[name] for code, values in changes.items() if name in values})
    key_codes = [code for code, values in changes.items() if "is_key" in values]
    follow_key_flags(key_codes, on=timezone.localdate(), reason=SOURCE)
