"""A code that stands in the register under a wholly different name: renamed, or the code is mistyped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shuangsuiji.imports.registry import Importer

_FORM = re.compile(r"(股份|集团|有限|责任|公司|分公司|个体工商户|专业|合作社|经营部|厂|店)+$")
_PLACE = re.compile(r"^([^省市县区]{1,5}[省市县区])+")
LEAST_IN_COMMON = 0.25
ROWS_NAMED = 5


def is_stranger(changes: Mapping[str, Sequence[Any]], *, importer: Importer) -> bool:
    """Whether a row's changes give what the register knows another name altogether."""
    old, new = changes.get(importer.named_by, ("", ""))
    return bool(old and new) and not _are_alike(str(old), str(new))


def _are_alike(one: str, other: str) -> bool:
    """The name proper (字号) of one stands in the other, and a quarter of the shorter one's pairs of neighbours."""
    bare, bare_other = _bare(one), _bare(other)
    if bare[:2] not in other and bare_other[:2] not in one:
        return False
    pairs, others = _pairs(bare), _pairs(bare_other)
    return len(pairs & others) >= LEAST_IN_COMMON * min(len(pairs), len(others))


def _bare(name: str) -> str:
    """Without place and legal form: 示例县示范化工有限公司 → 示范化工."""
    return _PLACE.sub("", _FORM.sub("", name)) or name


def _pairs(name: str) -> set[str]:
    return {name[place : place + 2] for place in range(max(len(name) - 1, 1))}


def doubt_sentence(rows: Sequence[int], *, importer: Importer) -> str:
    """For the preview: how many rows would rename what they update, and the first of them."""
    named = "、".join(map(str, rows[:ROWS_NAMED])) + ("等" if len(rows) > ROWS_NAMED else "")
    key = importer.column(importer.key).header
    return (
        f"第 {named} 行（共 {len(rows):,} 行）的{key}在名录里是另一个名称，与文件里的完全不同，已在“将更新”里标出："
        f"请核对是更名，还是{key}写错。写错的，请在文件里改正后重新上传；照此导入，名录里的名称会被改掉。"
    )
