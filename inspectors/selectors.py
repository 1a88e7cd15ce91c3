"""Finding officers and experts, and who among them may go out on a day."""

from __future__ import annotations

import datetime
import re

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Replace

from inspectors.models import Expert, Inspector, LeavePeriod, PersonState
from inspectors.policies import CERTIFICATE_WARNING_DAYS
from shuangsuiji.accounts.models import Role, User

_LETTERS = re.compile(r"[a-z' ]+")


def inspectors() -> QuerySet[Inspector]:
    """Officers as lists show them, in the order of their names' sounds."""
    rows = Inspector.objects.select_related("department", "township", "account").prefetch_related("fields")
    return rows.order_by("name_key", "certificate_number")


def experts() -> QuerySet[Expert]:
    """Experts as lists show them."""
    return Expert.objects.prefetch_related("fields").order_by("name_key", "number")


def search(rows: QuerySet, text: str, *, number: str) -> QuerySet:
    """Rows found by name, pinyin (zhangshili), initials (zsl) or a part of their number; `number` names its column."""
    text = text.strip()
    found = Q(name__contains=text) | Q(**{f"{number}__icontains": text})
    if _LETTERS.fullmatch(text.lower()):
        sound = text.lower().replace(" ", "").replace("'", "")
        rows = rows.alias(name_sound=Replace("name_key", Value(" "), Value("")))
        found |= Q(name_sound__contains=sound) | Q(name_initials__startswith=sound)
    return rows.filter(found) if text else rows


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
