"""Life cycle of what somebody wrote to us, as a table."""

from __future__ import annotations

from django.db import models


class FeedbackState(models.TextChoices):
    """Received, with somebody, answered."""

    RECEIVED = "received", "已受理"
    ASSIGNED = "assigned", "办理中"
    ANSWERED = "answered", "已答复"


VALID_STATE_TRANSITIONS: dict[str, tuple[str, ...]] = {
    FeedbackState.RECEIVED: (FeedbackState.ASSIGNED,),
    FeedbackState.ASSIGNED: (FeedbackState.ANSWERED, FeedbackState.ASSIGNED),
    FeedbackState.ANSWERED: (),
}
