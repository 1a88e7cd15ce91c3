"""Where on the way a page stands."""

from __future__ import annotations

_STEPS = ("文件", "预览", "完成")


def steps(*, at: int) -> list[dict[str, str]]:
    """The steps of an import, the one at this place being now; past the last all are done."""
    return [
        {"label": label, "state": "done" if place < at else "now" if place == at else ""}
        for place, label in enumerate(_STEPS)
    ]
