"""Publications at the desk: list, one with its preview, drafting, approval, correction, withdrawal."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws.policies import allows
from draws.selectors import visible_to as draws_visible_to
from inspections.models import Proposal
from inspections.selectors import tasks_visible_to
from inspections.selectors.proposals import open_proposals
from publication import policies, selectors, services
from publication.disclosure import text_mark
from publication.forms import GroundForm, PeriodForm, ReturnForm, ScheduleForm, TraceReasonForm, WordsForm
from publication.models import Listing, Publication
from publication.periods import Period
from publication.selectors.desk import draws_to_announce, handlings_to_draft, results_to_draft
from publication.states import PUBLIC_STATES, TRACE_STATES, PublicationState
from publication.views.acting import act, act_on_form
from publication.views.public import address_of
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.searching import WordsFilter

CORRECTED, WITHDRAWN = "更正原因（将公开）", "撤回原因（将公开）"
READERS = (Role.CLERK, Role.APPROVER, Role.HEAD, Role.LEADER, Role.SUPERVISOR)


class PublicationFilter(django_filters.FilterSet):
    """By kind, state and words."""

    kind = django_filters.ChoiceFilter(choices=Publication.Kind.choices, label="种类", empty_label="全部")
    state = django_filters.ChoiceFilter(choices=PublicationState.choices, label="状态", empty_label="全部")
    title = WordsFilter("title", label="标题")

    class Meta:
        model = Publication
        fields = ["kind", "state", "title"]


@desk_page(*READERS)
def publication_list(request):
    """Everything drafted, waiting and published."""
    found = PublicationFilter(request.GET, selectors.publications_for(request.user).order_by("-drafted_at", "id"))
    page = Paginator(found.qs, 30).get_page(request.GET.get("page"))
    return render(request, "publication/desk_list.html", {"filter": found, "page_obj": page})


def _publication(request, pk) -> Publication:
    rows = selectors.publications_for(request.user).select_related(
        "corrects", "ended_by", "listing", "task", "draw", "withdrawal_asked_by"
    )
    return get_object_or_404(rows, pk=pk)


@desk_page(*READERS)
def publication_detail(request, pk):
    """One publication: as it will stand, who did what, its letters, the next step."""
    return _detail(request, _publication(request, pk))


def _again(request, pk, name: str):
    """The page once more with a form that was refused, and what was typed into it."""
    return lambda form: _detail(request, _publication(request, pk), status=422, form=form, **{name: form})


def _detail(request, publication: Publication, *, status: int = 200, **forms):
    answers = publication.state in (*PUBLIC_STATES, *TRACE_STATES) and publication.published_at is not None
    context = {
        "publication": publication,
        "body_templates": [f"publication/_{publication.kind}_body.html", "publication/_plain_body.html"],
        "public_address": address_of(publication) if answers else "",
        "correction": Publication.objects.filter(corrects=publication).first(),
        "letters": selectors.letters_of(publication),
        "letter_counts": selectors.letter_counts(publication),
        "may": _may(publication, user=request.user),
        "words_form": WordsForm(instance=publication),
        "schedule_form": ScheduleForm(),
        "seen": text_mark(publication),
        "due_on": selectors.publication_due_on(publication),
        "return_form": ReturnForm(),
        "discard_form": TraceReasonForm(auto_id="id_discard_%s"),
        "correct_form": TraceReasonForm(label=CORRECTED, auto_id="id_correct_%s"),
        "withdrawal_form": TraceReasonForm(label=WITHDRAWN, auto_id="id_withdrawal_%s"),
        **forms,
    }
    return render(request, "publication/desk_detail.html", context, status=status)


def _may(publication: Publication, *, user) -> dict[str, bool]:
    """Which buttons stand there: the same functions as behind them."""
    today = timezone.localdate()
    return {
        "edit": allows(policies.check_may_edit, publication, by=user),
        "approve": allows(policies.check_may_approve, publication, by=user, publish_on=today),
        "return": publication.state == PublicationState.SCHEDULED and Role.APPROVER in user.role_codes,
        "correct": allows(policies.check_may_correct, publication, by=user),
        "propose_withdrawal": allows(policies.check_may_propose_withdrawal, publication, by=user),
        "withdraw": allows(policies.check_may_withdraw, publication, by=user),
    }


@desk_page(Role.CLERK)
def publication_new(request):
    """What can be drafted now, from what the data hold."""
    user = request.user
    own = tasks_visible_to(user).values("pk")
    context = {
        "draws": draws_to_announce(draws_visible_to(user))[:20],
        "results": results_to_draft().filter(pk__in=own)[:20],
        "handlings": handlings_to_draft().filter(pk__in=own)[:20],
        "exposures": open_proposals(user, kind=Proposal.Kind.EXPOSURE)[:20],
        "listings": open_proposals(user, kind=Proposal.Kind.LISTING)[:20],
        "period_form": PeriodForm(initial={"period": Period.ended_before(timezone.localdate())[0].code}),
        "ground_form": GroundForm(initial={"ground": Listing.Ground.NOT_RECTIFIED}, auto_id=False),
    }
    return render(request, "publication/desk_new.html", context)


def _to_draft(request, draft):
    """Draft, and go to the draft; what is refused stands on the page of drafts."""
    try:
        made = draft()
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, refusal.sentence)
        return redirect("publication_new")
    _say_drafted(request, made)
    return redirect("publication_detail", pk=made.pk)


def _say_drafted(request, publication: Publication) -> None:
    """What was there already was not drafted now, and is not said to be."""
    if publication.state == PublicationState.DRAFTED:
        messages.success(request, "已按数据起草，请核对后交审批负责人批准。")
    else:
        messages.warning(request, f"这一份已有，现为“{publication.get_state_display()}”，没有另外起草。")


@desk_page(Role.CLERK)
@require_POST
def notice_draft(request, draw_id):
    """Draft the notice of a draw."""
    draw = get_object_or_404(draws_visible_to(request.user), pk=draw_id)
    return _to_draft(request, lambda: services.draft_notice(draw, by=request.user))


@desk_page(Role.CLERK)
@require_POST
def result_draft(request, task_id):
    """Draft a task's result without waiting for the job."""
    task = get_object_or_404(tasks_visible_to(request.user), pk=task_id)
    return _to_draft(request, lambda: services.draft_result(task, by=request.user))


@desk_page(Role.CLERK)
@require_POST
def handling_draft(request, task_id):
    """Draft what became of a check's orders."""
    task = get_object_or_404(tasks_visible_to(request.user), pk=task_id)
    return _to_draft(request, lambda: services.draft_handling(task, by=request.user))


@desk_page(Role.CLERK)
@require_POST
def exposure_draft(request, proposal_id):
    """Take a proposal up and draft the exposure."""
    rows = open_proposals(request.user, kind=Proposal.Kind.EXPOSURE)
    proposal = get_object_or_404(rows.filter(task__isnull=False), pk=proposal_id)
    form = GroundForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择曝光事由。")
        return redirect("publication_new")
    return _to_draft(
        request, lambda: services.take_up_exposure(proposal, ground=form.cleaned_data["ground"], by=request.user)
    )


@desk_page(Role.CLERK)
@require_POST
def item_list_draft(request):
    """Draft the list of items."""
    return _to_draft(request, lambda: services.draft_item_list(by=request.user))


@desk_page(Role.CLERK)
@require_POST
def officer_list_draft(request):
    """Draft the list of officers."""
    return _to_draft(request, lambda: services.draft_officer_list(by=request.user))


@desk_page(Role.CLERK)
@require_POST
def statistics_draft(request):
    """Draft the figures of a period."""
    code = request.POST.get("period", "").strip()
    return _to_draft(request, lambda: services.draft_statistics(Period.read(code), by=request.user))


@desk_page(Role.CLERK)
@require_POST
def publication_edit(request, pk):
    """New words for a draft."""
    publication = _publication(request, pk)
    return act_on_form(
        request,
        WordsForm(request.POST, instance=_publication(request, pk)),
        lambda **words: services.edit_publication(publication, **words, by=request.user),
        said="文字已保存。",
        back=("publication_detail", pk),
        again=_again(request, pk, "words_form"),
    )


@desk_page(Role.CLERK)
@require_POST
def publication_refresh(request, pk):
    """The facts of a draft as the data stand now."""
    publication = _publication(request, pk)
    said = "内容已按最新数据更新，文字没有变。"
    return act(
        request,
        lambda: services.refresh_draft(publication, by=request.user),
        said=said,
        back=("publication_detail", pk),
    )


@desk_page(Role.APPROVER)
@require_POST
def publication_approve(request, pk):
    """Approve, and say when."""
    publication = _publication(request, pk)
    return act_on_form(
        request,
        ScheduleForm(request.POST),
        lambda **when: services.approve_publication(
            publication, by=request.user, seen=request.POST.get("seen"), **when
        ),
        said="已批准。到时间由系统自动发布，不需要再操作。",
        back=("publication_detail", pk),
        again=_again(request, pk, "schedule_form"),
    )


@desk_page(Role.APPROVER)
@require_POST
def publication_return(request, pk):
    """Back to the draft."""
    publication = _publication(request, pk)
    return act_on_form(
        request,
        ReturnForm(request.POST),
        lambda reason: services.return_publication(publication, reason=reason, by=request.user),
        said="已退回起草。",
        back=("publication_detail", pk),
        again=_again(request, pk, "return_form"),
    )


@desk_page(Role.CLERK)
@require_POST
def publication_discard(request, pk):
    """A draft given up."""
    publication = _publication(request, pk)
    return act_on_form(
        request,
        TraceReasonForm(request.POST, auto_id="id_discard_%s"),
        lambda reason: services.discard_draft(publication, reason=reason, by=request.user),
        said="草稿已作废，原因已留痕。",
        back=("publication_detail", pk),
        again=_again(request, pk, "discard_form"),
    )


@desk_page(Role.CLERK)
@require_POST
def publication_correct(request, pk):
    """Begin the correction of what is public."""
    publication, made = _publication(request, pk), []
    answer = act_on_form(
        request,
        TraceReasonForm(request.POST, label=CORRECTED, auto_id="id_correct_%s"),
        lambda reason: made.append(services.draft_correction(publication, reason=reason, by=request.user)),
        said="更正稿已按最新数据起草。批准发布后，原文标明“已更正”并保留。",
        back=("publication_detail", pk),
        again=_again(request, pk, "correct_form"),
    )
    return redirect("publication_detail", pk=made[0].pk) if made else answer


@desk_page(Role.CLERK, Role.APPROVER, Role.HEAD)
@require_POST
def withdrawal_propose(request, pk):
    """Ask that a public text be taken back."""
    publication = _publication(request, pk)
    return act_on_form(
        request,
        TraceReasonForm(request.POST, label=WITHDRAWN, auto_id="id_withdrawal_%s"),
        lambda reason: services.propose_withdrawal(publication, reason=reason, by=request.user),
        said="已提出撤回建议，由另一位审批负责人或主要负责人决定。决定之前内容照常公开。",
        back=("publication_detail", pk),
        again=_again(request, pk, "withdrawal_form"),
    )


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def publication_withdraw(request, pk):
    """Take a public text back, as somebody else proposed."""
    publication = _publication(request, pk)
    return act(
        request,
        lambda: services.withdraw_publication(publication, by=request.user),
        said="已撤回。原网址保留撤回时间和原因，不再显示内容。",
        back=("publication_detail", pk),
    )


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def withdrawal_refuse(request, pk):
    """Leave it where it is."""
    publication = _publication(request, pk)
    return act(
        request,
        lambda: services.refuse_withdrawal(publication, by=request.user),
        said="已决定不撤回，内容照常公开。",
        back=("publication_detail", pk),
    )
