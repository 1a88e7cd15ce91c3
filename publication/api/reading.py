"""The rows behind the API. Keys, never page numbers: a page never shifts while somebody reads on."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import uuid

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from publication.columns import address_of
from publication.disclosure import shown_content
from publication.models import Publication
from publication.selectors import correction_of, public_publications, readable_publications, version_in_force
from publication.states import PUBLIC_STATES
from shuangsuiji.audit.models import AuditEvent

CHANGES = ("published", "corrected", "withdrawn", "expired")
_ACTIONS = [f"publication.{name}" for name in CHANGES]


class BadCursorError(Exception):
    """The cursor is not one of ours."""


def publication_page(*, kind: str, after: str, limit: int) -> dict:
    """The oldest first, so that new ones come at the end."""
    rows = public_publications().defer("content").order_by("published_at", "id")
    rows = rows.filter(kind=kind) if kind else rows
    if after:
        at, pk = _read_cursor(after)
        rows = rows.filter(Q(published_at=at, id__gt=pk) | Q(published_at__gt=at), published_at__gte=at)
    found = list(rows[: limit + 1])
    more = found[limit - 1] if len(found) > limit else None
    return {"rows": [row_of(one) for one in found[:limit]], "next": _cursor(more) if more else ""}


def _cursor(publication: Publication) -> str:
    text = f"{publication.published_at.astimezone(dt.UTC).isoformat()}|{publication.pk}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(text: str) -> tuple[dt.datetime, uuid.UUID]:
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        moment, _, key = plain.partition("|")
        at, pk = parse_datetime(moment), uuid.UUID(key)
    except (binascii.Error, ValueError) as error:
        raise BadCursorError from error
    if at is None or timezone.is_naive(at) or not 2000 <= at.year <= 2100:
        raise BadCursorError
    return at, pk


def row_of(publication: Publication) -> dict:
    """A publication without its content."""
    return {
        "slug": publication.slug,
        "kind": publication.kind,
        "kind_name": publication.get_kind_display(),
        "state": publication.state,
        "title": publication.title,
        "number": publication.number or "",
        "index_number": publication.index_number,
        "version": publication.version,
        "published_at": publication.published_at,
        "sha256": publication.sha256,
        "url": f"{settings.BASE_URL}{address_of(publication)}",
    }


def whole_of(publication: Publication) -> dict:
    """All that its page shows."""
    return {
        **row_of(publication),
        "introduction": publication.introduction,
        "content": shown_content(publication.kind, publication.content),
        "corrects": publication.corrects.slug if publication.corrects else "",
        "correction_reason": publication.correction_reason if publication.corrects else "",
        "corrected_by": _slug(correction_of(publication)),
        "in_force": _slug(version_in_force(publication)),
    }


def _slug(publication: Publication | None) -> str:
    return publication.slug if publication else ""


def change_page(*, since: int, limit: int) -> dict:
    """What took effect after a change, in that order.

    The number is the event's place in the audit chain. The chain is written under a lock that is held to
    the commit, so that no smaller number can appear after a larger one was read.
    """
    events = AuditEvent.objects.filter(
        target_kind=Publication._meta.label_lower, action__in=_ACTIONS, sequence__gt=since
    ).order_by("sequence")
    found = list(events.values_list("sequence", "target_key")[:limit])
    keys = {key for _, key in found}
    standing = {str(one.pk): one for one in readable_publications().defer("content").filter(pk__in=keys)}
    last = {key: sequence for sequence, key in found}
    rows = [_change(sequence, standing[key]) for key, sequence in last.items() if key in standing]
    rows.sort(key=lambda row: row["change"])
    return {"rows": rows, "next": found[-1][0] if found else since}


def _change(sequence: int, publication: Publication) -> dict:
    is_public = publication.state in PUBLIC_STATES
    return {
        "change": sequence,
        "slug": publication.slug,
        "kind": publication.kind,
        "state": publication.state,
        "version": publication.version,
        "title": publication.title if is_public else "",
        "sha256": publication.sha256,
        "url": f"{settings.BASE_URL}{address_of(publication)}",
    }
