"""A filter whose rows leave the house: what it does not understand, it does not pass over."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from shuangsuiji.lib.errors import Refusal

BESIDE = frozenset({"as", "sort", "page"})
"""What an address says beside its filters: the shape of the file, the order, the page."""


def exactly(found: django_filters.FilterSet) -> QuerySet[Any]:
    """The rows that the address asks for; refused where it names an unknown filter or value.

    A list shows the mistake above its rows; a file that went out with too many rows shows nothing.
    """
    unknown = sorted(name for name, value in found.data.items() if value and name not in {*found.form.fields, *BESIDE})
    if unknown:
        raise Refusal(f"没有“{unknown[0][:40]}”这个筛选条件，没有导出：请回到列表重新筛选后再导出。", status=400)
    if found.form.errors:
        labels = "、".join(
            str(found.form.fields[name].label) for name in found.form.errors if name in found.form.fields
        )
        raise Refusal(f"筛选条件“{labels}”填得不对，没有导出：请回到列表改正后再导出。", status=400)
    return found.qs
