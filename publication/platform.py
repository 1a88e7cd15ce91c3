"""Speaking to the provincial platform: one JSON document a call, signed, sent where the settings say and nowhere else.

Answers 200–299 mean taken; 409 means it is there already; anything else is tried again later.
The signature is HMAC-SHA256 over `timestamp + "\\n" + body`, in hexadecimal, header `X-Signature`.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import ssl
from urllib.parse import urlsplit

from django.conf import settings

from publication.columns import address_of
from publication.disclosure import shown_content
from publication.models import PlatformPush, Publication
from publication.states import PUBLIC_STATES

TIMEOUT_SECONDS = 15
_ALREADY_THERE = 409


class NotTakenError(Exception):
    """The platform answered, and not with yes."""


def is_configured() -> bool:
    """Whether there is a platform to push to."""
    return bool(settings.PLATFORM_URL)


def document_of(publication: Publication) -> dict:
    """What the platform gets: the public words; of what is no longer public only that it is gone."""
    document = {
        "id": str(publication.pk),
        "bureau": {"name": settings.BUREAU_NAME, "code": settings.BUREAU_CODE},
        "kind": publication.kind,
        "state": publication.state,
        "version": publication.version,
        "index_number": publication.index_number,
        "number": publication.number or "",
        "published_at": publication.published_at.isoformat() if publication.published_at else "",
        "sha256": publication.sha256,
        "corrects": str(publication.corrects_id or ""),
        "reason": publication.end_reason or publication.correction_reason,
    }
    if publication.state in PUBLIC_STATES:
        document |= {
            "title": publication.title,
            "introduction": publication.introduction,
            "content": shown_content(publication.kind, publication.content),
            "url": f"{settings.BASE_URL}{address_of(publication)}",
        }
    return document


def deliver(push: PlatformPush, *, timestamp: int) -> None:
    """Send one document. Raises OSError or NotTakenError when it was not taken; follows no redirect."""
    body = json.dumps(document_of(push.publication), ensure_ascii=False, sort_keys=True).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": str(push.pk),
        "X-Bureau": settings.BUREAU_CODE,
        "X-Timestamp": str(timestamp),
        "X-Signature": signature(body, timestamp=timestamp, key=settings.PLATFORM_KEY),
    }
    status = _post(settings.PLATFORM_URL, body, headers)
    if not (200 <= status < 300 or status == _ALREADY_THERE):
        raise NotTakenError(f"省平台答复 {status}")


def signature(body: bytes, *, timestamp: int, key: str) -> str:
    """What the platform computes again before it believes us."""
    return hmac.new(key.encode(), f"{timestamp}\n".encode() + body, hashlib.sha256).hexdigest()


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise NotTakenError(f"省平台的答复无法识别：{type(error).__name__}") from error
    finally:
        connection.close()
