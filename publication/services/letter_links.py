"""The enterprise's link: stopped when it got into the wrong hands, and given anew."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from publication.models import Letter, LetterEvent, RetiredLink
from publication.policies import check_may_serve_letter
from publication.services.letter_mail import mail_enterprise
from publication.services.letter_rows import LINK_DAYS
from publication.services.letter_trail import locked_letter, note_event
from shuangsuiji.accounts.models import User
from shuangsuiji.audit.services import record
from shuangsuiji.lib.errors import Refusal

Kind = LetterEvent.Kind


@transaction.atomic
def revoke_letter_link(letter: Letter, *, reason: str, by: User, now: dt.datetime | None = None) -> Letter:
    """Stop the link; the page says whom to ask. Stopped already, nothing happens."""
    letter = locked_letter(letter)
    check_may_serve_letter(letter, by=by)
    if not reason.strip():
        raise Refusal("请写明停用链接的原因。", field="reason")
    if letter.revoked_at is None:
        letter.revoked_at = now or timezone.now()
        letter.save(update_fields=["revoked_at"])
        note_event(letter, Kind.REVOKED, at=letter.revoked_at, by=by, note=reason.strip()[:300])
        record("letter.link_revoked", by=by, target=letter)
    return letter


@transaction.atomic
def renew_letter_link(letter: Letter, *, by: User, now: dt.datetime | None = None) -> Letter:
    """A new link, e-mailed where an address is known; the old one and the printed code say that they were replaced."""
    letter, now = locked_letter(letter), now or timezone.now()
    check_may_serve_letter(letter, by=by)
    if letter.document is None:
        raise Refusal("通知书还没有签发，请等签发后再更换链接。")
    RetiredLink.objects.create(letter=letter, token_sha256=token_sha256(letter.token), retired_at=now)
    letter.token, letter.revoked_at = secrets.token_urlsafe(32), None
    fresh_until = timezone.localdate(now) + dt.timedelta(days=LINK_DAYS)
    letter.expires_on = max(letter.expires_on or fresh_until, fresh_until)
    letter.save(update_fields=["token", "revoked_at", "expires_on"])
    event = note_event(letter, Kind.RENEWED, at=now, by=by)
    mail_enterprise(letter, key=f"letter.link:{letter.pk}:{event.number}", named="的新链接", words="link")
    record("letter.link_renewed", by=by, target=letter)
    return letter


def token_sha256(token: str) -> str:
    """What is kept of a link that was replaced: enough to know it again, not to open anything."""
    return hashlib.sha256(token.encode()).hexdigest()
