"""Version 1. An answer changes only with what is recorded, so its ETag holds until then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from itertools import islice
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import path
from django.utils import timezone
from ninja import NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError

from publication import open_data, series
from publication.api import reading, shapes
from publication.disclosure import sentence_of_end
from publication.selectors import readable_publications
from publication.states import TRACE_STATES
from shuangsuiji.accounts.access import public_page
from shuangsuiji.lib.page_cache import site_version

MOST = 200
SLUG = r"^[-a-zA-Z0-9_]+$"
_LARGEST = 2**63 - 1

api = NinjaAPI(
    title=f"{settings.BUREAU_NAME} {settings.SITE_NAME}",
    version="1.0",
    description="只读接口。按键翻页（after、next），或只取变化（since、next）。不需要登录；内容与公开网页相同。",
    docs_url=None,
    urls_namespace="api_v1",
    openapi_url="/openapi.json",
)

Limit = Query(100, ge=1, le=MOST, description="每页行数")
Kind = Literal[
    "plan", "items", "officers", "notice", "result", "handling", "exposure", "listing", "removal", "statistics"
]


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = "、".join(sorted({str(one["loc"][-1]) for one in error.errors}))
    return api.create_response(
        request, {"detail": f"参数不能识别：{names}。取值范围见 /api/v1/openapi.json。"}, status=422
    )


@api.exception_handler(reading.BadCursorError)
def _bad_cursor(request: HttpRequest, error: Exception) -> HttpResponse:
    return api.create_response(request, {"detail": "after 不能识别：请原样使用上一页的 next。"}, status=422)


_ANSWERS = {400: shapes.Problem, 414: shapes.Problem, 422: shapes.Problem}


@api.get("/publications", response={200: shapes.PublicationPage, **_ANSWERS}, summary="公开信息，最早的在前")
def api_publications(request, kind: Kind | None = None, after: str = Query("", max_length=200), limit: int = Limit):
    """Pages by key."""
    return reading.publication_page(kind=kind or "", after=after, limit=limit)


@api.get(
    "/publications/{slug}",
    response={200: shapes.PublicationWhole, 404: shapes.Problem, 410: shapes.Problem, **_ANSWERS},
    summary="一份公开信息的全部内容",
)
def api_publication(request, slug: str = Path(..., max_length=40, pattern=SLUG)):
    """One publication; of one that was withdrawn or has expired, when and why."""
    found = readable_publications().filter(slug=slug).first()
    if found is None:
        raise HttpError(404, "没有这份公开信息。请核对 slug，可用的见 /api/v1/publications。")
    if found.state in TRACE_STATES:
        raise HttpError(410, sentence_of_end(found))
    return reading.whole_of(found)


@api.get("/changes", response={200: shapes.ChangePage, **_ANSWERS}, summary="某次之后的变化，按生效次序")
def api_changes(request, since: int = Query(0, ge=0, le=_LARGEST), limit: int = Limit):
    """Everything that was published, corrected, withdrawn or expired after `since`."""
    return reading.change_page(since=since, limit=limit)


@api.get("/ledger", response={200: shapes.LedgerPage, **_ANSWERS}, summary="抽取台账，最早的在前")
def api_ledger(request, after: str = Query("", max_length=40), limit: int = Limit):
    """Pages by number."""
    found = list(islice(open_data.ledger_rows(after=after), limit + 1))
    return {"rows": found[:limit], "next": found[limit - 1]["number"] if len(found) > limit else ""}


@api.get("/items", response={200: shapes.ItemList, **_ANSWERS}, summary="现行抽查事项清单")
def api_items(request):
    """All in force."""
    return {"rows": list(open_data.BY_CODE["items"].rows())}


@api.get("/officers", response={200: shapes.OfficerList, **_ANSWERS}, summary="在岗执法人员")
def api_officers(request):
    """All whose certificate is valid today."""
    return {"rows": list(open_data.BY_CODE["officers"].rows())}


@api.get("/statistics", response={200: shapes.Statistics, **_ANSWERS}, summary="按月、季度、年度的数字")
def api_statistics(
    request,
    by: Literal["month", "quarter", "year"] = "month",
    year: int = Query(0, ge=0, le=2100, description="0 为今年"),
):
    """As on the statistics page."""
    chosen = year if year >= 2000 else timezone.localdate().year
    return {"by": by, "year": chosen, "rows": series.figures_over_time(unit=by, year=chosen)}


def _conditional(view: Callable) -> Callable:
    """A 304 as long as nothing was recorded since; asked before any row is read."""

    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        text = f"{site_version()}.{request.get_full_path()}.{timezone.localdate()}"
        etag = f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
        if request.method == "HEAD":
            request.method = "GET"  # the server leaves the body out
        is_same = request.method == "GET" and etag in request.headers.get("If-None-Match", "")
        response = HttpResponseNotModified() if is_same else view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = etag
            response.headers["Cache-Control"] = "public, no-cache"
        return response

    return public_page(answered)


def _missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Machines get their 404 as JSON too."""
    return api.create_response(request, {"detail": "没有这个接口。可用的接口见 /api/v1/openapi.json。"}, status=404)


def api_urls() -> tuple:
    """The addresses for `path("api/v1/", …)`: every view says that anybody may open it."""
    patterns, app_name, namespace = api.urls
    patterns.insert(0, path("", _missing, name="api_root"))  # before ninja's own, which answers in HTML
    patterns.append(path("<path:rest>", _missing, name="api_missing"))
    for pattern in patterns:
        assert pattern.callback
        pattern.callback = _conditional(pattern.callback)
    return patterns, app_name, namespace
