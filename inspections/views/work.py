"""工作日志: the sheet of a month, an entry by hand, the year against the plan's capacity."""

from __future__ import annotations

import calendar
import datetime as dt

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from inspections import services
from inspections.forms import WorkForm
from inspections.models import WorkEntry
from inspections.selectors.work import month_sheet, work_people, year_account
from inspections.views.calendar import asked_month, neighbours
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.SUPERVISOR, Role.LEADER, Role.INSPECTOR)


@desk_page(*READERS)
def work_log(request):
    """An officer's own month; for the office everybody's. Visits fill themselves in."""
    month = asked_month(request)
    people = work_people(request.user)
    mine = people.filter(account=request.user).first()
    form = WorkForm(request.POST or None, inspectors=people, initial={"on": timezone.localdate(), "inspector": mine})
    if request.method == "POST" and form.is_valid() and _entered(request, form):
        return redirect(f"{reverse('work_log')}?month={month:%Y-%m}")
    rows = month_sheet(request.user, month=month)
    last = calendar.monthrange(month.year, month.month)[1]
    context = {
        "month": month,
        "days": [dt.date(month.year, month.month, n) for n in range(1, last + 1)],
        "rows": [(row, [row.by_day.get(n, []) for n in range(1, last + 1)]) for row in rows],
        "entries": [entry for row in rows for day in sorted(row.by_day) for entry in row.by_day[day]],
        "account": year_account(year=month.year),
        "form": form,
        "may_enter": request.user.role_codes & {Role.CLERK, Role.INSPECTOR},
        **neighbours(month),
    }
    return render(request, "inspections/work_log.html", context)


def _entered(request, form: WorkForm) -> bool:
    said = dict(form.cleaned_data)
    try:
        services.enter_work(said.pop("inspector"), by=request.user, **said)
    except Refusal as refusal:
        form.add_refusal(refusal)
        return False
    messages.success(request, "已登记。")
    return True


@desk_page(Role.CLERK, Role.INSPECTOR)
@require_POST
def work_remove(request, pk):
    """Take one entry back."""
    people = work_people(request.user)
    entry = get_object_or_404(WorkEntry.objects.select_related("inspector").filter(inspector__in=people), pk=pk)
    services.remove_work(entry, by=request.user)
    messages.success(request, "已撤回这一条登记。")
    return redirect(f"{reverse('work_log')}?month={entry.on:%Y-%m}")
