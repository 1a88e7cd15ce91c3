"""What follows from what was entered: how the name sounds, which field it may be, where the address lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enterprises.classification import suggest
from enterprises.models import Enterprise
from shuangsuiji.lib import pinyin

NAME_KEY_LIMIT = Enterprise._meta.get_field("name_key").max_length or 0
INITIALS_LIMIT = Enterprise._meta.get_field("name_initials").max_length or 0


def sounds_of(name: str) -> dict[str, str]:
    """The two columns by which a name is sorted and found."""
    spoken = pinyin.syllables(name)
    return {
        "name_key": " ".join(spoken)[:NAME_KEY_LIMIT],
        "name_initials": "".join(sound[0] for sound in spoken)[:INITIALS_LIMIT],
    }


def suggested_field_id(name: str, *, scope: str, field_ids: Mapping[str, int]) -> int | None:
    """The suggested field, where the bureau supervises it; `field_ids` by code."""
    return field_ids.get(suggest(name, scope=scope))


def derived(enterprise: Enterprise, *, changed: frozenset[str], field_ids: Mapping[str, int]) -> dict[str, Any]:
    """The columns that follow from the changed ones. A confirmed field needs no suggestion any more."""
    values: dict[str, Any] = sounds_of(enterprise.name) if "name" in changed else {}
    if changed & {"name", "business_scope"} and "suggested_field" not in changed and enterprise.field_id is None:
        scope = enterprise.business_scope
        values["suggested_field_id"] = suggested_field_id(enterprise.name, scope=scope, field_ids=field_ids)
    return values
