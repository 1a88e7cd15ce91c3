"""The value of a public event: one person enters it, another enters it again, and only the same counts."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from draws.drand import beacon_text
from draws.models import DrawSource, EventEntry
from draws.policies import check_may_enter_event
from draws.services.contributing import clean_text, take_text
from draws.services.drafting import locked
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.text import folded

SSQ_RED, SSQ_BLUE = 33, 16


def ssq_text(text: str, *, issue: str = "") -> str:
    """双色球: six red balls, rising, then the blue one, each in two digits, one blank between.

    >>> ssq_text("3、8 15,21 26 33 + 7")
    '03 08 15 21 26 33 07'
    """
    words = "".join(one if one.isdigit() else " " for one in folded(text)).split()
    balls = [int(word) for word in words]
    red, blue = balls[:6], balls[6:]
    if len(balls) != 7 or not 1 <= blue[0] <= SSQ_BLUE or not all(1 <= one <= SSQ_RED for one in red):
        raise Refusal("双色球是红球 6 个（1 至 33）加蓝球 1 个（1 至 16），请按公布的号码录入。", field="text")
    if len(set(red)) < len(red):
        raise Refusal("六个红球不会重复，请核对后重新录入。", field="text")
    return " ".join(f"{one:02d}" for one in [*sorted(red), *blue])


def _plain_text(text: str, *, issue: str = "") -> str:
    return folded(text)


WRITTEN: dict[str, Callable[..., str]] = {
    DrawSource.Event.SSQ: ssq_text,
    DrawSource.Event.DRAND: beacon_text,
    DrawSource.Event.OTHER: _plain_text,
}


@transaction.atomic
def enter_event(source: DrawSource, *, text: str, by: User, now: datetime.datetime | None = None) -> EventEntry:
    """Enter a public event's value; the second person's same value makes it count, and may carry out the draw.

    A different value is refused: whoever was wrong withdraws. The same person again changes nothing.
    """
    locked(source.draw)
    now = now or timezone.now()
    source = DrawSource.objects.select_related("draw").get(pk=source.pk)
    standing = EventEntry.objects.filter(source=source, withdrawn_at__isnull=True).select_related("entered_by").first()
    if standing and standing.confirmed_by_id == by.pk:
        return standing
    check_may_enter_event(by, source, now=now)
    clean = clean_text(WRITTEN[source.event](clean_text(text), issue=source.issue))
    if standing is None:
        return _first(source, clean=clean, by=by, now=now)
    if standing.entered_by_id == by.pk:
        return _own_again(standing, clean)
    return _second(standing, clean=clean, by=by, now=now)


def _first(source: DrawSource, *, clean: str, by: User, now: datetime.datetime) -> EventEntry:
    entry = EventEntry.objects.create(source=source, text=clean, entered_by=by, entered_at=now)
    draw = source.draw
    record("draw.event_entered", by=by, target=draw, confidential=draw.is_covert, source=source.name)
    return entry


def _own_again(standing: EventEntry, clean: str) -> EventEntry:
    if standing.text != clean:
        raise Refusal("您已经录入过另一个数值。要改请先撤回，再重新录入。", field="text")
    return standing


def _second(standing: EventEntry, *, clean: str, by: User, now: datetime.datetime) -> EventEntry:
    source = standing.source
    if standing.text != clean:
        raise Refusal(
            f"与{standing.entered_by.name}录入的数值不一致，没有投入。请两人对照公布的数值核对：您录错了就重新录入，"
            f"对方录错了请对方撤回后重录。",
            field="text",
        )
    standing.confirmed_by, standing.confirmed_at = by, now
    standing.save(update_fields=["confirmed_by", "confirmed_at"])
    draw = locked(source.draw)
    record("draw.event_confirmed", by=by, target=draw, confidential=draw.is_covert, source=source.name)
    take_text(draw, source, clean=clean, by=by, now=now)
    return standing


@transaction.atomic
def withdraw_event(source: DrawSource, *, by: User, now: datetime.datetime | None = None) -> None:
    """Take back one's own entry while nobody has confirmed it. Nothing standing, nothing happens."""
    draw = locked(source.draw)
    standing = EventEntry.objects.filter(source=source, withdrawn_at__isnull=True).first()
    if standing is None:
        return
    if standing.confirmed_at or standing.entered_by_id != by.pk:
        raise Refusal("只有录入人本人可以撤回，核对一致之后不能撤回。", status=403)
    standing.withdrawn_at = now or timezone.now()
    standing.save(update_fields=["withdrawn_at"])
    record("draw.event_withdrawn", by=by, target=draw, confidential=draw.is_covert, source=source.name)
