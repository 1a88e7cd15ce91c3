"""Many facts beside enterprises at once, from a batch that the imports room checked, previewed and audited."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import models

from enterprises.models import Enterprise
from shuangsuiji.imports.copying import create_by_copy, listed, update_by_copy
from shuangsuiji.lib.errors import Refusal


def create_facts(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> int:
    """Add rows given by attribute name, each naming its enterprise by `credit_code`. Returns how many."""
    ids = _ids([row["credit_code"] for row in rows])
    return create_by_copy(model, [{**row, "enterprise_id": ids[row["credit_code"]]} for row in rows])


def _ids(codes: Collection[str]) -> dict[str, int]:
    rows = Enterprise.objects.filter(credit_code__in=listed(codes)).order_by("pk")
    ids = dict(rows.values_list("credit_code", "pk"))
    if gone := sorted(set(codes) - set(ids)):
        raise Refusal(f"名录里已经没有代码 {gone[0]}：请核对后重新上传文件。")
    return ids


def update_facts(model: type[models.Model], changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Change rows by id, given by attribute name."""
    update_by_copy(model, key="id", changes={str(pk): values for pk, values in changes.items()})
