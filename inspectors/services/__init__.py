"""Keeping the lists of officers and experts."""

from inspectors.services.absences import add_absence, remove_absence
from inspectors.services.evaluations import record_evaluation
from inspectors.services.experts import change_expert_state, create_expert, reveal_expert_contact, update_expert
from inspectors.services.inspectors import (
    change_inspector_state,
    create_inspector,
    link_account,
    reveal_inspector_phone,
    update_inspector,
)
from inspectors.services.interests import declare_interest, withdraw_interest
from inspectors.services.leave import add_leave, remove_leave

__all__ = [
    "add_absence",
    "add_leave",
    "change_expert_state",
    "change_inspector_state",
    "create_expert",
    "create_inspector",
    "declare_interest",
    "link_account",
    "record_evaluation",
    "remove_absence",
    "remove_leave",
    "reveal_expert_contact",
    "reveal_inspector_phone",
    "update_expert",
    "update_inspector",
    "withdraw_interest",
]
