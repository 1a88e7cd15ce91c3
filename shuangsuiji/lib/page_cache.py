"""Public pages kept whole: right at once after any recorded change, a 304 where nothing changed.

A kept page carries the version of the site it was made from. The version is the newest link
of the audit chain: whatever changes in the house is recorded in the transaction that changes
it, so no change can leave an old page standing. PostgreSQL is the truth; Redis only saves the
question. Lost, emptied or dead, it costs speed and nothing else.

A page is always made for a stranger: no session, no account, and only the query it asks for.
What only cleared people may read can therefore never be kept.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from redis.exceptions import RedisError

from shuangsuiji.lib.context import Display

log = structlog.get_logger(__name__)

VERSION_KEY = "site:version"
# A worker killed between its commit and the note to Redis leaves an old version for so long at most.
VERSION_SECONDS = 5
# Under load a process asks Redis ten times a second, not with every page: so late may another process hear of a change.
VERSION_NEAR_SECONDS = 0.1
KEPT_SECONDS = 3600
MOST_NEAR = 256
_readers: list[Callable[[], str]] = []
# The pages this process has answered lately: then Redis is asked for the version alone.
_near: dict[str, KeptPage] = {}
# The version this process has heard last, and when.
_version_near: dict[str, float] = {}


@dataclass(frozen=True)
class KeptPage:
    """A whole answer, the version it was made from, and since when its bytes are what they are."""

    version: str
    body: bytes
    content_type: str
    etag: str
    modified_at: int


def register_version(reader: Callable[[], str]) -> None:
    """The room that keeps the trail says how the newest link is read."""
    _readers[:] = [reader]


def note_change(version: str) -> None:
    """Called in the transaction of a change: forgotten now, known again once it is committed."""
    _version_near.clear()
    _quietly(lambda: cache.delete(VERSION_KEY))
    transaction.on_commit(lambda: _tell(version))


def _tell(version: str) -> None:
    _version_near.clear()
    _quietly(lambda: cache.set(VERSION_KEY, version, VERSION_SECONDS))


def kept_page(*names: str, fresh: tuple[str, ...] = ()) -> Callable[[Callable], Callable]:
    """A public page that is the same for everybody; `names` are the parts of the query it reads.

    `fresh` are further parts of which there is no end (typed words): asked with one of them, the page is
    made anew, or strangers could fill the memory. The view gets a request without account or session.
    Only whole answers with status 200 are kept.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            if any(request.GET.get(name, "").strip() for name in fresh):
                visitor = stranger(request, names=names + fresh)
                return _answered_once(request, _made(view, visitor, *args, **kwargs))
            key = _key(request, _asked(request, names))
            version = site_version()
            kept = _look_up(key, version=version)
            if kept is None or kept.version != version:
                response = _made(view, stranger(request, names=names), *args, **kwargs)
                if response.status_code != 200 or response.streaming:
                    return response
                kept = _keep(key, response, version=version, before=kept)
            return _answer(request, kept)

        return answered

    return decorate


class Stranger(HttpRequest):
    """A visitor of whom nothing is known but the address they ask for."""

    def _get_scheme(self) -> str:
        return urlsplit(settings.BASE_URL).scheme or "http"


def _query(asked: list[tuple[str, str]]) -> Any:
    query = QueryDict(mutable=True)
    for name, value in asked:
        query[name] = value
    return query


def stranger(request: HttpRequest, *, names: tuple[str, ...]) -> Stranger:
    """The same question, asked by nobody in particular, of the site's own name."""
    visitor = Stranger()
    visitor.method = "GET"
    visitor.path, visitor.path_info = request.path, request.path_info
    visitor.resolver_match = request.resolver_match
    visitor.GET = _query(_asked(request, names))
    shown = Display.from_cookies(request.COOKIES)
    visitor.COOKIES = {"size": shown.size, "contrast": shown.contrast}
    host = urlsplit(settings.BASE_URL)
    visitor.META = {"SERVER_NAME": host.hostname or "", "SERVER_PORT": str(host.port or ""), "HTTP_HOST": host.netloc}
    visitor.user = AnonymousUser()  # type: ignore[attr-defined]
    return visitor


def _asked(request: HttpRequest, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The parts of the query that a page reads, as far as they say anything."""
    return [(name, value[:100]) for name in names if (value := request.GET.get(name, "").strip())]


def site_version() -> str:
    """The newest link of the chain: heard a moment ago, or from Redis, or else from PostgreSQL."""
    now = time.monotonic()
    for heard, at in tuple(_version_near.items()):
        if 0 <= now - at < VERSION_NEAR_SECONDS:
            return heard
    version = _asked_version()
    _version_near.clear()
    _version_near[version] = now
    return version


def _asked_version() -> str:
    version = _quietly(lambda: cache.get(VERSION_KEY))
    if version is None:
        version = _readers[0]() if _readers else ""
        # Only where nobody has written meanwhile: a newer version must not be overwritten by ours.
        _quietly(lambda: cache.add(VERSION_KEY, version, VERSION_SECONDS))
    return version


def forget_pages() -> None:
    """Forget everything that was kept, here and in Redis."""
    _near.clear()
    _version_near.clear()
    _quietly(cache.clear)


def _look_up(key: str, *, version: str) -> KeptPage | None:
    """The kept page from this process's memory, else from Redis; it may be of an older version."""
    near = _near.get(key)
    if near is not None and near.version == version:
        return near
    kept = _quietly(lambda: cache.get(key))
    if not isinstance(kept, KeptPage):
        return near
    _remember(key, kept)
    return kept


def _remember(key: str, kept: KeptPage) -> None:
    if len(_near) >= MOST_NEAR:
        _near.clear()
    _near[key] = kept


def _made(view: Callable, visitor: HttpRequest, *args, **kwargs) -> HttpResponse:
    response = view(visitor, *args, **kwargs)
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _answered_once(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200 or response.streaming:
        return response
    page = KeptPage("", response.content, response.headers["Content-Type"], _etag(response.content), int(time.time()))
    return _answer(request, page)


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _keep(key: str, response: HttpResponse, *, version: str, before: KeptPage | None) -> KeptPage:
    body = response.content
    etag = _etag(body)
    if before is not None and before.etag == etag:
        kept = replace(before, version=version)
    else:
        kept = KeptPage(version, body, response.headers["Content-Type"], etag, int(time.time()))
    _remember(key, kept)
    _quietly(lambda: cache.set(key, kept, KEPT_SECONDS))
    return kept


def _answer(request: HttpRequest, kept: KeptPage) -> HttpResponse:
    """Whole or as 304; every cache on the way has to ask again each time."""
    response = HttpResponse(kept.body, content_type=kept.content_type)
    response.headers["ETag"] = kept.etag
    response.headers["Last-Modified"] = http_date(kept.modified_at)
    response.headers["Cache-Control"] = "public, no-cache"
    answer = get_conditional_response(request, etag=kept.etag, last_modified=kept.modified_at, response=response)
    assert answer is not None, "given a response, one comes back"
    answer.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(answer, ["Cookie"])  # type size and contrast are two cookies
    return answer


def _key(request: HttpRequest, asked: list[tuple[str, str]]) -> str:
    """Address, query, type size, day (“还有 3 天” ends at midnight) and release."""
    shown = Display.from_cookies(request.COOKIES)
    parts = [request.path, *(f"{name}={value}" for name, value in asked), shown.size, shown.contrast]
    text = "\n".join([*parts, timezone.localdate().isoformat(), _release()])
    return f"page:{hashlib.sha256(text.encode()).hexdigest()[:40]}"


@lru_cache(maxsize=1)
def _release() -> str:
    """When the newest of our files was written: a new release never meets an old page."""
    folders = ("templates", "publication", "draws", "shuangsuiji", "static/css", "static/js")
    files = (path for name in folders for path in (settings.BASE_DIR / name).rglob("*") if path.is_file())
    newest = max((_written_at(path) for path in files if "__pycache__" not in path.parts), default=0)
    return f"{newest}.{settings.BUREAU_NAME}.{settings.BASE_URL}"


def _written_at(path: Path) -> int:
    return path.stat().st_mtime_ns


def _quietly(ask: Callable[[], object]):
    """Redis may be away; then there is nothing kept."""
    try:
        return ask()
    except (RedisError, OSError):
        log.warning("page_cache_unreachable")
        return None
