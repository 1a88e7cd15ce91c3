"""申请回避 by the enterprise, from its letter's page. The head decides; work does not stop meanwhile."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from draws.models import DrawnSeat
from draws.services.recusals import ask_recusal_by_enterprise
from publication.models import Letter, LetterEvent
from publication.policies import check_letter_open, check_may_ask_for_recusal
from publication.services.letter_trail import locked_letter, note_event
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal


@transaction.atomic
def ask_recusal_by_letter(letter: Letter, *, seat_id: int, reason: str, name: str, now: dt.datetime) -> LetterEvent:
    """The enterprise asks that one of the people of its letter should not come; asked twice, it is asked once.

    Legal source: 行政处罚法（2021）§43; the right stands in the letter itself.
    """
    letter = locked_letter(letter)
    check_letter_open(letter, today=timezone.localdate(now))
    check_may_ask_for_recusal(letter)
    seat = letter.task.drawn.seats.select_related("inspector", "expert").filter(pk=seat_id).first()
    if seat is None:
        raise Refusal("请选择通知书上列出的人员。", field="seat")
    _check_words(reason, name)
    recusal = ask_recusal_by_enterprise(
        enterprise=letter.task.enterprise,
        inspector=seat.inspector,
        expert=seat.expert,
        note=reason.strip()[:300],
        source=_source(letter, name=name),
        starts_on=timezone.localdate(now),
    )
    event = LetterEvent.objects.filter(recusal=recusal).first()
    if event is None:
        event = note_event(
            letter, LetterEvent.Kind.RECUSAL, at=now, by=None, receiver=name.strip()[:40], recusal=recusal
        )
        record("letter.recusal_asked", by=None, target=letter)
    return event


def _check_words(reason: str, name: str) -> None:
    if not reason.strip():
        raise Refusal("请写明申请回避的理由，例如与本单位有何种利害关系。", field="reason")
    if not name.strip():
        raise Refusal("请填写申请人姓名。", field="name")


def _source(letter: Letter, *, name: str) -> str:
    number = letter.document.number if letter.document else letter.task.number
    return f"企业凭通知书 {number} 申请，申请人{name.strip()}"[:100]


def people_of(letter: Letter) -> list[DrawnSeat]:
    """Officers first, then experts, as the letter names them."""
    seats = letter.task.drawn.seats.select_related("inspector", "expert").order_by("seat", "id")
    return sorted(seats, key=lambda seat: seat.inspector_id is None)
