"""The words the register is described in: what a fresh database starts with, and what people change."""

from __future__ import annotations

import re
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Model, ProtectedError, Q
from django.utils import timezone

from enterprises.derivation import Suggester
from enterprises.models import Enterprise, Hazard, IndustryClass, SpecialList
from enterprises.policies import check_may_edit
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.authorship import authored, explain
from shuangsuiji.audit.services import record
from shuangsuiji.imports.copying import update_by_copy
from shuangsuiji.lib import pinyin, reference
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.selectors import find_township, township_names

Row = TypeVar("Row", bound=models.Model)
LONGEST_SOUND = 24


@transaction.atomic
def load_vocabularies() -> dict[str, int]:
    """Fill what a fresh database lacks; what is there is never touched. Returns what was added."""
    return {
        "hazards": _load(Hazard, reference.read("hazards")),
        "lists": _load(SpecialList, reference.read("special_lists")),
        "industries": _load(IndustryClass, _industry_rows()),
    }


def _load(model: type[Model], entries: list[dict]) -> int:
    known = set(model._default_manager.values_list("code", flat=True))
    rows = [model(**entry) for entry in entries if entry["code"] not in known]
    return len(model._default_manager.bulk_create(rows))


def _industry_rows() -> list[dict]:
    fields = {field.code: field for field in SupervisedField.objects.all()}
    return [
        {
            "code": row["prefix"],
            "name": row["name"],
            "field": fields.get(row["field"] or ""),
            "is_confirmed": row["confirmed"],
            "note": row.get("why", ""),
        }
        for row in reference.read("industry_fields")["rows"]
    ]


def _free_code(model: type[Model], name: str) -> str:
    """What addresses and workbooks know a word by: its sound, and a number where another one sounds alike."""
    sound = re.sub(r"[^a-z0-9]+", "_", pinyin.sounds(name)[0].lower()).strip("_")[:LONGEST_SOUND] or "word"
    codes = (sound, *(f"{sound}_{number}" for number in range(2, 1000)))
    taken = set(model._default_manager.filter(code__startswith=sound).values_list("code", flat=True))
    return next(code for code in codes if code not in taken)


@authored
def save_word(row: Row, *, by: User | None) -> Row:
    """Add or change one row of a vocabulary, filled and checked by its form; a new word gets its code. Audited."""
    check_may_edit(by)
    if hasattr(row, "code") and not row.code:
        row.code = _free_code(type(row), str(row))
    row.save()
    record("register_word.saved", by=by, target=row)
    return row


@authored
def remove_word(row: models.Model, *, by: User | None) -> None:
    """Take a word out that nothing uses; a used one is kept. Audited."""
    check_may_edit(by)
    target = (row._meta.label_lower, str(row.pk), str(row))
    if is_used(row) or (isinstance(row, SpecialList) and row.code == SpecialList.KEY):
        raise Refusal(f"“{row}”正在使用，不能删除：可以改名；不再选用的请先从企业、专家或名单中移除。")
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        raise Refusal(f"“{row}”正在使用，不能删除：可以改名。") from None
    record("register_word.removed", by=by, target=target)


def is_used(row: models.Model) -> bool:
    """Whether a table between (which a delete would empty) or any other names this row. Versions of the past may."""
    many = (one for one in row._meta.related_objects if one.many_to_many)
    return any(one.related_model._default_manager.filter(**{one.field.name: row}).exists() for one in many)


@authored
def derive_again(*, by: User | None) -> dict[str, int]:
    """After the tables changed: places for those without one, fresh suggestions for those without a field. Audited.

    What a person has set stays as it is. Returns how many changed: {"townships", "suggestions"}.
    """
    check_may_edit(by)
    explain(reason="按现行对照表重新判断")
    changes: dict[str, dict] = {}
    counts = {"townships": 0, "suggestions": 0}
    names, suggester, now = township_names(), Suggester.load(), timezone.now()
    for row in Enterprise.objects.filter(Q(township=None) | Q(field=None)).order_by("pk").iterator():
        found = _derived_again(row, names=names, suggester=suggester)
        if found:
            counts["townships"] += "township_id" in found
            counts["suggestions"] += "suggested_field_id" in found
            changes[row.credit_code] = {**found, "updated_at": now}
    update_by_copy(Enterprise, key="credit_code", changes=changes)
    record("enterprise.derived_again", by=by, townships=counts["townships"], suggestions=counts["suggestions"])
    return counts


def _derived_again(row: Enterprise, *, names: dict, suggester: Suggester) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    town = find_township(row.address, names=names) if row.township_id is None else None
    if town is not None:
        found["township_id"] = town.pk
    if row.field_id is None:
        suggested = suggester.field_id(row.name, scope=row.business_scope, industry_code=row.industry_code)
        if suggested != row.suggested_field_id:
            found["suggested_field_id"] = suggested
    return found
