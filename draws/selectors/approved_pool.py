"""What the approver saw beside what stands there now: who came, who went, since the approval."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from django.db import models

from draws.engine import canonical_json
from draws.models import ApprovedPool, Draw, Item
from draws.selectors.preparation import Preparation
from enterprises.models import Enterprise
from inspectors.models import Expert, Inspector

Content = dict[str, Any]
MOST_NAMED = 10
PARTS: tuple[tuple[str, tuple[str, str, str], tuple[type[models.Model], str]], ...] = (
    ("enterprises", ("候选企业", "家", "改了领域或风险等级"), (Enterprise, "credit_code")),
    ("inspectors", ("执法人员", "名", "改了家数上限"), (Inspector, "certificate_number")),
    ("experts", ("专家", "名", "改了家数上限"), (Expert, "number")),
    ("items", ("检查事项", "项", ""), (Item, "code")),
)


def pool_content(preparation: Preparation) -> Content:
    """Everybody and everything that could come up, by business keys; no recusal and no reason."""
    return {
        "enterprises": {one.credit_code: preparation.stratum_of(one) for one in preparation.candidates},
        "inspectors": dict(preparation.officers.limits),
        "experts": dict(preparation.experts.limits),
        "items": sorted(item.code for item in preparation.items),
        "strata": {row["id"]: row["take"] for row in preparation.stratum_rows()},
        "way": [preparation.draw.officer_mode, preparation.draw.inspectors_per_enterprise],
    }


def pool_fingerprint(content: Content) -> str:
    """The SHA-256 of a content: two are alike exactly when theirs are."""
    parts = [
        [name, sorted(map(list, part.items())) if isinstance(part, dict) else part]
        for name, part in sorted(content.items())
    ]
    return sha256(canonical_json(parts)).hexdigest()


def pool_changes(draw: Draw, preparation: Preparation) -> list[str]:
    """What has changed since the approval, as sentences with names; empty when nothing has."""
    approved = ApprovedPool.objects.filter(draw=draw).first()
    now = pool_content(preparation)
    if approved is None or approved.fingerprint == pool_fingerprint(now):
        return []
    was = approved.content
    return [
        *[line for part, words, names in PARTS for line in _sentences(was, now, part, words=words, names=names)],
        *_take_sentences(was["strata"], now["strata"]),
    ]


def _sentences(
    was: Content, now: Content, part: str, *, words: tuple[str, str, str], names: tuple[type[models.Model], str]
) -> list[str]:
    word, unit, changed = words
    before, after = _keyed(was[part]), _keyed(now[part])
    came, went = after.keys() - before.keys(), before.keys() - after.keys()
    other = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    counts = f"批准时 {len(before)} {unit}，现在 {len(after)} {unit}"
    told = (("少了", went), ("多了", came), (changed, other))
    return [f"{word}（{counts}）{verb} {len(keys)} {unit}：{_named(keys, names)}" for verb, keys in told if keys]


def _keyed(part: Any) -> dict[str, Any]:
    return part if isinstance(part, dict) else dict.fromkeys(part)


def _named(keys: Collection[str], names: tuple[type[models.Model], str]) -> str:
    """The first of them by name."""
    model, field = names
    shown = sorted(keys)[:MOST_NAMED]
    known = dict(model._default_manager.filter(**{f"{field}__in": shown}).order_by("pk").values_list(field, "name"))
    words = "、".join(known.get(key, key) for key in shown)
    return f"{words}等" if len(keys) > MOST_NAMED else words


def _take_sentences(was: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    moved = sorted(key for key in {*was, *now} if was.get(key) != now.get(key))
    return [f"{key} 层批准时抽 {was.get(key, 0)} 家，现在抽 {now.get(key, 0)} 家" for key in moved]
