"""Writing to the bureau, reading the answer, and the desk behind it."""

from __future__ import annotations

from collections.abc import Callable

import django_filters
from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuangsuiji.accounts.access import desk_page, public_page, token_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.feedback import policies, selectors, services
from shuangsuiji.feedback.forms import TRAP, AnswerForm, AssignForm, FeedbackForm, ReceiptForm, SelectionForm
from shuangsuiji.feedback.models import Feedback
from shuangsuiji.feedback.states import FeedbackState
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.guessing import check_not_guessing, note_miss

SELECTED = 20


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The form, the way to an answer, and the answers selected for everybody."""
    form = FeedbackForm(request.POST or None)
    status, retry_after = 200, 0
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect("feedback_receipt", number=_received(request, form).number)
            except Refusal as refusal:
                form.add_refusal(refusal)
                status, retry_after = refusal.status, refusal.retry_after
    context = {"form": form, "receipt_form": ReceiptForm(), "selected": selectors.in_public()[:SELECTED]}
    response = _unkept(render(request, "feedback/form.html", context, status=status))
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _received(request: HttpRequest, form: FeedbackForm) -> Feedback:
    values = dict(form.cleaned_data)
    trap = values.pop(TRAP)
    address = get_client_ip_address(request) or ""
    return services.receive_feedback(**values, trap=trap, address=address, now=timezone.now())


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_status(request: HttpRequest) -> HttpResponse:
    """From a receipt number to its page; the number travels in the body, not in an address others log."""
    form = ReceiptForm(request.POST or None)
    status = 200
    if request.method == "POST":
        check_not_guessing(request)
        status = 422
        if form.is_valid():
            number = form.cleaned_data["number"]
            if Feedback.objects.filter(number=number).exists():
                return redirect("feedback_receipt", number=number)
            note_miss(request)
            form.add_error("number", "没有这个受理号。请核对每一个字符；受理号里没有 0、1、I、L、O、U。")
    return _unkept(render(request, "feedback/status.html", {"form": form}, status=status))


@token_page
@require_safe
def feedback_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What became of a letter: for whoever holds its receipt. Never who wrote it or who has it."""
    found = Feedback.objects.filter(number=number).first()
    if found is None:
        raise Http404
    return _unkept(render(request, "feedback/receipt.html", {"feedback": found}))


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# The desk.


class FeedbackFilter(django_filters.FilterSet):
    """By kind and state."""

    kind = django_filters.ChoiceFilter(choices=Feedback.Kind.choices, label="类别", empty_label="全部")
    state = django_filters.ChoiceFilter(choices=FeedbackState.choices, label="状态", empty_label="全部")

    class Meta:
        model = Feedback
        fields = ["kind", "state"]


@desk_page(*policies.READERS)
@require_safe
def feedback_desk_list(request: HttpRequest) -> HttpResponse:
    """The letters this person may read, newest first."""
    found = FeedbackFilter(request.GET, selectors.visible_to(request.user).order_by("-received_at", "id"))
    page = Paginator(found.qs, 30).get_page(request.GET.get("page"))
    return render(request, "feedback/desk_list.html", {"filter": found, "page_obj": page})


def _visible(request: HttpRequest, pk) -> Feedback:
    return get_object_or_404(selectors.visible_to(request.user), pk=pk)


@desk_page(*policies.READERS)
@require_safe
def feedback_desk_detail(request: HttpRequest, pk) -> HttpResponse:
    """One letter and the next step."""
    return _detail(request, _visible(request, pk))


def _detail(request: HttpRequest, found: Feedback, *, status: int = 200, **more) -> HttpResponse:
    user = request.user
    reads = policies.may_read(found, user=user)
    context = {
        "feedback": found,
        "reads": reads,
        "keeps": any(role in user.role_codes for role in policies.keepers_of(found)),
        "handles": found.handler_id == user.pk,
        "may_publish": _may_publish(found, user=user),
        "assign_form": AssignForm(handlers=selectors.possible_handlers(found), initial={"handler": found.handler_id}),
        "answer_form": AnswerForm(),
        "selection_form": SelectionForm(
            initial={"public_question": found.public_question, "public_answer": found.public_answer or found.answer}
        ),
        "sender": None,
        **more,
    }
    return render(request, "feedback/desk_detail.html", context, status=status)


def _may_publish(found: Feedback, *, user) -> bool:
    try:
        policies.check_may_publish(found, by=user)
    except Refusal:
        return False
    return bool(found.public_question)


@desk_page(*policies.READERS)
@require_POST
def feedback_assign(request: HttpRequest, pk) -> HttpResponse:
    """Hand it to somebody."""
    found = _visible(request, pk)
    form = AssignForm(request.POST, handlers=selectors.possible_handlers(found))
    if not form.is_valid():
        return _detail(request, found, assign_form=form, form=form, status=422)
    services.assign_feedback(found, **form.cleaned_data, by=request.user, now=timezone.now())
    messages.success(request, "已交办，承办人的工作台上有提醒。")
    if not selectors.visible_to(request.user).filter(pk=pk).exists():
        return redirect("feedback_desk_list")
    return redirect("feedback_desk_detail", pk=pk)


def _done(form, act: Callable[[dict], object]) -> bool:
    """Whether it was done; what is refused stands in the form, beside what was typed."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refusal as refusal:
        if refusal.status != 409:
            raise
        form.add_refusal(refusal)
        return False
    return True


def _propose(found: Feedback, given: dict, *, by) -> None:
    question, answer = given["public_question"], given["public_answer"]
    services.propose_selection(found, question=question, answer=answer, by=by)


@desk_page(*policies.READERS)
@require_POST
def feedback_answer(request: HttpRequest, pk) -> HttpResponse:
    """Answer."""
    found = _visible(request, pk)
    form = AnswerForm(request.POST)
    if not _done(form, lambda given: services.answer_feedback(found, **given, by=request.user, now=timezone.now())):
        return _detail(request, found, answer_form=form, form=form, status=422)
    messages.success(request, "已答复，来信人凭受理号就能看到。")
    return redirect("feedback_desk_detail", pk=pk)


@desk_page(*policies.READERS)
@require_POST
def feedback_contact(request: HttpRequest, pk) -> HttpResponse:
    """Show the handler who wrote; the look is recorded."""
    found = _visible(request, pk)
    name, contact = services.reveal_contact(found, by=request.user)
    return _detail(request, found, sender={"name": name, "contact": contact})


@desk_page(*policies.READERS)
@require_POST
def feedback_propose(request: HttpRequest, pk) -> HttpResponse:
    """Words for the public, to be approved."""
    found = _visible(request, pk)
    form = SelectionForm(request.POST)
    if not _done(form, lambda given: _propose(found, given, by=request.user)):
        return _detail(request, found, selection_form=form, form=form, status=422)
    messages.success(request, "选登文字已提交，由另一位负责人批准后公开。")
    return redirect("feedback_desk_detail", pk=pk)


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def feedback_publish(request: HttpRequest, pk) -> HttpResponse:
    """Approve the selected words."""
    services.publish_selection(_visible(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "已选登。")
    return redirect("feedback_desk_detail", pk=pk)
