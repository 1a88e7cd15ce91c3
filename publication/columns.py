"""The columns of the public site: which kinds stand where, in which words. Addresses never change."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from publication.models import Publication, PublicEntry

Kind = Publication.Kind


@dataclass(frozen=True)
class Column:
    """One column: its kinds, its words, the names of its addresses, its ColumnType in the meta tags."""

    kinds: tuple[str, ...]
    name: str
    lead: str
    list_url: str
    detail_url: str
    empty: str
    feed_url: str
    code: str
    type: str


NOTICES = Column(
    (Kind.NOTICE,),
    "检查公告",
    "检查前至少15日公布：查谁、查什么、什么时候查、有什么要求。",
    "notice_list",
    "notice",
    "目前没有检查公告。抽取完成后，公告会在检查前至少15日出现在这里。",
    "notice_feed",
    "notices",
    "通知公告",
)
RESULTS = Column(
    (Kind.RESULT, Kind.HANDLING),
    "检查结果",
    "检查结束后7日内公布每一项的结论和处理情况；依法查处的，查处结果也在这里。",
    "result_list",
    "result",
    "目前没有检查结果。检查结束后7日内，结果会公布在这里。",
    "result_feed",
    "results",
    "行政检查结果",
)
EXPOSURES = Column(
    (Kind.EXPOSURE,),
    "曝光",
    "隐瞒重大隐患、逾期不整改或整改不到位的，经批准在这里曝光。",
    "exposure_list",
    "exposure",
    "目前没有曝光。隐瞒重大隐患、逾期不整改或整改不到位的企业，经批准后才会出现在这里。",
    "exposure_feed",
    "exposures",
    "曝光台",
)
LISTINGS = Column(
    (Kind.LISTING, Kind.REMOVAL),
    "严重失信名单",
    "列入前告知当事人并听取陈述申辩，列入决定和移出决定都在这里公布。",
    "listing_list",
    "listing",
    "目前没有列入或移出严重失信名单的决定。",
    "listing_feed",
    "listings",
    "信用监管",
)
REPORTS = Column(
    (Kind.STATISTICS,),
    "统计公报",
    "按月、季度、年度公布的抽查数字。",
    "report_list",
    "report",
    "还没有发布统计公报。实时数字见“统计”。",
    "report_feed",
    "reports",
    "统计信息",
)
RELEASES = Column(
    (Kind.PLAN, Kind.ITEMS, Kind.OFFICERS),
    "计划和清单",
    "年度抽查计划、抽查事项清单和执法人员名录的历次公布。",
    "release_list",
    "release",
    "还没有发布计划、清单或名录。",
    "release_feed",
    "releases",
    "政策文件",
)
COLUMNS = (NOTICES, RESULTS, EXPOSURES, LISTINGS, REPORTS, RELEASES)
COLUMN_OF = {kind: column for column in COLUMNS for kind in column.kinds}

# A plan's page shows its progress too and has an address of its own.
_DETAIL_URL = {kind: column.detail_url for kind, column in COLUMN_OF.items()} | {Kind.PLAN: "plan_public"}


def address_of(publication: Publication | PublicEntry) -> str:
    """The public address of a publication; it never changes."""
    return reverse(_DETAIL_URL[publication.kind], args=[publication.slug])
