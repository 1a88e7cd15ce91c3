"""Which items are checked at an enterprise: in each group the lowest tickets, without the excluded ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from .tickets import ticket


def select_items(key: bytes, *, enterprise: str, items: Mapping[str, Any], excluded: Collection[str]) -> list[str]:
    """The items for one enterprise, by group in the given order and then by item id.

    `items` is the sealed record's `{"groups": […], "items": […]}`, `key` the stage key.
    A group with fewer items than it should give gives all it has.
    """
    barred = set(excluded)
    chosen: list[str] = []
    for group in items["groups"]:
        ids = [one["id"] for one in items["items"] if one["group"] == group["id"] and one["id"] not in barred]
        ids.sort(key=lambda item: (ticket(key, enterprise, item), item))
        chosen += sorted(ids[: group["take"]])
    return chosen
