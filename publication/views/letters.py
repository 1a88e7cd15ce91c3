"""The enterprise's page: its letter, its officers, 确认收悉. The link is the key."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws.policies import allows
from publication.columns import address_of
from publication.forms import ConfirmForm, RecusalAskForm
from publication.models import Letter
from publication.policies import check_letter_open, check_may_ask_for_recusal
from publication.selectors.letters import letter_by_token, recusals_of
from publication.services import ask_recusal_by_letter, confirm_letter, note_opening
from publication.services.letter_recusals import people_of
from publication.states import PUBLIC_STATES
from shuangsuiji.accounts.access import token_page
from shuangsuiji.documents.services import document_path, download_name
from shuangsuiji.lib.errors import Refusal


def _letter(token: str) -> Letter:
    letter = letter_by_token(token)
    check_letter_open(letter, today=timezone.localdate())
    return letter


ASKED = "回避申请已收到，由主要负责人决定；结果会显示在本页“申请回避”里。决定之前检查不停止。"


def _note_opening(request, letter: Letter) -> None:
    """Not by our own people at the desk, not for a look at the head, not for a page fetched in advance."""
    in_advance = any(
        "prefetch" in request.headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz")
    )
    if request.method == "GET" and not in_advance and not request.user.is_authenticated:
        note_opening(letter, now=timezone.now())


def _private(response):
    response.headers["Cache-Control"] = "private, no-store"
    # Not "no-referrer": a browser then sends its form with `Origin: null`, and it is refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page(request, letter: Letter, *, status: int = 200, **forms):
    people = people_of(letter)
    context = {
        "letter": letter,
        "paper": letter.document.context,
        "form": forms.get("confirm") or forms.get("recusal"),
        "confirm_form": forms.get("confirm") or ConfirmForm(),
        "recusal_form": forms.get("recusal") or RecusalAskForm(people=people, auto_id="id_recusal_%s"),
        "may_ask": bool(people) and allows(check_may_ask_for_recusal, letter),
        "recusals": recusals_of(letter),
        "notice_address": _notice_address(letter),
    }
    return _private(render(request, "publication/letter.html", context, status=status))


def _notice_address(letter: Letter) -> str:
    """Where the notice in force stands; empty where none does (通知即检查, or it was withdrawn)."""
    notice = letter.publication
    return address_of(notice) if notice is not None and notice.state in PUBLIC_STATES else ""


@token_page
def letter(request, token):
    """The letter as the enterprise reads it."""
    found = _letter(token)
    _note_opening(request, found)
    return _page(request, found)


@token_page
def letter_pdf(request, token):
    """The letter on paper."""
    found = _letter(token)
    _note_opening(request, found)
    file = document_path(found.document).open("rb")
    return _private(FileResponse(file, content_type="application/pdf", filename=download_name(found.document)))


@token_page
@require_POST
def letter_confirm(request, token):
    """确认收悉."""
    found = _letter(token)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, found, confirm=form, status=422)
    confirm_letter(found, name=form.cleaned_data["name"], now=timezone.now())
    messages.success(request, "已确认收悉，谢谢。")
    return _private(redirect("letter", token=token))


@token_page
@require_POST
def letter_recusal(request, token):
    """申请回避."""
    found = _letter(token)
    form = RecusalAskForm(request.POST, people=people_of(found), auto_id="id_recusal_%s")
    if form.is_valid():
        try:
            _ask(found, form)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, ASKED)
            return _private(redirect("letter", token=token))
    return _page(request, found, recusal=form, status=422)


def _ask(letter: Letter, form: RecusalAskForm) -> None:
    given = form.cleaned_data
    ask_recusal_by_letter(letter, seat_id=given["seat"], reason=given["reason"], name=given["name"], now=timezone.now())
