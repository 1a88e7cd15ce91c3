"""Links and receipt numbers are keys: whoever tries one after the other is stopped for a while.

Only misses are counted, by a keyed hash of the network address, in Redis. Without Redis nobody is
stopped: the keys themselves are long enough that nobody guesses one.
"""

from __future__ import annotations

import structlog
from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from shuangsuiji.lib.errors import Refusal

WINDOW_SECONDS = 600
log = structlog.get_logger(__name__)


def check_not_guessing(request: HttpRequest) -> None:
    """Refuse (429) an address that has missed too often lately."""
    if _quietly(lambda: cache.get(_key(request), 0)) >= settings.MOST_WRONG_LINKS:
        raise Refusal(
            "短时间内打开了太多不存在的链接或受理号，请十分钟后再试。扫码或从邮件里打开链接，不容易出错。",
            status=429,
            retry_after=WINDOW_SECONDS,
        )


def note_miss(request: HttpRequest) -> None:
    """Count a link or a number that leads nowhere."""
    key = _key(request)
    _quietly(lambda: cache.incr(key) if not cache.add(key, 1, WINDOW_SECONDS) else 1)


def _key(request: HttpRequest) -> str:
    address = get_client_ip_address(request) or ""
    digest = salted_hmac("guessing", address, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
    return f"guessing:{digest[:40]}"


def _quietly(ask) -> int:
    try:
        return int(ask() or 0)
    except (RedisError, OSError, ValueError):
        log.warning("guessing_not_counted")
        return 0
