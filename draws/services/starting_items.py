"""The starting catalogue: the six groups of the bureau's plan, to be checked by its lawyers before publication."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from draws.models import Item, ItemGroup, SubItem
from draws.services.editions import edition_in_hand
from draws.services.items import check_may_edit_items
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.models import SupervisedField

STARTING_LIST = Path(__file__).resolve().parents[1] / "starting_items.json"
EVERY_FIELD = "all"


@transaction.atomic
def load_starting_items(*, by: User | None = None) -> int:
    """Add the items of the starting list that are not there; returns how many sub-items were added.

    What is there is never touched: people edit it. Nothing is published by this. Audited when something was added.
    """
    check_may_edit_items(by)
    starting = json.loads(STARTING_LIST.read_text(encoding="utf-8"))
    fields = {field.code: field for field in SupervisedField.objects.order_by("position", "code")}
    added = 0
    for entry in starting["groups"]:
        group, _ = ItemGroup.objects.get_or_create(code=entry["code"], defaults={"name": entry["name"]})
        added += sum(_load_item(item, group=group, fields=fields, by=by) for item in _missing(entry["items"]))
    if added:
        record("item.starting_list_loaded", by=by, edition=starting["edition"], sub_items=added)
    return added


def _missing(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items whose code the list has never seen."""
    known = set(Item.objects.values_list("code", flat=True))
    return [entry for entry in entries if entry["code"] not in known]


def _load_item(entry: dict[str, Any], *, group: ItemGroup, fields: dict[str, SupervisedField], by: User | None) -> int:
    values = {"group": group, "name": entry["name"], "legal_basis": entry["legal_basis"], "method": entry["method"]}
    item = Item.objects.create(code=entry["code"], edition=edition_in_hand(by=by), **values)
    if entry["fields"] != EVERY_FIELD:
        item.fields.set(fields[code] for code in entry["fields"] if code in fields)
    return len(SubItem.objects.bulk_create(SubItem(item=item, **sub_item) for sub_item in entry["sub_items"]))
