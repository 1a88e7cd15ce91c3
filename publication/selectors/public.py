"""Reading what is public."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from publication.models import Publication
from publication.states import PUBLIC_STATES, TRACE_STATES, PublicationState


def public_publications() -> QuerySet[Publication]:
    """What anybody may read, newest first."""
    return Publication.objects.filter(state__in=PUBLIC_STATES)


def gone_publications() -> QuerySet[Publication]:
    """What was public and was withdrawn or has expired: its address tells when and why, not what it said."""
    return Publication.objects.filter(state__in=TRACE_STATES, published_at__isnull=False)


def readable_publications() -> QuerySet[Publication]:
    """What is public, and of what once was the trace: whatever address was ever given out leads somewhere."""
    once = Q(state__in=TRACE_STATES, published_at__isnull=False)
    return Publication.objects.filter(Q(state__in=PUBLIC_STATES) | once).select_related("corrects")


def correction_of(publication: Publication) -> Publication | None:
    """The later version that corrected this one, once it was public: withdrawn since, it brings nothing back."""
    return Publication.objects.filter(corrects=publication, published_at__isnull=False).first()


def version_in_force(publication: Publication) -> Publication | None:
    """Following the corrections, then what was published anew of the same; None where nothing stands."""
    here: Publication | None = publication
    while here is not None and here.state != PublicationState.PUBLISHED:
        here = correction_of(here)
    return here or _published_anew(publication)


def _published_anew(publication: Publication) -> Publication | None:
    """The notice of the same draw, the result of the same check, that was published after this one was withdrawn."""
    if publication.draw_id is None and publication.task_id is None:
        return None
    same = {"kind": publication.kind, "draw": publication.draw_id, "task": publication.task_id}
    rows = Publication.objects.filter(state=PublicationState.PUBLISHED, listing=publication.listing_id, **same)
    return rows.exclude(pk=publication.pk).order_by("-published_at", "id").first()
