"""What an approval says yes to, written down: the pool as it was that day, and what the rehearsal showed."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable

from draws.models import ApprovedPool, Draw
from draws.selectors.approved_pool import pool_content, pool_fingerprint
from draws.selectors.preparation import Preparation
from draws.selectors.rehearsal import rehearse
from shuangsuiji.accounts.models import User

REHEARSALS = 20


def keep_pool(draw: Draw, preparation: Preparation, *, by: User, now: datetime.datetime) -> ApprovedPool:
    """Write down who could be drawn and sent when the approver said yes; an earlier word is replaced."""
    content = pool_content(preparation)
    values = {"content": content, "fingerprint": pool_fingerprint(content), "confirmed_by": by, "confirmed_at": now}
    return ApprovedPool.objects.update_or_create(draw=draw, defaults=values)[0]


def keep_rehearsal(
    draw: Draw,
    preparation: Preparation,
    *,
    now: datetime.datetime,
    token_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> None:
    """Trial draws with throw-away seeds; only counts and sentences are kept with the draft. Does not save it."""
    shown = rehearse(preparation, seeds=[token_bytes(32) for _ in range(REHEARSALS)])
    draw.rehearsal = {
        "at": now.isoformat(timespec="seconds"),
        "run_count": shown.run_count,
        "blocked_count": shown.blocked_count,
        "sentences": shown.sentences,
        "fingerprint": pool_fingerprint(pool_content(preparation)),
    }
