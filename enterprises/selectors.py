"""Finding enterprises: by name, pinyin, initials or code."""

from __future__ import annotations

import re

from django.db.models import Count, Q, QuerySet

from enterprises.models import NAME_SOUND, Enterprise

_LETTERS = re.compile(r"[a-z' ]+")
_CODE = re.compile(r"[0-9A-Z]*[0-9][0-9A-Z]*")


def enterprises() -> QuerySet[Enterprise]:
    """The register as lists show it, in the order of the names' sounds, no query per row."""
    return Enterprise.objects.select_related("township", "field", "suggested_field").order_by("name_key", "credit_code")


def search(rows: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """Rows found by a part of the name, by pinyin (shifan), initials (sfhg) or a part of the code."""
    text = text.strip()
    if not text:
        return rows
    lowered, upper = text.lower(), text.upper()
    if _LETTERS.fullmatch(lowered):
        sound = lowered.replace(" ", "").replace("'", "")
        return rows.alias(name_sound=NAME_SOUND).filter(
            Q(name_sound__contains=sound)
            | Q(name_initials__contains=sound)
            | Q(name__contains=upper)
            | Q(name__contains=text)
        )
    if _CODE.fullmatch(upper):
        return rows.filter(Q(credit_code__contains=upper) | Q(name__contains=text))
    return rows.filter(name__contains=text)


def waiting_for_field() -> QuerySet[Enterprise]:
    """Enterprises with a suggestion that nobody has confirmed."""
    return enterprises().filter(field=None, suggested_field__isnull=False)


def pool_ready() -> QuerySet[Enterprise]:
    """Active enterprises with a confirmed field and a risk class: those a draw may reach."""
    return enterprises().filter(state=Enterprise.State.ACTIVE, field__isnull=False).exclude(risk_class="")


def register_counts() -> dict[str, int]:
    """How the register stands, in one query."""
    unclassified = Q(field=None) | Q(risk_class="")
    return Enterprise.objects.aggregate(
        whole=Count("state"),
        active=Count("state", filter=Q(state=Enterprise.State.ACTIVE)),
        ready=Count("state", filter=Q(state=Enterprise.State.ACTIVE) & ~unclassified),
        suggested=Count("state", filter=Q(field=None, suggested_field__isnull=False)),
    )
