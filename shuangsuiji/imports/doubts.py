"""A code that stands in the register under quite another name: renamed, or the code is mistyped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shuangsuiji.imports.registry import Importer

_FORM = re.compile(r"(股份|集团|有限|责任|公司|分公司|个体工商户|专业|合作社|经营部|厂|店)+$")
_PLACE = re.compile(r"^([^省市县区]{1,5}(?<![超小园])[省市县区])+")
LEAST_IN_COMMON = 0.4
ROWS_NAMED = 5


def is_stranger(changes: Mapping[str, Sequence[Any]], *, importer: Importer) -> bool:
    """Whether a row's changes give what the register knows another name altogether."""
    old, new = changes.get(importer.named_by, ("", ""))
    return bool(old and new) and not _are_alike(str(old), str(new))


def _are_alike(one: str, other: str) -> bool:
    """The name proper begins with a sign of the other's, and two fifths of the shorter one's signs stand in the other.

    So 王小明 and 王晓明, 宏达化工 and 弘达化工 are alike; 范例采石场 and 样本采石场 are not.
    """
    bare, bare_other = _bare(one), _bare(other)
    begins_alike = set(bare[:2]) & set(bare_other[:4]) or set(bare_other[:2]) & set(bare[:4])
    shorter = min(len(set(bare)), len(set(bare_other)))
    return bool(begins_alike) and len(set(bare) & set(bare_other)) >= LEAST_IN_COMMON * shorter


def _bare(name: str) -> str:
    """Without place and legal form: 示例县示范化工有限公司 → 示范化工."""
    return _PLACE.sub("", _FORM.sub("", name)) or name


def doubt_sentence(rows: Sequence[int], *, importer: Importer) -> str:
    """For the preview: how many rows would rename what they update, and the first of them."""
    named = "、".join(map(str, rows[:ROWS_NAMED])) + ("等" if len(rows) > ROWS_NAMED else "")
    key = importer.column(importer.key).header
    return (
        f"第 {named} 行（共 {len(rows):,} 行）的{key}在名录里是另一个名称，与文件里的差别很大，已在“将更新”里标出："
        f"请核对是更名，还是{key}写错。写错的，请在文件里改正后重新上传；照此导入，名录里的名称会被改掉。"
    )
