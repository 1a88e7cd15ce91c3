"""What somebody approves is what they looked at: a stamp of the content, shown with the page and asked again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from shuangsuiji.lib.errors import Refusal

FIELD = "seen"
"""The name of the hidden field that carries the stamp."""


def stamp_of(content: Any) -> str:
    """A short digest of plain values; the same content, the same stamp."""
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def check_seen(seen: str | None, *, now: str) -> None:
    """Nothing has changed since the page was built; None where nobody looked at a page."""
    if seen is not None and seen != now:
        raise Refusal("这份内容在您打开页面之后有改动，没有批准。请核对页面上最新的内容，再决定。", status=409)
