"""Ends other than a result, and envelopes after one."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from draws.models import Draw, DrawnEnterprise, Opening
from draws.policies import check_may_void
from draws.services.drafting import locked
from draws.states import DrawState
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal


@transaction.atomic
def void_draw(draw: Draw, *, by: User, reason: str, now: datetime.datetime | None = None) -> Draw:
    """Void a draw that has no result yet; a sealed one keeps its number and stands in the ledger with the reason."""
    draw = locked(draw)
    if draw.state == DrawState.VOID and draw.voided_by_id == by.pk:
        return draw
    check_may_void(by, draw)
    if not reason.strip():
        raise Refusal("请写明作废的原因：封存过的抽取作废后，原因会在公开台账里列出。", field="reason")
    draw.state, draw.voided_by, draw.voided_at = DrawState.VOID, by, now or timezone.now()
    draw.void_reason = reason.strip()[:300]
    draw.save(update_fields=["state", "voided_by", "voided_at", "void_reason"])
    record("draw.voided", by=by, target=draw, confidential=draw.is_covert, number=draw.number or "")
    return draw


@transaction.atomic
def open_envelope(drawn: DrawnEnterprise, *, by: User | None, now: datetime.datetime | None = None) -> bool:
    """Open one enterprise's envelope: it was notified, or its results are public. True when this opened it.

    With the last standing enterprise the envelopes of replaced ones open too, and the whole
    public record is published. An announced draw has no envelopes: nothing happens.
    """
    draw = locked(drawn.draw)
    if draw.mode == Draw.Mode.ANNOUNCED:
        return False
    drawing, now = draw.sealed.drawing, now or timezone.now()
    _row, opened = Opening.objects.get_or_create(
        drawing=drawing, credit_code=drawn.enterprise.credit_code, defaults={"opened_at": now, "opened_by": by}
    )
    if not opened:
        return False
    _open_replaced(draw, by=by, now=now)
    record("draw.envelope_opened", by=by, target=draw, confidential=True, number=draw.number)
    return True


def _open_replaced(draw: Draw, *, by: User | None, now: datetime.datetime) -> None:
    drawing = draw.sealed.drawing
    opened = set(drawing.openings.values_list("credit_code", flat=True))
    standing = set(draw.drawn.filter(is_standing=True).values_list("enterprise__credit_code", flat=True))
    if standing - opened:
        return
    rest = {one["enterprise"] for one in drawing.result["drawn"]} - opened
    Opening.objects.bulk_create(
        Opening(drawing=drawing, credit_code=code, opened_at=now, opened_by=by) for code in sorted(rest)
    )
