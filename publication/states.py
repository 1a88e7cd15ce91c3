"""Life cycles of a publication and of a listing, as tables."""

from __future__ import annotations

from django.db import models


class PublicationState(models.TextChoices):
    """What stands in public is never rewritten; a correction is a new version."""

    DRAFTED = "drafted", "起草"
    APPROVED = "approved", "已批准"
    SCHEDULED = "scheduled", "待发布"
    PUBLISHED = "published", "已发布"
    CORRECTED = "corrected", "已更正"
    WITHDRAWN = "withdrawn", "已撤回"
    EXPIRED = "expired", "已到期"


VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    PublicationState.DRAFTED: (PublicationState.APPROVED, PublicationState.WITHDRAWN),
    PublicationState.APPROVED: (PublicationState.DRAFTED, PublicationState.SCHEDULED),
    PublicationState.SCHEDULED: (PublicationState.PUBLISHED, PublicationState.DRAFTED),
    PublicationState.PUBLISHED: (
        PublicationState.CORRECTED,
        PublicationState.WITHDRAWN,
        PublicationState.EXPIRED,
    ),
    PublicationState.CORRECTED: (),
    PublicationState.WITHDRAWN: (),
    PublicationState.EXPIRED: (),
}

PUBLIC_STATES = (PublicationState.PUBLISHED, PublicationState.CORRECTED)
"""What anybody may read. A corrected text stays in view beside its correction."""

WAITING_STATES = (PublicationState.DRAFTED, PublicationState.APPROVED, PublicationState.SCHEDULED)
"""Not public yet."""

OVER_STATES = (PublicationState.CORRECTED, PublicationState.WITHDRAWN)
"""Over for good, so that the same may be drafted anew; what has expired was told in full and is not."""

TERM_IS_OVER = "公开期限届满。"
"""The reason of a text whose term ran out; whatever else expires was superseded or lost its ground."""

TRACE_STATES = (PublicationState.WITHDRAWN, PublicationState.EXPIRED)
"""Once public, no longer: the address answers with when and why it went, without its words."""


class ListingState(models.TextChoices):
    """严重失信名单: told before, heard, decided by the head, in public for a term, removed."""

    PROPOSED = "proposed", "拟列入"
    NOTIFIED = "notified", "已告知"
    STATED = "stated", "已陈述申辩"
    DECIDED = "decided", "已决定列入"
    DROPPED = "dropped", "不予列入"
    LISTED = "listed", "公布中"
    ASKED = "asked", "申请提前移出"
    REMOVED = "removed", "已移出"


VALID_LISTING_TRANSITIONS: dict[str, tuple[str, ...]] = {
    ListingState.PROPOSED: (ListingState.NOTIFIED, ListingState.DROPPED),
    ListingState.NOTIFIED: (ListingState.STATED, ListingState.DECIDED, ListingState.DROPPED),
    ListingState.STATED: (ListingState.DECIDED, ListingState.DROPPED),
    ListingState.DECIDED: (ListingState.LISTED, ListingState.REMOVED),
    ListingState.DROPPED: (),
    ListingState.LISTED: (ListingState.ASKED, ListingState.REMOVED),
    ListingState.ASKED: (ListingState.LISTED, ListingState.REMOVED),
    ListingState.REMOVED: (),
}
