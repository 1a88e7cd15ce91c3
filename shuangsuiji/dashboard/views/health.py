"""Is it alive, is it ready: for the process runner, the proxy and the person on call."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseForbidden, JsonResponse
from django.utils import timezone
from django_prometheus.exports import ExportToDjangoView
from redis.exceptions import RedisError

from shuangsuiji.accounts.access import public_page
from shuangsuiji.dashboard.models import Heartbeat
from shuangsuiji.notifications.selectors import oldest_due_at

LATE_SECONDS = 300
"""After so long without a pulse, or with a message waiting, something is wrong."""


@public_page
def healthz(request) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public_page
def readyz(request) -> JsonResponse:
    """Every part answers: database, Redis, scheduler, outbox. 503 when one does not."""
    checks = {"database": _database(), "redis": _redis()}
    if checks["database"] == "ok":
        checks |= {"scheduler": _scheduler(now=timezone.now()), "outbox": _outbox(now=timezone.now())}
    ready = all(value == "ok" for value in checks.values())
    return JsonResponse(checks, status=200 if ready else 503)


@public_page
def metrics(request) -> HttpResponse:
    """Prometheus figures, for this machine or whoever holds METRICS_TOKEN."""
    token = settings.METRICS_TOKEN
    if token:
        allowed = request.headers.get("Authorization") == f"Bearer {token}"
    else:
        allowed = request.META["REMOTE_ADDR"] in {"127.0.0.1", "::1", ""} and "X-Forwarded-For" not in request.headers
    return ExportToDjangoView(request) if allowed else HttpResponseForbidden()


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "database does not answer"
    return "ok"


def _redis() -> str:
    try:
        cache.get("readyz")
    except RedisError:
        return "redis does not answer"
    return "ok"


def _scheduler(*, now: dt.datetime) -> str:
    beat = Heartbeat.objects.filter(name="beat").first()
    if beat is None or (now - beat.at).total_seconds() > LATE_SECONDS:
        return "no pulse from beat and worker"
    return "ok"


def _outbox(*, now: dt.datetime) -> str:
    since = oldest_due_at()
    if since is not None and (now - since).total_seconds() > LATE_SECONDS:
        return "messages wait too long"
    return "ok"
