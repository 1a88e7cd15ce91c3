"""One-time links of witnesses: made by a clerk, shown once, kept as a fingerprint only."""

from __future__ import annotations

import datetime
import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from draws.models import Draw, DrawSource, WitnessLink
from draws.policies import check_may_make_link
from draws.services.drafting import locked
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record


def fingerprint(token: str) -> str:
    """What is stored of a link."""
    return sha256(token.encode()).hexdigest()


def source_of_link(token: str) -> DrawSource | None:
    """The source a living link belongs to. Found by fingerprint: the time it takes tells a guesser nothing."""
    rows = WitnessLink.objects.filter(token_hash=fingerprint(token), revoked_at__isnull=True)
    link = rows.select_related("source__draw").first()
    return link.source if link else None


@transaction.atomic
def make_link(source: DrawSource, *, by: User, now: datetime.datetime | None = None) -> str:
    """A new link for a witness; the old one no longer opens anything. Returns the token, which is not kept."""
    draw, now = locked(source.draw), now or timezone.now()
    source = DrawSource.objects.select_related("draw").get(pk=source.pk)
    check_may_make_link(by, source)
    revoked = WitnessLink.objects.filter(source=source, revoked_at__isnull=True).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    WitnessLink.objects.create(source=source, token_hash=fingerprint(token), made_by=by, made_at=now)
    record(
        "draw.link_made",
        by=by,
        target=draw,
        confidential=draw.is_covert,
        source=source.name,
        replaced=bool(revoked),
    )
    return token


@transaction.atomic
def make_first_links(draw: Draw, *, by: User) -> dict[int, str]:
    """A link for every witness who has none yet, right after the sealing: {source pk: token}."""
    waiting = draw.sources.filter(kind=DrawSource.Kind.LINK, links__isnull=True, contribution__isnull=True)
    return {source.pk: make_link(source, by=by) for source in waiting}
