"""Reading the catalogue of items and its editions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from draws.models import Item, ItemEdition, ItemGroup, SubItem
from draws.models.items import IN_HAND
from draws.states import EditionState
from shuangsuiji.lib.editing import content_mark


def in_force(today: datetime.date) -> Q:
    """Published, and not withdrawn by this day."""
    return Q(published_on__lte=today) & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=today))


def items() -> QuerySet[Item]:
    """Items as lists show them, with the count of their sub-items and of those whose basis is not sure.

    A version that a later published one has replaced is not among them.
    """
    counted = Item.objects.annotate(
        sub_item_count=Count("sub_items", distinct=True),
        unsure_count=Count("sub_items", filter=Q(sub_items__is_basis_confirmed=False), distinct=True),
    )
    rows = counted.select_related("group", "department", "leaves_with").prefetch_related("fields")
    return rows.filter(~replaced()).order_by("code", "version")


def replaced() -> Exists:
    """Whether a later version of the item has been published."""
    later = Item.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"), published_on__isnull=False)
    return Exists(later)


def any_version() -> QuerySet[Item]:
    """The same for every version there ever was."""
    return Item.objects.annotate(
        sub_item_count=Count("sub_items", distinct=True),
        unsure_count=Count("sub_items", filter=Q(sub_items__is_basis_confirmed=False), distinct=True),
    ).select_related("group", "department", "leaves_with", "edition")


@dataclass
class GroupOnPage:
    """A group of the public list with its items in force."""

    group: ItemGroup
    items: list[Item] = field(default_factory=list)


@dataclass
class Catalogue:
    """The public list as of a day."""

    groups: list[GroupOnPage]
    item_count: int
    sub_item_count: int
    edition: ItemEdition | None


def public_catalogue(*, today: datetime.date, field_code: str = "") -> Catalogue:
    """The items in force, grouped, with their sub-items: five queries. A field narrows it to what applies there."""
    rows = Item.objects.filter(in_force(today)).select_related("group", "department")
    if field_code:
        rows = rows.alias(fields_count=Count("fields")).filter(Q(fields__code=field_code) | Q(fields_count=0))
    sub_items = Prefetch("sub_items", queryset=SubItem.objects.order_by("code"))
    rows = rows.prefetch_related("fields", sub_items).order_by("code")
    return _catalogue(rows, edition=edition_in_force(today))


def _catalogue(rows: Iterable[Item], *, edition: ItemEdition | None) -> Catalogue:
    groups: dict[int, GroupOnPage] = {}
    item_count = sub_item_count = 0
    for item in rows:
        groups.setdefault(item.group_id, GroupOnPage(item.group)).items.append(item)
        item_count += 1
        sub_item_count += len(item.sub_items.all())
    ordered = sorted(groups.values(), key=lambda page: page.group.code)
    return Catalogue(ordered, item_count, sub_item_count, edition)


def edition_in_force(today: datetime.date) -> ItemEdition | None:
    """The edition that holds on this day."""
    rows = ItemEdition.objects.filter(state=EditionState.PUBLISHED, in_force_from__lte=today).defer("content")
    return rows.order_by("-in_force_from", "-number").first()


def latest_published() -> ItemEdition | None:
    """The newest published edition, in force already or not."""
    return ItemEdition.objects.filter(state=EditionState.PUBLISHED).defer("content").order_by("-number").first()


def edition_being_made() -> ItemEdition | None:
    """The edition that gathers changes, or waits for its approval or publication."""
    rows = ItemEdition.objects.filter(state__in=IN_HAND).select_related("drafted_by", "approved_by")
    return rows.first()


def published_editions() -> QuerySet[ItemEdition]:
    """Every edition the public has seen, the newest first, without its words."""
    return ItemEdition.objects.filter(state=EditionState.PUBLISHED).defer("content").order_by("-number")


@dataclass(frozen=True)
class Changes:
    """What an edition does to the list."""

    new: list[Item]
    revised: list[tuple[Item, Item]]
    """(as it is to be, as it is)."""
    leaving: list[Item]

    @property
    def coming(self) -> list[Item]:
        """Every version that the edition brings in."""
        return [*self.new, *[item for item, _ in self.revised]]

    @property
    def count(self) -> int:
        return len(self.new) + len(self.revised) + len(self.leaving)


def changes_of(edition: ItemEdition) -> Changes:
    """New items, changed ones beside what they replace, and those that leave: four queries."""
    coming = list(any_version().filter(edition=edition).order_by("code"))
    codes = [item.code for item in coming]
    earlier = any_version().filter(code__in=codes).exclude(edition=edition).exclude(edition__number__gt=edition.number)
    former = {item.code: item for item in earlier.order_by("code", "version")}
    return Changes(
        new=[item for item in coming if item.code not in former],
        revised=[(item, former[item.code]) for item in coming if item.code in former],
        leaving=list(any_version().filter(leaves_with=edition).order_by("code")),
    )


def differences(now: Item, before: Item) -> list[tuple[str, str, str]]:
    """(what, before, now) of everything that a revision changes, sub-items included."""
    found = [(label, old, new) for label, old, new in _columns(now, before) if old != new]
    old_subs = {sub.code: _words(sub) for sub in before.sub_items.all()}
    new_subs = {sub.code: _words(sub) for sub in now.sub_items.all()}
    codes = sorted({*old_subs, *new_subs})
    changed = [code for code in codes if old_subs.get(code) != new_subs.get(code)]
    return found + [(f"子项 {code}", old_subs.get(code, ""), new_subs.get(code, "")) for code in changed]


def _columns(now: Item, before: Item) -> list[tuple[str, str, str]]:
    return [
        ("类别", before.group.name, now.group.name),
        ("检查事项", before.name, now.name),
        ("依据", before.legal_basis, now.legal_basis),
        ("适用领域", _fields(before), _fields(now)),
        ("检查方式", before.method, now.method),
        ("所属部门", str(before.department or ""), str(now.department or "")),
    ]


def _fields(item: Item) -> str:
    return "、".join(str(one) for one in item.fields.all()) or "全部领域"


def _words(sub: SubItem) -> str:
    sure = "" if sub.is_basis_confirmed else "（待核）"
    parts = (sub.text, f"依据：{sub.legal_basis}{sure}", sub.method, sub.evidence, sub.consequence)
    return "；".join(part for part in parts if part)


def catalogue_content(*, on: datetime.date) -> dict[str, Any]:
    """The whole list as it holds on a day, as plain values: what an edition freezes."""
    catalogue = public_catalogue(today=on)
    return {
        "in_force_from": on.isoformat(),
        "item_count": catalogue.item_count,
        "sub_item_count": catalogue.sub_item_count,
        "groups": [
            {
                "code": page.group.code,
                "name": page.group.name,
                "items": [_item_content(item) for item in page.items],
            }
            for page in catalogue.groups
        ],
    }


def _item_content(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "version": item.version,
        "name": item.name,
        "department": item.department.name if item.department else "",
        "legal_basis": item.legal_basis,
        "fields": [str(one) for one in item.fields.all()],
        "method": item.method,
        "sub_items": [
            {
                "code": sub.code,
                "text": sub.text,
                "legal_basis": sub.legal_basis,
                "is_basis_confirmed": sub.is_basis_confirmed,
                "method": sub.method,
                "evidence": sub.evidence,
                "consequence": sub.consequence,
            }
            for sub in item.sub_items.all()
        ],
    }


def edition_mark(edition: ItemEdition) -> str:
    """What an approver looks at: every word of the versions that come, and what leaves."""
    coming = any_version().filter(edition=edition).order_by("code")
    subs = [(sub.item_id, sub.code, _words(sub)) for item in coming for sub in item.sub_items.all()]
    words = [(item.code, item.version, [now for _, _, now in _columns(item, item)]) for item in coming]
    leaving = list(any_version().filter(leaves_with=edition).order_by("code").values_list("code", flat=True))
    return content_mark([edition.reason, words, sorted(subs), leaving])
