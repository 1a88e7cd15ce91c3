"""Reading the kept versions: what changed from what to what, who did it, when; and how things stood on a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from shuangsuiji.audit.tracking import VERSIONS

LABELS = {"insert": "登记", "update": "修改", "delete": "移除"}
PAST_THE_SERVICES = "数据库直接修改"
HIDDEN = frozenset({"name_key", "name_initials", "known_as", "id", "merged_into"})
"""Columns that only repeat others, or say in numbers what a sentence says elsewhere."""

Mask = Callable[[Any], str]


@dataclass(frozen=True)
class Part:
    """One column of one change, as words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of one row: at, who, what (登记、修改、移除 and of what), why, and its columns."""

    key: tuple[datetime.datetime, int]
    who: str
    verb: str
    subject: str
    why: str
    parts: tuple[Part, ...]

    @property
    def at(self) -> datetime.datetime:
        """When it happened."""
        return self.key[0]


@dataclass(frozen=True)
class Trail:
    """A table whose versions belong to the history of something.

    `owner` is the column of its versions that names the thing; `masks` show a column's values without giving them away.
    """

    model: type[models.Model]
    owner: str = "pgh_obj"
    masks: Mapping[str, Mask] = field(default_factory=dict)

    @property
    def versions(self) -> type[models.Model]:
        """The table of versions."""
        return VERSIONS[self.model]


def changes(trails: Iterable[Trail], *, of: int) -> list[Change]:
    """All changes of the thing with this id, newest first. One query a trail, and one for each row named in them."""
    names = _Names()
    found = [change for trail in trails for change in _changes_in(trail, of=of, names=names)]
    return sorted(found, key=lambda change: change.key, reverse=True)


def _changes_in(trail: Trail, *, of: int, names: _Names) -> Iterator[Change]:
    versions: Any = trail.versions._default_manager.filter(**{f"{trail.owner}_id": of}).order_by("pgh_id")
    previous: dict[int, Any] = {}
    for version in versions:
        before = previous.get(version.pgh_obj_id)
        previous[version.pgh_obj_id] = version
        parts = tuple(_parts(trail, before=before, after=version, names=names))
        if parts:
            yield _change(version, trail=trail, parts=parts)


def _change(version: Any, *, trail: Trail, parts: tuple[Part, ...]) -> Change:
    told = version.pgh_context or {}
    subject = str(trail.model._meta.verbose_name)
    return Change(
        key=(version.pgh_created_at, version.pgh_id),
        who=told.get("name") or f"{PAST_THE_SERVICES}（{version.pgh_role}）",
        verb=LABELS[version.pgh_label],
        subject=subject,
        why=told.get("reason", ""),
        parts=parts,
    )


def _parts(trail: Trail, *, before: Any, after: Any, names: _Names) -> Iterator[Part]:
    """What differs; all that is filled in where a row begins or ends."""
    gone, begun = after.pgh_label == "delete", before is None
    for column in _columns(trail):
        old = None if begun and not gone else getattr(before if before is not None else after, column.attname)
        new = None if gone else getattr(after, column.attname)
        if old != new and not (_is_empty(old) and _is_empty(new)):
            show = _shower(column, trail=trail, names=names)
            yield Part(_label(column, trail=trail), show(old), show(new))


def _columns(trail: Trail) -> Iterator[Any]:
    for column in trail.model._meta.concrete_model._meta.local_fields:
        kept = {name.name for name in trail.versions._meta.local_fields}
        if column.name in kept and column.name not in HIDDEN and column.name != trail.owner:
            yield column


def _label(column: Any, *, trail: Trail) -> str:
    """A table between two others has no words for its columns; it is called by what it holds."""
    return str((trail.model._meta if column.model._meta.auto_created else column).verbose_name)


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value is False


def _shower(column: Any, *, trail: Trail, names: _Names) -> Mask:
    mask = trail.masks.get(column.name)
    return lambda value: "" if value in (None, "") else mask(value) if mask else names.show(value, column=column)


class _Names:
    """The words for codes and foreign keys; a table of names is read once."""

    def __init__(self) -> None:
        self._known: dict[type[models.Model], dict[Any, str]] = {}

    def show(self, value: Any, *, column: Any) -> str:
        if column.is_relation:
            return self._of(column.related_model, value)
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, datetime.date):
            return f"{value:%Y-%m-%d}"
        return str(value)

    def _of(self, model: type[models.Model], pk: Any) -> str:
        known = self._known.setdefault(model, {})
        if pk not in known:
            row = model._default_manager.filter(pk=pk).first()
            known[pk] = str(row) if row else f"（{pk}）"
        return known[pk]


def end_of(day: datetime.date) -> datetime.datetime:
    """The last moment of a day, as the first of the next one."""
    following = day + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(following, datetime.time.min))


def as_it_stood(model: type[models.Model], *, on: datetime.date) -> QuerySet[Any]:
    """The last version of each row at the end of a day, without those gone by then; `pgh_obj_id` is the row's id."""
    versions: Any = VERSIONS[model]
    until = end_of(on)
    later = versions._default_manager.filter(
        pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id"), pgh_created_at__lt=until
    )
    rows = versions._default_manager.filter(pgh_created_at__lt=until).exclude(pgh_label="delete")
    return rows.filter(~Exists(later))


def sets_as_they_stood(
    between: type[models.Model], *, owner: str, target: str, ids: Collection[int], on: datetime.date
) -> dict[int, list[int]]:
    """What stood in a table between two others at the end of a day: {owner id: [target id, …]}."""
    rows = as_it_stood(between, on=on).filter(**{f"{owner}_id__in": ids}).order_by("pgh_id")
    found: dict[int, list[int]] = defaultdict(list)
    for owner_id, target_id in rows.values_list(f"{owner}_id", f"{target}_id"):
        found[owner_id].append(target_id)
    return dict(found)


def history_begins(model: type[models.Model]) -> datetime.date | None:
    """The first day of which anything is known, or None."""
    versions: Any = VERSIONS[model]
    first = versions._default_manager.order_by("pgh_id").values_list("pgh_created_at", flat=True).first()
    return timezone.localdate(first) if first else None
