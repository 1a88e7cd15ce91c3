"""How anybody checks that what stands here is what was published, and when."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date

from publication import selectors
from publication.columns import COLUMN_OF, address_of
from publication.disclosure import canonical_text
from publication.models import Publication
from publication.states import TRACE_STATES
from shuangsuiji.accounts.access import public_page
from shuangsuiji.audit.chain import event_text
from shuangsuiji.audit.models import AuditEvent, DayLeaf
from shuangsuiji.audit.selectors import leaf_of, text_of_day
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.page_cache import kept_page

DAYS_SHOWN = 60


@public_page
@kept_page()
def authenticity(request):
    """The fingerprint of every day, and how to check a page, a day and a draw."""
    return render(request, "publication/authenticity.html", {"leaves": DayLeaf.objects.order_by("-on")[:DAYS_SHOWN]})


def _known(slug: str) -> Publication:
    """What is public, and of what once was the proof that it was."""
    return get_object_or_404(selectors.readable_publications(), slug=slug)


def _standing(slug: str) -> Publication:
    """What may be read; the event of one that is gone names it too."""
    publication = _known(slug)
    if publication.state in TRACE_STATES:
        raise Refusal("这份内容已经撤回或到期，不再提供；发布时的指纹仍可在“真实性”核对。", status=410)
    return publication


def _published_event(publication: Publication) -> AuditEvent | None:
    rows = AuditEvent.objects.filter(
        target_kind=Publication._meta.label_lower,
        target_key=str(publication.pk),
        action="publication.published",
        actor_key="",  # the publishing job; an event with a person in it is not for the public
    )
    return rows.order_by("sequence").last()


@public_page
@kept_page()
def authentic_publication(request, slug):
    """Three comparisons for one publication, done by the browser or by hand."""
    publication = _known(slug)
    event = _published_event(publication)
    context = {
        "publication": publication,
        "is_gone": publication.state in TRACE_STATES,
        "column": COLUMN_OF[publication.kind],
        "address": address_of(publication),
        "event": event,
        "leaf": leaf_of(event) if event else None,
    }
    return render(request, "publication/authentic_publication.html", context)


def _text(content: str, *, content_type: str) -> HttpResponse:
    return HttpResponse(content.encode(), content_type=content_type)


@public_page
@kept_page()
def authentic_content(request, slug):
    """The exact bytes behind the hash on the page."""
    publication = _standing(slug)
    text = canonical_text(publication, published_at=publication.published_at)
    return _text(text, content_type="application/json; charset=utf-8")


@public_page
@kept_page()
def authentic_event(request, slug):
    """The exact bytes of the event in the chain that tells of the publication, its hash included."""
    event = _published_event(_standing(slug))
    if event is None:
        raise Http404
    return _text(event_text(event), content_type="application/json; charset=utf-8")


@public_page
@kept_page()
def authentic_day(request, day):
    """The links of one day, whose SHA-256 is the day's fingerprint."""
    try:
        on = parse_date(day)
    except ValueError:
        on = None
    if on is None:
        raise Http404
    return _text(text_of_day(get_object_or_404(DayLeaf, on=on)), content_type="text/plain; charset=utf-8")
