"""Deadlines of the bureau's duties: computed from dated rules, kept or missed for ever.

A subject is named by kind and key in plain text ("draw", "2026-003"), so that any
room may open a deadline. The key of a covert subject is its number, never a name.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuangsuiji.lib import day_counting
from shuangsuiji.lib.calendar import WorkingCalendar
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.events import announce
from shuangsuiji.lib.models import Deadline
from shuangsuiji.lib.selectors import load_calendar, rule_in_force

NOTICE_BEFORE_VISIT = "notice.before_visit"
RESULTS_AFTER_VISIT = "results.after_visit"
ORDER_RECTIFY = "order.rectify"

FIXED_BY_DOCUMENT = (ORDER_RECTIFY,)
"""Rules whose last day a served document names; counting only proposes it."""

RIGHTS_OF_A_PARTY = ("statement.request", "hearing.request", "appeal.review", "appeal.court", "enforcement.demand")
"""A party may act until then. When it does not, its right lapses, and nobody is late."""


def due_on(rule_code: str, *, start_on: datetime.date, calendar: WorkingCalendar | None = None) -> datetime.date:
    """The last day in time under the rule in force on the starting day (the event's day for a "before" rule)."""
    rule = rule_in_force(rule_code, on=start_on)
    return day_counting.last_day(rule, start_on=start_on, calendar=calendar or load_calendar())


def warn_on(rule_code: str, *, start_on: datetime.date, calendar: WorkingCalendar | None = None) -> datetime.date:
    """The day from which the desk warns; never after due_on."""
    rule, calendar = rule_in_force(rule_code, on=start_on), calendar or load_calendar()
    due = day_counting.last_day(rule, start_on=start_on, calendar=calendar)
    return day_counting.warning_day(rule, start_on=start_on, due_on=due)


def latest_publication_on(visit_on: datetime.date) -> datetime.date:
    """The last day on which the advance notice of a visit may be published: 15 whole days lie between."""
    return due_on(NOTICE_BEFORE_VISIT, start_on=visit_on)


def earliest_visit_on(published_on: datetime.date) -> datetime.date:
    """The first day a visit may take place when its notice is published on this day."""
    return earliest_event_on(NOTICE_BEFORE_VISIT, acted_on=published_on)


def earliest_event_on(rule_code: str, *, acted_on: datetime.date) -> datetime.date:
    """The first day of an event when what must come before it (a "before" rule) is done on this day."""
    rule = rule_in_force(rule_code, on=acted_on)
    return day_counting.first_day_after(rule, acted_on=acted_on, calendar=load_calendar())


@transaction.atomic
def open_deadline(
    rule_code: str,
    *,
    subject_kind: str,
    subject_key: str,
    label: str,
    start_on: datetime.date,
    by: Any,
    fixed_on: datetime.date | None = None,
    is_confidential: bool = False,
) -> Deadline:
    """Open the deadline of a subject; opened again from the same day, the first one is returned unchanged.

    Opened again from another day (a visit was moved), an open deadline is counted anew; a settled one is left alone.
    `fixed_on` is a last day that a document names (整改期限) instead of counting.
    """
    if fixed_on and rule_code not in FIXED_BY_DOCUMENT:
        raise ValueError(f"{rule_code} is counted, no document fixes it")
    days = _days(rule_code, start_on=start_on, fixed_on=fixed_on)
    deadline = _locked(rule_code, subject_kind=subject_kind, subject_key=subject_key)
    if deadline is None:
        deadline = Deadline.objects.create(
            subject_kind=subject_kind, subject_key=subject_key, label=label, is_confidential=is_confidential, **days
        )
        announce("deadline.opened", by=by, target=deadline, **_event(deadline))
    elif _is_open(deadline) and (deadline.starts_on, deadline.due_on) != (start_on, days["due_on"]):
        _move(deadline, days, by=by)
    return deadline


@transaction.atomic
def keep_deadline(
    rule_code: str, *, subject_kind: str, subject_key: str, on: datetime.date, by: Any = None
) -> Deadline | None:
    """Note the day the duty was done; the first day noted stands. Done late, it is recorded as missed as well.

    Returns None when no such deadline was opened (a covert visit has no advance notice) or it was cancelled.
    """
    deadline = _locked(rule_code, subject_kind=subject_kind, subject_key=subject_key)
    if deadline is None or deadline.cancelled_at:
        return None
    if deadline.kept_on is None:
        deadline.kept_on = on
        if on > deadline.due_on and deadline.missed_at is None:
            deadline.missed_at = timezone.now()
        deadline.save(update_fields=["kept_on", "missed_at"])
        announce("deadline.kept", by=by, target=deadline, **_event(deadline))
    return deadline


@transaction.atomic
def reopen_deadline(
    rule_code: str, *, subject_kind: str, subject_key: str, start_on: datetime.date, by: Any
) -> Deadline | None:
    """What kept a deadline was undone (a notice was withdrawn): the duty is open again, from this day.

    The kept row stays as history and a further one is opened; one still open is counted anew.
    Returns None where there never was such a deadline, or it was cancelled.
    """
    former = _locked(rule_code, subject_kind=subject_kind, subject_key=subject_key)
    if former is None or former.cancelled_at:
        return None
    if former.kept_on is None:
        return recount_deadline(rule_code, subject_kind=subject_kind, subject_key=subject_key, start_on=start_on, by=by)
    days = _days(rule_code, start_on=start_on)
    names = ("subject_kind", "subject_key", "label", "is_confidential")
    deadline = Deadline.objects.create(**{name: getattr(former, name) for name in names}, **days)
    announce("deadline.opened", by=by, target=deadline, **_event(deadline))
    return deadline


@transaction.atomic
def recount_deadline(
    rule_code: str, *, subject_kind: str, subject_key: str, start_on: datetime.date, by: Any
) -> Deadline | None:
    """Count an open deadline from another day; kept, missed and cancelled ones stay. None where there is none."""
    deadline = _locked(rule_code, subject_kind=subject_kind, subject_key=subject_key)
    if deadline is not None and _is_open(deadline) and deadline.starts_on != start_on:
        _move(deadline, _days(rule_code, start_on=start_on), by=by)
    return deadline


@transaction.atomic
def cancel_deadline(rule_code: str, *, subject_kind: str, subject_key: str, reason: str, by: Any) -> Deadline | None:
    """The duty fell away (the draw was voided, the enterprise closed); a reason is required and stays visible."""
    if not reason.strip():
        raise Refusal("请写明取消这项期限的原因。", field="reason")
    deadline = _locked(rule_code, subject_kind=subject_kind, subject_key=subject_key)
    if deadline is not None and deadline.kept_on is None and deadline.cancelled_at is None:
        deadline.cancelled_at, deadline.cancelled_reason = timezone.now(), reason.strip()
        deadline.save(update_fields=["cancelled_at", "cancelled_reason"])
        announce("deadline.cancelled", by=by, target=deadline, **_event(deadline))
    return deadline


@transaction.atomic
def mark_missed(*, today: datetime.date) -> int:
    """Record every deadline that passed without its duty done; returns how many were new today.

    The right of a party that ran out unused is settled on its last day and counts as nobody's failure.
    """
    _let_rights_lapse(today=today)
    late = Deadline.objects.filter(due_on__lt=today, kept_on=None, cancelled_at=None, missed_at=None)
    rows = list(late.select_for_update(of=("self",), skip_locked=True).select_related("rule").order_by("due_on", "id"))
    for deadline in rows:
        deadline.missed_at = timezone.now()
        deadline.save(update_fields=["missed_at"])
        announce("deadline.missed", by=None, target=deadline, **_event(deadline))
    return len(rows)


def _let_rights_lapse(*, today: datetime.date) -> None:
    over = Deadline.objects.filter(
        rule__code__in=RIGHTS_OF_A_PARTY, due_on__lt=today, kept_on=None, cancelled_at=None, missed_at=None
    )
    rows = over.select_for_update(of=("self",), skip_locked=True).select_related("rule").order_by("due_on", "id")
    for deadline in rows:
        deadline.kept_on = deadline.due_on
        deadline.save(update_fields=["kept_on"])
        announce("deadline.lapsed", by=None, target=deadline, **_event(deadline))


@transaction.atomic
def recount_open_deadlines(*, by: Any) -> int:
    """Count open deadlines again after the calendar changed; those that a document fixed keep their day.

    Returns how many moved. Kept, missed and cancelled ones are history and stay as they were.
    """
    calendar, moved = load_calendar(), 0
    rows = Deadline.objects.filter(kept_on=None, cancelled_at=None, missed_at=None).exclude(
        rule__code__in=FIXED_BY_DOCUMENT
    )
    for deadline in rows.select_for_update(of=("self",)).select_related("rule").order_by("id"):
        due = day_counting.last_day(deadline.rule, start_on=deadline.starts_on, calendar=calendar)
        if due != deadline.due_on:
            warn = day_counting.warning_day(deadline.rule, start_on=deadline.starts_on, due_on=due)
            _move(deadline, {"due_on": due, "warn_on": warn}, by=by)
            moved += 1
    return moved


def _days(rule_code: str, *, start_on: datetime.date, fixed_on: datetime.date | None = None) -> dict[str, Any]:
    """The rule in force and the days it gives; a day fixed by a document goes before the counted one."""
    rule = rule_in_force(rule_code, on=start_on)
    due = fixed_on or day_counting.last_day(rule, start_on=start_on, calendar=load_calendar())
    warn = day_counting.warning_day(rule, start_on=start_on, due_on=due)
    return {"rule": rule, "starts_on": start_on, "due_on": due, "warn_on": warn}


def _locked(rule_code: str, *, subject_kind: str, subject_key: str) -> Deadline | None:
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("rule").order_by("-id")
    return rows.filter(rule__code=rule_code, subject_kind=subject_kind, subject_key=subject_key).first()


def _is_open(deadline: Deadline) -> bool:
    return deadline.kept_on is None and deadline.missed_at is None and deadline.cancelled_at is None


def _move(deadline: Deadline, days: dict[str, Any], *, by: Any) -> None:
    before = deadline.due_on
    for name, value in days.items():
        setattr(deadline, name, value)
    deadline.save(update_fields=list(days))
    announce("deadline.moved", by=by, target=deadline, due_on_before=before.isoformat(), **_event(deadline))


def _event(deadline: Deadline) -> dict[str, Any]:
    """For the trail: the subject's number; `confidential` makes it drop the row's label, which may hold a name."""
    return {
        "confidential": deadline.is_confidential,
        "rule": deadline.rule.code,
        "subject": f"{deadline.subject_kind}:{deadline.subject_key}",
        "due_on": deadline.due_on.isoformat(),
        "kept_on": deadline.kept_on.isoformat() if deadline.kept_on else None,
    }
