"""公开建议: the list of what is proposed, one made by hand, one dismissed with its reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from draws.policies import allows
from inspections import policies, services
from inspections.forms import ProposalForm
from inspections.models import Proposal
from inspections.policies.proposals import check_may_dismiss, check_may_propose
from inspections.selectors.proposals import proposals_visible_to
from inspections.states import ProposalState
from inspections.views.loading import visible_task
from shuangsuiji.accounts.access import desk_page
from shuangsuiji.accounts.models import Role
from shuangsuiji.lib.errors import Refusal

ROWS = 20


@desk_page(*policies.READERS)
def proposal_list(request):
    """Open ones first asked for; the others by their tab."""
    rows, state = proposals_visible_to(request.user), request.GET.get("state", ProposalState.OPEN)
    if state not in ProposalState.values:
        state = ProposalState.OPEN
    page = Paginator(rows.filter(state=state), ROWS).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.may_dismiss = allows(check_may_dismiss, request.user, row)  # type: ignore[attr-defined]  # for the page
    tabs = [
        {
            "label": label,
            "url": f"?state={value}",
            "count": rows.filter(state=value).count(),
            "is_current": value == state,
        }
        for value, label in ProposalState.choices
    ]
    return render(request, "inspections/proposal_list.html", {"page_obj": page, "tabs": tabs})


@desk_page(Role.CLERK, Role.INSPECTOR)
def proposal_add(request, pk):
    """A proposal by hand."""
    task = visible_task(request, pk)
    check_may_propose(request.user, task)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        exposure = said.pop("kind") == Proposal.Kind.EXPOSURE
        propose = services.propose_exposure if exposure else services.propose_listing
        try:
            propose(task, by=request.user, **said)
        except Refusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, "建议已提出，经办人会收到提醒。")
            return redirect("proposal_list")
    return render(request, "inspections/proposal_add.html", {"task": task, "form": form})


@desk_page(Role.APPROVER, Role.HEAD)
@require_POST
def proposal_dismiss(request, pk):
    """Not taken up, with the reason."""
    proposal = get_object_or_404(proposals_visible_to(request.user), pk=pk)
    services.dismiss_proposal(proposal, by=request.user, reason=request.POST.get("reason", "")[:300])
    messages.success(request, "已注明不采纳的理由。")
    return redirect("proposal_list")
