"""The lists of people as they stood on a day."""

from __future__ import annotations

import datetime
from typing import Any

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inspectors.lists import PastExpertFilter, PastExpertTable, PastInspectorFilter, PastInspectorTable
from inspectors.models import Expert, Inspector
from inspectors.past import experts_on, inspectors_on, words_on
from shuangsuiji.audit.history import history_begins

PER_PAGE = 50
_LISTS: dict[str, tuple[Any, ...]] = {
    "inspector": ("执法人员", Inspector, inspectors_on, PastInspectorFilter, PastInspectorTable),
    "expert": ("专家", Expert, experts_on, PastExpertFilter, PastExpertTable),
}


def past_list(request: HttpRequest, *, word: str, on: datetime.date) -> HttpResponse:
    """One of the two lists at the end of a day."""
    label, model, rows_on, filters, table_of = _LISTS[word]
    found = filters(request.GET, queryset=rows_on(on))
    fields = words_on(on, word=word, rows=found.qs)["fields"]
    table = table_of(found.qs, fields_of=fields)
    tables.RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "filter": found,
        "table": table,
        "on": on,
        "begins_on": history_begins(model),
        "label": label,
        "list_name": f"{word}_list",
        "export_url": reverse(f"{word}_export"),
    }
    return render(request, "inspectors/past.html", context)
