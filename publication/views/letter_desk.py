"""Letters at the desk: the list, one with its delivery record, printing, serving, its link."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from draws.policies import allows
from inspections.policies import READERS
from inspections.selectors import tasks_visible_to
from publication import policies, selectors, services
from publication.forms import DeliveryForm, TraceReasonForm
from publication.models import Letter, LetterEvent
from publication.selectors.letters import LETTER_STATES, delivery_story, letter_state_q, letters_visible_to
from publication.services.deliveries import proof_path
from publication.views.acting import act, act_on_form
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.documents.responses import PDF_POLICY
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.searching import WordsFilter

SERVERS = (Role.CLERK, Role.INSPECTOR)


class LetterFilter(django_filters.FilterSet):
    """By how far it has come, draw and words."""

    state = django_filters.ChoiceFilter(choices=LETTER_STATES, method="in_state", label="情况", empty_label="全部")
    draw = django_filters.CharFilter("task__drawn__draw__number", "iexact", label="台账号")
    words = WordsFilter("task__enterprise__name", "task__number", "document__number", label="企业、任务号或文号")

    class Meta:
        model = Letter
        fields = ["state", "draw", "words"]

    def in_state(self, rows, name, state):
        """Waiting, failed, unopened, unconfirmed, confirmed."""
        return rows.filter(letter_state_q(state))


@desk_page(*READERS)
def letter_list(request):
    """Every letter this person may know of."""
    found = LetterFilter(request.GET, letters_visible_to(request.user))
    page = Paginator(found.qs, 30).get_page(request.GET.get("page"))
    return render(request, "publication/letter_list.html", {"filter": found, "page_obj": page})


def _letter(request, pk) -> Letter:
    return get_object_or_404(letters_visible_to(request.user), pk=pk)


@desk_page(*READERS)
def letter_detail(request, pk):
    """One letter: how it reached its enterprise, and what can be done."""
    letter = _letter(request, pk)
    return _detail(request, letter, form=DeliveryForm())


def _detail(request, letter: Letter, *, form: Any, status: int = 200, **forms) -> HttpResponse:
    context = {
        "letter": letter,
        "events": delivery_story(letter),
        "may_serve": allows(policies.check_may_serve_letter, letter, by=request.user),
        "form": form,
        "delivery_form": form if isinstance(form, DeliveryForm) else DeliveryForm(),
        "reason_form": TraceReasonForm(auto_id="id_revoke_%s"),
        **forms,
    }
    return render(request, "publication/letter_detail.html", context, status=status)


@desk_page(*SERVERS)
@require_POST
def letter_delivery(request, pk):
    """A delivery by hand or by post, with its proof."""
    letter = _letter(request, pk)
    form = DeliveryForm(request.POST, request.FILES)
    if not form.is_valid():
        return _detail(request, letter, form=form, status=422)
    try:
        services.record_delivery(letter, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_refusal(refusal)
        return _detail(request, letter, form=form, status=422)
    messages.success(request, "送达已登记，送达回执已签发。")
    return redirect("letter_detail", pk=pk)


@desk_page(*SERVERS)
@require_POST
def letter_renew(request, pk):
    """A new link."""
    letter = _letter(request, pk)
    return act(
        request,
        lambda: services.renew_letter_link(letter, by=request.user),
        said="已更换链接，原链接和二维码失效；登记了邮箱的企业会收到新链接。",
        back=("letter_detail", pk),
    )


@desk_page(*SERVERS)
@require_POST
def letter_revoke(request, pk):
    """Stop the link."""
    letter = _letter(request, pk)
    return act_on_form(
        request,
        TraceReasonForm(request.POST, auto_id="id_revoke_%s"),
        lambda reason: services.revoke_letter_link(letter, reason=reason, by=request.user),
        said="链接已停用，企业打开时会看到联系方式。",
        back=("letter_detail", pk),
        again=lambda form: _detail(request, _letter(request, pk), form=form, reason_form=form, status=422),
    )


@desk_page(*SERVERS)
@require_POST
def letters_print(request, pk):
    """All letters of a notice as one PDF; each is noted as printed."""
    letters = letters_visible_to(request.user).filter(publication_id=pk)
    return _printed(request, list(letters.order_by("task__drawn__position", "id")), back=("publication_detail", pk))


@desk_page(*SERVERS)
@require_POST
def letter_print(request, pk):
    """One letter for printing."""
    return _printed(request, [_letter(request, pk)], back=("letter_detail", pk))


def _printed(request, letters: list[Letter], *, back: tuple) -> HttpResponse:
    try:
        content = services.print_letters(letters, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        name, *arguments = back
        return redirect(name, *arguments)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="letters.pdf"'
    response["Content-Security-Policy"] = PDF_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


@desk_page(*READERS)
def letter_proof(request, pk):
    """The proof of a delivery, as it was uploaded: saved, not shown."""
    event = get_object_or_404(LetterEvent.objects.select_related("letter"), pk=pk)
    _letter(request, event.letter_id)
    if not event.proof_name or not proof_path(event).exists():
        raise Http404
    path = proof_path(event)
    name = f"{event.proof_sha256[:12]}{path.suffix}"
    response = FileResponse(path.open("rb"), content_type=event.proof_type, as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@desk_page(*SERVERS)
@require_POST
def enterprise_notify(request, task_id):
    """通知即检查: make the visit known to its enterprise."""
    task = get_object_or_404(selectors.tasks_with_draw(tasks_visible_to(request.user)), pk=task_id)
    return act(
        request,
        lambda: services.notify_enterprise(task, by=request.user),
        said="已通知企业：通知书正在签发，链接和邮件随后发出。",
        back=("task_detail", task_id),
    )
