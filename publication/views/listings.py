"""严重失信名单 at the desk: the list, one with its steps, and each step."""

from __future__ import annotations

import datetime as dt

import django_filters
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from draws.policies import allows, refusal_of
from inspections.models import Proposal, Task
from inspections.selectors.proposals import open_proposals
from publication import policies, services
from publication.exposing import hazards_of
from publication.forms import (
    AnswerForm,
    DecisionForm,
    ListingForm,
    RemovalForm,
    RevocationForm,
    ServiceForm,
    StatementForm,
)
from publication.models import Listing, ListingDelivery
from publication.selectors import check_with_findings
from publication.selectors.listings import listing_rows, rules_of_listing
from publication.states import ListingState
from publication.views.acting import act, act_on_form
from publication.views.desk import READERS
from shuangsuiji.accounts.access import desk_page, opens_for
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal
from shuangsuiji.lib.searching import WordsFilter

Paper = ListingDelivery.Paper


class ListingFilter(django_filters.FilterSet):
    """By state, ground and enterprise."""

    state = django_filters.ChoiceFilter(choices=ListingState.choices, label="状态", empty_label="全部")
    ground = django_filters.ChoiceFilter(choices=Listing.Ground.choices, label="事由", empty_label="全部")
    enterprise = WordsFilter("enterprise__name", label="企业")

    class Meta:
        model = Listing
        fields = ["state", "ground", "enterprise"]


@desk_page(*READERS)
def listing_desk_list(request):
    """Every listing, the newest first, and the proposals that wait."""
    found = ListingFilter(request.GET, listing_rows())
    page = Paginator(found.qs, 30).get_page(request.GET.get("page"))
    proposals = open_proposals(request.user, kind=Proposal.Kind.LISTING)[:20]
    return render(request, "publication/listing_list.html", {"filter": found, "page_obj": page, "proposals": proposals})


@desk_page(Role.CLERK)
def listing_new(request, proposal_id):
    """Begin a listing from a check's proposal."""
    rows = open_proposals(request.user, kind=Proposal.Kind.LISTING).filter(task__isnull=False)
    proposal = get_object_or_404(rows, pk=proposal_id)
    form = ListingForm(request.POST or None, initial={"facts": proposal.facts, "ground": _ground_of(proposal)})
    if request.method == "POST" and form.is_valid():
        try:
            listing = services.propose_for_list(proposal.task, proposal=proposal, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, f"列入程序已启动：{listing.number}。请审批负责人签发告知书。")
            return redirect("listing_detail", pk=listing.pk)
    context = {"form": form, "proposal": proposal, "hazards": _hazards(proposal.task)}
    return render(request, "publication/listing_new.html", context)


def _hazards(task: Task | None) -> list[dict]:
    """What the check found, as far as put right by today: beside the ground, whoever decides sees it."""
    return [row for _, row in hazards_of(check_with_findings(task.pk))] if task else []


def _ground_of(proposal: Proposal) -> str:
    words = {"隐瞒": "concealed", "逾期": "not_rectified", "不到位": "poorly_rectified"}
    return next((ground for word, ground in words.items() if word in proposal.reason), "other")


def _listing(pk) -> Listing:
    return get_object_or_404(listing_rows(), pk=pk)


@desk_page(*READERS)
def listing_detail(request, pk):
    """One listing: where it stands, what comes next and by whom, its papers and its public texts."""
    return _detail(request, _listing(pk))


def _again(request, pk, name: str):
    """The page once more with a form that was refused, and what was typed into it."""
    return lambda form: _detail(request, _listing(pk), status=422, form=form, **{name: form})


def _detail(request, listing: Listing, *, status: int = 200, **forms):
    today = timezone.localdate()
    context = {
        "listing": listing,
        "events": _events(listing, user=request.user),
        "may": _may(listing, user=request.user, today=today),
        "undecided_because": refusal_of(policies.check_may_decide_listing, listing, by=request.user, today=today)
        if listing.state == ListingState.NOTIFIED and Role.HEAD in request.user.role_codes
        else "",
        "rules": rules_of_listing(on=today),
        "hazards": _hazards(listing.task),
        "texts": listing.publications.order_by("drafted_at", "id"),
        "statement_form": StatementForm(),
        "decision_form": DecisionForm(auto_id="id_decide_%s"),
        "drop_form": DecisionForm(auto_id="id_drop_%s"),
        "removal_form": RemovalForm(),
        "answer_form": AnswerForm(auto_id="id_grant_%s"),
        "refuse_form": AnswerForm(auto_id="id_refuse_%s"),
        "revocation_form": RevocationForm(auto_id="id_revoke_%s"),
        "service_form": ServiceForm(auto_id="id_serve_%s"),
        "basis_form": ListingForm(auto_id="id_basis_%s", initial=_basis_of(listing)),
        **forms,
    }
    return render(request, "publication/listing_detail.html", context, status=status)


def _basis_of(listing: Listing) -> dict:
    return {name: getattr(listing, name) for name in ListingForm.base_fields}


def _may(listing: Listing, *, user, today: dt.date) -> dict[str, bool]:
    return {
        "edit": allows(policies.check_may_edit_listing, listing, by=user),
        "serve_notice": allows(policies.check_may_serve_paper, listing, by=user, paper=Paper.NOTICE),
        "serve_decision": allows(policies.check_may_serve_paper, listing, by=user, paper=Paper.DECISION),
        "revoke": allows(policies.check_may_revoke_listing, listing, by=user),
        "notify": allows(policies.check_may_notify_listing, listing, by=user),
        "state": allows(policies.check_may_record_statement, listing, by=user),
        "decide": allows(policies.check_may_decide_listing, listing, by=user, today=today),
        "drop": allows(policies.check_may_drop_listing, listing, by=user),
        "ask": allows(policies.check_may_ask_removal, listing, by=user, asked_on=today),
        "answer": allows(policies.check_may_answer_removal, listing, by=user),
    }


def _events(listing: Listing, *, user) -> list[dict]:
    """The steps taken, in order, and the next one that is known."""
    papers = {name: getattr(listing, name) for name in ("notice", "decision", "removal")}
    links = {name: reverse("document_file", args=[one.pk]) if one else "" for name, one in papers.items()}
    decided = "决定列入" if listing.decision else "决定不予列入"
    served = {one.paper: one for one in listing.deliveries.select_related("recorded_by")}
    rows = [
        ("提出", listing.proposed_at, listing.proposed_by.name, ""),
        ("签发告知书", listing.notified_on, "", links["notice"]),
        _served(served.get(Paper.NOTICE), until=listing.statement_until),
        ("企业陈述申辩", listing.stated_on, listing.statement, ""),
        (decided, listing.decided_at, listing.decision_reason, links["decision"]),
        _served(served.get(Paper.DECISION), until=None),
        ("公布", listing.listed_on, f"管理期限至 {_cn(listing.term_ends_on)}", ""),
        ("申请提前移出", listing.asked_on, listing.ask_reason, ""),
        ("移出", listing.removed_on, listing.revoked_reason or listing.answer, links["removal"]),
    ]
    return [
        {"title": title, "at": at, "text": text, "url": url if opens_for(user, url) else "", "url_label": "查看文书"}
        for title, at, text, url in rows
        if at is not None
    ]


def _served(delivery: ListingDelivery | None, *, until: dt.date | None) -> tuple:
    if delivery is None:
        return ("", None, "", "")
    parts = [delivery.get_way_display(), delivery.receiver and f"收件人 {delivery.receiver}", delivery.note]
    parts.append(f"陈述申辩截止 {_cn(until)}" if until else "")
    return (f"{delivery.get_paper_display()}送达", delivery.delivered_on, "；".join(filter(None, parts)), "")


def _cn(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def listing_notify(request, pk):
    """Issue the 告知书."""
    listing = _listing(pk)
    return act(
        request,
        lambda: services.notify_listing(listing, by=request.user),
        said="告知书已签发；登记了邮箱的企业同时收到邮件，请另行送达纸质件。",
        back=("listing_detail", pk),
    )


@desk_page(Role.CLERK)
@require_POST
def listing_statement(request, pk):
    """Record what the enterprise said."""
    listing = _listing(pk)
    return act_on_form(
        request,
        StatementForm(request.POST),
        lambda **given: services.record_statement(listing, by=request.user, **given),
        said="陈述申辩已登记，请主要负责人决定。",
        back=("listing_detail", pk),
        again=_again(request, pk, "statement_form"),
    )


@desk_page(Role.HEAD)
@require_POST
def listing_decide(request, pk):
    """Decide to list."""
    listing = _listing(pk)
    return act_on_form(
        request,
        DecisionForm(request.POST, auto_id="id_decide_%s"),
        lambda reason: services.decide_listing(listing, reason=reason, by=request.user),
        said="决定书已签发，公布稿已起草，等审批负责人批准。",
        back=("listing_detail", pk),
        again=_again(request, pk, "decision_form"),
    )


@desk_page(Role.HEAD)
@require_POST
def listing_drop(request, pk):
    """Decide not to list."""
    listing = _listing(pk)
    return act_on_form(
        request,
        DecisionForm(request.POST, auto_id="id_drop_%s"),
        lambda reason: services.drop_listing(listing, reason=reason, by=request.user),
        said="已决定不予列入，理由已留存。",
        back=("listing_detail", pk),
        again=_again(request, pk, "drop_form"),
    )


@desk_page(Role.CLERK)
@require_POST
def listing_ask(request, pk):
    """Record an application for early removal."""
    listing = _listing(pk)
    return act_on_form(
        request,
        RemovalForm(request.POST),
        lambda **given: services.ask_removal(listing, by=request.user, **given),
        said="申请已登记，请主要负责人在期限内答复。",
        back=("listing_detail", pk),
        again=_again(request, pk, "removal_form"),
    )


@desk_page(Role.HEAD)
@require_POST
def listing_grant(request, pk):
    """Remove early."""
    listing = _listing(pk)
    return act_on_form(
        request,
        AnswerForm(request.POST, auto_id="id_grant_%s"),
        lambda answer: services.grant_removal(listing, answer=answer, by=request.user),
        said="已移出名单，原公布内容已撤下；移出公告已起草，等审批负责人批准。",
        back=("listing_detail", pk),
        again=_again(request, pk, "answer_form"),
    )


@desk_page(Role.HEAD)
@require_POST
def listing_refuse(request, pk):
    """Keep on the list."""
    listing = _listing(pk)
    return act_on_form(
        request,
        AnswerForm(request.POST, auto_id="id_refuse_%s"),
        lambda answer: services.refuse_removal(listing, answer=answer, by=request.user),
        said="已答复不予提前移出。",
        back=("listing_detail", pk),
        again=_again(request, pk, "refuse_form"),
    )


@desk_page(Role.CLERK)
@require_POST
def listing_edit(request, pk):
    """Mend what it rests on, before the 告知书 is signed."""
    listing = _listing(pk)
    return act_on_form(
        request,
        ListingForm(request.POST, auto_id="id_basis_%s"),
        lambda **basis: services.edit_listing(listing, by=request.user, **basis),
        said="已保存。",
        back=("listing_detail", pk),
        again=_again(request, pk, "basis_form"),
    )


@desk_page(Role.CLERK)
@require_POST
def listing_serve(request, pk, paper):
    """Note how a paper reached the enterprise."""
    if paper not in Paper.values:
        raise Http404
    listing = _listing(pk)
    return act_on_form(
        request,
        ServiceForm(request.POST, auto_id="id_serve_%s"),
        lambda **given: services.serve_listing_paper(listing, paper=paper, by=request.user, **given),
        said=f"{Paper(paper).label}的送达已登记。",
        back=("listing_detail", pk),
        again=_again(request, pk, "service_form"),
    )


@desk_page(Role.HEAD)
@require_POST
def listing_revoke(request, pk):
    """Revoke the decision to list."""
    listing = _listing(pk)
    return act_on_form(
        request,
        RevocationForm(request.POST, auto_id="id_revoke_%s"),
        lambda reason: services.revoke_listing(listing, reason=reason, by=request.user),
        said="列入决定已撤销，撤销决定书已签发；已公布的内容已撤下，移出公告已起草，等审批负责人批准。",
        back=("listing_detail", pk),
        again=_again(request, pk, "revocation_form"),
    )
