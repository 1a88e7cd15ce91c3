"""The approver's second look: a new rehearsal before the approval, a changed pool after it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from draws.models import ApprovedPool, Draw
from draws.policies import check_may_confirm_pool, check_may_rehearse
from draws.selectors.preparation import prepare
from draws.services.approving import keep_pool, keep_rehearsal
from draws.services.drafting import follow_shares, locked
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record


@transaction.atomic
def confirm_pool(draw: Draw, *, by: User, now: datetime.datetime | None = None) -> ApprovedPool:
    """The pool has changed since the approval, and an approver has seen how: it may be sealed as it is now.

    Strata given by a share take so many of the changed pool, as the sealing will.
    """
    draw, now = locked(draw), now or timezone.now()
    check_may_confirm_pool(by, draw)
    follow_shares(draw)
    kept = keep_pool(draw, prepare(draw, today=timezone.localdate(now)), by=by, now=now)
    count = len(kept.content["enterprises"])
    said = {"fingerprint": kept.fingerprint, "enterprises": count}
    record("draw.pool_confirmed", by=by, target=draw, confidential=draw.is_covert, **said)
    return kept


@transaction.atomic
def rehearse_again(draw: Draw, *, by: User, now: datetime.datetime | None = None) -> Draw:
    """Rehearse a submitted draft once more on the register as it is now, for whoever is to approve it."""
    draw, now = locked(draw), now or timezone.now()
    check_may_rehearse(by, draw)
    keep_rehearsal(draw, prepare(draw, today=timezone.localdate(now)), now=now)
    draw.save(update_fields=["rehearsal"])
    blocked = draw.rehearsal["blocked_count"]
    record("draw.rehearsed", by=by, target=draw, confidential=draw.is_covert, blocked=blocked)
    return draw
