"""The enterprise's page: its letter, its officers, 确认收悉. The link is the key."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from publication.forms import ConfirmForm
from publication.models import Letter
from publication.policies import check_letter_open
from publication.services import confirm_letter, note_opening
from shuangsuiji.accounts.access import token_page
from shuangsuiji.documents.services import document_path


def _letter(token: str) -> Letter:
    rows = Letter.objects.select_related("task__enterprise", "document", "publication")
    letter = rows.filter(token=token).first()
    if letter is None:
        raise Http404
    check_letter_open(letter, today=timezone.localdate())
    return letter


def _private(response):
    response.headers["Cache-Control"] = "private, no-store"
    # Not "no-referrer": a browser then sends its form with `Origin: null`, and it is refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page(request, letter: Letter, form: ConfirmForm, *, status: int = 200):
    context = {"letter": letter, "paper": letter.document.context, "form": form}
    return _private(render(request, "publication/letter.html", context, status=status))


@token_page
def letter(request, token):
    """The letter as the enterprise reads it."""
    found = _letter(token)
    note_opening(found, now=timezone.now())
    return _page(request, found, ConfirmForm())


@token_page
def letter_pdf(request, token):
    """The letter on paper."""
    found = _letter(token)
    note_opening(found, now=timezone.now())
    file = document_path(found.document).open("rb")
    return _private(FileResponse(file, content_type="application/pdf", filename="行政检查通知书.pdf"))


@token_page
@require_POST
def letter_confirm(request, token):
    """确认收悉."""
    found = _letter(token)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    confirm_letter(found, name=form.cleaned_data["name"], now=timezone.now())
    return _private(redirect("letter", token=token))
