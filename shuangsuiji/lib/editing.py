"""Two people at one row: what a person saw when they began, so that nobody's change is lost unseen.

A page that changes a row carries a mark of each value it shows. When it is saved, the row is locked
and each field has three values: seen, typed and standing now. What was typed as it was seen is not the
person's change and leaves alone what somebody else wrote meanwhile; what both changed is asked again.
Marks are keyed hashes: a page may carry one of a value that it must not show.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.crypto import salted_hmac

from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.text import tidy_lines

MARK_LENGTH = 16


@dataclass(frozen=True)
class Meanwhile:
    """Who changed a field since the page was opened, when, and what stands there now."""

    who: str
    at: datetime.datetime | None
    value: Any


class Stale(Refusal):
    """Somebody else changed the same fields meanwhile; nothing is saved. Saved again from `seen`, it is meant."""

    def __init__(self, clashes: Mapping[str, Meanwhile], *, seen: Seen) -> None:
        super().__init__("您打开这一页以后，别人改了同一处，这次没有保存：请看下面标出的各项，核对后再保存。")
        self.clashes = clashes
        self.seen = seen


@dataclass(frozen=True)
class Seen:
    """A mark of each value that a page showed, by field."""

    marks: Mapping[str, str]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Seen:
        """The marks of these values."""
        return cls({name: mark(value) for name, value in values.items()})

    @classmethod
    def read(cls, text: str) -> Seen | None:
        """The marks a page sent back; None where it sent none that can be read."""
        try:
            marks = json.loads(text)
        except ValueError:
            return None
        return cls(marks) if isinstance(marks, dict) else None

    @property
    def text(self) -> str:
        """For a hidden field."""
        return json.dumps(dict(self.marks), ensure_ascii=False, separators=(",", ":"))


def mark(value: Any) -> str:
    """What tells a value from another, and does not tell the value."""
    return salted_hmac("seen", _plain(value), algorithm="sha256").hexdigest()[:MARK_LENGTH]


def content_mark(content: Any) -> str:
    """The mark of nested plain values, such as a text with its tables: in any order of keys the same."""
    return mark(json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True))


def check_as_shown(shown: str | None, *, stands: str) -> None:
    """What is decided on is what the page showed: its mark against that of what stands. None: nobody had a page."""
    if shown is not None and shown != stands:
        raise Refusal("这份内容在您打开页面之后有改动，这次没有办理。请核对页面上最新的内容，再决定。", status=409)


def _plain(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, str):
        return tidy_lines(value)
    if isinstance(value, Collection | models.QuerySet):
        return ",".join(sorted(_plain(one) for one in value))
    return str(value)


def row_values(row: models.Model, names: Collection[str]) -> dict[str, Any]:
    """What stands in these fields of a row: foreign keys and sets as ids. One query a set."""
    fields = {field.name: field for field in (*row._meta.concrete_fields, *row._meta.many_to_many)}
    return {name: _stored(row, fields[name]) for name in names if name in fields}


def _stored(row: models.Model, field: models.Field[Any, Any]) -> Any:
    if field.many_to_many:
        return list(getattr(row, field.name).order_by("pk").values_list("pk", flat=True))
    return getattr(row, field.attname)


def changed_by_person(typed: Mapping[str, Any], *, seen: Seen) -> dict[str, Any]:
    """Of what a page sent, what differs from what it showed."""
    return {name: value for name, value in typed.items() if seen.marks.get(name) != mark(value)}


def clashing(changed: Mapping[str, Any], *, stored: Mapping[str, Any], seen: Seen) -> list[str]:
    """Fields that somebody else changed too, to something else."""
    return [
        name
        for name, value in changed.items()
        if name in stored and name in seen.marks and mark(stored[name]) not in (seen.marks[name], mark(value))
    ]
