"""Atom feeds and the site map: for readers and machines that come by themselves."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from draws.selectors.ledger import ledger_entries
from publication.columns import COLUMNS, EXPOSURES, LISTINGS, NOTICES, RELEASES, REPORTS, RESULTS, Column, address_of
from publication.models import PublicEntry
from publication.searching import standing_entries
from shuangsuiji.accounts.access import public_page
from shuangsuiji.lib.page_cache import kept_page

MOST_IN_A_FEED = 50
MOST_IN_A_MAP = 5000


class ColumnFeed(Feed):
    """The latest publications of some kinds as Atom."""

    feed_type = Atom1Feed
    link = "/"
    subtitle = "检查公告、检查结果和其他公开信息"

    def __init__(self, *, name: str, kinds: tuple[str, ...], url_name: str) -> None:
        self.title = f"{settings.BUREAU_NAME} {name}"
        self.kinds = kinds
        self.url_name = url_name

    def feed_url(self) -> str:
        return reverse(self.url_name)

    def items(self):
        return standing_entries(self.kinds)[:MOST_IN_A_FEED]

    def item_title(self, item: PublicEntry) -> str:
        return item.title

    def item_description(self, item: PublicEntry) -> str:
        return item.note

    def item_link(self, item: PublicEntry) -> str:
        return address_of(item)

    def item_guid(self, item: PublicEntry) -> str:
        return f"urn:uuid:{item.pk}"

    def item_pubdate(self, item: PublicEntry):
        return item.published_at

    def item_updateddate(self, item: PublicEntry):
        return item.published_at

    def item_categories(self, item: PublicEntry) -> tuple[str, ...]:
        return (item.get_kind_display(),)


@public_page
@kept_page()
def feed(request):
    """Everything."""
    kinds = tuple(kind for column in COLUMNS for kind in column.kinds)
    return ColumnFeed(name=settings.SITE_NAME, kinds=kinds, url_name="feed")(request)


def column_feed(column: Column):
    """The feed of one column, as a view."""

    @public_page
    @kept_page()
    def fed(request):
        return ColumnFeed(name=column.name, kinds=column.kinds, url_name=column.feed_url)(request)

    return fed


notice_feed, result_feed = column_feed(NOTICES), column_feed(RESULTS)
exposure_feed, listing_feed = column_feed(EXPOSURES), column_feed(LISTINGS)
report_feed, release_feed = column_feed(REPORTS), column_feed(RELEASES)


class _Map(Sitemap):
    limit = MOST_IN_A_MAP
    protocol = urlsplit(settings.BASE_URL).scheme or "http"


class PageMap(_Map):
    """The pages that always stand."""

    names = (
        *("home", "search", "ledger", "verify", "item_list", "officer_list", "statistics", "open_data"),
        *("plan_public_list", "feedback", "authenticity"),
    )

    def items(self) -> list[str]:
        return [*self.names, *(column.list_url for column in COLUMNS)]

    def location(self, item: str) -> str:
        return reverse(item)


class PublicationMap(_Map):
    """Every publication that can be read."""

    def items(self):
        return PublicEntry.objects.order_by("published_at", "publication_id")

    def location(self, item: PublicEntry) -> str:
        return address_of(item)

    def lastmod(self, item: PublicEntry):
        return item.published_at


class LedgerMap(_Map):
    """Every sealed draw, the void ones too."""

    def items(self):
        return ledger_entries().order_by("number")

    def location(self, item) -> str:
        return reverse("ledger_entry", args=[item.number])

    def lastmod(self, item):
        return item.sealed_at


MAPS = {"pages": PageMap, "publications": PublicationMap, "ledger": LedgerMap}


@public_page
@kept_page()
def sitemap(request):
    """The index: one map per five thousand addresses."""
    return sitemap_views.index(request, sitemaps=MAPS, sitemap_url_name="sitemap_section")


@public_page
@kept_page("p")
def sitemap_section(request, section):
    """One map."""
    return sitemap_views.sitemap(request, sitemaps=MAPS, section=section)
