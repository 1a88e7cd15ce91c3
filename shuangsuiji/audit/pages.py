"""The history of a row, and the day a register is looked back to, for the pages of any register."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuangsuiji.audit.history import Change
from shuangsuiji.lib.errors import Refusal

PER_PAGE = 30


def history_page(
    request: HttpRequest,
    *,
    title: str,
    changes: Sequence[Change],
    tabs: Sequence[dict[str, Any]],
    crumbs: tuple[str, str, str, int],
) -> HttpResponse:
    """All changes of one thing, newest first; `crumbs`: label and address of its list, address and id of its page."""
    label, list_name, detail_name, pk = crumbs
    context = {
        "title": title,
        "page_obj": Paginator(changes, PER_PAGE).get_page(request.GET.get("page")),
        "tabs": tabs,
        "list_label": label,
        "list_name": list_name,
        "detail_name": detail_name,
        "pk": pk,
    }
    return render(request, "audit/history.html", context)


def day_asked(request: HttpRequest) -> datetime.date | None:
    """The day of `?on=2026-03-01`, for which a register is shown as it stood; None where none is asked for.

    A day that is none is a sentence, and so is one that has not come.
    """
    asked = request.GET.get("on", "").strip()
    if not asked:
        return None
    try:
        day = datetime.date.fromisoformat(asked)
    except ValueError:
        raise Refusal("截至日期认不出来：请按 2026-03-01 的样子填写。", field="on", status=400) from None
    if day > timezone.localdate():
        sentence = f"{day:%Y-%m-%d} 还没有到，名录那一天的样子无从知道：请填今天或以前的日期。"
        raise Refusal(sentence, field="on", status=400)
    return day
