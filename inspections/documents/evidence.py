"""证据清单."""

from __future__ import annotations

from django.utils import timezone

from inspections.documents.words import enterprise_facts, moment
from inspections.models import Evidence, Task
from inspections.selectors import evidence_of
from shuangsuiji.documents.registry import DocumentKind, register_kind

EVIDENCE_LIST = register_kind(
    DocumentKind("evidence_list", "证据清单", "", "documents/evidence_list.html", chained=False)
)


def evidence_row(one: Evidence) -> dict:
    """One row of the evidence list; a picture is found by its hash, sound and film are named only."""
    return {
        "sha256": one.sha256,
        "caption": _caption(one) if one.is_picture else f"【{one.medium}】{_caption(one)}",
        "shown": one.is_picture,
        "item": _item_of(one),
        "uploaded_at": moment(one.uploaded_at),
        "device_time": moment(one.device_time),
        "uploaded_by": one.uploaded_by.name,
        "byte_count": one.byte_count,
        "media_type": one.media_type,
    }


def _caption(one: Evidence) -> str:
    """What was written under it; else what the device and the upload say: when, where, which file."""
    if one.caption:
        return one.caption
    taken = timezone.localtime(one.device_time or one.uploaded_at)
    said = [f"{one.medium} {one.sha256[:8]}", f"{taken:%Y-%m-%d %H:%M} {'拍摄' if one.device_time else '上传'}"]
    if one.latitude is not None and one.longitude is not None:
        said.append(f"位置 {one.latitude:.5f}，{one.longitude:.5f}")
    return "，".join(said)


def _item_of(one: Evidence) -> str:
    item = str(one.drawn_item.item) if one.drawn_item else ""
    return f"{item}（整改复查）" if one.revisit_id else item


def evidence_context(task: Task) -> dict:
    """证据清单: every photo with its hash, whose bytes lie in the store."""
    return {
        "task_number": task.number,
        "enterprise": enterprise_facts(task),
        "evidence": [evidence_row(one) for one in evidence_of(task)],
    }
