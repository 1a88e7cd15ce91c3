"""What stands beside a person's row: absences, declared interests, evaluations, the year's load, and every change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from inspectors import hooks
from inspectors.forms import InterestForm, LeaveForm
from inspectors.models import DeclaredInterest, Expert, ExpertAbsence, Inspector
from inspectors.policies import READERS, may_see_interests
from inspectors.selectors import experts, history_of, inspectors, interests_of
from inspectors.services import add_absence, declare_interest, remove_absence, withdraw_interest
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.accounts.policies import has_role
from shuangsuiji.audit.pages import history_page
from shuangsuiji.lib.errors import Refusal


@dataclass(frozen=True)
class Kind:
    """A list of people: its name, and how its addresses begin."""

    label: str
    word: str

    @property
    def list_name(self) -> str:
        """The address of the list."""
        return f"{self.word}_list"

    @property
    def detail_name(self) -> str:
        """The address of one person."""
        return f"{self.word}_detail"

    @property
    def records_name(self) -> str:
        """The address of this page."""
        return f"{self.word}_records"

    def get(self, pk: int) -> Any:
        """The person, or a page that does not exist."""
        return get_object_or_404(inspectors() if self.word == "inspector" else experts(), pk=pk)


KINDS = {"inspector": Kind("执法人员", "inspector"), "expert": Kind("专家", "expert")}


def tabs_of(person: Inspector | Expert, *, current: str) -> list[dict[str, Any]]:
    """The pages about one person, for `components/tabs.html`."""
    word = str(person._meta.model_name)
    records = "申报与工作量" if word == "inspector" else "不便、申报与评价"
    pages = (("detail", "概况"), ("records", records), ("history", "变更记录"))
    return [
        {
            "label": label,
            "url": reverse(f"{word}_{code}", args=[person.pk]),
            "is_current": code == current,
            "count": None,
        }
        for code, label in pages
    ]


@desk_page(*READERS)
@require_GET
def person_history(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Who changed what from what to what, when."""
    kind = KINDS[word]
    person = kind.get(pk)
    crumbs = (kind.label, kind.list_name, kind.detail_name, pk)
    tabs = tabs_of(person, current="history")
    return history_page(request, title=person.name, changes=history_of(person), tabs=tabs, crumbs=crumbs)


@desk_page(*READERS)
@require_GET
def person_records(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """Absences, interests, evaluations, load."""
    return _page(request, KINDS[word], KINDS[word].get(pk))


@desk_page(Role.CLERK)
@require_POST
def absence_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Days on which an expert cannot come along."""
    expert, form = KINDS["expert"].get(pk), LeaveForm(request.POST, prefix="absence")
    if form.is_valid():
        try:
            add_absence(pk, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已登记，这段时间的检查不会请这位专家。")
            return redirect("expert_records", pk)
    return _page(request, KINDS["expert"], expert, absence_form=form)


@desk_page(Role.CLERK)
@require_POST
def absence_remove(request: HttpRequest, pk: int, absence_pk: int) -> HttpResponse:
    """Take them back."""
    if ExpertAbsence.objects.filter(pk=absence_pk, expert_id=pk).exists():
        remove_absence(absence_pk, by=request.user)
        messages.success(request, "已移除。")
    return redirect("expert_records", pk)


@desk_page(Role.CLERK, Role.INSPECTOR)
@require_POST
def interest_declare(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """An interest in an enterprise: the officer's own word, or what the office was handed on paper."""
    kind = KINDS[word]
    person, form = kind.get(pk), InterestForm(request.POST, prefix="interest")
    if form.is_valid():
        try:
            declare_interest(person, on=timezone.localdate(), by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "已申报，将据此审查回避。")
            return redirect(kind.records_name, pk)
    return _page(request, kind, person, interest_form=form)


@desk_page(Role.CLERK, Role.INSPECTOR)
@require_POST
def interest_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The interest has ended."""
    interest = get_object_or_404(DeclaredInterest, pk=pk)
    withdraw_interest(pk, on=timezone.localdate(), by=request.user)
    messages.success(request, "申报已撤回，原申报仍保留在案。")
    kind = KINDS["inspector" if interest.inspector_id else "expert"]
    return redirect(kind.records_name, interest.person.pk)


def _page(request: HttpRequest, kind: Kind, person: Any, **tried: Form) -> HttpResponse:
    today, may_edit = timezone.localdate(), has_role(request.user, Role.CLERK)
    own = getattr(person, "account_id", None) == request.user.pk
    may_see = may_see_interests(person, user=request.user)
    context = {
        "kind": kind,
        "person": person,
        "year": today.year,
        "tabs": tabs_of(person, current="records"),
        "may_edit": may_edit,
        "may_declare": may_edit or own,
        "may_see_interests": may_see,
        "interests": interests_of(person) if may_see else [],
        "interest_form": InterestForm(prefix="interest"),
        "absence_form": LeaveForm(prefix="absence"),
        "form": next(iter(tried.values()), None),
        "absences": [],
        "evaluations": [],
        "load": None,
    }
    if isinstance(person, Expert):
        context |= {"absences": person.absences.order_by("-starts_on", "id"), "evaluations": person.evaluations.all()}
    else:
        context["load"] = hooks.workload([person.pk], year=today.year)[person.pk]
    return render(request, "inspectors/records.html", context | tried)
