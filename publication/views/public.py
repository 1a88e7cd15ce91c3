"""What everybody reads: home, lists, details, search, feed."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from publication import figures, selectors
from publication.models import Publication
from shuangsuiji.accounts.access import public_page
from shuangsuiji.documents.models import IssuedDocument
from shuangsuiji.documents.services import document_path

Kind = Publication.Kind


@dataclass(frozen=True)
class Column:
    """One column of the site: its kinds, its words, its addresses."""

    kinds: tuple[str, ...]
    name: str
    lead: str
    list_url: str
    detail_url: str
    empty: str


NOTICES = Column(
    (Kind.NOTICE,),
    "检查公告",
    "检查前至少15日公布：查谁、查什么、什么时候查、有什么要求。",
    "notice_list",
    "notice",
    "目前没有检查公告。抽取完成后，公告会在检查前至少15日出现在这里。",
)
RESULTS = Column(
    (Kind.RESULT,),
    "检查结果",
    "检查结束后7日内公布每一项的结论和处理情况。",
    "result_list",
    "result",
    "目前没有检查结果。检查结束后7日内，结果会公布在这里。",
)
COLUMNS = (NOTICES, RESULTS)
_COLUMN_OF = {kind: column for column in COLUMNS for kind in column.kinds}


def address_of(publication: Publication) -> str:
    """The public address of a publication; it never changes."""
    column = _COLUMN_OF[publication.kind]
    return reverse(column.detail_url, args=[publication.slug])


@public_page
def home(request):
    """Understood in ten seconds: what was drawn, what was found, what comes next, how to check it."""
    published = selectors.public_publications()
    context = {
        "stats": figures.year_figures(today=timezone.localdate()),
        "open_notices": figures.open_notices(published, today=timezone.localdate())[:5],
        "results": published.filter(kind=Kind.RESULT).order_by("-published_at", "id")[:6],
        "latest_draw": figures.latest_public_draw(),
    }
    return render(request, "publication/home.html", context)


def _list(request, column: Column):
    words = request.GET.get("q", "").strip()[:60]
    found = selectors.search_public(words).filter(kind__in=column.kinds).order_by("-published_at", "id")
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    return render(request, "publication/list.html", {"column": column, "page_obj": page, "words": words})


def _detail(request, slug: str, column: Column):
    publication = get_object_or_404(
        selectors.public_publications().select_related("draw", "task__drawn__draw"), slug=slug, kind__in=column.kinds
    )
    paper = IssuedDocument.objects.filter(subject_kind="publication", subject_key=str(publication.pk)).last()
    context = {
        "publication": publication,
        "column": column,
        "paper": paper,
        "ledger_number": publication.content.get("draw_number", ""),
        "doc": {
            "index_number": publication.index_number,
            "issuer": settings.BUREAU_NAME,
            "written_on": publication.approved_at,
            "published_at": publication.published_at,
            "title": publication.title,
            "number": publication.number,
        },
        "article": {
            "column": column.name,
            "title": publication.title,
            "published_at": publication.published_at,
            "source": settings.BUREAU_NAME,
        },
    }
    return render(request, f"publication/{publication.kind}.html", context)


@public_page
def notice_list(request):
    return _list(request, NOTICES)


@public_page
def notice(request, slug):
    return _detail(request, slug, NOTICES)


@public_page
def notice_paper(request, slug):
    """The notice as issued, GB/T 9704."""
    publication = get_object_or_404(selectors.public_publications(), slug=slug, kind=Kind.NOTICE)
    paper = IssuedDocument.objects.filter(subject_kind="publication", subject_key=str(publication.pk)).last()
    if paper is None:
        raise Http404
    return FileResponse(document_path(paper).open("rb"), content_type="application/pdf", filename=f"{slug}.pdf")


@public_page
def result_list(request):
    return _list(request, RESULTS)


@public_page
def result(request, slug):
    return _detail(request, slug, RESULTS)


@public_page
def search(request):
    """Across everything public: a name, a credit code, a number; two characters are enough."""
    words = request.GET.get("q", "").strip()[:60]
    found = selectors.search_public(words).order_by("-published_at", "id") if words else Publication.objects.none()
    page = Paginator(found.filter(kind__in=list(_COLUMN_OF)), 20).get_page(request.GET.get("page"))
    rows = [(publication, address_of(publication)) for publication in page]
    return render(request, "publication/search.html", {"words": words, "page_obj": page, "rows": rows})


class PublicationFeed(Feed):
    """The latest publications as Atom."""

    feed_type = Atom1Feed
    title = f"{settings.BUREAU_NAME} {settings.SITE_NAME}"
    link = "/"
    subtitle = "检查公告、检查结果和其他公开信息"

    def items(self):
        return selectors.public_publications().filter(kind__in=list(_COLUMN_OF)).order_by("-published_at", "id")[:50]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.introduction

    def item_link(self, item):
        return address_of(item)

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.published_at


@public_page
def feed(request):
    return PublicationFeed()(request)
