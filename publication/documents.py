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
LISTING_NOTICE = register_kind(
    DocumentKind("listing_notice", "列入严重失信名单告知书", "失告", "documents/listing_letter.html", chained=False)
)
LISTING_DECISION = register_kind(
    DocumentKind("listing_decision", "列入严重失信名单决定书", "失决", "documents/listing_letter.html", chained=False)
)
LISTING_REMOVAL = register_kind(
    DocumentKind("listing_removal", "移出严重失信名单决定书", "失移", "documents/listing_letter.html", chained=False)
)
LISTING_REVOCATION = register_kind(
    DocumentKind(
        "listing_revocation", "撤销列入严重失信名单决定书", "失撤", "documents/listing_letter.html", chained=False
    )
)
