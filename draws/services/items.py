"""The catalogue of items: what may be checked at all. Published by a person, never by being entered."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.db import transaction

from draws.models import Item, ItemGroup, SubItem
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField

ITEM_VALUES = frozenset({"group", "name", "legal_basis", "method"})
SUB_ITEM_VALUES = frozenset({"text", "legal_basis", "is_basis_confirmed", "method", "evidence", "consequence"})


def check_may_edit_items(by: User | None) -> None:
    """The inspection office keeps the catalogue; the system itself may fill it."""
    if by is not None:
        check_role(by, Role.CLERK)


@transaction.atomic
def create_item(
    *,
    code: str,
    group: ItemGroup,
    name: str,
    legal_basis: str,
    by: User | None,
    method: str = "",
    fields: Collection[SupervisedField] = (),
) -> Item:
    """Enter an item, not published yet; no fields means all of them. Audited."""
    check_may_edit_items(by)
    _check_code_is_free(Item, code, what="事项编码")
    item = Item.objects.create(code=code, group=group, name=name, legal_basis=legal_basis, method=method)
    item.fields.set(fields)
    record("item.created", by=by, target=item)
    return item


@transaction.atomic
def update_item(pk: int, *, by: User | None, fields: Collection[SupervisedField] | None = None, **values: Any) -> Item:
    """Change an item. Sealed draws keep the words they were sealed with. Audited by column names."""
    check_may_edit_items(by)
    item = Item.objects.select_for_update(of=("self",)).get(pk=pk)
    changed = _set_values(item, values, allowed=ITEM_VALUES)
    if fields is not None and {field.pk for field in fields} != set(item.fields.values_list("pk", flat=True)):
        item.fields.set(fields)
        changed.append("fields")
    if changed:
        item.save()
        record("item.updated", by=by, target=item, fields=sorted(changed))
    return item


@transaction.atomic
def create_sub_item(item_pk: int, *, code: str, text: str, legal_basis: str, by: User | None, **values: Any) -> SubItem:
    """Add what an officer looks at under an item; its code begins with the item's. Audited."""
    check_may_edit_items(by)
    item = Item.objects.select_for_update(of=("self",)).get(pk=item_pk)
    if not code.startswith(f"{item.code}."):
        raise Refusal(f"子项编码应以“{item.code}.”开头：请改正，例如“{item.code}.01”。", field="code")
    _check_code_is_free(SubItem, code, what="子项编码")
    sub_item = SubItem.objects.create(item=item, code=code, text=text, legal_basis=legal_basis, **values)
    record("item.sub_item_created", by=by, target=item, code=code)
    return sub_item


@transaction.atomic
def update_sub_item(pk: int, *, by: User | None, **values: Any) -> SubItem:
    """Change a sub-item. Audited by column names."""
    check_may_edit_items(by)
    sub_item = SubItem.objects.select_for_update(of=("self",)).select_related("item").get(pk=pk)
    changed = _set_values(sub_item, values, allowed=SUB_ITEM_VALUES)
    if changed:
        sub_item.save()
        record("item.sub_item_updated", by=by, target=sub_item.item, code=sub_item.code, fields=sorted(changed))
    return sub_item


@transaction.atomic
def remove_sub_item(pk: int, *, by: User | None) -> None:
    """Take a sub-item out of an item that the public has not seen. Gone already, nothing happens. Audited."""
    check_may_edit_items(by)
    sub_item = SubItem.objects.select_for_update(of=("self",)).select_related("item").filter(pk=pk).first()
    if sub_item is None:
        return
    if sub_item.item.published_on is not None:
        raise Refusal("事项公布过以后，子项只能修改、不能删除：请修改文字，或停用整个事项。")
    item, code = sub_item.item, sub_item.code
    sub_item.delete()
    record("item.sub_item_removed", by=by, target=item, code=code)


@transaction.atomic
def publish_item(pk: int, *, on: datetime.date, by: User | None) -> Item:
    """Put an item into the public list; from that day draws may take it. Done already, nothing happens. Audited."""
    check_may_edit_items(by)
    item = Item.objects.select_for_update(of=("self",)).get(pk=pk)
    if item.published_on is not None and item.withdrawn_on is None:
        return item
    if not item.sub_items.exists():
        raise Refusal(f"事项“{item.name}”还没有检查子项，不能公布：请先添加子项。")
    item.published_on, item.withdrawn_on = on, None
    item.save(update_fields=["published_on", "withdrawn_on", "updated_at"])
    record("item.published", by=by, target=item, on=on)
    return item


@transaction.atomic
def withdraw_item(pk: int, *, on: datetime.date, by: User | None) -> Item:
    """Take an item out of the public list; draws sealed before keep it. Withdrawn already, nothing happens. Audited."""
    check_may_edit_items(by)
    item = Item.objects.select_for_update(of=("self",)).get(pk=pk)
    if item.published_on is None:
        raise Refusal(f"事项“{item.name}”没有公布过，无须停用。")
    if item.withdrawn_on is not None:
        return item
    item.withdrawn_on = on
    item.save(update_fields=["withdrawn_on", "updated_at"])
    record("item.withdrawn", by=by, target=item, on=on)
    return item


def _set_values(row: Item | SubItem, values: dict[str, Any], *, allowed: frozenset[str]) -> list[str]:
    if unknown := set(values) - allowed:
        raise TypeError(f"not editable here: {sorted(unknown)}")
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _check_code_is_free(model: type[Item] | type[SubItem], code: str, *, what: str) -> None:
    if model.objects.filter(code=code).exists():
        raise Refusal(f"{what} {code} 已经用过：请换一个编码，或直接修改那一条。", field="code")
