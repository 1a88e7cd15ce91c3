"""What follows from what was entered: how the name sounds, which field it may be, where the address lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enterprises.classification import suggest
from enterprises.models import Enterprise, IndustryClass
from shuangsuiji.lib import pinyin
from shuangsuiji.lib.models import SupervisedField

NAME_KEY_LIMIT = Enterprise._meta.get_field("name_key").max_length or 0
INITIALS_LIMIT = Enterprise._meta.get_field("name_initials").max_length or 0


def sounds_of(name: str) -> dict[str, str]:
    """The columns by which a name is sorted and found, and the name they were made of."""
    key, initials = pinyin.sounds(name)
    return {"name_key": key[:NAME_KEY_LIMIT], "name_initials": initials[:INITIALS_LIMIT], "sounded_name": name}


def known_as(names: Iterable[str], *, codes: Iterable[str] = ()) -> str:
    """The column by which former names and the codes of merged entries are found.

    A name a line, as written, as it sounds without blanks, and in initials; then the codes.
    """
    return "\n".join([*map(_findable, names), *codes])


def _findable(name: str) -> str:
    sounds = sounds_of(name)
    return " ".join([name, sounds["name_key"].replace(" ", ""), sounds["name_initials"]])


@dataclass(frozen=True)
class Suggester:
    """Suggests a supervised field: by the class of GB/T 4754 where one is given, else by name and scope.

    `field_ids` by code of the field; `classes` by code of the class, None where the bureau does not supervise it.
    """

    field_ids: Mapping[str, int]
    classes: Mapping[str, int | None]

    @classmethod
    def load(cls) -> Suggester:
        """With the tables as they stand. Two queries."""
        return cls(
            dict(SupervisedField.objects.values_list("code", "id")),
            dict(IndustryClass.objects.values_list("code", "field_id")),
        )

    def field_id(self, name: str, *, scope: str, industry_code: str = "") -> int | None:
        """The id of the suggested field, or None. The longest class that fits decides: 2614 → 2614, 261, 26."""
        digits = industry_code.lstrip("ABCDEFGHIJKLMNOPQRST")
        for length in range(len(digits), 1, -1):
            if digits[:length] in self.classes:
                return self.classes[digits[:length]]
        return self.field_ids.get(suggest(name, scope=scope))


def derived(enterprise: Enterprise, *, changed: frozenset[str], suggester: Suggester) -> dict[str, Any]:
    """The columns that follow from the changed ones. A confirmed field needs no suggestion any more."""
    values: dict[str, Any] = sounds_of(enterprise.name) if "name" in changed else {}
    speaking = {"name", "business_scope", "industry_code"}
    if changed & speaking and "suggested_field" not in changed and enterprise.field_id is None:
        values["suggested_field_id"] = suggester.field_id(
            enterprise.name, scope=enterprise.business_scope, industry_code=enterprise.industry_code
        )
    return values
