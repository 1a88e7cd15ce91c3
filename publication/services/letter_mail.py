"""E-mails to an enterprise about its letter: where an address is known, with the link that is its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from publication.models import Letter
from shuangsuiji.notifications.services import queue_email


def letter_link(letter: Letter) -> str:
    """The enterprise's address, as printed in the QR code."""
    return f"{settings.BASE_URL}/letter/{letter.token}/"


def mail_enterprise(
    letter: Letter,
    *,
    key: str,
    words: str = "",
    about: str = "",
    named: str = "",
    attach: tuple[str, str] | None = None,
    **more: Any,
) -> None:
    """Queue the mail `messages/letter_<words>.txt` about an issued letter; without an address nothing happens.

    The subject is `about`, the bureau's 行政检查通知书, `named` and its number. `attach` is (path, name shown),
    `more` what the words name besides. The same `key` again changes nothing.
    """
    enterprise, document = letter.task.enterprise, letter.document
    if not enterprise.contact_email or document is None:
        return
    queue_email(
        key=key,
        address=enterprise.contact_email,
        subject=f"{about}{settings.BUREAU_NAME}行政检查通知书{named} {document.number}",
        template=f"messages/letter_{words}.txt" if words else "messages/letter.txt",
        context={"letter": letter, "enterprise": enterprise, "document": document, **more},
        link=letter_link(letter),
        attachment_paths=[attach[0]] if attach else [],
        attachment_names=[attach[1]] if attach else [],
        subject_kind="letter",
        subject_key=str(letter.pk),
    )
