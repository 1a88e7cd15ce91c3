"""What everybody reads: home, lists, details, search."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response

from publication import disclosure, figures, searching, selectors
from publication.columns import (
    COLUMN_OF,
    COLUMNS,
    EXPOSURES,
    LISTINGS,
    NOTICES,
    RELEASES,
    REPORTS,
    RESULTS,
    Column,
    address_of,
)
from publication.models import Publication
from publication.public_forms import ListForm, SearchForm
from publication.states import TRACE_STATES
from shuangsuiji.accounts.access import public_page
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.responses import pdf_response
from shuangsuiji.documents.services import document_path, download_name
from shuangsuiji.lib.page_cache import kept_page

__all__ = ["address_of"]

Kind = Publication.Kind
PER_PAGE = 20
# The parts of the address that choose; what people type has no end and is never kept.
_CHOSEN, _TYPED = ("page", "township", "field"), ("q", "since", "until")


@public_page
@kept_page()
def home(request):
    """Understood in ten seconds: what was drawn, what was found, what comes next, how to check it."""
    today = timezone.localdate()
    context = {
        "stats": figures.year_figures(today=today),
        "open_notices": figures.open_notices(today=today)[:5],
        "results": searching.standing_entries(RESULTS.kinds)[:6],
        "warnings": searching.standing_entries((*EXPOSURES.kinds, *LISTINGS.kinds))[:4],
        "latest_draw": figures.latest_public_draw(),
    }
    return render(request, "publication/home.html", context)


def _list(request, column: Column):
    form = ListForm(request.GET)
    page = searching.ShortPaginator(form.find(searching.standing_entries(column.kinds)), PER_PAGE)
    context = {"column": column, "filter_form": form, "page_obj": page.get_page(request.GET.get("page"))}
    return render(request, "publication/list.html", context)


def _detail(request, slug: str, column: Column):
    publication = get_object_or_404(selectors.readable_publications(), slug=slug, kind__in=column.kinds)
    if publication.state in TRACE_STATES:
        return gone_page(request, publication, column_name=column.name, list_url=column.list_url)
    return render(request, "publication/detail.html", _detail_context(publication, column))


def gone_page(request, publication: Publication, *, column_name: str, list_url: str):
    """When and why it went, and what stands instead; never its words."""
    context = {
        "publication": publication,
        "column_name": column_name,
        "list_url": list_url,
        "in_force": selectors.version_in_force(publication),
        "how": disclosure.how_it_ended(publication),
    }
    return render(request, "publication/gone.html", context, status=410)


def _detail_context(publication: Publication, column: Column) -> dict:
    standing = disclosure.as_shown(publication)
    return {
        "publication": standing,
        "column": column,
        "body_template": [f"publication/_{publication.kind}_body.html", "publication/_plain_body.html"],
        "paper": _paper_of(publication),
        "ledger_number": standing.content.get("draw_number", ""),
        "correction": selectors.correction_of(publication),
        "in_force": selectors.version_in_force(publication),
        **frame_of(publication, column_name=column.name, column_type=column.type),
    }


def frame_of(publication: Publication, *, column_name: str, column_type: str) -> dict:
    """The header block and the meta tags of a public text."""
    words = [publication.get_kind_display(), publication.number or publication.index_number, "双随机", "安全生产"]
    return {
        "doc": {
            "index_number": publication.index_number,
            "issuer": settings.BUREAU_NAME,
            "written_on": timezone.localdate(publication.approved_at) if publication.approved_at else None,
            "published_at": publication.published_at,
            "title": publication.title,
            "number": publication.number,
        },
        "article": {
            "column": column_name,
            "column_type": column_type,
            "title": publication.title,
            "published_at": publication.published_at,
            "source": settings.BUREAU_NAME,
            "keywords": ",".join(words),
            "description": " ".join(publication.introduction.split())[:150],
        },
    }


def _paper_of(publication: Publication) -> IssuedDocument | None:
    papers = IssuedDocument.objects.filter(subject_kind="publication", subject_key=str(publication.pk))
    return papers.order_by("issued_at", "id").last()


def column_list(column: Column):
    """The list of a column, as a view."""

    @public_page
    @kept_page(*_CHOSEN, fresh=_TYPED)
    def listed(request):
        return _list(request, column)

    return listed


def column_detail(column: Column):
    """One publication of a column, as a view."""

    @public_page
    @kept_page()
    def detailed(request, slug):
        return _detail(request, slug, column)

    return detailed


notice_list, notice = column_list(NOTICES), column_detail(NOTICES)
result_list, result = column_list(RESULTS), column_detail(RESULTS)
exposure_list, exposure = column_list(EXPOSURES), column_detail(EXPOSURES)
listing_list, listing = column_list(LISTINGS), column_detail(LISTINGS)
report_list, report = column_list(REPORTS), column_detail(REPORTS)
release_list, release = column_list(RELEASES), column_detail(RELEASES)


@public_page
def notice_paper(request, slug):
    """The notice as issued, GB/T 9704; of one that was withdrawn, the page that tells when and why."""
    publication = get_object_or_404(selectors.readable_publications(), slug=slug, kind=Kind.NOTICE)
    if publication.state in TRACE_STATES:
        return gone_page(request, publication, column_name=NOTICES.name, list_url=NOTICES.list_url)
    paper = _paper_of(publication)
    if paper is None:
        raise Http404
    # Asked before the file is opened: an answer that is thrown away would leave it open.
    if held := get_conditional_response(request, etag=f'"{paper.sha256}"'):
        return held
    response = pdf_response(document_path(paper), file_name=download_name(paper), sha256=paper.sha256)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@public_page
@kept_page(fresh=("q", "column", "township", "field", "since", "until", "page"))
def search(request):
    """Across everything public: a name, a credit code, a number; two characters are enough."""
    form = SearchForm(request.GET)
    rows = form.find(searching.standing_entries())
    page = searching.ShortPaginator(rows if form.is_asked else rows.none(), PER_PAGE)
    context = {"filter_form": form, "page_obj": page.get_page(request.GET.get("page")), "columns": COLUMNS}
    return render(request, "publication/search.html", context)


@public_page
@kept_page()
def robots(request):
    """Search engines are welcome to what is public, and to nothing else."""
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /letter/", "Disallow: /witness/", "Disallow: /display/"]
    return HttpResponse("\n".join([*lines, f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]), content_type="text/plain")


def column_of(publication) -> Column:
    """The column a publication or its entry stands in."""
    return COLUMN_OF[publication.kind]
