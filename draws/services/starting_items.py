"""The starting catalogue: the six groups of the bureau's plan, to be checked by its lawyers before publication."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from draws.models import Item, ItemGroup, SubItem
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
        added += sum(_load_item(item, group=group, fields=fields) for item in entry["items"])
    if added:
        record("item.starting_list_loaded", by=by, edition=starting["edition"], sub_items=added)
    return added


def _load_item(entry: dict[str, Any], *, group: ItemGroup, fields: dict[str, SupervisedField]) -> int:
    values = {"group": group, "name": entry["name"], "legal_basis": entry["legal_basis"], "method": entry["method"]}
    item, is_new = Item.objects.get_or_create(code=entry["code"], defaults=values)
    if is_new and entry["fields"] != EVERY_FIELD:
        item.fields.set(fields[code] for code in entry["fields"] if code in fields)
    known = set(item.sub_items.values_list("code", flat=True))
    missing = [SubItem(item=item, **sub_item) for sub_item in entry["sub_items"] if sub_item["code"] not in known]
    return len(SubItem.objects.bulk_create(missing, ignore_conflicts=True))
