"""整改报告 through the link of the letter: what the enterprise has put right, with photos, without an account."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from inspections.models import Order, OrderPoint
from inspections.selectors import open_order
from inspections.services import report_rectification
from publication.models import Letter
from publication.policies import check_letter_open
from publication.selectors.letters import letter_by_token
from shuangsuiji.accounts.access import token_page
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.forms import DeskForm, TextField

MOST_WORDS = 2000


class ReporterForm(DeskForm):
    """Who reports for the enterprise."""

    reporter_name = TextField(label="填报人姓名", max_length=40)
    reporter_phone = TextField(label="联系电话", max_length=30, required=False)


@token_page
def letter_rectification(request, token):
    """The points of the order that waits, each with words and photos; what was reported stands below it."""
    letter = _letter(token)
    order = open_order(letter.task)
    form = ReporterForm(request.POST or None)
    said = _said(request, order) if order and request.method == "POST" else {}
    if order and request.method == "POST" and form.is_valid() and _reported(request, order, form, said):
        return _private(redirect("letter_rectification", token=token))
    context = {
        "letter": letter,
        "order": order,
        "points": [(point, said.get(point.pk, "")) for point in _points(order)] if order else [],
        "form": form,
    }
    status = 422 if form.errors else 200
    return _private(render(request, "publication/rectification.html", context, status=status))


def _letter(token: str) -> Letter:
    letter = letter_by_token(token)
    check_letter_open(letter, today=timezone.localdate())
    return letter


def _points(order: Order) -> list[OrderPoint]:
    rows = order.points.select_related("result__drawn_item__item").prefetch_related("reports__photos")
    return list(rows.order_by("rectify_by", "id"))


def _said(request, order: Order) -> dict[int, str]:
    return {
        point.pk: request.POST.get(f"done-{point.pk}", "").replace("\x00", "")[:MOST_WORDS] for point in _points(order)
    }


def _reported(request, order: Order, form: ReporterForm, said: dict[int, str]) -> bool:
    files = {pk: request.FILES.getlist(f"photos-{pk}") for pk in said}
    try:
        report_rectification(order, said=said, files=files, **form.cleaned_data)
    except Refusal as refusal:
        form.add_refusal(refusal)
        return False
    messages.success(request, "已收到整改情况，执法人员会来复查。复查之前还可以补充。")
    return True


def _private(response):
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
