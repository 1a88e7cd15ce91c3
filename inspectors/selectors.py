"""Finding officers and experts, and who among them may go out on a day."""

from __future__ import annotations

import datetime
import re

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Replace

from inspectors.models import (
    DeclaredInterest,
    Expert,
    ExpertAbsence,
    ExpertEvaluation,
    ExpertFeature,
    ExpertField,
    Inspector,
    InspectorField,
    LeavePeriod,
    PersonState,
)
from inspectors.policies import CERTIFICATE_WARNING_DAYS
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.audit.history import Change, Trail, changes
from shuangsuiji.lib.searching import every_word, spelled
from shuangsuiji.lib.text import tidy

_WITHHELD = {name: lambda value: "（已登记，此处不显示）" for name in ("phone", "email")}
TRAILS = {
    "inspector": (
        Trail(Inspector, masks=_WITHHELD),
        *(Trail(model, owner="inspector") for model in (InspectorField, LeavePeriod)),
    ),
    "expert": (
        Trail(Expert, masks=_WITHHELD),
        *(Trail(model, owner="expert") for model in (ExpertField, ExpertFeature, ExpertAbsence, ExpertEvaluation)),
    ),
}
_LETTERS = re.compile(r"[a-z' ]+")
_BLANKS = re.compile(r"[ ']+")


def inspectors() -> QuerySet[Inspector]:
    """Officers as lists show them, in the order of their names' sounds."""
    rows = Inspector.objects.select_related("department", "township", "account").prefetch_related("fields")
    return rows.order_by("name_key", "certificate_number")


def experts() -> QuerySet[Expert]:
    """Experts as lists show them."""
    return Expert.objects.prefetch_related("fields", "features").order_by("name_key", "number")


def search(rows: QuerySet, text: str, *, number: str) -> QuerySet:
    """Rows found by name, pinyin (zhangshili), initials (zsl) or a part of their number; `number` names its column.

    Several words must all be found; width and blanks do not matter.
    """
    found = every_word(text, lambda word: _has_word(word, number=number))
    if " " in (joined := tidy(text).lower()) and _LETTERS.fullmatch(joined):
        found |= _has_word(_BLANKS.sub("", joined), number=number)
    return rows.alias(name_sound=Replace("name_key", Value(" "), Value(""))).filter(found) if found else rows


def _has_word(word: str, *, number: str) -> Q:
    found = spelled("name", word) | Q(**{f"{number}__icontains": word})
    if not _LETTERS.fullmatch(word.lower()):
        return found
    sound = _BLANKS.sub("", word.lower())
    return found | Q(name_sound__contains=sound) | Q(name_initials__startswith=sound)


def expiring(rows: QuerySet[Inspector], *, today: datetime.date) -> QuerySet[Inspector]:
    """Officers still here whose certificate runs out within the warning time; those already out are not among them."""
    until = today + datetime.timedelta(days=CERTIFICATE_WARNING_DAYS)
    return rows.filter(certificate_expires_on__range=(today, until)).exclude(state=PersonState.LEFT)


def expired(rows: QuerySet[Inspector], *, today: datetime.date) -> QuerySet[Inspector]:
    """Officers still here whose certificate has run out."""
    return rows.filter(certificate_expires_on__lt=today).exclude(state=PersonState.LEFT)


def available_between(first: datetime.date, last: datetime.date) -> QuerySet[Inspector]:
    """Active officers whose certificate holds through the last day and who are on leave on none of these days."""
    leave = LeavePeriod.objects.filter(inspector=OuterRef("pk"), starts_on__lte=last, ends_on__gte=first)
    rows = inspectors().filter(state=PersonState.ACTIVE, certificate_expires_on__gte=last)
    return rows.exclude(Exists(leave))


def register_counts(*, today: datetime.date) -> dict[str, int]:
    """How the list of officers stands, in one query."""
    until = today + datetime.timedelta(days=CERTIFICATE_WARNING_DAYS)
    here = ~Q(state=PersonState.LEFT)
    return Inspector.objects.aggregate(
        whole=Count("pk", filter=here),
        active=Count("pk", filter=Q(state=PersonState.ACTIVE, certificate_expires_on__gte=today)),
        expiring=Count("pk", filter=here & Q(certificate_expires_on__range=(today, until))),
        expired=Count("pk", filter=here & Q(certificate_expires_on__lt=today)),
    )


def with_leave(rows: QuerySet[Inspector], *, today: datetime.date) -> QuerySet[Inspector]:
    """The rows with their present and coming leave in `coming_leave`."""
    coming = LeavePeriod.objects.filter(ends_on__gte=today).order_by("starts_on", "id")
    return rows.prefetch_related(Prefetch("leave_periods", queryset=coming, to_attr="coming_leave"))


def accounts_to_link(inspector: Inspector) -> QuerySet[User]:
    """Accounts that may be this officer's: switched on, with the role, and nobody else's."""
    taken = Inspector.objects.filter(account=OuterRef("pk")).exclude(pk=inspector.pk)
    rows = User.objects.filter(is_active=True, roles__role=Role.INSPECTOR).exclude(Exists(taken))
    return rows.order_by("username")


def absences_between(first: datetime.date, last: datetime.date) -> QuerySet[ExpertAbsence]:
    """Absences of experts that touch these days; for whoever decides who may come along."""
    return ExpertAbsence.objects.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on", "id")


def interests_of(person: Inspector | Expert) -> QuerySet[DeclaredInterest]:
    """What somebody declared, standing ones first."""
    rows = DeclaredInterest.objects.filter(**{str(person._meta.model_name): person})
    return rows.order_by(F("withdrawn_on").desc(nulls_first=True), "-declared_on", "id")


def history_of(person: Inspector | Expert) -> list[Change]:
    """Every change of a person's entry, newest first; numbers and declared interests are not told."""
    return changes(TRAILS[str(person._meta.model_name)], of=person.pk)


def standing_interests() -> QuerySet[DeclaredInterest]:
    """Declared interests nobody has withdrawn, newest first."""
    rows = DeclaredInterest.objects.filter(withdrawn_on=None).select_related("inspector", "expert")
    return rows.order_by("-declared_on", "id")
