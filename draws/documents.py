"""Documents that draws issue, and who may read them."""

from __future__ import annotations

from draws.models import Draw
from draws.policies import may_see_names
from shuangsuiji.documents.policies import register_visibility
from shuangsuiji.documents.registry import DocumentKind, register_kind

register_kind(
    DocumentKind(
        code="draw_minutes",
        name="双随机抽取记录",
        mark="",
        template="documents/draw_minutes.html",
        chained=False,
    )
)


def _may_read(user, key: str) -> bool:
    """The minutes hold the names: whoever may see those may read these."""
    draw = Draw.objects.filter(pk=key).first()
    return draw is not None and may_see_names(user, draw)


register_visibility("draw", _may_read)
