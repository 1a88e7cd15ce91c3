"""Ends other than a result, and envelopes after one."""

from __future__ import annotations

import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from draws.models import Draw, DrawnEnterprise, Opening
from draws.policies import check_may_ask_void, check_may_refuse_void, check_may_void
from draws.services.drafting import locked
from draws.services.telling import tell_role
from draws.states import DrawState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words


@transaction.atomic
def ask_void(draw: Draw, *, by: User, reason: str, now: datetime.datetime | None = None) -> Draw:
    """Ask that a sealed or blocked draw be void. Nothing stops meanwhile: one person alone holds no ceremony up.

    The reason is written now and becomes public when another has agreed. Asked again, the first request stands.
    """
    draw = locked(draw)
    if draw.void_asked_by_id == by.pk:
        return draw
    check_may_ask_void(by, draw)
    draw.void_asked_by, draw.void_asked_at, draw.void_reason = by, now or timezone.now(), _reason(reason)
    draw.save(update_fields=["void_asked_by", "void_asked_at", "void_reason"])
    key = f"draw.void_asked:{draw.pk}:{draw.void_asked_at.isoformat()}"
    tell_role(draw, Role.APPROVER, key=key, subject=f"有人提出作废抽取 {draw.number}，等待决定", page="draw_void")
    record("draw.void_asked", by=by, target=draw, confidential=draw.is_covert, number=draw.number)
    return draw


@transaction.atomic
def refuse_void(draw: Draw, *, by: User) -> Draw:
    """The request to void is taken back or not agreed to: the draw goes on as it stands."""
    draw = locked(draw)
    check_may_refuse_void(by, draw)
    draw.void_asked_by, draw.void_asked_at, draw.void_reason = None, None, ""
    draw.save(update_fields=["void_asked_by", "void_asked_at", "void_reason"])
    record("draw.void_refused", by=by, target=draw, confidential=draw.is_covert, number=draw.number)
    return draw


@transaction.atomic
def void_draw(draw: Draw, *, by: User, reason: str = "", now: datetime.datetime | None = None) -> Draw:
    """Void a draw; a sealed one keeps its number and stands in the ledger with the reason that was asked with.

    Before sealing one approver voids it with a `reason`; afterwards an approver agrees to what another asked for.
    """
    draw = locked(draw)
    if draw.state == DrawState.VOID and draw.voided_by_id == by.pk:
        return draw
    check_may_void(by, draw)
    draw.state, draw.voided_by, draw.voided_at = DrawState.VOID, by, now or timezone.now()
    draw.void_reason = draw.void_reason if draw.number else _reason(reason)
    draw.save(update_fields=["state", "voided_by", "voided_at", "void_reason"])
    said = sha256(draw.void_reason.encode()).hexdigest()
    record("draw.voided", by=by, target=draw, confidential=draw.is_covert, number=draw.number or "", reason_sha256=said)
    return draw


def _reason(text: str) -> str:
    if not text.strip():
        raise Refusal("请写明作废的原因：封存过的抽取作废后，原因会在公开台账里列出。", field="reason")
    check_public_words(reason=text)
    return text.strip()[:300]


@transaction.atomic
def open_envelope(drawn: DrawnEnterprise, *, by: User | None, now: datetime.datetime | None = None) -> bool:
    """Open one enterprise's envelope: it was notified, or its results are public. True when this opened it.

    With the last standing enterprise the envelopes of replaced ones open too, and the whole
    public record is published. An announced draw has no envelopes: nothing happens.
    """
    draw = locked(drawn.draw)
    if draw.is_announced:
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
