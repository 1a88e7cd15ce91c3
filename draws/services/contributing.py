"""Contributions to the seed; the last one carries the draw out, in its own transaction."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from draws.engine import contributed_text
from draws.models import Contribution, Draw, DrawSource
from draws.policies import check_collecting, check_may_contribute
from draws.services.carrying_out import carry_out
from draws.services.drafting import locked
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.public_words import check_public_words
from shuangsuiji.lib.readable import check_readable

LONGEST_TEXT = 500


def clean_text(text: str) -> str:
    """The text as it counts: NFC, trimmed, one to 500 characters, no control characters."""
    clean = contributed_text(contributed_text(text.replace("\r\n", "\n")).strip("\ufeff"))
    if not clean:
        raise Refusal("请输入一段内容再提交：数字、骰子点数或一句话都可以，不能为空。", field="text")
    if len(clean) > LONGEST_TEXT:
        raise Refusal(f"内容最多 {LONGEST_TEXT} 个字，现在有 {len(clean)} 个，请缩短后再提交。", field="text")
    return check_readable(clean, field="text")


@transaction.atomic
def contribute(
    source: DrawSource, *, text: str, by: User | None = None, now: datetime.datetime | None = None
) -> Contribution:
    """Take one witness's text; when it is the last, the draw is carried out before this returns.

    All contributions of a draw queue at the draw's row, so there is exactly one last one.
    The same text again (a double click) returns the first contribution; another is refused. It will be public, and
    who is asked for some digits readily types a telephone number: that is refused, whatever it would have drawn.
    """
    draw = locked(source.draw)
    check_may_contribute(by, source)
    check_public_words(text=text)
    return take_text(draw, source, clean=clean_text(text), by=by, now=now or timezone.now())


def take_text(draw: Draw, source: DrawSource, *, clean: str, by: User | None, now: datetime.datetime) -> Contribution:
    """The text counts; the caller holds the draw's lock and has asked whose text it is."""
    if given := Contribution.objects.filter(source=source).first():
        return _again(given, clean)
    check_collecting(draw)
    given = Contribution.objects.create(sealed=draw.sealed, source=source, text=clean, given_at=now)
    if not missing_sources(draw):
        carry_out(draw, by=by, now=now)
    record("draw.contributed", by=by, target=draw, confidential=draw.is_covert, source=source.name)
    return given


def _again(given: Contribution, clean: str) -> Contribution:
    if given.text != clean:
        raise Refusal(f"“{given.source.name}”已经投入过了，内容不能更改，也不能重复投入。")
    return given


def missing_sources(draw: Draw) -> list[DrawSource]:
    """The sources that have not contributed yet, in their order."""
    return list(draw.sources.filter(contribution__isnull=True))
