"""Finding what is public: by name, code, number, place, field and day, two characters are enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from publication.entries import FIELD, TOWNSHIP, wanted_pieces
from publication.models import PublicEntry
from publication.states import PublicationState
from shuangsuiji.lib.text import match_key

MOST_WORDS = 6


def standing_entries(kinds: Iterable[str] = ()) -> QuerySet[PublicEntry]:
    """What stands in lists, newest first; a corrected version is reached from its correction."""
    rows = PublicEntry.objects.filter(state=PublicationState.PUBLISHED)
    chosen = tuple(kinds)
    return (rows.filter(kind__in=chosen) if chosen else rows).order_by("-published_at", "publication_id")


def with_words(rows: QuerySet[PublicEntry], text: str) -> QuerySet[PublicEntry]:
    """Every word must occur. The index finds the pieces, the text proves that they stand side by side."""
    for typed in text.split()[:MOST_WORDS]:
        word = match_key(typed)
        rows = rows.filter(pieces__contains=wanted_pieces(word), words__contains=word) if word else rows.none()
    return rows


def in_township(rows: QuerySet[PublicEntry], name: str) -> QuerySet[PublicEntry]:
    """Publications that name an enterprise of this township."""
    return rows.filter(pieces__contains=[TOWNSHIP + name])


def in_field(rows: QuerySet[PublicEntry], name: str) -> QuerySet[PublicEntry]:
    """Publications that name an enterprise of this field."""
    return rows.filter(pieces__contains=[FIELD + name])


def between(rows: QuerySet[PublicEntry], first: dt.date | None, last: dt.date | None) -> QuerySet[PublicEntry]:
    """Published from one day to another, both included."""
    if first:
        rows = rows.filter(published_at__gte=_midnight(first))
    if last and last < dt.date.max:
        rows = rows.filter(published_at__lt=_midnight(last + dt.timedelta(days=1)))
    return rows


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


class ShortPaginator(Paginator):
    """Pages of the newest thousand; counting all of 10^5 rows would cost more than showing them."""

    most = 1000

    @cached_property
    def found(self) -> int:
        """How many there are, up to one more than are listed."""
        rows: Any = self.object_list
        return len(rows.order_by()[: self.most + 1].values_list("pk", flat=True))

    @cached_property
    def count(self) -> int:
        """How many are listed."""
        return min(self.found, self.most)

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are listed."""
        return self.found > self.most
