"""Visits and limits on the sheet of a month."""

from __future__ import annotations

import datetime as dt
import re

from django.shortcuts import render
from django.utils import timezone

from inspections import policies
from inspections.selectors.calendar import month_of_visits
from shuangsuiji.accounts.access import desk_page

_MONTH = re.compile(r"^(20\d\d)-(0[1-9]|1[0-2])$")


def asked_month(request) -> dt.date:
    """The first day of the month in the address, else of this month."""
    found = _MONTH.match(request.GET.get("month", ""))
    return dt.date(int(found[1]), int(found[2]), 1) if found else timezone.localdate().replace(day=1)


def neighbours(month: dt.date) -> dict:
    """The months before and after, as the address names them."""
    before, after = month - dt.timedelta(days=1), month + dt.timedelta(days=31)
    return {"before": f"{before:%Y-%m}", "after": f"{after:%Y-%m}"}


@desk_page(*policies.READERS)
def task_calendar(request):
    """Own visits for officers, all that may be known for the office."""
    month, today = asked_month(request), timezone.localdate()
    weeks = month_of_visits(request.user, month=month, today=today)
    context = {
        "month": month,
        "weeks": weeks,
        "is_empty": not any(day.visits or day.limits for week in weeks for day in week),
        **neighbours(month),
    }
    return render(request, "inspections/calendar.html", context)
