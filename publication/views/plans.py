"""年度计划 in public: each version as it was announced, and how far the year has come."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from draws.models import Plan
from draws.selectors.plans import progress_of
from draws.states import PlanState
from publication.models import Publication
from publication.selectors import public_publications, readable_publications
from publication.states import TRACE_STATES
from publication.views.public import frame_of, gone_page
from shuangsuiji.accounts.access import public_page

PUBLIC_PLANS = (PlanState.PUBLISHED, PlanState.SUPERSEDED, PlanState.CLOSED)


@public_page
@require_GET
def plan_public_list(request):
    """Every year, the newest first, with all its versions."""
    plans = Plan.objects.filter(state__in=PUBLIC_PLANS).order_by("-year", "-version")
    announced = set(public_publications().filter(kind=Publication.Kind.PLAN).values_list("slug", flat=True))
    shown = [plan for plan in plans if plan.slug in announced]
    years = [(year, list(versions)) for year, versions in groupby(shown, key=lambda plan: plan.year)]
    return render(request, "publication/plan_list.html", {"years": years})


@public_page
@require_GET
def plan_public(request, slug):
    """One version, word for word; the one in force with its progress to this day."""
    publication = readable_publications().filter(kind=Publication.Kind.PLAN, slug=slug).first()
    if publication is not None and publication.state in TRACE_STATES:
        return gone_page(request, publication, column_name="年度计划", list_url="plan_public_list")
    plan = _plan_of(slug) if publication else None
    if publication is None or plan is None:
        raise Http404(slug)
    context = {
        "publication": publication,
        "plan": plan,
        "progress": progress_of(plan) if plan.state in (PlanState.PUBLISHED, PlanState.CLOSED) else None,
        "versions": Plan.objects.filter(year=plan.year, state__in=PUBLIC_PLANS).order_by("-version"),
        "today": timezone.localdate(),
        **frame_of(publication, column_name="年度计划", column_type="规划计划"),
        "paper": None,
        "ledger_number": "",
    }
    return render(request, "publication/plan_page.html", context)


def _plan_of(slug: str) -> Plan | None:
    _, year, version = slug.split("-")
    return Plan.objects.filter(year=int(year), version=int(version), state__in=PUBLIC_PLANS).first()
