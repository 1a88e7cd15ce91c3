"""Reading the register of enterprises."""

from enterprises.selectors.facts import (
    ending_permits,
    file_facts,
    former_names_of,
    history_of,
    memberships_of,
    on_list,
    penalised_since,
    penalties_of,
    permits_of,
    risk_history,
)
from enterprises.selectors.register import enterprises, pool_ready, register_counts, search, waiting_for_field

__all__ = [
    "ending_permits",
    "enterprises",
    "file_facts",
    "former_names_of",
    "history_of",
    "memberships_of",
    "on_list",
    "penalised_since",
    "penalties_of",
    "permits_of",
    "pool_ready",
    "register_counts",
    "risk_history",
    "search",
    "waiting_for_field",
]
