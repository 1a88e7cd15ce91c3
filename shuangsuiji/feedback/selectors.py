"""Reading letters from outside."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.feedback.models import Feedback
from shuangsuiji.feedback.policies import KEEPERS, KEEPERS_OF_COMPLAINTS, READERS
from shuangsuiji.feedback.states import FeedbackState


def visible_to(user: User) -> QuerySet[Feedback]:
    """The letters a person may read; an approver also those whose selected words wait for approval."""
    allowed = Q(handler=user)
    if has_role(user, *KEEPERS):
        allowed |= ~Q(kind=Feedback.Kind.COMPLAINT)
    if has_role(user, *KEEPERS_OF_COMPLAINTS):
        allowed |= Q(kind=Feedback.Kind.COMPLAINT)
    if has_role(user, Role.APPROVER):
        allowed |= Q(state="answered") & ~Q(public_question="")
    return Feedback.objects.filter(allowed).select_related("handler", "answered_by", "public_by")


def to_assign(user: User) -> QuerySet[Feedback]:
    """What this person is to give to somebody: complaints for their keepers, everything else for the others'."""
    mine = Q(pk__in=[])
    if has_role(user, *KEEPERS):
        mine |= ~Q(kind=Feedback.Kind.COMPLAINT)
    if has_role(user, *KEEPERS_OF_COMPLAINTS):
        mine |= Q(kind=Feedback.Kind.COMPLAINT)
    return Feedback.objects.filter(mine, state=FeedbackState.RECEIVED)


def to_answer(user: User) -> QuerySet[Feedback]:
    """What waits for this person's answer."""
    return Feedback.objects.filter(handler=user, state=FeedbackState.ASSIGNED)


def recent_count(source_key: str, *, since: dt.datetime) -> int:
    """How many letters came from one source since a moment."""
    return Feedback.objects.filter(source_key=source_key, received_at__gte=since).count()


def in_public() -> QuerySet[Feedback]:
    """Questions and answers that were approved for everybody, newest first; their public words only."""
    return (
        Feedback.objects.filter(public_at__isnull=False)
        .only("id", "public_question", "public_answer", "public_at")
        .order_by("-public_at", "id")
    )


def possible_handlers(feedback: Feedback) -> QuerySet[User]:
    """Whom it may be handed to."""
    roles = KEEPERS_OF_COMPLAINTS if feedback.kind == Feedback.Kind.COMPLAINT else READERS
    return User.objects.filter(is_active=True, roles__role__in=roles).distinct().order_by("name", "pk")
