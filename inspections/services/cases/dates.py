"""When an act of a case may have happened: after what it follows, not after now, and written down soon.

What is written down later than some days after it happened says why; the reason is printed on the paper.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from inspections.models import Case
from inspections.policies import cases as rules
from inspections.policies.withdrawing import standing_steps
from inspections.services.cases import clock
from inspections.services.cases.fields import Field
from shuangsuiji.lib.errors import Refusal

Moment = dt.datetime | dt.date

LATE = Field(
    "late_reason",
    "迟延登记的原因",
    is_required=False,
    most=200,
    hint=f"所记事项发生 {settings.LATE_ENTRY_DAYS} 日以后才登记的必须写明，文书上会注明。",
)


@dataclass(frozen=True)
class After:
    """The moment before which an act cannot have happened, and what happened then."""

    at: Moment
    words: str


def check_moment(value: Moment, *, after: After | None, field: str, now: dt.datetime, late_reason: str) -> None:
    """Refuse what lies before its predecessor, and what is written down late without a reason."""
    if after is not None and _is_before(value, after.at):
        raise Refusal(f"不能早于{after.words}（{_text(after.at)}）。", field=field)
    days = (timezone.localtime(now).date() - _day(value)).days
    if days > settings.LATE_ENTRY_DAYS and not late_reason:
        raise Refusal(f"所记事项发生在 {days} 日以前，请写明迟延登记的原因。", field=LATE.name)


def visit_start(case: Case) -> After | None:
    """Evidence begins with the visit."""
    record = getattr(case.task, "record", None)
    began = (record.started_at or record.opened_at) if record else None
    return After(began, "现场检查开始的时间") if began else None


def notice_served(case: Case) -> After | None:
    """The party states its case after it was told."""
    notice = rules.last_document(case, "penalty_notice")
    delivery = getattr(notice, "delivery", None) if notice else None
    return After(delivery.delivered_at, "行政处罚告知书送达的时间") if delivery else None


def party_heard(case: Case) -> After | None:
    """The leading members discuss when the party has spoken, waived it, or let its days go by."""
    moments = [*_spoken(case), *_lapsed(case)]
    return max(moments, key=lambda one: _as_datetime(one.at)) if moments else notice_served(case)


def decided(case: Case) -> After | None:
    """What follows a decision."""
    return After(case.decided_on, "作出处罚决定的日期") if case.decided_on else None


def _spoken(case: Case) -> list[After]:
    acts = ("statement_record", "statement_waived", "hearing_record", "hearing_waived")
    steps = standing_steps(case).filter(act__in=acts)
    return [
        After(_moment(step.fields.get("ends_at") or step.fields.get("starts_at")) or step.on, "当事人陈述申辩或者听证")
        for step in steps.order_by("at", "id")
    ]


def _lapsed(case: Case) -> list[After]:
    """A right that nobody used ends with its last day."""
    used = {clock.STATEMENT: ("statement_record", "statement_waived")}
    used[clock.HEARING_REQUEST] = ("hearing_request", "hearing_waived")
    found = [rules.deadline_of(case, code) for code, acts in used.items() if not rules.has_step(case, *acts)]
    return [After(row.due_on + dt.timedelta(days=1), "当事人陈述申辩、要求听证的期限届满") for row in found if row]


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _is_before(value: Moment, earliest: Moment) -> bool:
    """Days are compared as days; times to the minute, as forms give them."""
    if isinstance(value, dt.datetime) and isinstance(earliest, dt.datetime):
        return value < earliest.replace(second=0, microsecond=0)
    return _day(value) < _day(earliest)


def _day(value: Moment) -> dt.date:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


def _as_datetime(value: Moment) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else timezone.make_aware(dt.datetime.combine(value, dt.time()))


def _text(value: Moment) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else f"{value:%Y-%m-%d}"
