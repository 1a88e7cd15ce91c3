"""The catalogue of items as it is worked on: the versions that the next edition brings in.

What the public has seen never changes here. A change to an item in force begins its next version;
the edition in hand gathers what comes, what changes and what leaves (see draws.services.editions).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max

from draws.models import Item, ItemEdition, ItemGroup, SubItem
from draws.policies import check_sub_item_code
from draws.services.editions import edition_in_hand
from shuangsuiji.accounts.models import Department, Role, User
from shuangsuiji.accounts.policies import check_role
from shuangsuiji.audit.editing import keep_others_work
from shuangsuiji.audit.services import record
from shuangsuiji.lib.editing import Seen
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.models import SupervisedField
from shuangsuiji.lib.public_words import check_public_words

ITEM_VALUES = frozenset({"group", "name", "legal_basis", "method", "department"})
SUB_ITEM_VALUES = frozenset({"text", "legal_basis", "is_basis_confirmed", "method", "evidence", "consequence"})
COPIED = ("code", "text", "legal_basis", "is_basis_confirmed", "method", "evidence", "consequence")


def check_may_edit_items(by: User | None) -> None:
    """The inspection office keeps the catalogue; the system itself may fill it."""
    if by is not None:
        check_role(by, Role.CLERK)


def check_in_hand(item: Item) -> None:
    """A version is worked on until it is published."""
    if item.published_on is not None:
        raise Refusal(f"事项“{item.name}”已经公布，不能直接修改：请点“修订”，改动随下一版清单公布。")


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
    department: Department | None = None,
) -> Item:
    """Enter an item into the edition in hand; no fields means all of them. Audited."""
    check_may_edit_items(by)
    check_public_words(name=name, legal_basis=legal_basis, method=method)
    former = Item.objects.filter(code=code).order_by("-version").first()
    if former is not None and former.withdrawn_on is None:
        raise Refusal(f"事项编码 {code} 已经用过：请换一个编码，或直接修订那一条。", field="code")
    item = Item.objects.create(
        code=code,
        version=former.version + 1 if former else 1,
        group=group,
        edition=edition_in_hand(by=by),
        name=name,
        legal_basis=legal_basis,
        method=method,
        department=department,
    )
    item.fields.set(fields)
    record("item.created", by=by, target=item)
    return item


@transaction.atomic
def revise_item(pk: int, *, by: User | None) -> Item:
    """The next version of an item in force, with everything taken over; begun already, that one is returned."""
    check_may_edit_items(by)
    item = _locked(pk)
    begun = Item.objects.filter(code=item.code, published_on=None).first()
    if begun is not None:
        edition_in_hand(by=by)
        return begun
    if item.published_on is None or item.withdrawn_on is not None:
        raise Refusal(f"事项“{item.name}”不在现行清单里，不能修订：请修订现行的版本。")
    version = _next_version(item, edition=edition_in_hand(by=by))
    Item.objects.filter(pk=item.pk).update(leaves_with=None)
    record("item.revised", by=by, target=version, version=version.version)
    return version


def _next_version(item: Item, *, edition: ItemEdition) -> Item:
    highest = Item.objects.filter(code=item.code).aggregate(highest=Max("version"))["highest"]
    version = Item.objects.create(
        code=item.code,
        version=highest + 1,
        group=item.group,
        edition=edition,
        department=item.department,
        name=item.name,
        legal_basis=item.legal_basis,
        method=item.method,
    )
    version.fields.set(item.fields.all())
    rows = item.sub_items.order_by("code").values(*COPIED)
    SubItem.objects.bulk_create(SubItem(item=version, **row) for row in rows)
    return version


def _locked(pk: int) -> Item:
    return Item.objects.select_for_update(of=("self",)).get(pk=pk)


@transaction.atomic
def update_item(pk: int, *, by: User | None, seen: Seen | None = None, **values: Any) -> Item:
    """Change a version in hand. Audited by column names.

    With `seen`, what a page showed, only what the person changed is written; Stale where another changed the same.
    """
    check_may_edit_items(by)
    item = _locked(pk)
    check_in_hand(item)
    edition_in_hand(by=by)
    values = keep_others_work(item, values, seen=seen)
    fields = values.pop("fields", None)
    changed = _set_values(item, values, allowed=ITEM_VALUES)
    if fields is not None and {field.pk for field in fields} != set(item.fields.values_list("pk", flat=True)):
        item.fields.set(fields)
        changed.append("fields")
    if changed:
        item.save()
        record("item.updated", by=by, target=item, fields=sorted(changed))
    return item


@transaction.atomic
def discard_item(pk: int, *, by: User | None) -> None:
    """Throw a version in hand away; what is in force stays. Gone already, nothing happens. Audited."""
    check_may_edit_items(by)
    item = Item.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if item is None:
        return
    check_in_hand(item)
    edition_in_hand(by=by)
    record("item.discarded", by=by, target=item, version=item.version)
    item.delete()


@transaction.atomic
def withdraw_item(pk: int, *, by: User | None) -> Item:
    """Let an item leave the list with the edition in hand; until that is published it stays in force. Audited."""
    check_may_edit_items(by)
    item = _locked(pk)
    if item.published_on is None:
        raise Refusal(f"事项“{item.name}”没有公布过，无须停用：不要它时请删除。")
    if item.withdrawn_on is not None or item.leaves_with_id is not None:
        return item
    if Item.objects.filter(code=item.code, published_on=None).exists():
        raise Refusal(f"事项“{item.name}”正在修订：请先删除修订中的版本，再停用。")
    item.leaves_with = edition_in_hand(by=by)
    item.save(update_fields=["leaves_with", "updated_at"])
    record("item.withdrawal_drafted", by=by, target=item)
    return item


@transaction.atomic
def keep_item(pk: int, *, by: User | None) -> Item:
    """Let an item stay after all. Audited."""
    check_may_edit_items(by)
    item = _locked(pk)
    if item.leaves_with_id is not None and item.withdrawn_on is None:
        edition_in_hand(by=by)
        item.leaves_with = None
        item.save(update_fields=["leaves_with", "updated_at"])
        record("item.withdrawal_dropped", by=by, target=item)
    return item


@transaction.atomic
def create_sub_item(item_pk: int, *, code: str, text: str, legal_basis: str, by: User | None, **values: Any) -> SubItem:
    """Add what an officer looks at under an item; its code begins with the item's. Audited."""
    check_may_edit_items(by)
    item = _locked(item_pk)
    check_in_hand(item)
    edition_in_hand(by=by)
    check_sub_item_code(code, item_code=item.code)
    if item.sub_items.filter(code=code).exists():
        raise Refusal(f"子项编码 {code} 已经用过：请换一个编码，或直接修改那一条。", field="code")
    check_public_words(text=text, legal_basis=legal_basis, **_texts(values))
    sub_item = SubItem.objects.create(item=item, code=code, text=text, legal_basis=legal_basis, **values)
    record("item.sub_item_created", by=by, target=item, code=code)
    return sub_item


@transaction.atomic
def update_sub_item(pk: int, *, by: User | None, seen: Seen | None = None, **values: Any) -> SubItem:
    """Change a sub-item of a version in hand. Audited by column names. `seen` as in update_item()."""
    check_may_edit_items(by)
    sub_item = SubItem.objects.select_for_update(of=("self",)).select_related("item").get(pk=pk)
    check_in_hand(sub_item.item)
    edition_in_hand(by=by)
    values = keep_others_work(sub_item, values, seen=seen)
    changed = _set_values(sub_item, values, allowed=SUB_ITEM_VALUES)
    if changed:
        sub_item.save()
        record("item.sub_item_updated", by=by, target=sub_item.item, code=sub_item.code, fields=sorted(changed))
    return sub_item


@transaction.atomic
def remove_sub_item(pk: int, *, by: User | None) -> None:
    """Take a sub-item out of a version in hand. Gone already, nothing happens. Audited."""
    check_may_edit_items(by)
    sub_item = SubItem.objects.select_for_update(of=("self",)).select_related("item").filter(pk=pk).first()
    if sub_item is None:
        return
    check_in_hand(sub_item.item)
    edition_in_hand(by=by)
    item, code = sub_item.item, sub_item.code
    sub_item.delete()
    record("item.sub_item_removed", by=by, target=item, code=code)


def _set_values(row: Item | SubItem, values: dict[str, Any], *, allowed: frozenset[str]) -> list[str]:
    if unknown := set(values) - allowed:
        raise TypeError(f"not editable here: {sorted(unknown)}")
    check_public_words(**_texts(values))
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _texts(values: dict[str, Any]) -> dict[str, str]:
    """What somebody typed, without the choices and ticks."""
    return {name: value for name, value in values.items() if isinstance(value, str)}
