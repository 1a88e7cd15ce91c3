"""The row behind lists and search follows its publication in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from publication.entries import entry_of
from publication.models import Publication, PublicEntry
from publication.states import PUBLIC_STATES
from shuangsuiji.audit.services import record


def refresh_entry(publication: Publication) -> None:
    """Write, rewrite or remove the entry, by what the publication is now. Repeating it changes nothing."""
    if publication.state not in PUBLIC_STATES or publication.published_at is None:
        PublicEntry.objects.filter(pk=publication.pk).delete()
        return
    row = entry_of(publication)
    names = [field.name for field in PublicEntry._meta.fields if not field.primary_key]
    PublicEntry.objects.bulk_create([row], update_conflicts=True, unique_fields=["publication"], update_fields=names)


def fill_missing_entries() -> int:
    """Entries of publications that were public before there were entries; returns how many were written."""
    missing = Publication.objects.filter(state__in=PUBLIC_STATES, published_at__isnull=False, entry=None)
    rows = [entry_of(publication) for publication in missing.order_by("id").iterator(chunk_size=500)]
    return len(PublicEntry.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True))


def differing_entries() -> Iterator[tuple[str, str]]:
    """Rows that are not what their publication makes them: the slug, and what is different, in words."""
    names = [field.attname for field in PublicEntry._meta.fields if not field.primary_key]
    public = Publication.objects.filter(state__in=PUBLIC_STATES, published_at__isnull=False).select_related("entry")
    for publication in public.order_by("id").iterator(chunk_size=500):
        row = getattr(publication, "entry", None)
        if row is None:
            yield publication.slug, "没有条目"
            continue
        wanted = entry_of(publication)
        differing = [name for name in names if _plain(getattr(row, name)) != _plain(getattr(wanted, name))]
        if differing:
            yield publication.slug, "、".join(str(PublicEntry._meta.get_field(name).verbose_name) for name in differing)
    stray = PublicEntry.objects.exclude(publication__state__in=PUBLIC_STATES)
    yield from ((slug, "已不再公开，条目还在") for slug in stray.order_by("slug").values_list("slug", flat=True))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else value


@transaction.atomic
def rebuild_entries() -> int:
    """Every row anew from its publication; returns how many."""
    PublicEntry.objects.all().delete()
    count = fill_missing_entries()
    record("entries.rebuilt", count=count)
    return count
