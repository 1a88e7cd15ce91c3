"""Finding enterprises: by name, pinyin, initials or code."""

from __future__ import annotations

import re

from django.db.models import Count, Q, QuerySet

from enterprises.models import NAME_SOUND, Enterprise
from shuangsuiji.lib.searching import every_word, spelled
from shuangsuiji.lib.text import tidy

_LETTERS = re.compile(r"[a-z' ]+")
_BLANKS = re.compile(r"[ ']+")
_CODE = re.compile(r"[0-9A-Z]*[0-9][0-9A-Z]*")
_WHOLE_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def enterprises() -> QuerySet[Enterprise]:
    """The register as lists show it, in the order of the names' sounds, no query per row."""
    return Enterprise.objects.select_related("township", "field", "suggested_field").order_by("name_key", "credit_code")


def search(rows: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """Rows found by a part of the name, by pinyin (shifan), initials (sfhg) or a part of the code; former names too.

    Several words must all be found; width and blanks do not matter: ＳＦＨＧ, 示范　化工, shi fan.
    """
    found = every_word(text, _has_word)
    joined = tidy(text).lower()
    if " " in joined and _LETTERS.fullmatch(joined) and (together := _BLANKS.sub("", joined)):
        found |= _has_word(together)
    return rows.alias(name_sound=NAME_SOUND).filter(found) if found else rows


def _has_word(word: str) -> Q:
    lowered, upper = word.lower(), word.upper()
    if _LETTERS.fullmatch(lowered) and (sound := _BLANKS.sub("", lowered)):
        sounds = Q(name_sound__contains=sound) | Q(name_initials__contains=sound) | Q(known_as__contains=sound)
        return sounds | Q(name__contains=upper) | Q(name__contains=word)
    if _WHOLE_CODE.fullmatch(upper):
        return Q(credit_code=upper) | Q(known_as__contains=upper)
    named = spelled("name", word) | spelled("known_as", word)
    if _CODE.fullmatch(upper):
        return named | Q(credit_code__contains=upper) | Q(known_as__contains=upper)
    return named


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
