"""Life cycle of a publication, as a table."""

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

PUBLIC_STATES = (PublicationState.PUBLISHED, PublicationState.CORRECTED, PublicationState.EXPIRED)
