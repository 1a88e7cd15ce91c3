"""What sealing fixes besides the public record, as keyed hashes for the trail.

The key is the draw's own secret: the trail tells nobody anything before the secret is public.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from draws.models import Draw, SealedDraw
from draws.models.guards import MAY_CHANGE_AFTER_SEALING

PARTS = {
    "draw": "抽取的名称、期限、范围、审批或知情人员",
    "parts": "分层或种子来源",
    "note": "内部说明",
    "filters": "筛除名单",
    "items": "检查事项",
}
"""What each hash covers, in the words of a finding."""


def fixed_sha256(sealed: SealedDraw) -> dict[str, str]:
    """One keyed hash a part, so that a finding can name the part that was changed."""
    key = bytes.fromhex(sealed.secret)
    return {name: _keyed(key, content) for name, content in _parts(sealed).items()}


def _keyed(key: bytes, content: Any) -> str:
    plain = DjangoJSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode(content)
    return hmac.new(key, plain.encode(), "sha256").hexdigest()


def _parts(sealed: SealedDraw) -> Mapping[str, Any]:
    draw = sealed.draw
    strata = draw.strata.order_by("pk").values_list("field", "risk_class", "take", "share")
    sources = draw.sources.order_by("pk").values_list("position", "name", "kind", "user", "event", "issue")
    return {
        "draw": [_columns(draw), sorted(draw.cleared_people.values_list("pk", flat=True))],
        "parts": [list(strata), list(sources)],
        "note": sealed.internal_note,
        "filters": list(sealed.filter_steps.order_by("position").values_list("position", "label", "codes")),
        "items": sorted(sealed.items.values_list("item", flat=True)),
    }


def _columns(draw: Draw) -> dict[str, Any]:
    """The columns that do not change once the draw is sealed."""
    kept = [field for field in draw._meta.concrete_fields if field.column not in MAY_CHANGE_AFTER_SEALING]
    return {str(field.column): getattr(draw, field.attname) for field in kept}
