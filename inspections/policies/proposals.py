"""Who proposes to make something public, and who settles a proposal."""

from __future__ import annotations

from inspections.models import Proposal, Task
from inspections.policies.visits import check_may_see, is_officer
from inspections.states import VALID_PROPOSAL_TRANSITIONS, ProposalState
from shuangsuiji.accounts.models import Role, User
from shuangsuiji.accounts.policies import check_role, check_somebody_else
from shuangsuiji.lib.errors import Refusal


def check_may_propose(user: User, task: Task) -> None:
    """Own officers and the office propose, once a check has been reviewed."""
    check_may_see(user, task)
    if not is_officer(user, task):
        check_role(user, Role.CLERK)
    record = getattr(task, "record", None)
    if record is None or record.approved_at is None:
        raise Refusal("现场检查记录审核之后，才能提出曝光或列入名单的建议。")


def check_may_take(user: User, proposal: Proposal) -> None:
    """The office takes an open proposal up."""
    _check_seen(user, proposal)
    check_role(user, Role.CLERK, Role.APPROVER)
    check_open(proposal, to=ProposalState.TAKEN)


def check_may_dismiss(user: User, proposal: Proposal) -> None:
    """Somebody with the power to approve dismisses it; never who proposed it."""
    _check_seen(user, proposal)
    check_role(user, Role.APPROVER, Role.HEAD)
    check_somebody_else(user, drafted_by=proposal.proposed_by)
    check_open(proposal, to=ProposalState.DISMISSED)


def check_open(proposal: Proposal, *, to: ProposalState) -> None:
    """A settled proposal stays settled."""
    if to not in VALID_PROPOSAL_TRANSITIONS[proposal.state]:
        raise Refusal(f"这条建议{proposal.get_state_display()}，不用重复办理。")


def _check_seen(user: User, proposal: Proposal) -> None:
    if proposal.task:
        check_may_see(user, proposal.task)
