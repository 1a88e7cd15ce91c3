"""The kinds of documents this room issues."""

from __future__ import annotations

from shuangsuiji.documents.registry import DocumentKind, register_kind

INSPECTION_NOTICE = register_kind(
    DocumentKind(
        code="inspection_notice",
        name="行政检查通知书",
        mark="检通",
        template="documents/inspection_notice.html",
        chained=True,
    )
)
PUBLIC_NOTICE = register_kind(
    DocumentKind(
        code="public_notice",
        name="双随机抽查公告",
        mark="公告",
        template="documents/public_notice.html",
        chained=False,
        is_public=True,
    )
)
