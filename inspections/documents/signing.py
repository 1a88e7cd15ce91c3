"""What the sheets signed on site share: the drawn signatures, and what was taken in error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inspections.documents.words import moment
from inspections.models import Evidence, Signature


def drawings(signatures: Sequence[Signature]) -> dict:
    """The drawn signatures by SHA-256: the officers' in seat order as they signed, the representative's apart."""
    officers = [{"name": one.name, "sha256": one.sha256} for one in signatures if one.role == Signature.Role.OFFICER]
    others = [one.sha256 for one in signatures if one.role == Signature.Role.REPRESENTATIVE]
    return {"officers": officers, "representative": others[-1] if others else ""}


def set_aside_rows(photos: Iterable[Evidence]) -> list[dict]:
    """What was taken in error: the sheet names it, who said so and why."""
    return [
        {
            "sha256": one.sha256,
            "medium": one.medium,
            "caption": one.caption,
            "reason": one.set_aside.reason,
            "by": one.set_aside.by.name,
            "at": moment(one.set_aside.at),
        }
        for one in photos
    ]
