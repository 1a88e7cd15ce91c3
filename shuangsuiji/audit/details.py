"""The detail of an event in people's words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models

from shuangsuiji.accounts.models import Role
from shuangsuiji.audit.models import AuditEvent
from shuangsuiji.audit.words import DETAILS, SUBJECTS
from shuangsuiji.lib.models import DeadlineRule
from shuangsuiji.lib.templatetags.words import cn_datetime

MOST_NAMED = 20
_COLUMNS = frozenset({"fields", "changed", "took"})
_CODES_OF_STATE = frozenset({"before", "after", "state", "outcome"})

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")

Lookup = Callable[[str], str | None]
_lookups: dict[str, list[Lookup]] = {}
_subject_names: dict[str, Lookup] = {}


def register_detail_words(key: str, lookup: Lookup) -> None:
    """Have a room above say what the codes under this key are called; None for one it does not know."""
    _lookups.setdefault(key, []).append(lookup)


def register_subject_name(kind: str, lookup: Lookup) -> None:
    """Have the room of a kind of subject say by what number people know the one under a key."""
    _subject_names[kind] = lookup


@lru_cache(maxsize=2000)
def subject_name(kind: str, key: str) -> str:
    """The number of a deadline's subject; its key where it has no other. Numbers do not change."""
    return (kind in _subject_names and _subject_names[kind](key)) or key


def register_detail_choices(key: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """The same from the choices of a column."""
    register_detail_words(key, {str(code): str(label) for code, label in choices}.get)


def _rule_name(code: str) -> str | None:
    return DeadlineRule.objects.filter(code=code).order_by("-valid_from").values_list("name", flat=True).first()


register_detail_words("rule", _rule_name)
register_detail_choices("role", Role.choices)
register_detail_choices("roles", Role.choices)


def shown_detail(event: AuditEvent) -> list[tuple[str, str]]:
    """(label, text) of all that an event tells beside its target; what is empty is left out."""
    model = _model_of(event.target_kind)
    return [
        (DETAILS.get(key, key), _text(key, value, model=model))
        for key, value in sorted(event.detail.items(), key=lambda pair: pair[0] != "before")
        if value not in ("", None, [], {})
    ]


@lru_cache(maxsize=200)
def _model_of(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def _text(key: str, value: Any, *, model: type[models.Model] | None) -> str:
    if isinstance(value, Mapping):
        return "，".join(
            f"{DETAILS.get(str(one), one)} {_text(str(one), two, model=model)}" for one, two in value.items()
        )
    if isinstance(value, list):
        named = "、".join(_text(key, one, model=model) for one in value[:MOST_NAMED])
        return f"{named} 等 {len(value):,} 项" if len(value) > MOST_NAMED else named
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and key not in ("year", "version"):
        return f"{value:,}"
    return _word(key, str(value), model=model)


def _word(key: str, value: str, *, model: type[models.Model] | None) -> str:
    for lookup in _lookups.get(key, []):
        if word := lookup(value):
            return word
    if key == "subject":
        kind, _, rest = value.partition(":")
        return f"{SUBJECTS.get(kind, kind)} {subject_name(kind, rest)}"
    if _MOMENT.match(value):
        return cn_datetime(datetime.datetime.fromisoformat(value))
    if key in _COLUMNS:
        return _column(value, model)
    return _choice("state" if key in _CODES_OF_STATE else key, value, model)


def _column(name: str, model: type[models.Model] | None) -> str:
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return str(getattr(fields.get(name), "verbose_name", DETAILS.get(name, name)))


def _choice(name: str, code: str, model: type[models.Model] | None) -> str:
    """A code of one of the target's columns, where the column has words for its codes."""
    fields = {field.name: field for field in model._meta.concrete_fields} if model else {}
    choices = dict(getattr(fields.get(name), "flatchoices", ()) or ())
    return str(choices.get(code, code))
